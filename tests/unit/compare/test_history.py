"""Groups over the years are those of the single years, wherever every quarter is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.compare.groups import measure_groups
from sro_geo.compare.history import pool_years
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

if TYPE_CHECKING:
    from collections.abc import Sequence

SPECS = make_specs(make_spec("anteil"), make_spec("menschen", unit="persons"), make_spec("jahre", unit="years"))
IDS = ("a", "b", "c")
MEMBERS = {"city": IDS, "group": ("a", "b")}


def rate(quarter: str, year: int, above: int, below: int) -> dict[str, Any]:
    told = {"value": 100 * above / below, "numerator": above, "denominator": below}
    return {"quarter_id": quarter, "indicator": "anteil", "year": year, **told}


def gap(quarter: str, year: int, status: str) -> dict[str, Any]:
    return {"quarter_id": quarter, "indicator": "anteil", "year": year, "status": status}


def test_by_hand() -> None:
    rows = [rate("a", 2020, 10, 100), rate("b", 2020, 30, 100), rate("c", 2020, 0, 200)]
    rows += [rate("a", 2021, 20, 100), rate("b", 2021, 20, 100), gap("c", 2021, "missing")]
    table = make_indicators(rows, specs=SPECS)
    found = pool_years(table, indicator="anteil", spec=SPECS["anteil"], members=MEMBERS)
    assert found["city"].loc[2020] == pytest.approx(10.0)
    assert np.isnan(found["city"].loc[2021])
    assert found["group"].to_list() == pytest.approx([20.0, 20.0])


def test_counts_are_added_and_other_units_have_no_group() -> None:
    table = make_indicators(list_values("menschen", dict.fromkeys(IDS, 7.0)), specs=SPECS)
    counted = pool_years(table, indicator="menschen", spec=SPECS["menschen"], members=MEMBERS)
    assert counted.loc[2024].to_dict() == {"city": 21.0, "group": 14.0}
    table = make_indicators(list_values("menschen", {"a": 7.0, "b": 7.0, "c": "missing"}), specs=SPECS)
    partly = pool_years(table, indicator="menschen", spec=SPECS["menschen"], members=MEMBERS).loc[2024]
    assert np.isnan(partly["city"])
    assert partly["group"] == 14.0
    table = make_indicators(list_values("jahre", dict.fromkeys(IDS, 7.0)), specs=SPECS)
    assert pool_years(table, indicator="jahre", spec=SPECS["jahre"], members=MEMBERS).isna().all(axis=None)


STATUS = st.sampled_from(["observed", "observed", "observed", "suppressed", "missing"])
CELL = st.tuples(st.integers(0, 50), st.integers(50, 90), STATUS)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
def test_each_year_is_that_of_the_group_alone(years: Sequence[Sequence[tuple[int, int, str]]]) -> None:
    rows = [
        rate(quarter, year, above, below) if status == "observed" else gap(quarter, year, status)
        for year, cells in enumerate(years, start=2020)
        for quarter, (above, below, status) in zip(IDS, cells, strict=True)
    ]
    table, spec = make_indicators(rows, specs=SPECS), SPECS["anteil"]
    found = pool_years(table, indicator="anteil", spec=spec, members=MEMBERS)
    for year in found.index:
        alone = measure_groups(table, indicator="anteil", spec=spec, year=int(year), members=MEMBERS)
        whole = alone["known_quarters"] == alone["quarters"]
        assert found.loc[year].notna().to_dict() == whole.to_dict()
        for group in alone.index[whole]:
            assert found.loc[year, group] == pytest.approx(alone.loc[group, "value"])
