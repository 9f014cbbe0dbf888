"""Small checked tables for the tests of the measuring rooms, and strategies that generate them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st

from sro_geo.model.catalogue import IndicatorSpec, OfferKind
from sro_geo.model.indicators import COLUMNS, Indicators, as_indicators
from sro_geo.model.method import Method, Scales
from sro_geo.model.offers import Offers, Places, as_offers, as_places
from sro_geo.model.population import Population, as_population
from sro_geo.model.quarters import Quarters, as_quarters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CRS = "EPSG:25833"
TEXT = {"de": "Wort", "en": "word"}


def make_spec(code: str, **facts: Any) -> IndicatorSpec:
    return IndicatorSpec(**{"code": code, "name": TEXT, "short": TEXT, "unit": "percent", **facts})


def make_specs(*specs: IndicatorSpec) -> dict[str, IndicatorSpec]:
    return {spec.code: spec for spec in specs}


def make_indicators(rows: Iterable[Mapping[str, Any]], *, specs: Mapping[str, IndicatorSpec]) -> Indicators:
    """Checked rows; what a row does not say is observed, real, of 2024, without numerator and denominator."""
    usual = {
        "year": 2024,
        "value": np.nan,
        "numerator": np.nan,
        "denominator": np.nan,
        "status": "observed",
        "example": False,
        "source": "werte.csv",
    }
    full = [{**usual, "row": number, **row} for number, row in enumerate(rows, start=2)]
    quarters = sorted({str(row["quarter_id"]) for row in full})
    return as_indicators(pd.DataFrame(full, columns=COLUMNS), specs=specs, quarter_ids=quarters)


def list_values(
    code: str, values: Mapping[str, float | str], *, year: int = 2024, **facts: Any
) -> list[dict[str, Any]]:
    """One row for each quarter; a text is a status."""
    return [
        {"quarter_id": quarter, "indicator": code, "year": year, **facts, **_tell(value)}
        for quarter, value in values.items()
    ]


def _tell(value: float | str) -> dict[str, Any]:
    return {"status": value} if isinstance(value, str) else {"value": value}


def make_quarters(count: int = 2) -> Quarters:
    """Squares of one kilometre side by side, ids q1, q2 …"""
    ids = [f"q{i + 1}" for i in range(count)]
    shapes = [shapely.box(i * 1000, 0, (i + 1) * 1000, 1000) for i in range(count)]
    frame = gpd.GeoDataFrame({"quarter_id": ids, "name": ids}, geometry=shapes, crs=CRS)
    return as_quarters(frame.assign(level="quartier", parent_id=None, vintage="2024"))


def _make_kind(code: str, **facts: Any) -> OfferKind:
    words = {"name": TEXT, "short": TEXT, "plural": TEXT, "none": TEXT}
    return OfferKind(**{"code": code, **words, "law": "§ 22 SGB VIII", "fields": ("kita",), **facts})


KINDS = {
    "kita": _make_kind("kita"),
    "treff": _make_kind("treff"),
    "tagespflege": _make_kind("tagespflege", reach=False, by_area=True),
}


def make_offers(rows: Mapping[str, tuple[str, tuple[float, float] | None]], *, count: int = 2, **facts: Any) -> Offers:
    """Offers by id: kind and place in metres; the quarter follows from the place."""
    ids = list(rows)
    points = [None if place is None else shapely.Point(place) for _, place in rows.values()]
    usual = {
        "kind": [kind for kind, _ in rows.values()],
        "quarter_id": [None if point is None else f"q{int(point.x // 1000) + 1}" for point in points],
        "name": ids,
        "provider": "Stadt",
        "site_id": ids,
        "valid_from": None,
        "valid_to": None,
        "opening_times": "",
        "cost": "frei",
        "status": "observed",
        "example": False,
        "source": "angebote.csv",
        "row": range(2, len(ids) + 2),
    }
    frame = gpd.GeoDataFrame({"offer_id": ids, **usual, **facts}, geometry=points, crs=CRS)
    return as_offers(frame, kinds=KINDS, quarters=make_quarters(count))


def make_places(rows: Sequence[tuple[str, str, float]], *, offers: Offers) -> Places:
    return as_places(pd.DataFrame(rows, columns=["offer_id", "age_group", "places"]), offers=offers)


def make_population(
    rows: Mapping[str, tuple[tuple[float, float], Mapping[str, float]]], *, count: int = 2, **facts: Any
) -> Population:
    """Cells by id: place in metres, persons by age group; the quarter follows from the place."""
    points = [shapely.Point(place) for place, _ in rows.values()]
    quarters = [f"q{int(point.x // 1000) + 1}" for point in points]
    index = pd.Index(list(rows), name="cell_id", dtype="str")
    cells = gpd.GeoDataFrame({"quarter_id": quarters}, geometry=points, crs=CRS, index=index)
    persons = [
        {"cell_id": cell, "age_group": age, "persons": number}
        for cell, (_, ages) in rows.items()
        for age, number in ages.items()
    ]
    frame = pd.DataFrame(persons, columns=["cell_id", "age_group", "persons"])
    usual = {"status": "observed", "example": False, "source": "zellen.csv", "row": range(2, len(frame) + 2)}
    return as_population(frame.assign(**{**usual, **facts}), cells, quarters=make_quarters(count))


DIMENSIONS = ("robustness", "redundancy", "recovery")


@st.composite
def scored_tables(
    draw: st.DrawFn, *, gaps: bool = True
) -> tuple[Indicators, dict[str, IndicatorSpec], Scales, Method, dict[str, float]]:
    """Table, catalogue, scales, method and city of an index of up to three dimensions."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    names = [(dimension, f"{dimension}_{i}") for dimension, n in zip(DIMENSIONS, sizes, strict=False) for i in range(n)]
    directions = draw(st.lists(st.sampled_from([-1, 1]), min_size=len(names), max_size=len(names)))
    specs = make_specs(
        *(
            make_spec(code, dimension=dimension, direction=way, unit="points")
            for (dimension, code), way in zip(names, directions, strict=True)
        )
    )
    ends = {code: (0.0, 10.0) if spec.direction > 0 else (10.0, 0.0) for code, spec in specs.items()}
    lowest = draw(st.sampled_from([0.0, 1.0]))
    scales = Scales(worst={c: e[0] for c, e in ends.items()}, best={c: e[1] for c, e in ends.items()}, lowest=lowest)
    weights = st.floats(0.1, 3.0)
    method = Method(
        normalise="goalposts",
        aggregate=draw(st.sampled_from(["arithmetic", "geometric"])),
        dimensions={dimension: draw(weights) for dimension in dict.fromkeys(d for d, _ in names)},
        indicators={code: draw(weights) for code in specs},
        base_year=2024,
        least_known=draw(st.sampled_from([0.0, 0.3, 0.6, 1.0])),
        lowest=lowest,
    )
    number = st.sampled_from([0.0, 10.0]) | st.floats(0.0, 11.0)
    cell = number | st.sampled_from(["suppressed", "missing"]) if gaps else number
    rows = [
        row
        for code in specs
        for row in list_values(code, {q: draw(cell) for q in ("q1", "q2", "q3")}, example=draw(st.booleans()))
    ]
    unknown = draw(st.sampled_from([None, *specs])) if gaps else None
    city = {code: draw(number) for code in specs if code != unknown}
    return make_indicators(rows, specs=specs), specs, scales, method, city
