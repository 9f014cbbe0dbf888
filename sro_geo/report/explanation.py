"""Where a quarter's score comes from: parts that add up, each with file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.errors import Problem, ProjectError
from sro_geo.report.sentences import name_reference
from sro_geo.text.numbers import format_number, format_signed
from sro_geo.text.phrases import format_value, name_unit
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.study import Study


def explain_quarter(study: Study, *, quarter: str) -> str:
    """Text that walks from a quarter's score to its parts, and from each part to file and row.

    Parameters
    ----------
    study : Study
        A finished study.
    quarter : str
        Key or name of the quarter.

    Raises
    ------
    ProjectError
        If there is no such quarter, or the study has no index.

    Examples
    --------
    >>> from sro_geo import explain_quarter, find_shipped, read_project, run_study
    >>> study = run_study(read_project(find_shipped("analyses/musterstadt"), language="en"))
    >>> print(explain_quarter(study, quarter="Neue Heide"))
    Resilienzindex for Neue Heide, 2024
    ...
    Points: 4... of 100
    Musterstadt: 5..., difference: −1...
    ...
    Recovery: −...
      −...  Recovery: what is still lost: 1.533 pp (84.8... points, city 9..., weight 33.3 %)
          (84.8... − 9...) × ... = −...
          from ../../geodata/musterstadt/kennzahlen.csv, row ...
    ...
    Sum of all contributions: −1...
    ...
    """
    quarter_id = _find_quarter(study, quarter)
    scores, language = study.scores, study.about.language
    if scores is None:
        raise ProjectError([Problem(cause="no_index", values={"title": study.about.title})])
    name: Any = study.quarters.loc[quarter_id, "name"]
    row: Any = scores.index.loc[quarter_id]
    lines = [
        word("explain_title", language=language, index=study.about.index_name, name=name, year=scores.year),
        "",
    ]
    if row["example"]:
        lines += [word("lead_invented", language=language), ""]
    lines += _tell_total(study, row, place=name_reference(study, quarter_id))
    parts = scores.contributions[scores.contributions["quarter_id"] == quarter_id]
    for dimension in dict.fromkeys(parts["dimension"]):
        lines += [
            "",
            *_tell_dimension(study, quarter_id, str(dimension), parts[parts["dimension"] == dimension]),
        ]
    total = float(parts["contribution"].sum())
    how = "geometric" if study.method is not None and study.method.aggregate == "geometric" else "arithmetic"
    lines += [
        "",
        word("explain_sum", language=language, sum=format_signed(total, digits=4, language=language)),
        word(f"explain_{how}", language=language),
    ]
    return "\n".join(lines)


def _find_quarter(study: Study, quarter: str) -> str:
    if quarter in study.quarters.index:
        return quarter
    names = study.quarters.index[study.quarters["name"] == quarter]
    if len(names) == 1:
        return str(names[0])
    known = [f"{key} {name}" for key, name in study.quarters["name"].items()]
    raise ProjectError([Problem(cause="explain_unknown_quarter", values={"quarter": quarter, "known": known})])


def _tell_total(study: Study, row: pd.Series, *, place: str) -> list[str]:
    language, reference = study.about.language, row["reference"]
    number = {"digits": 4, "language": language}
    if pd.isna(row["score"]):
        values = {side: format_number(row[side], **number) for side in ("worst", "best")}  # type: ignore[arg-type]  # the two settings are what they must be
        return [word("too_few", language=language), word("explain_interval", language=language, **values)]
    lines = [word("explain_score", language=language, score=format_number(row["score"], **number))]  # type: ignore[arg-type]  # as above
    if pd.notna(reference):
        values = {
            "place": place,
            "reference": format_number(reference, **number),  # type: ignore[arg-type]  # as above
            "difference": format_signed(row["score"] - reference, **number),  # type: ignore[arg-type]  # as above
        }
        lines.append(word("explain_reference", language=language, **values))
    if row["known"] < 1:
        values = {side: format_number(row[side], **number) for side in ("worst", "best")}  # type: ignore[arg-type]  # as above
        lines.append(word("explain_interval", language=language, **values))
    return lines


def _tell_dimension(study: Study, quarter_id: str, dimension: str, parts: pd.DataFrame) -> list[str]:
    language = study.about.language
    contribution = format_signed(float(parts["contribution"].sum()), digits=4, language=language)
    title = (
        word(dimension, language=language)
        if dimension in ("robustness", "redundancy", "recovery")
        else word("explain_unknown", language=language)
    )
    lines = [f"{title}: {contribution}"]
    for _, part in parts.iterrows():
        lines.append(f"  {_tell_part(study, part)}")
        lines += [f"      {origin}" for origin in _list_origins(study, quarter_id, str(part["part"]), part)]
    return lines


def _tell_part(study: Study, part: pd.Series) -> str:
    language, code = study.about.language, str(part["part"])
    known = pd.notna(part["contribution"])
    contribution = format_signed(part["contribution"], digits=4, language=language) if known else "."
    if code not in study.specs:
        return f"{word('explain_unknown', language=language)}: {contribution}"
    spec = study.specs[code]
    value = format_value(part["value"], unit=spec.unit, digits=spec.digits + 2, language=language)
    unit = "" if spec.unit == "percent" else f" {name_unit(spec.unit, language=language)}"
    reason = (
        f" {word('reason', language=language, name=spec.short[language], reason=spec.reason)}" if spec.reason else ""
    )
    points = (part["scaled"], part["reference"])
    scaled, reference = ("." if pd.isna(p) else format_number(p, digits=4, language=language) for p in points)
    weight = format_number(100 * part["weight"], digits=1, language=language)
    text = word("explain_part", language=language, scaled=scaled, reference=reference, weight=weight)
    lines = [f"{contribution}  {spec.name[language]}: {value}{unit} ({text}){reason}"]
    difference = part["scaled"] - part["reference"]
    if known and abs(difference) > _NO_DIFFERENCE:
        factor = format_number(part["contribution"] / difference, digits=6, language=language)
        sum_ = {"scaled": scaled, "reference": reference, "factor": factor, "contribution": contribution}
        lines.append(f"      {word('explain_redo', language=language, **sum_)}")
    return "\n".join(lines)


_NO_DIFFERENCE = 1e-6
"""Points that differ by less have no factor to show."""


def _list_origins(study: Study, quarter_id: str, code: str, part: pd.Series) -> list[str]:
    """File and row of a given value; files and rows that a computed value was made from."""
    language = study.about.language
    if pd.notna(part["row"]):
        return [word("explain_row", language=language, file=part["source"], row=int(part["row"]))]
    origins = study.origins.get((quarter_id, code)) or study.origins.get(("", code)) or ()
    return [
        word("explain_row", language=language, file=file, row=row)
        if row is not None
        else word("explain_file", language=language, file=file)
        for file, row in origins
    ]
