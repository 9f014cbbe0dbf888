"""Candidates for further offers: a list of names and points, whatever else stands in it."""

from pathlib import Path
from typing import Any

import pytest

from sro_geo.errors import DataError
from sro_geo.load.inputs import OfferFile
from sro_geo.load.sites import SiteTable, read_sites
from tests.load_data import CATALOGUE, make_quarters, write

HEAD = "name,ost,nord,art,status\n"
PLOT = "Grundstück 7,300100,6000100,Schule oder Wiese,\n"


def read(folder: Path, content: str, **stated: Any) -> SiteTable:
    order = OfferFile(file=write(folder, "plaetze.csv", content), kind="kindertageseinrichtung", **stated)
    return read_sites(order, kinds=CATALOGUE.kinds, quarters=make_quarters())


def test_a_place_is_a_name_and_a_point(tmp_path: Path) -> None:
    """What the file calls its kind is not asked: a school may become a day-care centre."""
    found = read(tmp_path, HEAD + PLOT)
    only = found.sites.iloc[0]
    assert (only["name"], only["quarter_id"], only["example"]) == ("Grundstück 7", "01", False)
    assert (only.geometry.x, only.geometry.y) == (300_100, 6_000_100)
    assert found.notes == ()
    assert [source.file for source in found.sources] == ["plaetze.csv"]


def test_what_lies_nowhere_or_elsewhere_is_left_out_by_name(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + PLOT + "Halle,,,,\nAcker,300100,6002100,,beispiel\n")
    assert found.sites["name"].tolist() == ["Grundstück 7"]
    assert {note.cause: note.values["found"] for note in found.notes} == {
        "sites_nowhere": ["Halle"],
        "sites_outside": ["Acker"],
    }


def test_invented_places_are_marked(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + PLOT.replace(",\n", ",beispiel\n") + PLOT)
    assert found.sites["example"].tolist() == [True, False]
    assert found.sites.index.is_unique


def test_degrees_and_another_system_are_brought_along(tmp_path: Path) -> None:
    text = HEAD + PLOT
    there = read(tmp_path, text).sites.to_crs("EPSG:3857").geometry.iloc[0]
    moved = f"name,ost,nord\nGrundstück 7,{there.x},{there.y}\n"
    point = read(tmp_path, moved, crs="EPSG:3857").sites.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((300_100, 6_000_100), abs=0.01)


def test_without_names_nobody_could_tell_them_apart(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, "ost,nord\n300100,6000100\n")
    assert [problem.cause for problem in caught.value.problems] == ["missing_columns"]
