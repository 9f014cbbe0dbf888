"""Crosswalks from tables and from boundaries, by hand on Musterstadt and on the nested districts of Flensburg."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

from sro_geo.errors import DataError, Problem
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.crosswalk import Bridge, read_crosswalks
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import CrosswalkFile, IndicatorFile, PopulationFile, QuartersFile
from sro_geo.load.overlays import Weighed, weigh_overlaps
from sro_geo.load.reading import DataFile
from sro_geo.model.crosswalk import carry_values
from sro_geo.model.quarters import Quarters, as_quarters
from tests.load_data import CATALOGUE, CRS, SOUTH, WEST, make_geojson, make_quarters, write, write_book

ROOT = Path(__file__).parents[3]
MUSTERSTADT = ROOT / "geodata" / "musterstadt"
SHARES = "von;nach;anteil\nA;01;0,25\nA;02;0,75\nB;02;1\n"
VALUES = "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n"


def read(order: CrosswalkFile, *, quarters: Quarters | None = None, people: PopulationFile | None = None) -> Bridge:
    known = make_quarters() if quarters is None else quarters
    bridges = read_crosswalks([order], quarters=known, people=people, year=2024, smallest=3)
    return bridges.by_vintage["alt"]


def read_shares(folder: Path, shares: str) -> Bridge:
    return read(CrosswalkFile(vintage="alt", table=write(folder, "umstieg.csv", shares)))


def find_note(notes: tuple[Problem, ...], cause: str) -> Problem:
    (note,) = [note for note in notes if note.cause == cause]
    return note


def list_shares(bridge: Bridge) -> dict[tuple[str, str], float]:
    return {(a, b): share for a, b, share in bridge.shares.itertuples(index=False)}


@pytest.mark.parametrize(
    "shares",
    [
        SHARES,
        "from,to,share\nA,01,0.25\nA,02,0.75\nB,02,1\n",
        "Alt;Neu;Anteil\nA;01;25 %\nA;02;75 %\nB;02;100 %\n",
        "nach;von;anteil\n02;B;1\n02;A;0,75\n01;A;0,25\n",
    ],
)
def test_a_table_in_any_dialect(tmp_path: Path, shares: str) -> None:
    bridge = read_shares(tmp_path, shares)
    assert list_shares(bridge) == {("A", "01"): 0.25, ("A", "02"): 0.75, ("B", "02"): 1.0}
    assert bridge.quarter_ids == ["A", "B"]
    assert [source.file for source in bridge.sources] == ["umstieg.csv"]


def test_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["von", "nach", "anteil"], ["A", "01", 0.25], ["A", "02", 0.75]]
    file = write_book(tmp_path, "umstieg.xlsx", {"2015": rows, "2011": [["x", "y"], [1, 2]]})
    assert list_shares(read(CrosswalkFile(vintage="alt", table=file, sheet="2015"))) == {
        ("A", "01"): 0.25,
        ("A", "02"): 0.75,
    }


def test_a_table_without_its_columns_names_those_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_shares(tmp_path, "von;gebiet\nA;01\n")
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values["columns"]) == ("missing_columns", ["nach", "anteil"])
    assert problem.places[0].file == "umstieg.csv"


def test_a_share_that_is_no_number_names_its_cell(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_shares(tmp_path, "von;nach;anteil\nA;01;halb\n")
    (problem,) = caught.value.problems
    assert (problem.cause, problem.places[0].row) == ("number_unreadable", 2)


def test_every_crosswalk_is_read_before_it_stops(tmp_path: Path) -> None:
    orders = [
        CrosswalkFile(vintage=name, table=write(tmp_path, f"{name}.csv", f"von;nach;anteil\nA;01;{share}\n"))
        for name, share in (("alt", "0,5"), ("uralt", "2"))
    ]
    with pytest.raises(DataError) as caught:
        read_crosswalks(orders, quarters=make_quarters(), people=None, year=2024, smallest=3)
    assert [problem.cause for problem in caught.value.problems] == ["crosswalk_sums", "crosswalk_share_wrong"]


def test_old_rows_are_checked_before_they_are_added(tmp_path: Path) -> None:
    bridge = read_shares(tmp_path, SHARES)
    rows = "A;bevoelkerung;2015;1;;;\nA;bevoelkerung;2015;2;;;\nB;arbeitslose;2015;120;;;\n"
    order = IndicatorFile(file=write(tmp_path, "alt.csv", VALUES + rows), vintage="alt")
    with pytest.raises(DataError) as caught:
        read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"], bridges={"alt": bridge})
    assert [problem.cause for problem in caught.value.problems] == ["duplicate_key", "share_over_100"]


def test_old_keys_are_not_taken_for_new_ones(tmp_path: Path) -> None:
    """01 and 02 changed places."""
    bridge = read_shares(tmp_path, "von;nach;anteil\n01;02;1\n02;01;1\n")
    order = IndicatorFile(file=write(tmp_path, "alt.csv", VALUES + "01;bevoelkerung;2015;7;;;\n"), vintage="alt")
    read_ = read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"], bridges={"alt": bridge})
    assert read_.indicators.empty
    assert list(read_.old["alt"]["quarter_id"]) == ["01"]


# ---- Musterstadt, by hand ------------------------------------------------------------------------------------------


def read_musterstadt() -> Quarters:
    file = DataFile(path=MUSTERSTADT / "quartiere.geojson", name="quartiere.geojson")
    return read_boundaries(QuartersFile(file=file, key="quartier", name="name")).quarters


def compute(folder: Path, old: dict[str, Any], *, by_area: bool = False) -> Bridge:
    """Crosswalk from old areas to the quarters of Musterstadt."""
    file = write(folder, "alt.geojson", make_geojson([({"code": k, "name": k}, shape) for k, shape in old.items()]))
    order = CrosswalkFile(vintage="alt", boundaries=QuartersFile(file=file, key="code"), by_area=by_area)
    cells = DataFile(path=MUSTERSTADT / "bevoelkerung_zellen.csv", name="bevoelkerung_zellen.csv")
    return read(order, quarters=read_musterstadt(), people=PopulationFile(cells=cells))


def halve() -> dict[str, Any]:
    """The town west and east of the line 402000, where two columns of cells meet."""
    town = shapely.union_all(read_musterstadt().geometry.to_numpy())
    west, east = box(390_000, 5_890_000, 402_000, 5_910_000), box(402_000, 5_890_000, 410_000, 5_910_000)
    return {"West": town & west, "Ost": town & east}


def count_by_hand() -> Counter[tuple[str, str]]:
    """Persons by half and quarter, counted in the shipped file of cells without any geometry."""
    persons: Counter[tuple[str, str]] = Counter()
    with (MUSTERSTADT / "bevoelkerung_zellen.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            persons["West" if float(row["ost"]) < 402_000 else "Ost", row["quartier"]] += int(row["personen"])
    return persons


def test_two_merged_quarters_are_divided_by_their_people(tmp_path: Path) -> None:
    """2290 people live in 01 and 2080 in 02, so of 4370 the shares are 0.524… and 0.476…; by area 01 has another share."""
    shapes = read_musterstadt().geometry
    old = {"A": shapes["01"] | shapes["02"]}
    shares = list_shares(compute(tmp_path, old))
    assert shares == pytest.approx({("A", "01"): 2290 / 4370, ("A", "02"): 2080 / 4370}, abs=1e-12)
    by_area = list_shares(compute(tmp_path, old, by_area=True))
    assert by_area["A", "01"] == pytest.approx(shapes["01"].area / (shapes["01"].area + shapes["02"].area), abs=1e-9)
    assert abs(by_area["A", "01"] - shares["A", "01"]) > 0.01


def test_the_halves_of_the_town_are_weighted_by_the_people_in_both(tmp_path: Path) -> None:
    bridge, persons = compute(tmp_path, halve()), count_by_hand()
    total = {half: sum(n for (where, _), n in persons.items() if where == half) for half in ("West", "Ost")}
    assert total == {"West": 21_461, "Ost": 21_981}
    assert (persons["West", "01"], persons["Ost", "01"]) == (1683, 607)
    wanted = {pair: n / total[pair[0]] for pair, n in persons.items() if n}
    assert list_shares(bridge) == pytest.approx(wanted, abs=1e-12)
    assert find_note(bridge.notes, "crosswalk_by_people").values["group"] == "0+"
    assert [source.file for source in bridge.sources] == ["alt.geojson"]
    assert bridge.example, "the people of Musterstadt are invented"
    assert bridge.called == {"Ost": "Ost", "West": "West"}


def test_people_come_back_to_their_quarters(tmp_path: Path) -> None:
    """Carried along shares of people, the people of both halves are those of each quarter again."""
    bridge, persons, quarters = compute(tmp_path, halve()), count_by_hand(), read_musterstadt()
    file = write(tmp_path, "alt.csv", VALUES + "West;bevoelkerung;2015;21461;;;\nOst;bevoelkerung;2015;21981;;;\n")
    order = IndicatorFile(file=file, vintage="alt")
    known: Any = {"specs": CATALOGUE.specs, "quarter_ids": list(quarters.index)}
    old = read_indicators([order], bridges={"alt": bridge}, **known).old["alt"]
    carried = carry_values(old, bridge.shares, specs=CATALOGUE.specs).frame.set_index("quarter_id")["value"]
    wanted = {key: float(persons["West", key] + persons["Ost", key]) for key in quarters.index}
    assert carried.to_dict() == pytest.approx(wanted, abs=1e-9)
    assert abs(carried.sum() - 43_442) < 1e-9 * 43_442


# ---- how boundaries lie --------------------------------------------------------------------------------------------


def make_old(old: dict[str, Any]) -> Quarters:
    facts = {"quarter_id": list(old), "name": list(old), "level": "", "parent_id": "", "vintage": ""}
    return as_quarters(gpd.GeoDataFrame(facts, geometry=list(old.values()), crs=CRS))


def weigh(old: dict[str, Any]) -> Weighed:
    """Old areas over the two squares of a kilometre, weighed by area."""
    return weigh_overlaps(make_old(old), make_quarters(), population=None, smallest=3)


def list_weighed(weighed: Weighed) -> list[tuple[str, str, float]]:
    return list(weighed.shares.itertuples(index=False, name=None))


def stand(*west: float) -> dict[str, Any]:
    """Areas side by side, between metres from the corner."""
    ends = pairwise(west)
    return {"ABC"[n]: box(WEST + a, SOUTH, WEST + b, SOUTH + 1000) for n, (a, b) in enumerate(ends)}


def test_slivers_do_not_count_and_are_told() -> None:
    weighed = weigh(stand(0, 1001.5, 2000))
    assert list_weighed(weighed) == [("A", "01", 1.0), ("B", "02", 1.0)]
    assert find_note(weighed.notes, "crosswalk_slivers").values["found"] == ["A / 02: 1500 m²"]


def test_a_strip_where_people_may_live_counts() -> None:
    weighed = weigh(stand(0, 1010, 2000))
    assert list(weighed.shares["share"]) == pytest.approx([1000 / 1010, 10 / 1010, 1.0])
    assert [note.cause for note in weighed.notes] == ["crosswalk_by_area"]


@pytest.mark.parametrize(("metres", "found"), [(5, []), (500, [["A: 33 %"]])])
def test_much_that_lies_outside_is_a_question(metres: int, found: list[list[str]]) -> None:
    weighed = weigh(stand(-metres, 1000))
    assert [note.values["found"] for note in weighed.notes if note.cause == "crosswalk_outside"] == found
    assert list_weighed(weighed) == [("A", "01", 1.0)]


def test_an_old_area_elsewhere_stops() -> None:
    with pytest.raises(DataError, match=r"crosswalk_nowhere .*'B'"):
        weigh({**stand(0, 1000), "B": box(0, 0, 1, 1)})


def people(folder: Path, *rows: str) -> PopulationFile:
    content = "\n".join(["zelle,ost,nord,altersgruppe,personen", *rows, ""])
    return PopulationFile(cells=write(folder, "zellen.csv", content))


def weigh_people(folder: Path, old: dict[str, Any], *rows: str) -> Bridge:
    file = write(folder, "alt.geojson", make_geojson([({"code": k, "name": k}, shape) for k, shape in old.items()]))
    order = CrosswalkFile(vintage="alt", boundaries=QuartersFile(file=file, key="code"))
    return read(order, people=people(folder, *rows))


def test_an_old_area_without_people_goes_where_it_lies(tmp_path: Path) -> None:
    bridge = weigh_people(tmp_path, stand(0, 1000, 2000), "z,301500,6000500,0-6,8")
    assert list_shares(bridge) == {("A", "01"): 1.0, ("B", "02"): 1.0}
    assert find_note(bridge.notes, "crosswalk_by_people").values["group"] == "0-6"


def test_nested_age_groups_count_everybody_once(tmp_path: Path) -> None:
    rows = ("z,300500,6000500,0-3,10", "z,300500,6000500,0-6,30", "y,301500,6000500,0-6,10")
    assert list_shares(weigh_people(tmp_path, stand(0, 2000), *rows)) == {("A", "01"): 0.75, ("A", "02"): 0.25}


@pytest.mark.parametrize(("few", "share"), [(2, 0.0), (3, 0.03)])
def test_so_few_people_that_they_are_secret_are_no_weight(tmp_path: Path, few: int, share: float) -> None:
    """Beside a published total the share would tell their number."""
    rows = ("z,300500,6000500,0+,97", f"y,301500,6000500,0+,{few}")
    bridge = weigh_people(tmp_path, stand(0, 2000), *rows)
    assert list_shares(bridge).get(("A", "02"), 0.0) == pytest.approx(share)
    assert any(note.cause == "crosswalk_few" for note in bridge.notes) == (few < 3)


# ---- Flensburg: 41 districts in 13 ---------------------------------------------------------------------------------


def order_flensburg(folder: Path, name: str) -> QuartersFile:
    path = folder / name
    return QuartersFile(file=DataFile(path=path, name=path.name), key="AREA_ID", name="AREA_NAME", repair=True)


def list_parents(folder: Path) -> dict[str, str]:
    """The office's own key of the larger area."""
    frame = gpd.read_file(folder / "stadtbezirke" / "Bezirke.shp")
    return {str(key): str(parent) for key, parent in zip(frame["AREA_ID"], frame["PARENT_ARE"], strict=True)}


@pytest.mark.real_data
def test_each_district_of_flensburg_lies_in_one_stadtteil(real_data: Path) -> None:
    folder = real_data / "flensburg"
    old, new = (
        read_boundaries(order_flensburg(folder, name)).quarters
        for name in ("stadtbezirke/Bezirke.shp", "stadtteile/Stadtteile.shp")
    )
    weighed = weigh_overlaps(old, new, population=None, smallest=3)
    assert (len(old), len(new), len(weighed.shares)) == (41, 13, 41)
    assert list(weighed.shares["share"]) == [1.0] * 41
    assert dict(zip(weighed.shares["from_id"], weighed.shares["to_id"], strict=True)) == list_parents(folder)


@pytest.mark.real_data
def test_counts_of_flensburg_districts_are_conserved(real_data: Path, tmp_path: Path) -> None:
    """The city publishes people by Stadtteil only, so each district gets a number of its own here."""
    folder = real_data / "flensburg"
    new = read_boundaries(order_flensburg(folder, "stadtteile/Stadtteile.shp")).quarters
    boundaries, parents = order_flensburg(folder, "stadtbezirke/Bezirke.shp"), list_parents(folder)
    bridge = read(CrosswalkFile(vintage="alt", boundaries=boundaries, by_area=True), quarters=new)
    counts = {key: 100 + 7 * number for number, key in enumerate(sorted(parents))}
    rows = [f"{q};bevoelkerung;2019;{n};;;\n{q};arbeitslose;2019;;{n // 10};{n};\n" for q, n in counts.items()]
    order = IndicatorFile(file=write(tmp_path, "bezirke.csv", VALUES + "".join(rows)), vintage="alt")
    known: Any = {"specs": CATALOGUE.specs, "quarter_ids": list(new.index)}
    old = read_indicators([order], bridges={"alt": bridge}, **known).old["alt"]
    carried = carry_values(old, bridge.shares, specs=CATALOGUE.specs)
    table: Any = carried.frame.set_index(["indicator", "quarter_id"])
    home = pd.Series(parents)
    wanted = pd.Series(counts).groupby(home).sum()
    above = pd.Series({key: n // 10 for key, n in counts.items()}).groupby(home).sum()
    assert len(wanted) == 13
    assert table.loc["bevoelkerung", "value"].to_dict() == pytest.approx(wanted.to_dict(), abs=1e-9)
    assert abs(table.loc["bevoelkerung", "value"].sum() - sum(counts.values())) < 1e-9
    assert table.loc["arbeitslose", "value"].to_dict() == pytest.approx((100 * above / wanted).to_dict(), abs=1e-9)
    assert set(table["status"]) == {"observed"}, "whole districts are added, nothing is estimated"
    assert {made.split for made in carried.made.values()} == {0.0}
