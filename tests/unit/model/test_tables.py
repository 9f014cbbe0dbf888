"""The table checks report everything at once and change nothing."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, Polygon, box

from sro_geo.errors import DataError
from sro_geo.model.catalogue import IndicatorSpec, OfferKind
from sro_geo.model.indicators import COLUMNS, as_indicators, join_indicators, select_values
from sro_geo.model.offers import as_offers, as_places
from sro_geo.model.population import as_population, count_persons
from sro_geo.model.quarters import as_groups, as_quarters

CRS = "EPSG:25833"
Frame = pd.DataFrame


def make_quarters(**columns: Any) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {"quarter_id": ["02", "01"], "name": ["B", "A"], "level": "q", "parent_id": "", "vintage": "2024"},
        geometry=[box(100, 0, 200, 100), box(0, 0, 100, 100)],
        crs=CRS,
    )
    return frame.assign(**columns)


def find_causes(check: Callable[[], object]) -> list[str]:
    with pytest.raises(DataError) as caught:
        check()
    return [problem.cause for problem in caught.value.problems]


QUARTERS = as_quarters(make_quarters())
WORDS = {"de": "x", "en": "x"}
SPECS = {
    "quote": IndicatorSpec(code="quote", name=WORDS, short=WORDS, unit="percent"),
    "saldo": IndicatorSpec(code="saldo", name=WORDS, short=WORDS, unit="per_1000", signed=True),
}
KINDS = {
    code: OfferKind(
        code=code,
        name=WORDS,
        short=WORDS,
        plural=WORDS,
        none=WORDS,
        law="",
        fields=(),
        reach=reach,
        protected_address=hidden,
    )
    for code, reach, hidden in (("kita", True, False), ("inobhutnahme", False, True), ("hze", False, False))
}


def test_quarters_are_keyed_and_ordered() -> None:
    frame = make_quarters()
    checked = as_quarters(frame)
    assert list(checked.index) == ["01", "02"]
    assert list(checked.columns) == ["name", "level", "parent_id", "vintage", "geometry"]
    assert "quarter_id" in frame.columns


@pytest.mark.parametrize(
    ("frame", "causes"),
    [
        (make_quarters().drop(columns=["name", "level"]), ["missing_columns"]),
        (make_quarters().set_crs(None, allow_override=True), ["no_crs"]),
        (make_quarters().to_crs("EPSG:4326"), ["crs_not_metric"]),
        (make_quarters().iloc[:0], ["no_quarters"]),
        (make_quarters(quarter_id=["", "01"]), ["empty_key"]),
        (make_quarters(quarter_id=["01", "01"]), ["duplicate_key"]),
        (make_quarters(geometry=[None, Polygon()]), ["geometry_missing"]),
        (make_quarters(geometry=[Point(0, 0), box(0, 0, 1, 1)]), ["geometry_no_area"]),
        (
            make_quarters(geometry=[Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), box(20, 0, 30, 10)]),
            ["geometry_invalid"],
        ),
        (make_quarters(geometry=[box(50, 0, 150, 100), box(0, 0, 100, 100)]), ["quarters_overlap"]),
        (
            make_quarters(quarter_id=["01", "01"], geometry=[None, Point(0, 0)]),
            ["duplicate_key", "geometry_missing", "geometry_no_area"],
        ),
    ],
)
def test_faulty_quarters(frame: gpd.GeoDataFrame, causes: list[str]) -> None:
    assert find_causes(lambda: as_quarters(frame)) == causes


def test_a_sliver_is_no_overlap() -> None:
    assert len(as_quarters(make_quarters(geometry=[box(99.5, 0, 200, 100), box(0, 0, 100, 100)]))) == 2


def test_groups_name_quarters_that_exist() -> None:
    assert as_groups({"modell": ["02", "02"]}, quarters=QUARTERS) == {"modell": ("02",)}
    assert find_causes(lambda: as_groups({"a": [], "b": ["07"]}, quarters=QUARTERS)) == [
        "group_empty",
        "group_unknown_quarter",
    ]


def make_values(**columns: Any) -> Frame:
    rows = {
        "quarter_id": ["02", "01"], "indicator": "quote", "year": 2024, "value": [10.0, 20.0], "numerator": [1.0, 2.0],
        "denominator": [10.0, 10.0], "status": "observed", "example": False, "source": "a.csv", "row": [3, 2],
    }  # fmt: skip
    return pd.DataFrame(rows).assign(**columns)


def test_indicators_are_ordered_by_key_whatever_the_input_order() -> None:
    frame = make_values()
    first = as_indicators(frame, specs=SPECS, quarter_ids=QUARTERS.index)
    second = as_indicators(frame.iloc[::-1], specs=SPECS, quarter_ids=QUARTERS.index)
    pd.testing.assert_frame_equal(first, second)
    assert list(first.columns) == COLUMNS
    assert list(select_values(first, indicator="quote", year=2024)["value"]) == [20.0, 10.0]


@pytest.mark.parametrize(
    ("columns", "causes"),
    [
        ({"quarter_id": ["02", "07"]}, ["unknown_quarter"]),
        ({"indicator": "qoute"}, ["unknown_indicator"]),
        ({"status": "obs"}, ["unknown_status"]),
        ({"quarter_id": "01"}, ["duplicate_key"]),
        ({"value": [np.nan, 20.0]}, ["value_without_status"]),
        ({"status": "suppressed"}, ["value_despite_status"]),
        ({"value": [np.inf, 20.0]}, ["infinite_number", "share_over_100"]),
        ({"denominator": [1e13, 10.0]}, ["number_too_large"]),
        ({"value": [-1.0, 20.0]}, ["negative_number"]),
        ({"numerator": [-1.0, 2.0]}, ["negative_number"]),
        ({"denominator": [-9.0, 10.0]}, ["negative_number"]),
        ({"value": [101.0, 20.0]}, ["share_over_100"]),
        ({"denominator": [0.0, 10.0]}, ["denominator_zero"]),
        ({"value": [50.0, 1.0], "numerator": [115.0, 1.0], "denominator": [818.0, 100.0]}, ["value_contradicts"]),
        ({"value": [14.05, 1.0], "numerator": [115.0, 1.0], "denominator": [818.0, 100.0]}, ["value_contradicts"]),
        (
            {"value": [14.0, 1.0], "numerator": [9999.0, 1.0], "denominator": [818.0, 100.0]},
            ["numerator_over_denominator"],
        ),
        (
            {"quarter_id": ["07", "01"], "value": [-1.0, np.nan]},
            ["unknown_quarter", "value_without_status", "negative_number"],
        ),
    ],
)
def test_faulty_indicators(columns: dict[str, Any], causes: list[str]) -> None:
    frame = make_values(**columns)
    assert find_causes(lambda: as_indicators(frame, specs=SPECS, quarter_ids=QUARTERS.index)) == causes


def test_a_missing_column_is_named() -> None:
    frame = make_values().drop(columns="status")
    assert find_causes(lambda: as_indicators(frame, specs=SPECS, quarter_ids=QUARTERS.index)) == ["missing_columns"]


def test_a_balance_may_be_negative() -> None:
    frame = make_values(indicator="saldo", value=[-100.0, 100.0], numerator=[-1.0, 1.0])
    assert as_indicators(frame, specs=SPECS, quarter_ids=QUARTERS.index)["value"].min() == -100


def test_problems_name_file_and_row() -> None:
    with pytest.raises(DataError) as caught:
        as_indicators(make_values(value=[-1.0, 1.0]), specs=SPECS, quarter_ids=QUARTERS.index)
    place = caught.value.problems[0].places[0]
    assert (place.file, place.row, place.column) == ("a.csv", 3, "value")


def test_tables_are_joined_without_doubling() -> None:
    table = as_indicators(make_values(), specs=SPECS, quarter_ids=QUARTERS.index)
    other = as_indicators(make_values(indicator="saldo", value=[100.0, 200.0]), specs=SPECS, quarter_ids=QUARTERS.index)
    assert len(join_indicators(table, other)) == 4
    assert find_causes(lambda: join_indicators(table, table)) == ["duplicate_key"]


def make_offers(**columns: Any) -> gpd.GeoDataFrame:
    rows = {
        "offer_id": ["b", "a"], "kind": ["kita", "inobhutnahme"], "name": ["B", "A"], "provider": "P", "site_id": "s",
        "quarter_id": ["01", "02"], "valid_from": "", "valid_to": "", "opening_times": "", "cost": "", "status": "observed",
        "example": True, "source": "o.csv", "row": [2, 3],
    }  # fmt: skip
    return gpd.GeoDataFrame(rows, geometry=[Point(50, 50), Point(150, 50)], crs=CRS).assign(**columns)


def test_a_protected_address_never_keeps_its_point() -> None:
    frame = make_offers()
    checked = as_offers(frame, kinds=KINDS, quarters=QUARTERS)
    assert list(checked.index) == ["a", "b"]
    assert checked.geometry.isna().tolist() == [True, False]
    assert frame.geometry.notna().all()


@pytest.mark.parametrize(
    ("frame", "causes"),
    [
        (make_offers().drop(columns="kind"), ["missing_columns"]),
        (make_offers().to_crs("EPSG:25832"), ["crs_differs"]),
        (make_offers(kind="kiosk"), ["unknown_kind"]),
        (make_offers(quarter_id="99"), ["unknown_quarter"]),
        (make_offers(offer_id="a"), ["duplicate_key"]),
        (make_offers(geometry=[None, Point(150, 50)]), ["offer_without_point"]),
        (make_offers(geometry=[box(0, 0, 1, 1), Point(150, 50)]), ["offer_not_a_point"]),
    ],
)
def test_faulty_offers(frame: gpd.GeoDataFrame, causes: list[str]) -> None:
    assert find_causes(lambda: as_offers(frame, kinds=KINDS, quarters=QUARTERS)) == causes


def test_an_offer_that_nobody_walks_to_needs_no_point() -> None:
    assert len(as_offers(make_offers(kind="hze", geometry=[None, None]), kinds=KINDS, quarters=QUARTERS)) == 2


OFFERS = as_offers(make_offers(), kinds=KINDS, quarters=QUARTERS)


@pytest.mark.parametrize(
    ("columns", "causes"),
    [
        ({"offer_id": "x"}, ["unknown_offer"]),
        ({"age_group": "klein"}, ["unknown_age_group"]),
        ({"places": -1.0}, ["negative_number"]),
        ({"places": np.nan}, ["places_missing"]),
    ],
)
def test_faulty_places(columns: dict[str, Any], causes: list[str]) -> None:
    frame = pd.DataFrame({"offer_id": ["a"], "age_group": ["0-3|3-6"], "places": [10.0]})
    assert len(as_places(frame, offers=OFFERS)) == 1
    assert find_causes(lambda: as_places(frame.assign(**columns), offers=OFFERS)) == causes


def test_places_need_their_columns_and_no_double() -> None:
    frame = pd.DataFrame({"offer_id": ["a", "a"], "age_group": "0-3", "places": 1.0})
    assert find_causes(lambda: as_places(frame, offers=OFFERS)) == ["duplicate_key"]
    assert find_causes(lambda: as_places(frame.drop(columns="places"), offers=OFFERS)) == ["missing_columns"]


def make_persons(**columns: Any) -> Frame:
    rows = {"cell_id": ["c1", "c1", "c2"], "age_group": ["0-3", "3-6", "0-3"], "persons": [4.0, 5.0, 6.0]}
    return pd.DataFrame(rows).assign(status="observed", example=False, source="z.csv", row=[2, 3, 4]).assign(**columns)


def make_cells(**columns: Any) -> gpd.GeoDataFrame:
    index = pd.Index(["c2", "c1"], name="cell_id")
    return gpd.GeoDataFrame(
        {"quarter_id": ["02", "01"]}, geometry=[Point(150, 50), Point(50, 50)], crs=CRS, index=index
    ).assign(**columns)


def test_population_counts_a_target_group_in_each_cell() -> None:
    population = as_population(make_persons(), make_cells(), quarters=QUARTERS)
    assert list(population.cells.index) == ["c1", "c2"]
    counted = count_persons(population, target_group="0-6")
    assert counted is not None
    assert counted.to_dict() == {"c1": 9.0, "c2": 6.0}
    assert count_persons(population, target_group="0-7") is None
    assert [str(band) for band in population.bands] == ["0-3", "3-6"]


@pytest.mark.parametrize(
    ("persons", "cells", "causes"),
    [
        ({"cell_id": "c9"}, {}, ["unknown_cell", "duplicate_key"]),
        ({"age_group": "?"}, {}, ["unknown_age_group", "duplicate_key"]),
        ({"persons": -1.0}, {}, ["negative_number"]),
        ({"persons": np.nan}, {}, ["persons_missing"]),
        ({}, {"quarter_id": "99"}, ["unknown_quarter"]),
    ],
)
def test_faulty_population(persons: dict[str, Any], cells: dict[str, Any], causes: list[str]) -> None:
    assert find_causes(lambda: as_population(make_persons(**persons), make_cells(**cells), quarters=QUARTERS)) == causes


def test_population_in_another_system_or_without_columns() -> None:
    other = make_cells().to_crs("EPSG:25832")
    assert find_causes(lambda: as_population(make_persons(), other, quarters=QUARTERS)) == ["crs_differs"]
    bare = make_persons().drop(columns="persons")
    assert find_causes(lambda: as_population(bare, make_cells(), quarters=QUARTERS)) == ["missing_columns"]


@pytest.mark.parametrize("value", [14.0, 14.1, 14.06, 14.0587, 14.058679706601466])
def test_a_rounded_value_is_no_contradiction(value: float) -> None:
    frame = make_values(value=[value, 1.0], numerator=[115.0, 1.0], denominator=[818.0, 100.0])
    assert len(as_indicators(frame, specs=SPECS, quarter_ids=QUARTERS.index)) == 2
