from __future__ import annotations

import math

import pytest

from sro_geo.model.ages import AgeGroup
from sro_geo.model.counts import NOBODY, Count, is_count, parse_count


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("all", ((1, AgeGroup(0, math.inf)),)),
        ("none", ()),
        ("0-15", ((1, AgeGroup(0, 15)),)),
        ("65+", ((1, AgeGroup(65, math.inf)),)),
        ("65+ + 0-3", ((1, AgeGroup(65, math.inf)), (1, AgeGroup(0, 3)))),
        ("haushalte", ((1, "haushalte"),)),
        ("zuzuege  - wegzuege + geborene", ((1, "zuzuege"), (-1, "wegzuege"), (1, "geborene"))),
    ],
)
def test_counts_are_read(text: str, terms: tuple[tuple[int, AgeGroup | str], ...]) -> None:
    assert parse_count(text) == Count(terms)
    assert is_count(text)


@pytest.mark.parametrize(
    "text", ["", "Kinder", "3-3", "all + 0-3", "0-3 + none", "0-3 +", "+ 0-3", "0-3 + + 3-6", "- 0-3"]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    assert not is_count(text)


def test_nobody_is_no_persons_and_everybody_is_an_age_group() -> None:
    assert parse_count("none") == NOBODY
    assert not NOBODY.persons
    assert parse_count("all") == parse_count("0+")
