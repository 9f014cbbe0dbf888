from __future__ import annotations

from itertools import pairwise

import pytest

from sro_geo.render.palette import (
    DIVERGING,
    INK,
    LEAST_CONTRAST,
    NOTES,
    PANEL,
    SEQUENTIAL,
    WHITE,
    measure_contrast,
    measure_luminance,
    pick_colours,
    pick_pattern,
)


@pytest.mark.parametrize("count", range(1, 6))
@pytest.mark.parametrize("diverging", [False, True])
def test_text_is_readable_on_every_class(count: int, diverging: bool) -> None:  # noqa: FBT001
    colours = pick_colours(count, diverging=diverging)
    assert len({fill for fill, _ in colours}) == count
    assert min(measure_contrast(fill, ink) for fill, ink in colours) >= LEAST_CONTRAST


def test_lightness_falls_from_class_to_class() -> None:
    lights = [measure_luminance(colour) for colour in SEQUENTIAL]
    assert lights == sorted(lights, reverse=True)
    assert min(measure_contrast(a, b) for a, b in pairwise(SEQUENTIAL)) > 1.25


def test_diverging_is_lightest_in_the_middle() -> None:
    lights = [measure_luminance(colour) for colour in DIVERGING]
    assert max(lights) == lights[2]


def test_white_stands_on_the_two_darkest_only() -> None:
    assert [ink for _, ink in pick_colours(5, diverging=False)] == [INK, INK, INK, WHITE, WHITE]
    assert [ink for _, ink in pick_colours(5, diverging=True)] == [WHITE, INK, INK, INK, WHITE]


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
        pick_colours(count, diverging=False)
