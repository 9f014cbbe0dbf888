"""The handbook's pages of settings: form, default and limits from the program, meaning and example from angaben.toml.

Run it after a change of either: `.venv/bin/python scripts/handbook.py`.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel, BeforeValidator, WrapValidator
from pydantic.fields import FieldInfo

from sro_geo.load.catalogue import INDICATORS_FORM, KINDS_FORM
from sro_geo.load.sources import SOURCES_FORM
from sro_geo.project.schema import ProjectFile
from sro_geo.text.levels import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HANDBOOK = Path(__file__).resolve().parents[1] / "docs" / "handbuch"

FORMS: Mapping[str, type[BaseModel]] = {
    "projekt": ProjectFile,
    "kennzahl": INDICATORS_FORM,
    "angebotsart": KINDS_FORM,
    "quelle": SOURCES_FORM,
}
"""Form of each sort of file, by its table in angaben.toml."""

PAGES = {
    "projektdatei.md": (
        "# Alle Angaben der Projektdatei",
        """Eine Projektdatei ist Text in der Form TOML: Überschriften in eckigen Klammern, darunter `angabe = Wert`. Texte stehen in
Anführungszeichen, Zahlen mit Punkt, hinter `#` eine Anmerkung. Eine Angabe, die es nicht gibt, oder ein Wert von anderer Form ist ein
Fehler, der die Zeile und das Erlaubte nennt. Pfade gelten vom Ordner der Projektdatei aus.""",
        {"projekt": "Angaben"},
    ),
    "katalog.md": (
        "# Eigene Kennzahlen, Angebotsarten und Quellen",
        "Drei weitere Dateien in derselben Form. Was unter [Projektdatei](projektdatei.md) über die Form steht, gilt auch hier.",
        {
            "kennzahl": "Kennzahlen (`[catalogue] indicators`)",
            "angebotsart": "Angebotsarten (`[catalogue] offer_kinds`)",
            "quelle": "Herkunft der Dateien (`SOURCE.toml` im selben Ordner)",
        },
    ),
}
"""Title, lead and sections of each page."""

_WORDS = {str: "Text", int: "ganze Zahl", float: "Zahl", bool: "`true` oder `false`"}
_ENDS = {Ge: "ab {}", Gt: "über {}", Le: "bis {}", Lt: "unter {}"}


def read_meanings() -> dict[str, dict[str, list[str]]]:
    """Meaning and example of each setting."""
    return tomllib.loads((HANDBOOK / "angaben.toml").read_text(encoding="utf-8"))


def list_settings(form: type[BaseModel], *, above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting of a form by its path, sections before what is in them."""
    for name, field in form.model_fields.items():
        path = f"{above}{field.alias or name}"
        yield path, field
        for inner in _find_forms(field.annotation):
            yield from list_settings(inner, above=f"{path}.")


def _find_forms(kind: Any) -> list[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [form for part in get_args(kind) for form in _find_forms(part)]


def describe_form(kind: Any, limits: list[Any]) -> str:
    """What may stand there."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # what may be left out
        return describe_form(next(part for part in parts if part is not type(None)), limits)
    if hasattr(kind, "__metadata__"):
        return describe_form(kind.__origin__, [*limits, *kind.__metadata__])
    if origin in _SHAPES:
        return _SHAPES[origin](parts, limits)
    if _find_forms(kind):
        return _SECTION
    return " ".join([_WORDS[kind], *_describe_limits(limits)])


def _describe_choice(parts: tuple[Any, ...], _: list[Any]) -> str:
    words = [f"`{json.dumps(value, ensure_ascii=False)}`" for value in parts]
    return " oder ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _describe_list(parts: tuple[Any, ...], limits: list[Any]) -> str:
    most = next((limit.max_length for limit in _flatten(limits) if isinstance(limit, MaxLen)), None)
    least = next((limit.min_length for limit in _flatten(limits) if isinstance(limit, MinLen)), 0)
    count = "" if most is None else f"{most}-mal " if most == least else f"bis zu {most}-mal "
    inner = describe_form(parts[0], [])
    alone = {WrapValidator: "Text oder ", BeforeValidator: f"{inner} oder "}
    more = next((word for limit in _flatten(limits) for kind, word in alone.items() if isinstance(limit, kind)), "")
    return "mehrere Abschnitte" if inner == _SECTION else f"{more}Liste: {count}{inner}"


def _describe_names(parts: tuple[Any, ...], _: list[Any]) -> str:
    inner = describe_form(parts[1], [])
    return _SECTION if inner == _SECTION else f"{_SECTION}, je Zeile ein Name und {inner}"


_SECTION = "Abschnitt"
_SHAPES = {Literal: _describe_choice, list: _describe_list, dict: _describe_names}


def _describe_limits(limits: list[Any]) -> list[str]:
    """Ends of what is allowed, in words."""
    return [
        text.format(_write(getattr(limit, end.__name__.lower())))
        for limit in _flatten(limits)
        for end, text in _ENDS.items()
        if isinstance(limit, end)
    ]


def _flatten(limits: list[Any]) -> list[Any]:
    return [one for limit in limits for one in (limit.metadata if isinstance(limit, FieldInfo) else [limit])]


def _write(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def describe_default(field: FieldInfo) -> str:
    """What holds where nothing is stated."""
    if field.is_required():
        return "nötig"
    value = field.get_default(call_default_factory=True)
    if value in (None, "", [], {}) or isinstance(value, BaseModel):
        return "–"
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def write_page(name: str) -> str:
    """A page of the handbook."""
    title, lead, sections = PAGES[name]
    meanings = read_meanings()
    lines = [title, "", "Diese Seite ist aus dem Programm erzeugt.", "", lead, ""]
    for sort, heading in sections.items():
        lines += [f"## {heading}", ""] if len(sections) > 1 else []
        lines += _write_tables(FORMS[sort], meanings[sort])
    return "\n".join(lines).rstrip("\n") + "\n"


def _write_tables(form: type[BaseModel], meanings: Mapping[str, list[str]]) -> list[str]:
    """A table for what stands at the top, and one for each section."""
    settings = list(list_settings(form))
    sections = [("", None), *((path, field) for path, field in settings if _is_section(field))]
    lines: list[str] = []
    for section, field in sections:
        inner = [(path, one) for path, one in settings if path.rpartition(".")[0] == section and not _is_section(one)]
        if field is not None:
            several, meaning = get_origin(field.annotation) is list, capital(meanings[section][0])
            lines += [
                f"### `{'[[' if several else '['}{section}{']]' if several else ']'}`",
                "",
                f"{meaning}.",
                "",
            ]
        if inner:
            lines += ["| Angabe | Bedeutung | Form | Vorgabe | Beispiel |", "|---|---|---|---|---|"]
            lines += [_write_row(path, one, *meanings[path]) for path, one in inner]
            lines.append("")
        elif field is not None and meanings[section][1]:
            lines += [f"Beispiel: `{meanings[section][1]}`", ""]
    return lines


def _is_section(field: FieldInfo) -> bool:
    return _SECTION in describe_form(field.annotation, field.metadata)


def _write_row(path: str, field: FieldInfo, meaning: str, example: str) -> str:
    cells = (
        f"`{path.rpartition('.')[2]}`",
        meaning,
        describe_form(field.annotation, field.metadata),
        describe_default(field),
        f"`{example}`",
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    for page in PAGES:
        (HANDBOOK / page).write_text(write_page(page), encoding="utf-8", newline="\n")
