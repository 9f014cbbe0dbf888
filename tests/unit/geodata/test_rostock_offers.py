"""Rostock's example offers: invented, and plain about it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

FOLDER = Path(__file__).parents[3] / "geodata" / "rostock"
WITHOUT_POINT = {"kindertagespflege", "vollzeitpflege", "hze_stationaer", "inobhutnahme"}
KINDS = WITHOUT_POINT | {
    "kindertageseinrichtung",
    "familienbildung",
    "fruehe_hilfen",
    "jugendarbeit",
    "jugendsozialarbeit",
    "schulsozialarbeit",
    "erziehungsberatung",
    "hze_ambulant",
    "hze_teilstationaer",
    "eingliederungshilfe",
    "begegnungsstaette",
    "spielplatz",
    "schule",
}


@pytest.fixture(scope="module")
def offers() -> gpd.GeoDataFrame:
    frame = pd.read_csv(FOLDER / "angebote.csv", dtype={"quartier": str}, keep_default_na=True)
    points = [None if np.isnan(x) else shapely.Point(x, y) for x, y in zip(frame["ost"], frame["nord"], strict=True)]
    return gpd.GeoDataFrame(frame, geometry=points, crs=25833).set_index("angebot_id")


def test_offers_give_the_same_bytes_in_an_empty_folder(tmp_path: Path) -> None:
    inputs = ["angebotsarten.csv", "stadtbereiche.csv", "hilfspunkte.csv", "altersgruppen.csv"]
    for name in ["make_offers.py", *inputs, "stadtbereiche.geojson", "gewaesser.geojson"]:
        shutil.copy(FOLDER / name, tmp_path / name)
    subprocess.run([sys.executable, "-I", tmp_path / "make_offers.py"], cwd=tmp_path, check=True)
    assert (tmp_path / "angebote.csv").read_bytes() == (FOLDER / "angebote.csv").read_bytes()


def test_offers_cover_all_kinds_and_nearly_all_quarters(offers: gpd.GeoDataFrame) -> None:
    figures = pd.read_csv(FOLDER / "altersgruppen.csv")
    assert 115 <= len(offers) <= 125
    assert set(offers["art"]) == KINDS
    assert offers["quartier"].nunique() >= 18
    children = figures[figures["kennzahl"].isin(["alter_0_3", "alter_3_6", "alter_6_15"]) & (figures["jahr"] == 2019)]
    by_quarter = children.groupby("quartier")["wert"].sum()
    number = offers["quartier"].value_counts().reindex(by_quarter.index, fill_value=0)
    assert np.corrcoef(by_quarter, number)[0, 1] > 0.8


def test_offers_say_that_they_are_invented(offers: gpd.GeoDataFrame) -> None:
    assert (offers["status"] == "beispiel").all()
    assert offers["name"].str.startswith("Beispiel").all()
    assert offers["name"].is_unique
    assert offers["traeger"].str.fullmatch(r"Träger [A-L] \(erfunden\)").all()
    assert offers["kosten"].isin(["frei", "beitrag"]).all()


def test_offers_lie_in_their_quarter_on_land(offers: gpd.GeoDataFrame) -> None:
    quarters = gpd.read_file(FOLDER / "stadtbereiche.geojson").set_index("code")
    waters = gpd.read_file(FOLDER / "gewaesser.geojson")
    shown = offers[offers.geometry.notna()]
    homes = quarters.geometry.loc[shown["quartier"]].set_axis(shown.index)
    assert homes.contains(shown.geometry).all()
    assert (shown.distance(waters.geometry.union_all()) > 100).all()


def test_protected_offers_have_no_point_and_share_no_site(offers: gpd.GeoDataFrame) -> None:
    hidden = offers["art"].isin(WITHOUT_POINT)
    assert (offers.geometry.isna() == hidden).all()
    assert not set(offers.loc[hidden, "standort_id"]) & set(offers.loc[~hidden, "standort_id"])


def test_offers_at_one_site_share_place_quarter_and_provider(offers: gpd.GeoDataFrame) -> None:
    sites = offers.groupby("standort_id")
    assert (sites.size() > 1).sum() >= 10
    assert sites[["ost", "nord", "quartier", "traeger"]].nunique().max().max() == 1


def test_places_stand_where_the_kind_has_places(offers: gpd.GeoDataFrame) -> None:
    wanted = {
        "kindertageseinrichtung": ["plaetze_0_3", "plaetze_3_6"],
        "kindertagespflege": ["plaetze_0_3"],
        "schule": ["plaetze_6_15"],
        "hze_teilstationaer": ["plaetze"],
        "hze_stationaer": ["plaetze"],
        "inobhutnahme": ["plaetze"],
    }
    columns = ["plaetze_0_3", "plaetze_3_6", "plaetze_6_15", "plaetze"]
    for kind, own in offers.groupby("art"):
        assert own[columns].notna().all().to_dict() == {c: c in wanted.get(kind, []) for c in columns}
        assert not own[columns].isna().all(axis=1).any() or kind not in wanted
    most = offers.loc[offers["art"] == "kindertagespflege", "plaetze_0_3"].max()
    assert most <= 5, "§ 43 SGB VIII: at most five children"
