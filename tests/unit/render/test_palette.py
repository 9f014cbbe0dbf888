from __future__ import annotations

from itertools import pairwise

import pytest

from sro_geo.model.colours import measure_contrast, measure_luminance
from sro_geo.render.palette import (
    DIVERGING,
    INK,
    LEAST_CONTRAST,
    NOTES,
    PANEL,
    SEQUENTIAL,
    WHITE,
    part_colours,
    pick_colours,
    pick_pattern,
)

PARTED = ((), (0,), (-1, 1), (0, 5), (-5, 0, 5), (-9, -2, 2, 9), (2, 9), (-3,))


@pytest.mark.parametrize("colours", [*map(pick_colours, range(1, 6)), *map(part_colours, PARTED)])
def test_text_is_readable_on_every_class(colours: tuple[tuple[str, str], ...]) -> None:
    assert len({fill for fill, _ in colours}) == len(colours)
    assert min(measure_contrast(fill, ink) for fill, ink in colours) >= LEAST_CONTRAST


def test_lightness_falls_from_class_to_class() -> None:
    lights = [measure_luminance(colour) for colour in SEQUENTIAL]
    assert lights == sorted(lights, reverse=True)
    assert min(measure_contrast(a, b) for a, b in pairwise(SEQUENTIAL)) > 1.25


def test_diverging_is_lightest_in_the_middle() -> None:
    lights = [measure_luminance(colour) for colour in DIVERGING]
    assert max(lights) == lights[2]


def test_white_stands_on_the_two_darkest_only() -> None:
    assert [ink for _, ink in pick_colours(5)] == [INK, INK, INK, WHITE, WHITE]
    assert [ink for _, ink in part_colours((-2, -1, 1, 2))] == [WHITE, INK, INK, INK, WHITE]


@pytest.mark.parametrize("breaks", PARTED)
def test_colours_part_at_zero(breaks: tuple[float, ...]) -> None:
    """What falls is green, what rises brown, and only a class that holds both is neither."""
    ends = [-float("inf"), *breaks, float("inf")]
    for (low, high), (fill, _) in zip(pairwise(ends), part_colours(breaks), strict=True):
        side = -1 if high <= 0 else 1 if low >= 0 else 0
        assert DIVERGING.index(fill) in {-1: (0, 1), 0: (2,), 1: (3, 4)}[side], (low, high)


def test_more_than_two_classes_of_one_side_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 2 classes on one side of zero"):
        part_colours((1, 2, 3))


def test_notes_are_readable_on_paper_and_panel() -> None:
    assert min(measure_contrast(NOTES, back) for back in (WHITE, PANEL)) >= LEAST_CONTRAST


def test_each_reason_has_its_pattern() -> None:
    assert [pick_pattern(reason) for reason in ("missing", "suppressed", "too_few")] == [
        "lines",
        "dots",
        "bars",
    ]


@pytest.mark.parametrize("count", [0, 6])
def test_too_many_classes_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"`count` must be between 1 and 5; got {count}"):
        pick_colours(count)
