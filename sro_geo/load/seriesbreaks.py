"""Breaks in series: years from which an indicator is counted or defined in another way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from sro_geo.errors import Problem
from sro_geo.load.toml import Strict, Words
from sro_geo.model.catalogue import SeriesBreak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sro_geo.errors import Place


class _Break(Strict):
    year: Annotated[int, Field(ge=1900, le=2100)]
    reason: Words


SeriesBreaks = list[_Break]


def check_breaks(breaks: Sequence[_Break], *, code: str, place: Callable[[], Place]) -> list[Problem]:
    """Report years that stand there twice: only one of the reasons would be told."""
    counts = Counter(one.year for one in breaks)
    twice = [str(year) for year, count in sorted(counts.items()) if count > 1]
    values = {"code": code, "found": twice}
    return [Problem(cause="series_break_twice", values=values, places=(place(),))] if twice else []


def make_breaks(breaks: Sequence[_Break]) -> tuple[SeriesBreak, ...]:
    """The same as the catalogue holds them, by year."""
    found = (SeriesBreak(year=one.year, reason=one.reason.model_dump()) for one in breaks)
    return tuple(sorted(found, key=lambda one: one.year))
