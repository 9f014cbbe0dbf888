"""Where one value comes from: the arithmetic that a person can redo, and file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.indicators import SOURCE
from sro_geo.render.picture import name_reason
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.resilience.redundancy import REDUNDANCY
from sro_geo.text.numbers import write_ranges
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker

_MORE_DIGITS = 2
"""Decimals shown beyond those of a map."""

_PERCENT = 100

_DUST = 1e-6
"""What is so near to a whole number, as a part of it, is one."""

_PART_DIGITS = 4
"""Decimals of numbers that a value is made of, where they are no whole ones."""


def derive_value(study: Study, quarter_id: str, code: str) -> list[str]:
    """Lines that tell how a value of the year shown was made; empty where it stands in a file as it is.

    Every line is an equation of printed numbers; what is withheld has none.
    """
    rows = study.select_values(code)
    row: Any = rows.reindex([quarter_id]).iloc[0]
    if pd.isna(row["value"]):
        return []
    if code == REDUNDANCY:
        return _derive_mean(study, quarter_id, row)
    if code == RECOVERY:
        return _derive_loss(study, quarter_id, row)
    return [_tell_rounding(study, row, equation) for equation in derive_ratio(study, row)]


def list_origins(study: Study, quarter_id: str, code: str) -> list[str]:
    """File and row of a given value; files and rows that a computed value was made from."""
    voice, values = speak_of(study.about), study.select_values(code)
    row: Any = values.loc[quarter_id] if quarter_id in values.index else None
    if row is not None and pd.notna(row["row"]):
        return [voice.say("explain_row", file=row["source"], row=int(row["row"]))]
    made = study.made.get((quarter_id, code, study.about.year))
    if made is not None:
        rows = _name_rows(voice, made.origins)
        if pd.isna(made.split):
            return rows
        part = voice.value(_PERCENT * made.split, unit="percent", digits=1)
        return [voice.say("explain_carried", part=part), *rows]
    if row is not None and row["source"] != SOURCE:
        return [voice.say("explain_cells", file=row["source"])]
    return _name_rows(voice, study.origins.get((quarter_id, code)) or study.origins.get(("", code)) or ())


def _name_rows(voice: Speaker, origins: Iterable[tuple[str, int | None]]) -> list[str]:
    """Each file once, with its rows where not all of it was used."""
    rows: dict[str, list[int]] = {}
    for file, line in origins:
        rows.setdefault(file, []).extend([] if line is None else [line])
    lines = []
    for file, own in rows.items():
        key = "explain_file" if not own else "explain_row" if len(own) == 1 else "explain_rows"
        lines.append(voice.say(key, file=file, row=own[0] if own else None, rows=write_ranges(own)))
    return lines


def explain_value(study: Study, quarter_id: str, code: str) -> str:
    """Value of a quarter, or why there is none, with its arithmetic and its origin."""
    voice, spec = speak_of(study.about), study.specs[code]
    rows = study.select_values(code).reindex([quarter_id])
    row: Any = rows.iloc[0]
    name = study.quarters.loc[quarter_id, "name"]
    lines = [voice.say("explain_title", index=spec.name[voice.language], name=name, year=study.about.year), ""]
    if rows["example"].eq(True).any():  # noqa: FBT003  a quarter without a row is no example
        lines += [voice.say("lead_invented"), ""]
    if pd.isna(row["value"]):
        return "\n".join([*lines, voice.say(name_reason(str(row["status"]), partly=False))])
    lines += derive_value(study, quarter_id, code) or [write_value(study, code, row["value"])]
    return "\n".join([*lines, *list_origins(study, quarter_id, code)])


def derive_ratio(study: Study, row: pd.Series) -> list[str]:
    """Rate as factor, numerator and denominator; nothing where they don't give it."""
    code, factor = str(row["indicator"]), UNIT_FACTOR.get(study.specs[str(row["indicator"])].unit)
    if factor is None or pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return []
    digits = study.specs[code].digits + _MORE_DIGITS
    if abs(factor * row["numerator"] / row["denominator"] - row["value"]) > 10.0**-digits:
        return []  # given as it is, rounded or of finer parts
    voice, above, below = (
        speak_of(study.about),
        _count(study, row["numerator"]),
        _count(study, row["denominator"]),
    )
    key = "derive_share" if factor == 1 else "derive_ratio"
    value, times = write_value(study, code, row["value"]), voice.number(factor)
    return [voice.say(key, value=value, factor=times, numerator=above, denominator=below)]


def _tell_rounding(study: Study, row: pd.Series, equation: str) -> str:
    """An equation, and what is possible where its numerator is rounded."""
    if not row["low"] < row["high"]:
        return equation
    ends = {end: write_value(study, str(row["indicator"]), row[end]) for end in ("low", "high")}
    return speak_of(study.about).say("derive_rounded", equation=equation, **ends)


def _derive_mean(study: Study, quarter_id: str, row: pd.Series) -> list[str]:
    """Mean over the kinds that are for somebody in the quarter."""
    voice, terms = speak_of(study.about), []
    for kind, coverage in study.coverages.items():
        table = coverage.table[(coverage.table["quarter_id"] == quarter_id)]
        means = table.loc[table["minutes"] == study.about.redundancy_minutes, "mean_offers"].dropna()
        if kind in study.about.redundancy_kinds and len(means):
            terms.append((study.kinds[kind].short[voice.language], voice.number(means.iloc[0], digits=_PART_DIGITS)))
    sum_ = " + ".join(number for _, number in terms)
    value = write_value(study, str(row["indicator"]), row["value"])
    kinds = voice.join([name for name, _ in terms])
    return [voice.say("derive_mean", value=value, terms=sum_, divisor=len(terms), kinds=kinds)]


def _derive_loss(study: Study, quarter_id: str, row: pd.Series) -> list[str]:
    """Level before less last value, in the better direction; nothing where the last one is no worse."""
    voice, losses = speak_of(study.about), study.recovery
    if losses is None or not row["value"] > 0:
        return []
    before, last = (losses[column].astype(float)[quarter_id] for column in ("before", "last"))
    first, second = (voice.number(part, digits=_PART_DIGITS) for part in sorted((before, last), reverse=True))
    value = write_value(study, str(row["indicator"]), row["value"])
    key = "derive_loss_rise" if last > before else "derive_loss_fall"
    return [voice.say(key, value=value, first=first, second=second, year=study.about.year)]


def write_value(study: Study, code: str, value: float) -> str:
    """Value with its unit and further decimals."""
    voice, spec = speak_of(study.about), study.specs[code]
    digits = spec.digits if spec.unit in COUNTS else spec.digits + _MORE_DIGITS
    text = voice.value(value, unit=spec.unit, digits=digits)
    unit = "" if spec.unit == "percent" else voice.unit(f"unit_{spec.unit}", own=spec.unit_text)
    return f"{text} {unit}".strip()


def _count(study: Study, count: float) -> str:
    """Whole where it is, but for the last bits of a sum of parts."""
    whole = abs(count - round(count)) <= _DUST * max(count, 1.0)
    return speak_of(study.about).number(count, digits=0 if whole else _PART_DIGITS)
