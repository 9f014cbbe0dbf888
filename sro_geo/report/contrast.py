"""Model regions beside the rest of the city, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.compare.groups import GROUP, REST
from sro_geo.model.contrast import Contrast, Side, Sides
from sro_geo.render.picture import name_reason
from sro_geo.report.shown import write_bare, write_shown
from sro_geo.text.numbers import cut_off, round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sro_geo.model.atlas import View
    from sro_geo.model.contrast import Dot
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker


def make_contrast(study: Study, shown: Shown) -> Contrast | None:
    """Both sides with their sizes, the difference and what may be said of it; None where no group is compared."""
    rows = study.comparison[study.comparison["indicator"] == shown.code]
    if rows.empty:
        return None
    row, voice, unit = rows.iloc[0], speak_of(study.about), shown.spec.unit
    gap = name_reason(str(row["status"]), partly=unit == "points")
    known = bool(pd.notna(row["group"]) and pd.notna(row["rest"]))
    digits, rounded = _choose_digits(row, digits=shown.spec.digits) if known else (shown.spec.digits, "")
    who = name_counted(study, shown)
    sides = [
        Side(
            name=study.about.group_name if side == "group" else voice.say("rest"),
            value=voice.say(gap) if pd.isna(row[side]) else write_shown(shown, row[side], voice=voice, digits=digits),
            size=""
            if pd.isna(row[f"{side}_size"])
            else voice.say("n_of", n=voice.number(row[f"{side}_size"]), who=who),
            quarters=_tell_quarters(row, side, shown=shown, voice=voice),
        )
        for side in ("group", "rest")
    ]
    sentence = voice.say((rounded or "contrast_plain") if known else "contrast_none")
    if _is_open(row, digits=shown.spec.digits + 2):
        sentence = f"{voice.say('contrast_open')} {sentence}"
    difference = voice.signed(row["difference"], digits=digits) if known else ""
    return Contrast(
        group=sides[0],
        rest=sides[1],
        difference=difference,
        unit=voice.unit(f"difference_{unit}", own=shown.spec.unit_text, n=difference) if known else "",
        sentence=sentence,
    )


def make_sides(study: Study, shown: Shown) -> Sides:
    """The numbers of the comparison, and the city's; cut, so that the page writes the right ones."""
    rows = study.comparison[study.comparison["indicator"] == shown.code]
    row, digits, voice = rows.iloc[0], shown.spec.digits + 2, speak_of(study.about)
    known = bool(pd.notna(row["group"]) and pd.notna(row["rest"]))
    written = _choose_digits(row, digits=shown.spec.digits)[0] if known else shown.spec.digits
    city = shown.city["value"]
    sizes = (None if pd.isna(row[key]) else cut_off(row[key], digits=2) for key in ("group_size", "rest_size"))
    ends = {side: [row[side], row[f"{side}_low"], row[f"{side}_high"]] for side in (GROUP, REST)}
    ends["city"] = [shown.city[end] for end in ("value", "low", "high")]
    return Sides(
        **{side: _make_dot(numbers, digits) for side, numbers in ends.items()},
        sizes=(next(sizes), next(sizes)),
        city_value="" if pd.isna(city) else write_shown(shown, city, voice=voice, digits=written),
    )


def list_apart(pairs: Iterable[tuple[Shown, View]]) -> tuple[str, ...]:
    """Codes of what surely differs between group and rest, the farthest apart first.

    Notes
    -----
    It surely differs where what the two sides admit doesn't overlap and the difference is seen in the numbers as they are
    written. How far they are apart is measured by how far the quarters are: in standard deviations of their known values,
    so that shares, rates and points can be compared.
    """
    far: dict[str, float] = {}
    for shown, view in pairs:
        spread = float(shown.values["value"].astype(float).std(ddof=0))
        if view.sides is None or view.contrast is None or not spread > 0:
            continue
        group, rest = view.sides.group, view.sides.rest
        if group and rest and is_apart(group, rest) and view.contrast.group.value != view.contrast.rest.value:
            far[shown.code] = abs(group[0] - rest[0]) / spread
    return tuple(sorted(far, key=lambda code: -far[code]))


def is_apart(first: Dot, second: Dot) -> bool:
    """Whether no value that the one side admits is one of the other; what nothing bounds admits any.

    Examples
    --------
    >>> is_apart((5.0, 4.0, 6.0), (8.0, 7.0, 9.0)), is_apart((5.0, 4.0, 7.0), (8.0, 7.0, 9.0))
    (True, False)
    >>> is_apart((5.0, None, None), (8.0, 7.0, 9.0))
    False
    """
    ends = [(low, high) for _, low, high in (first, second)]
    pairs = [(ends[0][1], ends[1][0]), (ends[1][1], ends[0][0])]
    return any(high is not None and low is not None and high < low for high, low in pairs)


def _make_dot(numbers: Sequence[float], digits: int) -> Dot | None:
    value, low, high = (None if pd.isna(number) else cut_off(number, digits=digits) for number in numbers)
    return None if value is None else (value, low, high)


def _choose_digits(row: pd.Series, *, digits: int) -> tuple[int, str]:
    """Digits with which the shown difference is the difference of the shown values, else the sentence that says so."""
    for chosen in (digits, digits + 1):
        group, rest, difference = (round_half_up(row[side], digits=chosen) for side in ("group", "rest", "difference"))
        if abs(group - rest - difference) < 10.0 ** -(chosen + 1):
            return chosen, ""
    return digits, "contrast_rounded"


def name_counted(study: Study, shown: Shown) -> str:
    """Whom a side counts: those of the indicator's own denominator, else its inhabitants."""
    voice, values = speak_of(study.about), study.indicators
    own = values.loc[(values["indicator"] == shown.code) & (values["year"] == study.about.year), "denominator"]
    counted = (shown.spec.counted or {}) if own.notna().any() else {}
    return counted.get(voice.language) or voice.say("all_people")


def _is_open(row: pd.Series, *, digits: int) -> bool:
    """Whether what isn't known may make one side what the other is; two sides that are known and alike are not open."""
    group, rest = (_make_dot([row[side], row[f"{side}_low"], row[f"{side}_high"]], digits) for side in (GROUP, REST))
    if group is None or rest is None or all(len(set(dot)) == 1 for dot in (group, rest)):
        return False
    return not is_apart(group, rest)


def _tell_quarters(row: pd.Series, side: str, *, shown: Shown, voice: Speaker) -> str:
    """Quarters of a side, how many aren't known, and what the side may be with them, where that has bounds."""
    quarters, known, low, high = (row[f"{side}_{name}"] for name in ("quarters", "known", "low", "high"))
    if known == quarters:
        return voice.say("quarters", n=quarters)
    told = voice.say("quarters_without", n=quarters, m=voice.number(quarters - known))
    if pd.isna(low) or pd.isna(high) or low == high:
        return told
    ends = {"low": write_bare(shown, low, voice=voice), "high": write_shown(shown, high, voice=voice)}
    return voice.say("side_possible", quarters=told, **ends)
