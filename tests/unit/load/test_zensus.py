"""Grids of the Zensus: their forms, their signs, and that nobody is counted twice or who is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from sro_geo.errors import DataError
from sro_geo.load.gridlines import CHUNK_BYTES, measure_cell, measure_unit
from sro_geo.load.inputs import PopulationFile
from sro_geo.load.reading import find_file
from sro_geo.load.zensus import GRID_CRS, read_zensus
from sro_geo.model.population import count_persons
from sro_geo.model.quarters import Quarters
from tests.bad_input.zensus_cases import EAST, ELSEWHERE, HEAD, NORTH, cell, read
from tests.load_data import make_quarters

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.load.population import PopulationTables


def sum_persons(found: PopulationTables) -> dict[Any, float]:
    sums: dict[Any, float] = found.population.persons.groupby("age_group")["persons"].sum().to_dict()
    return sums


def find_causes(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folder, content)
    return [problem.cause for problem in caught.value.problems]


def test_the_form_of_2022(tmp_path: Path) -> None:
    head = HEAD + ";Unter3;a3bis5;a6bis9;werterlaeuternde_Zeichen"
    lines = cell(12, 4, 2, "–", "KLAMMERN") + cell(7, 2, 1, 3, "", step=1)
    found = read(tmp_path, f"\ufeff{head}\r\n" + lines.replace("\n", "\r\n"))
    assert sum_persons(found) == {"0+": 19.0, "0-3": 6.0, "3-6": 3.0, "6-10": 3.0}
    statuses = dict(zip(found.population.persons["row"], found.population.persons["status"], strict=True))
    assert statuses == {2: "estimated", 3: "observed"}
    reached = count_persons(found.population, target_group="0-6")
    assert reached is not None
    assert reached.sum() == 9


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_form_of_2011_with_short_ids(tmp_path: Path, mark: str) -> None:
    lines = ["Gitter_ID_100m;x_mp_100m;y_mp_100m;Einwohner"]
    for step, persons in enumerate([12, -1, 5, -9]):
        east = EAST + 100 * step
        lines.append(f"100mN{NORTH // 100}E{east // 100};{east + 50};{NORTH + 50};{persons}")
    found = read(tmp_path, ("\n".join(lines) + "\n").replace(";", mark))
    assert sum_persons(found) == {"0+": 17.0}
    assert {note.cause: note.values["count"] for note in found.notes} == {"zensus_uninhabited": 1, "zensus_hidden": 1}


@pytest.mark.parametrize("sign", ["-1", "-9", "–", "—", "-", ".", "/", ""])
def test_what_is_no_number_is_never_summed(tmp_path: Path, sign: str) -> None:
    assert sum_persons(read(tmp_path, HEAD + "\n" + cell(5) + cell(sign, step=1))) == {"0+": 5.0}


def test_middles_alone_will_do(tmp_path: Path) -> None:
    lines = "".join(f"{EAST + 100 * step + 50};{NORTH + 50};{step + 1}\n" for step in range(3))
    for head in ("x_mp_100m;y_mp_100m;Einwohner\n", "x;y;Einwohner\n"):
        assert sum_persons(read(tmp_path, head + lines)) == {"0+": 6.0}


def test_windows_letters_quotes_and_a_line_for_the_separator(tmp_path: Path) -> None:
    head = "sep=;\n" + HEAD + ";Größe\n"
    assert sum_persons(read(tmp_path, (head + cell(5, "ä")).encode("cp1252"))) == {"0+": 5.0}
    quoted = HEAD.replace("Einwohner", '"Einwohner"') + "\n" + cell('"5"')
    assert sum_persons(read(tmp_path, quoted)) == {"0+": 5.0}


@pytest.mark.parametrize(
    ("content", "causes"),
    [
        (HEAD + "\n" + cell(5) + cell(6), ["duplicate_key"]),
        (HEAD + "\n" + cell("viele"), ["number_unreadable"]),
        (HEAD + "\n" + cell(-4), ["number_unreadable"]),
        (HEAD + "\n" + cell("1.234"), ["number_unreadable"]),
        (HEAD + "\n" + cell(5).replace(str(EAST + 50), "hier"), ["zensus_line"]),
        (HEAD + "\n" + cell(5).replace("CRS3035", "CRS4326"), ["zensus_line"]),
        (HEAD + "\n" + cell(5) + "x" * 200_000 + "\n", ["zensus_line"]),
        ("x" * 200_000, ["zensus_no_place"]),
    ],
)
def test_faults(tmp_path: Path, content: str, causes: list[str]) -> None:
    assert find_causes(tmp_path, content) == causes


def test_a_whole_country_is_read_for_a_city_alone(tmp_path: Path) -> None:
    """Lines of other places are skipped, whatever stands in them and wherever a piece of the file ends."""
    far = ELSEWHERE.replace(";3\n", ";viele\n")
    count = CHUNK_BYTES // len(far) + 10
    content = HEAD + "\n" + cell(5) + far * count + cell(7, step=1) + far * count + cell(9, step=2)
    found = read(tmp_path, content)
    assert sum_persons(found) == {"0+": 21.0}
    assert sorted(found.population.persons["row"]) == [2, 3 + count, 4 + 2 * count]


@given(
    st.dictionaries(st.tuples(st.integers(-12, 25), st.integers(-12, 12)), st.integers(0, 500), min_size=1, max_size=60)
)
def test_everybody_whose_cell_has_its_middle_in_the_city_counts_once(
    tmp_path_factory: pytest.TempPathFactory, found: dict[tuple[int, int], int]
) -> None:
    corners = [(EAST + 100 * right, NORTH + 100 * up) for right, up in found]
    lines = [
        f"CRS3035RES100mN{north}E{east};{east + 50};{north + 50};{persons}\n"
        for (east, north), persons in zip(corners, found.values(), strict=True)
    ]
    quarters = make_quarters()
    middles = gpd.GeoSeries.from_xy(*zip(*((x + 50, y + 50) for x, y in corners), strict=True), crs=GRID_CRS)
    inside = middles.to_crs(quarters.crs).intersects(quarters.union_all())
    content, folder = HEAD + "\n" + "".join(lines), tmp_path_factory.mktemp("gitter")
    if not inside.any():
        assert find_causes(folder, content) == ["zensus_elsewhere"]
        return
    wanted = sum(persons for persons, there in zip(found.values(), inside, strict=True) if there)
    assert sum_persons(read(folder, content)) == {"0+": wanted}


def test_sizes_by_the_beginning_of_an_id() -> None:
    sizes = [measure_cell(one) for one in (b"CRS3035RES100m", b"CRS3035RES1000m", b"1km", b"10km")]
    assert sizes == [100, 1000, 1000, 10_000]
    assert [measure_unit(one) for one in (b"CRS3035RES1000m", b"1km", b"100m")] == [1, 1000, 100]


@pytest.mark.real_data
def test_the_grid_of_2011_around_rostock(real_data: Path) -> None:
    """Cells of 1 km without an inhabitant (-1) or with a secret (-9) are never summed."""
    name = "zensus2011_1km_rostock.csv"
    rows = [line.split(",") for line in (real_data / "zensus" / name).read_text(encoding="utf-8").splitlines()[1:]]
    persons = [int(row[0]) for row in rows]
    assert min(persons) < 0
    xs, ys = ([int(row[at]) for row in rows] for at in (1, 2))
    whole = gpd.GeoDataFrame(
        {"name": ["Rostock"], "quarter_id": ["1"]},
        geometry=[box(min(xs) - 500, min(ys) - 500, max(xs) + 500, max(ys) + 500)],
        crs=GRID_CRS,
    ).set_index("quarter_id")
    order = PopulationFile(zensus=find_file(name, folder=real_data / "zensus"))
    found = read_zensus(order, quarters=Quarters(whole))
    assert found.frame["persons"].sum() == sum(one for one in persons if one > 0)
    assert len(found.frame) == sum(one > 0 for one in persons)
