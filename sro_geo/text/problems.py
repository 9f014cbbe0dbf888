"""Problems as sentences: what, where, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sro_geo.text import (
    messages_load,
    messages_measure,
    messages_model,
    messages_project,
    messages_report,
    messages_values,
)
from sro_geo.text.cleaning import drop_controls
from sro_geo.text.numbers import format_number
from sro_geo.text.secrets import redact

if TYPE_CHECKING:
    from sro_geo.errors import Place, Problem
    from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    **messages_model.MESSAGES,
    **messages_values.MESSAGES,
    **messages_report.MESSAGES,
    **messages_load.MESSAGES,
    **messages_project.MESSAGES,
    **messages_measure.MESSAGES,
}
"""Every message by the id that a `Problem` carries."""

_LABELS = {
    "de": {
        "where": "Wo",
        "part": "Blatt",
        "row": "Zeile",
        "column": "Spalte",
        "remedy": "Abhilfe",
        "problems": "{n} Probleme",
        "problem": "1 Problem",
    },
    "en": {
        "where": "Where",
        "part": "sheet",
        "row": "row",
        "column": "column",
        "remedy": "Remedy",
        "problems": "{n} problems",
        "problem": "1 problem",
    },
}
_SHOWN = 10


def describe_problem(problem: Problem, *, language: str) -> str:
    """One problem in a few lines: what is wrong and why it matters, where, what to do.

    Raises
    ------
    KeyError
        If the problem's id has no message, which is our fault and not the planner's.
    """
    what, why, remedy = _fill(problem, language)
    labels = _LABELS[language]
    lines = [f"{what} {why}".strip()]
    lines += [f"  {labels['where']}: {_name_place(place, labels)}" for place in problem.places]
    if remedy:
        lines.append(f"  {labels['remedy']}: {remedy}")
    return "\n".join(lines)


def describe_problems(problems: Sequence[Problem], *, language: str) -> str:
    """All problems below a line that counts them."""
    labels = _LABELS[language]
    count = labels["problem"] if len(problems) == 1 else labels["problems"].format(n=len(problems))
    return "\n\n".join([count, *(describe_problem(problem, language=language) for problem in problems)])


def describe_note(note: Problem, *, language: str) -> str:
    """A note in one sentence, for a page or a protocol: only what is the case and why it matters."""
    what, why, _ = _fill(note, language)
    return f"{what} {why}".strip()


def _fill(problem: Problem, language: str) -> tuple[str, str, str]:
    message = MESSAGES[problem.cause]
    values = {name: _show(value, language) for name, value in problem.values.items()}
    files = list(dict.fromkeys(place.file for place in problem.places))
    values.setdefault("file", ", ".join(files))
    what, why, remedy = (part.format(**values) for part in (message.de if language == "de" else message.en))
    return what, why, remedy


def _show(value: object, language: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format_number(value, digits=0 if value.is_integer() else 2, language=language)
    if isinstance(value, Mapping):
        return _show([f"{key}: {item}" for key, item in value.items()], language)
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [
            _show(item, language) for item in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
        ]
        rest = len(items) - _SHOWN
        more = {"de": f" und {rest} weitere", "en": f" and {rest} more"}[language] if rest > 0 else ""
        return ", ".join(items[:_SHOWN]) + more
    return drop_controls(redact(str(value)))


def _name_place(place: Place, labels: Mapping[str, str]) -> str:
    parts = [drop_controls(redact(place.file))]
    if place.part is not None:
        parts.append(f"{labels['part']} {drop_controls(place.part)}")
    if place.row is not None:
        parts.append(f"{labels['row']} {place.row}")
    if place.column is not None:
        parts.append(f"{labels['column']} {drop_controls(place.column)}")
    return ", ".join(parts)
