"""Age groups as half-open intervals."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.model.ages import (
    AgeGroup,
    find_bands,
    is_age_group,
    lies_within,
    parse_age_group,
    parse_age_groups,
)


@pytest.mark.parametrize(
    ("text", "group"), [("0-3", AgeGroup(0, 3)), (" 65+ ", AgeGroup(65, math.inf)), ("6-15", AgeGroup(6, 15))]
)
def test_parse(text: str, group: AgeGroup) -> None:
    assert parse_age_group(text) == group
    assert parse_age_group(str(group)) == group


@pytest.mark.parametrize("text", ["", "3", "3-", "-3", "6-3", "3-3", "unter 3", "0–3"])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="age_group"):
        parse_age_group(text)
    assert not is_age_group(text)


def test_several_groups_may_share_something() -> None:
    assert parse_age_groups("0-3|3-6") == (AgeGroup(0, 3), AgeGroup(3, 6))
    assert is_age_group("0-3|65+")
    assert not is_age_group("0-3|x")


def test_lies_within_is_half_open() -> None:
    assert lies_within(AgeGroup(3, 6), AgeGroup(0, 6))
    assert not lies_within(AgeGroup(3, 7), AgeGroup(0, 6))
    assert lies_within(AgeGroup(65, math.inf), AgeGroup(0, math.inf))


@given(st.lists(st.integers(0, 90), min_size=2, max_size=8, unique=True))
def test_bands_end_to_end_make_up_their_hull(cuts: list[int]) -> None:
    cuts = sorted(cuts)
    bands = [AgeGroup(a, b) for a, b in itertools.pairwise(cuts)]
    hull = AgeGroup(cuts[0], cuts[-1])
    assert find_bands(hull, reversed(bands)) == tuple(bands)
    assert find_bands(hull, [*bands, hull]) == (hull,)
    assert find_bands(hull, bands[1:]) is None


def test_a_band_that_reaches_out_does_not_count() -> None:
    assert find_bands(AgeGroup(0, 7), [AgeGroup(0, 3), AgeGroup(3, 6), AgeGroup(6, 15)]) is None
