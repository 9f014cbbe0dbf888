"""In what model regions and rest surely differ: told anew from the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sro_geo.model.atlas import Alike
from sro_geo.render.page import PAGE_WORDS
from sro_geo.report.atlas import make_atlas
from sro_geo.report.contrast import is_apart, list_apart, make_contrast
from sro_geo.report.shown import list_shown

if TYPE_CHECKING:
    from sro_geo.model.atlas import AtlasData
    from sro_geo.model.study import Study


@pytest.fixture(scope="module")
def atlas(musterstadt: Study) -> AtlasData:
    return make_atlas(musterstadt, page_words=PAGE_WORDS, alike=Alike(quarters={}, codes=()))


def test_what_is_apart_stands_apart_in_the_table_and_all_else_does_not(musterstadt: Study, atlas: AtlasData) -> None:
    rows: Any = musterstadt.comparison.set_index("indicator")
    views = {view.code: view for view in atlas.views if view.sides is not None}
    assert 5 < len(atlas.apart) <= len(views)
    for code in views:
        row = rows.loc[code]
        surely = row["group_high"] < row["rest_low"] or row["rest_high"] < row["group_low"]
        assert surely or code not in atlas.apart, code
        if code not in atlas.apart:  # a hair's breadth is nothing either
            assert not surely or abs(row["difference"]) < 1, code
    assert {code for code in views if code not in atlas.apart}, "one that overlaps is among them"


def test_the_farthest_comes_first_in_units_of_the_quarters_own_spread(musterstadt: Study, atlas: AtlasData) -> None:
    rows, values = musterstadt.comparison.set_index("indicator"), musterstadt.indicators
    now = values[values["year"] == musterstadt.about.year]
    far = []
    for code in atlas.apart:
        known = now.loc[now["indicator"] == code, "value"].dropna().to_numpy(dtype=float)
        far.append(abs(float(rows["difference"][code])) / float(np.sqrt(((known - known.mean()) ** 2).mean())))
    assert far == pytest.approx(sorted(far, reverse=True), rel=0.01)


@pytest.mark.parametrize(
    ("rest", "possible", "opened"),
    [
        ({"low": 5.0, "high": 30.0, "known": 9}, "möglich 5 bis 30 %", True),
        ({"low": 5.0, "high": 6.0, "known": 9}, "möglich 5 bis 6 %", False),
        ({"low": np.nan, "high": np.nan, "known": 9}, "", True),
        ({"low": 5.0, "high": 5.0, "known": 10}, "", False),
    ],
)
def test_a_side_says_what_it_may_be_and_a_difference_whether_it_may_be_none(
    musterstadt: Study, rest: dict[str, float], possible: str, *, opened: bool
) -> None:
    """0 % of a group of which half is withheld is no 0 %."""
    code = "ohne_kindertageseinrichtung_10"
    rows = musterstadt.comparison
    at = rows.index[rows["indicator"] == code][0]
    group = {"group": 20.0, "group_low": 20.0, "group_high": 20.0, "group_quarters": 2, "group_known": 2}
    other = {"rest": 5.0, "rest_quarters": 10, **{f"rest_{name}": number for name, number in rest.items()}}
    table = rows.copy()
    for name, number in {**group, **other, "difference": 15.0}.items():
        table[name] = table[name].astype(float)
        table.loc[at, name] = number
    told = make_contrast(
        replace(musterstadt, comparison=table), {one.code: one for one in list_shown(musterstadt)}[code]
    )
    assert told is not None
    assert told.group.quarters == "2 Quartiere"
    assert told.rest.quarters.replace("\u00a0", " ").endswith(possible)
    assert ("möglich" in told.rest.quarters) == bool(possible)
    assert told.sentence.startswith("Was fehlt, kann den Unterschied aufheben oder umkehren. Ein") == opened


def test_what_reads_the_same_is_not_told_as_a_difference(musterstadt: Study, atlas: AtlasData) -> None:
    shown = {one.code: one for one in list_shown(musterstadt)}
    code = atlas.apart[0]
    view = next(view for view in atlas.views if view.code == code)
    assert view.contrast is not None
    same = replace(
        view, contrast=replace(view.contrast, rest=replace(view.contrast.rest, value=view.contrast.group.value))
    )
    assert list_apart([(shown[code], view)]) == (code,)
    assert list_apart([(shown[code], same)]) == ()
    assert list_apart([(shown[code], replace(view, sides=None))]) == ()


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ((3.0, 3.0, 3.0), (4.0, 4.0, 4.0), True),
        ((3.0, 2.0, 4.0), (4.0, 4.0, 4.0), False),
        ((9.0, 8.0, 9.0), (4.0, 2.0, 7.9), True),
        ((9.0, None, 9.0), (4.0, 2.0, 5.0), False),
        ((9.0, 8.0, None), (4.0, 2.0, 5.0), True),
    ],
)
def test_sides_are_apart_where_they_share_no_value(first: Any, second: Any, *, apart: bool) -> None:
    assert is_apart(first, second) == apart
    assert is_apart(second, first) == apart
