from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from sro_geo.model.picture import Overlay, Overlays
from sro_geo.render.ground import describe_ground, draw_shapes, find_poles, keep_overlay, split_water
from tests.render_data import make_ground


def test_each_shape_is_stored_once_in_degrees() -> None:
    ground = make_ground()
    told = describe_ground(ground)
    features = told["quarters"]["features"]
    assert [feature["id"] for feature in features] == list(ground.quarters.index)
    lon, lat = zip(*told["quarters"]["points"], strict=True)
    assert 13 < min(lon) < max(lon) < 14
    assert 53 < min(lat) < max(lat) < 54
    assert all(n == round(n, 5) for n in (*lon, *lat))
    assert [f["id"] for f in features if f["properties"]["outlined"]] == ["08", "09"]


def test_drawn_shapes_keep_their_common_borders_and_areas() -> None:
    ground = make_ground()
    shapes = draw_shapes(ground)
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert (shapes.area / ground.quarters.area).between(0.995, 1.005).all()
    assert find_poles(shapes).within(shapes).all()


def test_shapes_that_do_not_fit_together_are_drawn_too() -> None:
    ground = make_ground()
    moved = ground.quarters.copy()
    moved.loc["08", "geometry"] = shapely.affinity.translate(moved.loc["08", "geometry"], 0.5, 0)
    shapes = draw_shapes(replace(ground, quarters=moved))
    assert list(shapes.index) == list(moved.index)
    assert shapely.is_valid(shapes.to_numpy()).all()


def test_water_is_split_by_the_way_it_is_drawn() -> None:
    ground = make_ground()
    waters = split_water(ground)
    assert list(waters.rivers["name"]) == ["Muster"]
    assert list(waters.bridges["name"]) == ["Alte Brücke", "Südbrücke"]
    assert waters.areas.empty
    assert len(split_water(replace(ground, water=None)).rivers) == 0
    lake = gpd.GeoDataFrame({"name": ["See"], "art": ["wasser"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=25833)
    assert list(split_water(replace(ground, water=lake.to_crs(4326))).areas["name"]) == ["See"]


def test_offers_know_their_quarter_and_missing_names_are_empty() -> None:
    ground = make_ground()
    offers = ground.offers.copy()
    offers.loc[0, "provider"] = None
    told = describe_ground(replace(ground, offers=offers))
    first = told["offers"][0]
    assert first["provider"] == ""
    assert told["quarters"]["features"][first["quarter"]]["properties"]["name"] == "Altstadt-Nord"
    assert describe_ground(replace(ground, offers=offers.iloc[:0]))["offers"] == []


def test_kinds_without_a_symbol_and_offers_without_a_point_stay_away() -> None:
    ground = make_ground()
    offers = ground.offers.copy()
    offers.loc[0, "kind"] = "inobhutnahme"
    offers.loc[1, "geometry"] = None
    told = describe_ground(replace(ground, offers=offers))["offers"]
    assert len(told) == len(offers) - 2
    assert {offer["kind"] for offer in told} <= {symbol.kind for symbol in ground.symbols}


def test_an_offer_keeps_the_quarter_that_it_was_given() -> None:
    """On a common border geometry alone could name either; page and tables must name the same."""
    ground = make_ground()
    offers = ground.offers.iloc[:2].copy()
    offers["quarter_id"] = [ground.quarters.index[5], None]
    told = describe_ground(replace(ground, offers=offers))["offers"]
    assert [offer["quarter"] for offer in told] == [5, -1]


def test_bounds_of_degrees_match_the_metres() -> None:
    ground = make_ground()
    points = gpd.points_from_xy(*zip(*describe_ground(ground)["quarters"]["points"], strict=True), crs=4326)
    assert points.to_crs(ground.quarters.crs).total_bounds == pytest.approx(ground.quarters.total_bounds, abs=2)


def test_what_lies_on_a_map_is_told_for_that_map_alone() -> None:
    ground = make_ground()
    west, south, *_ = ground.quarters.total_bounds
    line = shapely.MultiLineString([[(west, south), (west + 100, south)], [(west, south), (west, south + 50)]])
    field = shapely.MultiPolygon([shapely.box(west, south, west + 250, south + 250)])
    laid = Overlays(
        streets=line, by_map={"a": Overlay(gaps=field, reached=line), "b": Overlay(gaps=None, reached=line)}
    )
    told = describe_ground(replace(ground, overlays=laid))
    assert [len(one) for one in told["streets"]] == [2, 2]
    assert told["overlays"]["b"] == {"gaps": None, "reached": told["streets"]}
    assert [len(ring) for ring in told["overlays"]["a"]["gaps"]] == [5]
    alone = describe_ground(keep_overlay(replace(ground, overlays=laid), "b"))
    assert list(alone["overlays"]) == ["b"]
    assert alone["streets"] == told["streets"]
    none = describe_ground(keep_overlay(replace(ground, overlays=laid), "c"))
    assert (none["streets"], none["overlays"]) == ([], {})
