"""From values to a finished picture: classes, colours, labels and legend."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from sro_geo.model.picture import LegendClass, LegendUnknown, Picture
from sro_geo.model.status import ESTIMATED, LATER, MISSING, NOT_APPLICABLE, SUPPRESSED
from sro_geo.render.classes import choose_breaks, place
from sro_geo.render.palette import part_colours, pick_colours, pick_pattern
from sro_geo.text.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sro_geo.model.catalogue import Unit
    from sro_geo.model.picture import Offers
    from sro_geo.text.speaker import Speaker

_MOST_DIGITS = 6

REASONS = (MISSING, SUPPRESSED, LATER, NOT_APPLICABLE, "too_few")
"""Reasons for an unknown value, in the order of the legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSettings:
    """What a picture says, and how its values are cut and written.

    Attributes
    ----------
    slug, topic, name, title, subtitle, heading : str
        As in `Picture`.
    voice : Speaker
        Who says it.
    unit : str
        Unit of the values.
    digits : int
        Decimals shown. Values are put into classes as they are shown, so that "30 %" never stands in
        "20 bis unter 30".
    how : str
        How the classes are cut, see `choose_breaks`; with `signed` they are mirrored at zero unless given.
    classes : int
        Number of classes wanted.
    breaks : tuple of float or None
        Cuts for `given`; also the way to keep one map's classes over years and variants.
    signed : bool
        Whether values carry a sign and the colours part at zero.
    brackets : bool
        Whether an estimated value stands in brackets.
    partly : bool
        Whether a missing value means that too little is known to form one.
    outlined : tuple of str
        Ids of the model regions.
    colours : tuple of str
        The planner's own, from low to high.
    offer_kind : str or None
        Kind whose points are drawn solid.
    offers : str
        As in `Picture`.
    notices, warnings : tuple of str
        Sentences by the map.
    example, source : str
        Sentence that the figures are invented; source note.
    """

    slug: str
    topic: str
    name: str
    title: str
    subtitle: str
    heading: str
    voice: Speaker
    unit: Unit
    digits: int
    how: str = "quantile"
    classes: int = 5
    breaks: tuple[float, ...] | None = None
    signed: bool = False
    brackets: bool = True
    partly: bool = False
    outlined: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    offer_kind: str | None = None
    offers: Offers = ""
    notices: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    example: str = ""
    source: str = ""


def make_picture(values: pd.Series, statuses: pd.Series, *, names: pd.Series, settings: PictureSettings) -> Picture:
    """Finished picture of one value for each quarter.

    Parameters
    ----------
    values : Series of float
        On the quarters' index; not-a-number where unknown.
    statuses : Series of str
        Same index; see `sro_geo.model.status`.
    names : Series of str
        Same index; names of the quarters.
    settings : PictureSettings
        Texts and form.

    Raises
    ------
    ValueError
        If the three don't share one index.

    Notes
    -----
    Every quarter is counted exactly once: in a class, or under the reason for which its value is unknown.
    """
    if not (values.index.equals(statuses.index) and values.index.equals(names.index)):
        raise ValueError("`values`, `statuses` and `names` must have the same index")
    shown = values.astype("float64").map(lambda value: round_half_up(value, digits=settings.digits))
    breaks = _choose(shown, settings)
    reasons = [
        None if math.isfinite(value) else name_reason(status, partly=settings.partly)
        for value, status in zip(shown, statuses, strict=True)
    ]
    unknown = _list_unknown(reasons, settings.voice)
    order = [reason for reason in REASONS if reason in reasons]
    numbers = place(shown.to_numpy(), breaks)
    placed = tuple(int(n) if r is None else -1 - order.index(r) for n, r in zip(numbers, reasons, strict=True))
    picture = Picture(
        **{key: getattr(settings, key) for key in _COPIED},
        quarter_ids=tuple(map(str, names.index)),
        quarter_names=tuple(map(str, names)),
        classes=_list_classes(placed, shown, breaks, settings),
        unknown=unknown,
        breaks=breaks if shown.notna().any() else (),
        placed=placed,
        labels=tuple(
            settings.voice.say(reason) if reason else _label(value, status, settings)
            for value, status, reason in zip(shown, statuses, reasons, strict=True)
        ),
        digest="",
    )
    return replace(picture, digest=digest_text(json.dumps(asdict(picture), ensure_ascii=False, sort_keys=True)))


_COPIED = (
    "slug", "topic", "name", "title", "subtitle", "heading",
    "outlined", "offer_kind", "offers", "notices", "warnings", "example", "source",
)  # fmt: skip


def digest_text(text: str) -> str:
    """Checksum of a text, short enough to be printed: 16 signs of its SHA-256 in groups of four.

    Examples
    --------
    >>> digest_text("Muster")
    'cfb3 d447 f3e7 5491'
    """
    short = sha256(text.encode()).hexdigest()[:16]
    return " ".join(short[i : i + 4] for i in range(0, 16, 4))


def _choose(shown: pd.Series, settings: PictureSettings) -> tuple[float, ...]:
    how = "given" if settings.breaks else "symmetric" if settings.signed else settings.how
    return choose_breaks(shown.to_numpy(), how=how, classes=settings.classes, given=settings.breaks)


def name_reason(status: str, *, partly: bool) -> str:
    """Id of the word for an unknown value: its status; with `partly` too little is known where it is merely missing."""
    reason = status if status in REASONS else MISSING
    return "too_few" if partly and reason == MISSING else reason


def _list_unknown(reasons: Sequence[str | None], voice: Speaker) -> tuple[LegendUnknown, ...]:
    return tuple(
        LegendUnknown(
            label=voice.say(reason),
            short=voice.say(f"short_{reason}"),
            pattern=pick_pattern(reason),
            count=reasons.count(reason),
        )
        for reason in REASONS
        if reason in reasons
    )


def _list_classes(
    placed: tuple[int, ...], shown: pd.Series, breaks: tuple[float, ...], settings: PictureSettings
) -> tuple[LegendClass, ...]:
    if shown.isna().all():
        return ()
    labels = _label_classes(shown, breaks, settings)
    parted = settings.signed and not settings.colours
    colours = part_colours(breaks) if parted else pick_colours(len(labels), own=settings.colours)
    return tuple(
        LegendClass(label=label, fill=fill, ink=ink, count=placed.count(number))
        for number, (label, (fill, ink)) in enumerate(zip(labels, colours, strict=True))
    )


def _label_classes(shown: pd.Series, breaks: tuple[float, ...], settings: PictureSettings) -> list[str]:
    voice = settings.voice
    if not breaks:
        low, high = (_write(end, settings.digits, settings) for end in (shown.min(), shown.max()))
        return [low if low == high else voice.say("class_only", low=low, high=high)]
    digits = max(_count_digits(cut) for cut in breaks)
    cuts = [_write(cut, digits, settings) for cut in breaks]
    return [
        voice.say("class_under", high=cuts[0]),
        *(voice.say("class_between", low=a, high=b) for a, b in pairwise(cuts)),
        cuts[-1] if breaks[-1] >= _highest(settings) else voice.say("class_over", low=cuts[-1]),
    ]


def _highest(settings: PictureSettings) -> float:
    """Value that cannot be exceeded: nothing is more than 100 %."""
    return 100.0 if settings.unit in ("percent", "points") and not settings.signed else math.inf


def _label(value: float, status: str, settings: PictureSettings) -> str:
    text = _write(value, settings.digits, settings)
    text = settings.voice.say("percent", n=text) if settings.unit == "percent" else text
    return f"({text})" if settings.brackets and status == ESTIMATED else text


def _write(value: float, digits: int, settings: PictureSettings) -> str:
    write = settings.voice.signed if settings.signed else settings.voice.number
    return write(value, digits=digits)


def _count_digits(value: float) -> int:
    """Decimals that a cut needs to be written exactly, six at most."""
    return next((d for d in range(_MOST_DIGITS) if round(value, d) == value), _MOST_DIGITS)
