"""Where the score of a quarter, of the group, the rest or the city comes from: parts that add up, each with its arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.errors import Problem, ProjectError
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.model.study import CITY
from sro_geo.report.derivation import derive_value, explain_value, list_origins
from sro_geo.report.pooled import derive_area, explain_area, name_areas
from sro_geo.report.sentences import name_reference
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
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
    key, is_area = _find_place(study, quarter)
    code = INDEX if indicator is None else _find_indicator(study, indicator)
    if code not in (INDEX, *DIMENSIONS):
        return explain_area(study, key, code) if is_area else explain_value(study, key, code)
    scores, voice = study.area_scores if is_area else study.scores, speak_of(study.about)
    if scores is None:
        raise ProjectError(Problem(cause="no_index", values={"title": study.about.title}))
    name: Any = name_areas(study)[key][0] if is_area else study.quarters.loc[key, "name"]
    row: Any = scores.index.loc[key]
    lines = [voice.say("explain_title", index=study.about.index_name, name=name, year=scores.year), ""]
    if row["example"]:
        lines += [voice.say("lead_invented"), ""]
    parts = scores.contributions[scores.contributions["quarter_id"] == key]
    if is_area and key == CITY:
        return "\n".join([*lines, *_tell_city(study, row, parts), "", voice.say("pooled_more")])
    place = study.about.place if is_area else name_reference(study, key)
    lines += _tell_total(study, row, place=place)
    for dimension in dict.fromkeys(parts["dimension"]):
        own = parts[parts["dimension"] == dimension]
        lines += ["", *_tell_dimension(study, key, str(dimension), own, is_area=is_area)]
    total = float(parts["contribution"].sum())
    how = "geometric" if study.method is not None and study.method.aggregate == "geometric" else "arithmetic"
    lines += ["", voice.say("explain_sum", sum=voice.signed(total, digits=4)), voice.say(f"explain_{how}")]
    return "\n".join([*lines, voice.say("pooled_more")] if is_area else lines)


def _find_place(study: Study, name: str) -> tuple[str, bool]:
    """Key of a quarter, or id of an area, and whether it is one; a quarter goes before an area of its name."""
    if name in study.quarters.index:
        return name, False
    keys = study.quarters.index[study.quarters["name"] == name]
    if len(keys) == 1:
        return str(keys[0]), False
    areas = name_areas(study)
    found = [area for area, names in areas.items() if name.casefold() in {one.casefold() for one in names if one}]
    if found:
        return found[0], True
    known = [*(names[0] for names in areas.values()), *(f"{key} {own}" for key, own in study.quarters["name"].items())]
    raise ProjectError(Problem(cause="explain_unknown_quarter", values={"quarter": name, "known": known}))


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


def _tell_total(study: Study, row: pd.Series, *, place: str) -> list[str]:
    voice, reference = speak_of(study.about), row["reference"]
    ends = {side: voice.number(row[side], digits=4) for side in ("worst", "best")}
    if pd.isna(row["score"]):
        return [voice.say("too_few"), voice.say("explain_interval", **ends)]
    lines = [voice.say("explain_score", score=voice.number(row["score"], digits=4))]
    if pd.notna(reference):
        difference = voice.signed(row["score"] - reference, digits=4)
        number = voice.number(reference, digits=4)
        lines.append(voice.say("explain_reference", place=place, reference=number, difference=difference))
    return [*lines, voice.say("explain_interval", **ends)] if row["worst"] < row["best"] else lines


def _tell_city(study: Study, row: pd.Series, parts: pd.DataFrame) -> list[str]:
    """Points of the city by part: what all others are compared with differs from nothing."""
    voice = speak_of(study.about)
    lines = _tell_total(study, row.drop("reference").reindex(row.index), place="")
    for dimension in dict.fromkeys(parts["dimension"]):
        lines += ["", voice.say(str(dimension))]
        for _, part in parts[parts["dimension"] == dimension].iterrows():
            code = str(part["part"])
            told = {
                "scaled": _tell_points(voice, part["scaled"]),
                "weight": voice.number(100 * part["weight"], digits=1),
            }
            lines.append(f"  {study.specs[code].name[voice.language]}: {voice.say('explain_part_city', **told)}")
            lines += [f"      {line}" for line in derive_area(study, CITY, code)]
    return lines


def _tell_points(voice: Speaker, points: float) -> str:
    return "." if pd.isna(points) else voice.number(points, digits=4)


def _tell_dimension(study: Study, key: str, dimension: str, parts: pd.DataFrame, *, is_area: bool) -> list[str]:
    voice = speak_of(study.about)
    contribution = voice.signed(float(parts["contribution"].sum()), digits=4)
    title = voice.say(dimension if dimension in DIMENSIONS else "explain_unknown")
    lines = [f"{title}: {contribution}"]
    for _, part in parts.iterrows():
        lines.append(f"  {_tell_part(study, part)}")
        code = str(part["part"])
        if code in study.specs:
            told = (
                [*derive_value(study, key, code), *list_origins(study, key, code)]
                if not is_area
                else derive_area(study, key, code)
            )
            lines += [f"      {line}" for line in told]
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
