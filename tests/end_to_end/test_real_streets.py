"""Three real towns from OpenStreetMap: from the file to reach, alternatives and every closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from sro_geo.coverage.access import find_access
from sro_geo.coverage.alternatives import count_alternatives, find_nearest, measure_closures
from sro_geo.coverage.walking import measure_walking
from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.inputs import OfferFile
from sro_geo.load.offers import read_offers
from sro_geo.load.osm import read_buildings, read_streets
from sro_geo.load.reading import find_file
from sro_geo.model.quarters import as_quarters
from sro_geo.model.streets import leave_out_steps

if TYPE_CHECKING:
    from pathlib import Path

    from sro_geo.model.offers import Offers
    from sro_geo.model.streets import Streets

LIMIT, NEAR = 1000.0, 600.0
TOWNS = {
    "Hoyerswerda.osm": ((14.243, 51.433, 14.2601, 51.4402), 33),
    "dreieich": ((8.7006, 49.9935, 8.7256, 50.0099), 32),
    "lauf-200115.osm": ((11.2474, 49.4995, 11.308, 49.5305), 32),
}
"""What each file covers, in degrees, and its zone of UTM."""

OFTEN = "Hoyerswerda.osm"

KINDS = ("kindertageseinrichtung", "schule", "spielplatz")


@pytest.fixture(
    scope="module", params=[OFTEN, *(pytest.param(name, marks=pytest.mark.long) for name in TOWNS if name != OFTEN)]
)
def town(request: pytest.FixtureRequest, real_data: Path) -> tuple[Streets, Offers, gpd.GeoDataFrame]:
    """Streets and offers of a town of two halves, and its buildings instead of people."""
    (west, south, east, north), zone = TOWNS[request.param]
    middle = (west + east) / 2
    halves = [shapely.box(west, south, middle, north), shapely.box(middle, south, east, north)]
    frame = gpd.GeoDataFrame({"quarter_id": ["w", "o"], "name": ["West", "Ost"]}, geometry=halves, crs="EPSG:4326")
    frame = frame.assign(level="Hälfte", parent_id=None, vintage="").to_crs(pyproj.CRS.from_epsg(25800 + zone))
    quarters = as_quarters(frame)
    file = find_file(f"osm/{request.param}.pbf", folder=real_data)
    streets = read_streets(file, quarters=quarters, halo_metres=LIMIT).streets
    way = {"kinds": read_catalogue().kinds, "quarters": quarters, "year": 2024, "target_groups": {}}
    offers = read_offers([OfferFile(file=file)], **way).offers  # type: ignore[arg-type]  # as stated
    return streets, offers, read_buildings(file, quarters=quarters).frame.rename_axis("cell_id")


@pytest.mark.real_data
def test_from_the_file_to_every_closure(town: tuple[Streets, Offers, gpd.GeoDataFrame]) -> None:
    streets, offers, cells = town
    quarter = cells["quarter_id"]
    one_each = pd.Series(1.0, index=cells.index)
    access = find_access(cells, streets)
    assert len(access.far) < 0.02 * len(cells)
    for kind in KINDS:
        reach = measure_walking(access, offers, streets, kind=kind, limit_metres=LIMIT)
        assert len(reach.offer_ids) == (offers["kind"] == kind).sum() > 0
        counts = count_alternatives(reach, limit_metres=NEAR)
        assert counts.groupby(quarter).size().sum() == len(cells)
        nearest = find_nearest(reach, count=3).to_numpy()
        assert (np.diff(nearest, axis=1)[~np.isnan(nearest[:, 1:])] >= 0).all()
        closures = measure_closures(reach, one_each, quarter, limit_metres=NEAR)
        lose = closures.groupby("closed")["lose"].sum()
        assert lose.sum() == (counts == 1).sum()
        for offer, lost in lose.items():  # closed by itself, measured anew
            without = measure_walking(access, offers.drop(str(offer)), streets, kind=kind, limit_metres=LIMIT)
            after = count_alternatives(without, limit_metres=NEAR)
            assert ((counts > 0) & (after == 0)).sum() == lost


@pytest.mark.real_data
def test_whoever_cannot_take_steps_never_has_a_shorter_way(town: tuple[Streets, Offers, gpd.GeoDataFrame]) -> None:
    streets, offers, houses = town
    cells = houses.iloc[::7]
    flat = leave_out_steps(streets)
    assert streets.steps.any()
    # on the same places of the network, so that nobody joins a nearer street by losing one
    every, some = (
        measure_walking(cells, offers, network, kind="spielplatz", limit_metres=LIMIT).pairs.set_index(
            ["cell_id", "offer_id"]
        )["metres"]
        for network in (streets, flat)
    )
    both = every.index.intersection(some.index)
    assert len(both) > 100
    longer = some[both] - every[both]
    assert (longer > -60).all()  # who joined the stairs themselves joins another street now
    assert longer.median() == pytest.approx(0, abs=1e-6)
