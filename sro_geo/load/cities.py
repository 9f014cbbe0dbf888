"""Where German cities lie, from a short list: so that a project may name its place instead of a point."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sro_geo.load.heads import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_SIMILAR = 5


@cache
def read_cities() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude in degrees by name."""
    text = files("sro_geo").joinpath("catalogue", "cities.toml").read_text(encoding="utf-8")
    return {name: (east, north) for name, (east, north) in tomllib.loads(text).items()}


def find_city(name: str) -> tuple[float, float] | None:
    """Longitude and latitude of a city, whatever its case, hyphens and umlauts; None where the list has none of that name.

    Examples
    --------
    >>> find_city("Flensburg"), find_city("KOELN"), find_city("Frankfurt")
    ((9.44, 54.79), (6.95, 50.93), None)
    """
    folded = fold_name(name)
    return next((point for city, point in read_cities().items() if fold_name(city) == folded), None)


def list_similar(name: str) -> list[str]:
    """Cities that are written nearly so or begin so; empty where there are none.

    Examples
    --------
    >>> list_similar("Frankfurt"), list_similar("Flenzburg")[0]
    (['Frankfurt (Oder)', 'Frankfurt am Main'], 'Flensburg')
    """
    called = {fold_name(city): city for city in read_cities()}
    folded = fold_name(name)
    begun = [city for form, city in called.items() if folded and form.startswith(folded)]
    near = [called[form] for form in get_close_matches(folded, called, n=_MOST_SIMILAR, cutoff=0.7)]
    return list(dict.fromkeys([*begun, *near]))[:_MOST_SIMILAR]
