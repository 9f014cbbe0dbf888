"""Laws of the invented town: what its files promise to everybody who reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import rasterio
import shapely
import shapely.ops

TOWN = Path(__file__).parents[3] / "geodata" / "musterstadt"
NAMES = {
    "01": "Altstadt-Nord", "02": "Am Wall", "03": "Bahnhofsviertel", "04": "Gartenfeld", "05": "Hafenviertel",
    "06": "Lindenau", "07": "Mühlenberg", "08": "Neue Heide", "09": "Ostufer", "10": "Südring",
    "11": "Waldsiedlung", "12": "Westend",
}  # fmt: skip
BANDS = {
    "0-3": "alter_0_3", "3-6": "alter_3_6", "6-15": "alter_6_15",
    "15-25": "alter_15_25", "25-65": "alter_25_65", "65+": "alter_65_plus",
}  # fmt: skip
RATES = {
    "kinder_sgb2": 100, "arbeitslose": 100, "wohndauer_5": 100, "sprachfoerderung": 100, "hze_faelle": 1000,
    "umzugsvolumen": 1000, "auslaendisch": 100,
}  # fmt: skip
NO_VALUE = {"geheim", "fehlt", "spaeter", "entfaellt"}
BRIDGES = {"Alte Brücke", "Südbrücke"}


@cache
def read_table(name: str) -> pd.DataFrame:
    return pd.read_csv(TOWN / name, sep=";", decimal=",", encoding="utf-8-sig", dtype={"quartier": "str"})


@cache
def read_shapes(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(TOWN / name)


def read_water(kind: str) -> Any:
    waters = read_shapes("gewaesser.geojson")
    return waters[waters["art"] == kind].union_all()


def read_quarters() -> gpd.GeoSeries:
    return read_shapes("quartiere.geojson").set_index("quartier").geometry


def pick(indicator: str, column: str = "wert") -> pd.DataFrame:
    table = read_table("kennzahlen.csv")
    chosen = table[table["kennzahl"] == indicator]
    return chosen.pivot_table(index="quartier", columns="jahr", values=column, dropna=False).astype(float)


def test_quarters_are_a_coverage_on_whole_metres() -> None:
    quarters = read_shapes("quartiere.geojson")
    assert quarters.crs.to_epsg() == 25833
    assert dict(zip(quarters["quartier"], quarters["name"], strict=True)) == NAMES
    assert all(start.split()[0] in {"Am", "Auf", "Im", "In"} for start in quarters["satzanfang"])
    assert shapely.coverage_is_valid(quarters.geometry.array)
    town = quarters.union_all()
    assert town.geom_type == "Polygon"
    assert len(town.interiors) == 0
    coordinates = quarters.get_coordinates().to_numpy()
    assert (coordinates == coordinates.round()).all()
    west, _, east, _ = town.bounds
    assert 4000 < east - west < 4200


def test_quarters_meet_on_the_river() -> None:
    quarters, river = read_quarters(), read_water("fluss")
    on_the_water = {key for key, shape in quarters.items() if shape.boundary.intersection(river).length > 30}
    assert on_the_water == {"02", "04", "05", "09", "10", "11"}
    assert not any(shape.buffer(-1).intersects(river) for shape in quarters)
    assert len(list(shapely.ops.split(quarters.union_all(), river).geoms)) == 2


def test_the_barrier_is_the_river_with_gaps_at_the_bridges_only() -> None:
    waters, river, barrier = read_shapes("gewaesser.geojson"), read_water("fluss"), read_water("barriere")
    bridges = waters[waters["art"] == "bruecke"].set_index("name").geometry
    assert set(waters.loc[waters["art"] == "fluss", "name"]) == {"Muster"}
    assert set(bridges.index) == BRIDGES
    assert barrier.hausdorff_distance(river) < 20
    gaps = list(river.difference(barrier.buffer(1.0)).geoms)
    assert len(gaps) == len(bridges)
    for gap, bridge in zip(gaps, bridges, strict=True):
        assert 25 < gap.length + 2 < 35
        assert bridge.crosses(gap)
        assert not bridge.intersects(barrier)


def test_csv_files_are_in_the_form_of_a_german_spreadsheet() -> None:
    for name in ("kennzahlen.csv", "angebote.csv", "bevoelkerung_zellen.csv"):
        raw = (TOWN / name).read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert len({line.count(b";") for line in raw.splitlines()}) == 1
    assert b"14,2857" in (TOWN / "kennzahlen.csv").read_bytes()


def test_every_indicator_has_every_quarter_and_year() -> None:
    table = read_table("kennzahlen.csv")
    codes = {"bevoelkerung", *BANDS.values(), *RATES}
    assert set(table["kennzahl"]) == codes
    assert set(table["jahr"]) == set(range(2008, 2025))
    assert len(table) == len(codes) * 12 * 17
    assert not table.duplicated(["quartier", "kennzahl", "jahr"]).any()


def test_counts_are_whole_and_age_bands_add_up() -> None:
    table = read_table("kennzahlen.csv")
    rates = table["kennzahl"].isin(list(RATES))
    counts = pd.concat([table.loc[~rates, "wert"], table["zaehler"], table["nenner"]]).dropna()
    assert (counts == counts.round()).all()
    assert (counts >= 0).all()
    total = sum((pick(code) for code in BANDS.values()), start=pick("bevoelkerung") * 0)
    pd.testing.assert_frame_equal(total, pick("bevoelkerung"))
    under_15 = pick("alter_0_3") + pick("alter_3_6") + pick("alter_6_15")
    known = pick("kinder_sgb2", "nenner").notna()
    pd.testing.assert_frame_equal(pick("kinder_sgb2", "nenner"), under_15.where(known))


def test_a_value_is_missing_exactly_when_its_status_says_so() -> None:
    table = read_table("kennzahlen.csv").fillna({"status": ""})
    assert set(table["status"]) == NO_VALUE | {"", "geschaetzt"}
    assert (table["wert"].isna() == table["status"].isin(NO_VALUE)).all()
    rates = table[table["kennzahl"].isin(list(RATES))]
    assert (rates["zaehler"].isna() == rates["status"].isin(NO_VALUE)).all()
    computed = rates["kennzahl"].map(RATES) * rates["zaehler"] / rates["nenner"]
    assert (computed.dropna() - rates.loc[computed.notna(), "wert"]).abs().max() < 0.00006
    assert (rates["zaehler"].dropna() <= rates.loc[rates["zaehler"].notna(), "nenner"]).all()


def test_the_works_closure_hits_and_is_made_good_differently() -> None:
    share = pick("kinder_sgb2")
    assert share.loc["08", 2024] == pytest.approx(23, abs=0.5)
    assert share.loc["09", 2024] == pytest.approx(25, abs=0.5)
    children, all_children = (
        pick("kinder_sgb2", "zaehler")[2024].sum(),
        pick("kinder_sgb2", "nenner")[2024].sum(),
    )
    assert 100 * children / all_children == pytest.approx(16, abs=0.5)
    fall = share[2018] - share[2017]
    assert fall["02"] <= 0
    hit = fall.drop(["02", "11"])
    assert hit.between(3, 8).all()
    made_good = (share[2018] - share[2024])[hit.index] / hit
    assert made_good["06"] > 1.2
    assert made_good["05"] < 0.4
    assert made_good[["08", "09"]].between(0.5, 0.9).all()
    assert share.loc["11", 2016:2020].isna().all()
    assert share[2024]["11"] > 0


def test_small_counts_wait_for_the_disclosure_rule() -> None:
    support = pick("sprachfoerderung", "zaehler")
    assert {1.0, 2.0} <= set(support.to_numpy().ravel())
    assert support[2024]["11"] in {1, 2}
    hamlet = [pick(code)[2008]["04"] for code in BANDS.values()]
    assert sum(count in {1, 2} for count in hamlet) == 1
    assert min(hamlet) > 0


def test_offers_stand_in_their_own_quarter_on_dry_land() -> None:
    offers = read_table("angebote.csv")
    assert offers["angebot_id"].is_unique
    assert offers["status"].eq("beispiel").all()
    assert 55 <= len(offers) <= 75
    placed = offers.dropna(subset=["ost"])
    points = gpd.GeoSeries(gpd.points_from_xy(placed["ost"], placed["nord"]), index=placed["quartier"], crs=25833)
    quarters = read_quarters()
    assert all(quarters[key].contains(point) for key, point in points.items())
    assert points.distance(read_water("fluss")).min() > 40
    assert len(placed[["standort_id", "ost", "nord"]].drop_duplicates()) == placed["standort_id"].nunique()
    assert (placed["standort_id"].value_counts() > 1).sum() >= 5
    assert offers.groupby("traeger").size().min() > 1


def test_no_offer_with_a_protected_address_has_a_point() -> None:
    offers = read_table("angebote.csv")
    hidden = {"kindertagespflege", "vollzeitpflege", "hze_stationaer", "inobhutnahme"}
    without = offers["ost"].isna()
    assert set(offers.loc[without, "art"]) == hidden
    assert set(offers.loc[~without, "art"]).isdisjoint(hidden)
    assert (offers.loc[without, ["nord", "standort_id"]].isna()).all(axis=None)


def test_cells_add_up_to_the_indicator_table() -> None:
    cells = read_table("bevoelkerung_zellen.csv")
    assert (cells["personen"] > 0).all()
    assert not cells.duplicated(["zelle", "altersgruppe"]).any()
    sums = cells.pivot_table(index="quartier", columns="altersgruppe", values="personen", aggfunc="sum").astype(float)
    for band, code in BANDS.items():
        pd.testing.assert_series_equal(sums[band], pick(code)[2024], check_names=False)
    centres = cells.drop_duplicates("zelle")
    assert ((centres[["ost", "nord"]] % 100) == 50).all(axis=None)
    quarters = read_quarters()
    points = gpd.points_from_xy(centres["ost"], centres["nord"])
    assert all(quarters[key].contains(point) for key, point in zip(centres["quartier"], points, strict=True))


def test_the_raster_holds_the_children_of_the_cells() -> None:
    cells = read_table("bevoelkerung_zellen.csv")
    children = cells["personen"].where(cells["altersgruppe"].isin(["0-3", "3-6"]), 0).groupby(cells["zelle"]).sum()
    centres = cells.drop_duplicates("zelle").set_index("zelle")
    with rasterio.open(TOWN / "bevoelkerung.tif") as raster:
        assert raster.crs.to_epsg() == 25833
        assert (raster.nodata, raster.res, raster.profile["compress"]) == (-1, (100.0, 100.0), "deflate")
        grid = raster.read(1)
        seen = [value[0] for value in raster.sample(centres[["ost", "nord"]].to_numpy())]
    assert seen == children[centres.index].tolist()
    assert (grid >= 0).sum() == len(centres)


def test_the_east_lacks_day_care_and_the_centre_does_not() -> None:
    cells = read_table("bevoelkerung_zellen.csv")
    cells = cells[cells["altersgruppe"].isin(["0-3", "3-6"])]
    offers = read_table("angebote.csv")
    open_now = offers[(offers["art"] == "kindertageseinrichtung") & offers["gueltig_bis"].isna()]
    barrier = read_water("barriere")
    reach = 10 * 4000 / 60 / 1.3

    kitas = gpd.points_from_xy(open_now["ost"], open_now["nord"])
    homes = gpd.points_from_xy(cells["ost"], cells["nord"])

    def has_none(home: shapely.Point) -> bool:
        near = kitas[kitas.distance(home) <= reach]
        return all(shapely.LineString([home, kita]).intersects(barrier) for kita in near)

    without = cells["personen"] * [has_none(home) for home in homes]
    share = 100 * without.groupby(cells["quartier"]).sum() / cells.groupby("quartier")["personen"].sum()
    assert set(share.nlargest(3).index) == {"08", "09", "11"}
    assert share["08"] == share.max()
    assert share[["01", "02", "03"]].max() < 5


def test_every_data_file_names_its_source() -> None:
    with (TOWN / "SOURCE.toml").open("rb") as file:
        sources = tomllib.load(file)["file"]
    data = {path.name for path in TOWN.iterdir() if path.suffix in {".csv", ".geojson", ".tif", ".pbf"}}
    assert {source["name"] for source in sources} == data
    keys = {"name", "title", "publisher", "licence", "date", "address", "example", "note", "notice"}
    assert all(set(source) == keys and source["example"] for source in sources)
    assert sum(path.stat().st_size for path in TOWN.iterdir() if path.is_file()) < 600_000
