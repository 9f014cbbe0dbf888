"""Cities that are not shipped, from the raw files as their offices publish them, by the handbook alone."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sro_geo.cli import main
from sro_geo.intake.writing import start_project
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.indicators import read_indicators
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.tables import read_tables
from tests.end_to_end.test_real_data import FLENSBURG, FLENSBURG_CATALOGUE, NAMES, ROSTOCK
from tests.told import spread_page

if TYPE_CHECKING:
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project

pytestmark = [pytest.mark.real_data, pytest.mark.long]

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbuch" / "index.md"
WALK = re.compile(r"`(sro-geo (?:new|check|run) flensburg[^`]*)`")
MOST_DECISIONS = 5


def answer(project: Path) -> int:
    """Accept the suggestion below every question of a project file; how many there were."""
    lines = project.read_text(encoding="utf-8").splitlines()
    asked = 0
    for at, line in enumerate(lines):
        if line.startswith("# ENTSCHEIDEN: "):
            asked += 1
            for below in range(at + 1, len(lines)):
                if not lines[below].startswith("# "):
                    break
                lines[below] = lines[below][2:]
    project.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return asked


def tabulate(tables: Tables) -> pd.DataFrame:
    columns = ["quarter_id", "indicator", "year", "value", "numerator", "denominator", "status"]
    frame = pd.DataFrame(tables.indicators[columns])
    return frame.sort_values(columns[:3], ignore_index=True)


def test_the_walk_through_of_the_handbook(
    tmp_path: Path, real_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "rohdaten"
    raw.mkdir()
    for name in (
        "age_groups_by_district",
        "residents_by_district",
        "unemployed_residents_categorized_by_district",
        "district",
    ):
        shutil.copy(real_data / "flensburg" / "sozialatlas" / f"fl_{name}.csv", raw)
    for path in (*(real_data / "flensburg" / "stadtteile").iterdir(), real_data / "flensburg" / "kitas.geojson"):
        shutil.copy(path, raw)
    monkeypatch.chdir(tmp_path)
    commands = WALK.findall(HANDBOOK.read_text(encoding="utf-8"))
    assert [command.split()[1] for command in commands] == ["new", "check", "run"]
    for command in commands:
        words = shlex.split(command)[1:]
        named = [sorted(map(str, Path().glob(word))) if "*" in word else [word] for word in words]
        with pytest.raises(SystemExit) as ended:
            main([word for group in named for word in group])
        told = capsys.readouterr()
        assert ended.value.code == 0, told.err
        if words[0] == "new":
            assert "Für welches Alter sind diese Angebote da?" in told.out
            assert answer(tmp_path / "flensburg" / "project.toml") == 1
    page = spread_page((tmp_path / "maps" / "flensburg" / "index.html").read_text(encoding="utf-8"))
    assert "Engelsby" in page


def test_flensburg_is_what_somebody_wrote_by_hand(tmp_path: Path, real_data: Path) -> None:
    city = real_data / "flensburg"
    files = [city / "stadtteile" / "Stadtteile.shp", *sorted(city.glob("sozialatlas/*.csv"))]
    start_project(
        tmp_path / "flensburg", [*files, city / "kitas.geojson", city / "schulen.csv", city / "spielplaetze.geojson"]
    )
    assert answer(tmp_path / "flensburg" / "project.toml") <= MOST_DECISIONS
    own = read_tables(open_project(tmp_path / "flensburg"))
    folder = tmp_path / "hand"
    folder.mkdir()
    rows = [f"{number},{number:02d} {name},STGT{number:02d},{name}" for number, name in enumerate(NAMES, start=1)]
    (folder / "stadtteile.csv").write_text("\n".join(["to,from,code,name", *rows]) + "\n", encoding="utf-8")
    catalogue = FLENSBURG_CATALOGUE.replace("arbeitslose_anzahl", "unemployed_total")
    (folder / "kennzahlen.toml").write_text(catalogue, encoding="utf-8")
    text = FLENSBURG.format(data=city.as_posix(), key="AREA_ID", name="AREA_NAME")
    (folder / "project.toml").write_text(text.replace("arbeitslose_anzahl", "unemployed_total"), encoding="utf-8")
    hand = read_tables(open_project(folder))
    mine, theirs = tabulate(own), tabulate(hand)
    codes = set(theirs["indicator"])
    assert codes == {"alter_0_7", "unemployed_total"}
    pd.testing.assert_frame_equal(mine[mine["indicator"].isin(codes)].reset_index(drop=True), theirs)
    kitas = own.offers[own.offers["kind"] == "kindertageseinrichtung"]
    assert list(kitas["quarter_id"]) == list(hand.offers["quarter_id"])
    assert list(kitas["name"]) == list(hand.offers["name"])
    assert (own.offers["kind"].value_counts()[["schule", "spielplatz"]] > 20).all()
    whole = mine[mine["indicator"] == "bevoelkerung"].groupby("year")["value"].sum()
    bands = mine[
        mine["indicator"].isin(
            ["alter_0_18", "alter_18_30", "alter_30_45", "alter_45_65", "alter_65_80", "alter_80_plus"]
        )
    ]
    sums = bands.groupby("year")["value"].sum()
    assert whole[sums.index].equals(sums)


def test_rostock_is_what_somebody_wrote_by_hand(tmp_path: Path, real_data: Path) -> None:
    """Cell by cell as read; what small counts hide after that hangs on denominators that only a person knows."""
    city = real_data / "rostock"
    files = [city / "boundaries" / "stadtbereiche.shp", *sorted(city.glob("population/20*/*.xlsx"))]
    assert "Nichts zu entscheiden" in start_project(tmp_path / "rostock", files)
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "project.toml").write_text(ROSTOCK.format(data=city.as_posix()), encoding="utf-8")
    mine, theirs = (read_cells(open_project(one)) for one in (tmp_path / "rostock", folder))
    own = {"auslaendisch": "anteil_auslaendisch", "einpersonenhaushalte": "anteil_single"}
    assert set(theirs["indicator"]) - set(own) <= set(mine["indicator"])
    columns = ["quarter_id", "indicator", "year"]
    theirs = theirs.replace({"indicator": own}).sort_values(columns, ignore_index=True)
    pd.testing.assert_frame_equal(mine[mine["indicator"].isin(theirs["indicator"])].reset_index(drop=True), theirs)
    assert len(theirs) == (11 + 2) * 4 * 21


def read_cells(project: Project) -> pd.DataFrame:
    """Values before any small count is taken out."""
    ids = list(read_boundaries(project.quarters).quarters.index)
    table = read_indicators(project.indicators, specs=project.catalogue.specs, quarter_ids=ids).indicators
    columns = ["quarter_id", "indicator", "year", "value", "status"]
    return pd.DataFrame(table[columns]).sort_values(columns[:3], ignore_index=True)
