"""Key of a printed map: signs of offers, outlines of model regions and larger units, scale bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.render.ground import gather_units
from sro_geo.render.hexagons import gather_offers, list_sizes
from sro_geo.render.measuring import measure_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.model.picture import Ground, OfferSymbol, Picture

WIDTH = 511.0
"""18 cm: what a text column on A4 holds."""

REGION, UNIT = "region", "unit"
"""Entries of the key that are no offers: the outline of a model region, the border of a larger unit."""

MARGIN, GAP, SCALE, SMALL = 6.0, 14.0, 150.0, 8.0
_FEW_KINDS, _KILOMETRE = 4, 1000.0


def measure(text: str, size: float) -> float:
    """Width of a text in points, be it bold or not."""
    return measure_text(text, size=size, bold=True)


def place_key(entries: Sequence[str]) -> tuple[tuple[str, float, int], ...]:
    """Where each entry of the key starts, and in which row; the first row leaves room for the scale bar."""
    places, x, row = [], MARGIN, 0
    for text in entries:
        long = 16 + measure(text, SMALL) + GAP
        if x > MARGIN and x + long > WIDTH - MARGIN - (SCALE if row == 0 else 0):
            x, row = MARGIN, row + 1
        places.append((text, x, row))
        x += long
    return tuple(places)


def list_symbols(picture: Picture, ground: Ground) -> tuple[OfferSymbol, ...]:
    """Kinds whose points are drawn: as the project says, else on a map about offers all where they are few, else the chosen one."""
    few = picture.offer_kind is not None and len(ground.symbols) <= _FEW_KINDS
    whole = few if picture.offers == "" else picture.offers == "all"
    shown = () if picture.offers == "none" else ground.symbols
    return tuple(symbol for symbol in shown if whole or symbol.kind == picture.offer_kind)


def list_signs(
    picture: Picture, ground: Ground, words: Mapping[str, str]
) -> tuple[tuple[str, OfferSymbol | str, float], ...]:
    """Entries of the key: text, sign and its size; of a kind with signs for many, the sizes that are drawn. Last the outlines."""
    offers = gather_offers(ground)
    signs: list[tuple[str, OfferSymbol | str, float]] = []
    for symbol in list_symbols(picture, ground):
        signs.append((symbol.plural, symbol, 1.0))
        for least, last, size in list_sizes(offers.loc[offers["kind"] == symbol.kind, "count"]):
            signs.append((words["page_from"].format(least=least) if last is None else f"{least}–{last}", symbol, size))
    outlines = [(words["page_model_region"], REGION)] if picture.outlined else []
    outlines += [] if gather_units(ground).empty else [(words["page_unit"], UNIT)]
    return (*signs, *((text, outline, 1.0) for text, outline in outlines))


def choose_scale(metres_per_point: float, *, longest: float = 80) -> tuple[float, str]:
    """Length of the scale bar in points, and its text: the longest round number of metres that fits.

    Examples
    --------
    >>> length, text = choose_scale(10.0)
    >>> length, text.replace("\u00a0", " ")
    (50.0, '500 m')
    """
    most, step = metres_per_point * longest, 1.0
    while step * 10 <= most:
        step *= 10
    metres = next(step * m for m in (5, 2, 1) if step * m <= most)
    text = f"{metres / _KILOMETRE:.0f}\u00a0km" if metres >= _KILOMETRE else f"{metres:.0f}\u00a0m"
    return metres / metres_per_point, text
