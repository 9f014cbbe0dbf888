"""Where the score of a quarter, of the group, the rest or the city comes from: parts that add up, each with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.errors import Problem, ProjectError
from sro_geo.load.heads import fold_name
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.model.study import CITY
from sro_geo.report.derivation import derive_value, explain_value, list_origins
from sro_geo.report.pooled import derive_area, explain_area, name_areas
from sro_geo.report.sentences import name_reference
from sro_geo.report.warnings import tell_broken
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sro_geo.model.scores import Scores
    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker


def explain_quarter(study: Study, *, quarter: str, indicator: str | None = None) -> str:
    """Text that walks from a score to its parts, and from each part to its arithmetic, file and row.

    Parameters
    ----------
    study : Study
        A finished study.
    quarter : str
        Key or name of the quarter; or group, rest or city by the name that the page gives them.
    indicator : str or None
        Code or name of a value to be explained in place of the score.

    Raises
    ------
    ProjectError
        If there is no such quarter or indicator, or the study has no index.

    Examples
    --------
    >>> from sro_geo import explain_quarter, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt"), language="en"))
    >>> print(explain_quarter(study, quarter="Neue Heide"))
    Resilienzindex for Neue Heide, 2024
    ...
    Points: 4... out of 100
    Musterstadt: 5..., difference: −1...
    ...
    Recovery: −...
      −...  Recovery: what is still lost: 1.533 pp (84.8... points, city 9..., weight 33.3%)
          (84.8... − 9...) × ... = −...
          from ../../geodata/musterstadt/kennzahlen.csv, rows ...
    ...
    Sum of all contributions: −1...
    ...
    """
    whom = _find_subject(study, quarter)
    code = INDEX if indicator is None else _find_indicator(study, indicator)
    if code not in (INDEX, *DIMENSIONS):
        return "\n\n".join([whom.explain(study, whom.key, code), *tell_broken(study, code)])
    scores, voice = whom.scores, speak_of(study.about)
    if scores is None:
        raise ProjectError(Problem(cause="no_index", values={"title": study.about.title}))
    row: Any = scores.index.loc[whom.key]
    lines = [voice.say("explain_title", index=study.about.index_name, name=whom.name, year=scores.year), ""]
    if row["example"]:
        lines += [voice.say("lead_invented"), ""]
    parts = scores.list_parts(whom.key)
    tell = _tell_city if whom.place is None else _tell_difference
    return "\n".join(
        [*lines, *tell(study, whom, row, parts), *(f"\n{text}" for text in tell_broken(study, code)), *whom.end]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """A quarter or an area: its scores, what they are set against (None for the city itself), and where values come from."""

    key: str
    name: str
    scores: Scores | None
    place: str | None
    derive: Callable[[Study, str, str], list[str]]
    explain: Callable[[Study, str, str], str]
    end: tuple[str, ...]


def _find_subject(study: Study, name: str) -> _Subject:
    """Quarter by key or name, or area by name; a quarter goes before an area of its name."""
    names, areas = study.quarters["name"], name_areas(study)
    found = [area for area, own in areas.items() if name.casefold() in {one.casefold() for one in own if one}]
    key = _find_quarter(names, name, loosely=not found)
    if key is not None:
        facts: dict[str, Any] = {"scores": study.scores, "place": name_reference(study, key)}
        return _Subject(key=key, name=names[key], **facts, derive=_derive_quarter, explain=explain_value, end=())
    if not found:
        known = [*(own[0] for own in areas.values()), *(f"{key} {own}" for key, own in names.items())]
        raise ProjectError(Problem(cause="explain_unknown_quarter", values={"quarter": name, "known": known}))
    key, more = found[0], ("", speak_of(study.about).say("pooled_more"))
    facts = {"scores": study.area_scores, "place": None if key == CITY else study.about.place}
    return _Subject(key=key, name=areas[key][0], **facts, derive=derive_area, explain=explain_area, end=more)


def _find_quarter(names: pd.Series, name: str, *, loosely: bool) -> str | None:
    """Key of the one quarter of that key or name; `loosely` also of the one in whose name these words stand, in any spelling."""
    ways: list[pd.Series] = [names.index.to_series() == name, names == name]
    if loosely:
        folded, wanted = names.map(fold_name), fold_name(name)
        ways += [folded == wanted, (" " + folded + " ").str.contains(f" {wanted} ", regex=False)]
    return next((str(names.index[way.to_numpy()][0]) for way in ways if way.sum() == 1), None)


def _derive_quarter(study: Study, key: str, code: str) -> list[str]:
    return [*derive_value(study, key, code), *list_origins(study, key, code)]


def _find_indicator(study: Study, indicator: str) -> str:
    values = study.indicators
    codes = sorted(set(values.loc[values["year"] == study.about.year, "indicator"]))
    names = {code: study.specs[code] for code in codes}
    found = [
        str(code) for code, spec in names.items() if indicator in (code, *spec.name.values(), *spec.short.values())
    ]
    if len(found) == 1:
        return found[0]
    raise ProjectError(Problem(cause="explain_unknown_indicator", values={"indicator": indicator, "known": codes}))


def _tell_total(study: Study, row: pd.Series, *, place: str | None) -> list[str]:
    voice, reference = speak_of(study.about), row["reference"]
    ends = {side: voice.number(row[side], digits=4) for side in ("worst", "best")}
    if pd.isna(row["score"]):
        return [voice.say("too_few"), voice.say("explain_interval", **ends)]
    lines = [voice.say("explain_score", score=voice.number(row["score"], digits=4))]
    if place is not None and pd.notna(reference):
        difference = voice.signed(row["score"] - reference, digits=4)
        number = voice.number(reference, digits=4)
        lines.append(voice.say("explain_reference", place=place, reference=number, difference=difference))
    return [*lines, voice.say("explain_interval", **ends)] if row["worst"] < row["best"] else lines


def _tell_difference(study: Study, whom: _Subject, row: pd.Series, parts: pd.DataFrame) -> list[str]:
    """Points, and by part what makes the difference from what they are set against."""
    voice, lines = speak_of(study.about), _tell_total(study, row, place=whom.place)
    for dimension in dict.fromkeys(parts["dimension"]):
        own = parts[parts["dimension"] == dimension]
        lines += ["", *_tell_dimension(study, whom, str(dimension), own)]
    total = float(parts["contribution"].sum())
    how = "geometric" if study.method is not None and study.method.aggregate == "geometric" else "arithmetic"
    return [*lines, "", voice.say("explain_sum", sum=voice.signed(total, digits=4)), voice.say(f"explain_{how}")]


def _tell_city(study: Study, whom: _Subject, row: pd.Series, parts: pd.DataFrame) -> list[str]:
    """Points of the city by part: what all others are compared with differs from nothing."""
    voice, lines = speak_of(study.about), _tell_total(study, row, place=None)
    for dimension in dict.fromkeys(parts["dimension"]):
        lines += ["", voice.say(str(dimension))]
        for _, part in parts[parts["dimension"] == dimension].iterrows():
            code = str(part["part"])
            told = {
                "scaled": _tell_points(voice, part["scaled"]),
                "weight": voice.number(100 * part["weight"], digits=1),
            }
            lines.append(f"  {study.specs[code].name[voice.language]}: {voice.say('explain_part_city', **told)}")
            lines += [f"      {line}" for line in whom.derive(study, whom.key, code)]
    return lines


def _tell_points(voice: Speaker, points: float) -> str:
    return "." if pd.isna(points) else voice.number(points, digits=4)


def _tell_dimension(study: Study, whom: _Subject, dimension: str, parts: pd.DataFrame) -> list[str]:
    voice = speak_of(study.about)
    contribution = voice.signed(float(parts["contribution"].sum()), digits=4)
    title = voice.say(dimension if dimension in DIMENSIONS else "explain_unknown")
    lines = [f"{title}: {contribution}"]
    for _, part in parts.iterrows():
        lines.append(f"  {_tell_part(study, part)}")
        if (code := str(part["part"])) in study.specs:
            lines += [f"      {line}" for line in whom.derive(study, whom.key, code)]
    return lines


def _tell_part(study: Study, part: pd.Series) -> str:
    voice, code = speak_of(study.about), str(part["part"])
    known = pd.notna(part["contribution"])
    contribution = voice.signed(part["contribution"], digits=4) if known else "."
    if code not in study.specs:
        return f"{voice.say('explain_unknown')}: {contribution}"
    spec = study.specs[code]
    value = voice.value(part["value"], unit=spec.unit, digits=spec.digits + 2)
    unit = "" if spec.unit == "percent" else f" {voice.unit(f'unit_{spec.unit}', own=spec.unit_text)}"
    name = spec.short[voice.language]
    reason = f" {voice.say('reason', name=name, reason=spec.reason)}" if spec.reason else ""
    points = (part["scaled"], part["reference"])
    scaled, reference = (_tell_points(voice, point) for point in points)
    weight = voice.number(100 * part["weight"], digits=1)
    text = voice.say("explain_part", scaled=scaled, reference=reference, weight=weight)
    lines = [f"{contribution}  {spec.name[voice.language]}: {value}{unit} ({text}){reason}"]
    difference = part["scaled"] - part["reference"]
    if known and abs(difference) > _NO_DIFFERENCE:
        factor = voice.number(part["contribution"] / difference, digits=6)
        sum_ = {"scaled": scaled, "reference": reference, "factor": factor, "contribution": contribution}
        lines.append(f"      {voice.say('explain_redo', **sum_)}")
    return "\n".join(lines)


_NO_DIFFERENCE = 1e-6
"""Points that differ by less have no factor to show."""
