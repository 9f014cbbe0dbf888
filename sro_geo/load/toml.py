"""TOML files checked against a schema: every fault at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from sro_geo.errors import DataError, Place, Problem
from sro_geo.load.reading import read_bytes
from sro_geo.load.telling import refuse
from sro_geo.text.cleaning import drop_controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

    from sro_geo.load.reading import DataFile

Step = int | str

_CAUSES = {
    "string_type": "wrong_type_text", "bool_type": "wrong_type_bool", "list_type": "wrong_type_list",
    "int_type": "wrong_type_integer", "int_from_float": "wrong_type_integer",
    "int_parsing_size": "wrong_type_integer",
    "float_type": "wrong_type_number",
    "finite_number": "wrong_type_number", "model_type": "wrong_type_table", "dict_type": "wrong_type_table",
    "string_too_short": "empty_text", "string_pattern_mismatch": "wrong_code",
    "too_short": "list_too_short", "too_long": "list_too_long", "literal_error": "wrong_choice",
    "greater_than": "out_of_range", "greater_than_equal": "out_of_range",
    "less_than": "out_of_range", "less_than_equal": "out_of_range",
}  # fmt: skip
_MOST_SHOWN = 60
_BOUNDS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_KEY = r'(?:[A-Za-z0-9_-]+|"[^"]*")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*'
_HEAD = re.compile(rf"\s*(\[\[?)\s*({_KEY})\s*\]")
_PAIR = re.compile(rf"\s*({_KEY})\s*=")


class Strict(BaseModel):
    """Base of every schema: no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Texts(Strict):
    de: _Text
    en: _Text


Words = Annotated[
    _Texts, BeforeValidator(lambda found: {"de": found, "en": found} if isinstance(found, str) else found)
]
"""A text in both languages; one alone stands for both."""

T = TypeVar("T", bound=Strict)


def read_toml(file: DataFile) -> tuple[str, dict[str, Any]]:
    """Text and content of a TOML file.

    Raises
    ------
    DataError
        If it is no UTF-8 or no TOML; the line is named.
    """
    content = read_bytes(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refuse(Place(file=file.name, row=line), "toml_not_utf8") from error
    try:
        return text, _clean(tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets a thousand deep
        found = re.search(r"at line (\d+)", str(error))
        row = int(found[1]) if found else text.count("\n") + 1
        reason = re.sub(r" \(at .*\)$", "", str(error))
        raise refuse(Place(file=file.name, row=row), "toml_broken", reason=reason) from error


def _clean(content: Any) -> Any:
    """The same without control characters in its texts: one in a title would reach a terminal."""
    if isinstance(content, dict):
        return {drop_controls(key): _clean(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_clean(value) for value in content]
    return drop_controls(content) if isinstance(content, str) else content


def check_content(schema: type[T], content: Mapping[str, Any], *, text: str, file: str) -> T:
    """Content as a value of its schema.

    Raises
    ------
    DataError
        With every unknown key, missing key and wrong value.
    """
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise DataError([_translate(detail, schema, text=text, file=file) for detail in details]) from error


def find_line(text: str, path: Sequence[Step]) -> int | None:
    r"""Line of a key, or of the nearest part of its path that has a line of its own.

    Examples
    --------
    >>> find_line("a = 1\n[[b]]\nc = 2\n[[b]]\nc = 3", ["b", 1, "c"])
    5
    """
    lines = dict(_list_keys(text))
    for end in range(len(path), 0, -1):
        if tuple(path[:end]) in lines:
            return lines[tuple(path[:end])]
    return None


def suggest(word: str, known: Sequence[str]) -> str | None:
    """Most similar known word, or None where nothing is similar."""
    return next(iter(get_close_matches(word, known, n=1)), None)


def name_path(path: Sequence[Step]) -> str:
    """Path of a key as a planner would write it: `index.weights.robustness`, lists counted from 1."""
    return ".".join(f"{step + 1}" if isinstance(step, int) else step for step in path)


def _translate(detail: ErrorDetails, schema: type[Strict], *, text: str, file: str) -> Problem:
    path, kind = list(detail["loc"]), detail["type"]
    values: dict[str, object] = {"key": name_path(path)}
    place = Place(file=file, row=find_line(text, path))
    if kind == "extra_forbidden":
        known = _list_known(schema, path[:-1])
        similar = suggest(str(path[-1]), known)
        values |= {"known": known} if similar is None else {"similar": similar}
        return Problem(
            cause="unknown_key" if similar is None else "unknown_key_similar", values=values, places=(place,)
        )
    if kind == "missing":
        return Problem(cause="missing_key", values=values, places=(place,))
    context = detail.get("ctx", {})
    choices = re.findall(r"'([^']*)'|(-?\d+)", str(context.get("expected", "")))
    bounds = [f"{_BOUNDS[name]} {bound:g}" for name, bound in context.items() if name in _BOUNDS]
    length = context.get("min_length", context.get("max_length"))
    values |= {
        "found": _quote(detail["input"]),
        "wanted": [text or number for text, number in choices] or bounds or length,
    }
    return Problem(cause=_CAUSES[kind], values=values, places=(place,))


def _quote(value: object) -> str:
    """Value as a TOML file would write it, as long as fits a line."""
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    shown = shown.lower() if isinstance(value, bool) else shown
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"


def _list_known(schema: type[Strict], path: Sequence[Step]) -> list[str]:
    """Keys that a table may have: walks the schema along the path."""
    node: Any = schema
    for step in path:
        if isinstance(step, str):
            node = _find_schema(node.model_fields[step].annotation) if step in node.model_fields else node
    return sorted(field.alias or name for name, field in node.model_fields.items())


def _find_schema(annotation: Any) -> type[Strict]:
    """Find the schema inside `list[Schema]`, `dict[str, Schema]` or `Schema | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    found = [_find_schema(part) for part in getattr(annotation, "__args__", ()) if part is not type(None)]
    return found[-1] if found else Strict


def _list_keys(text: str) -> Iterator[tuple[tuple[Step, ...], int]]:
    counts: dict[tuple[Step, ...], int] = {}
    section: tuple[Step, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _HEAD.match(line):
            section = _split_key(head[2])
            if head[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                yield section, number
                section = (*section, counts[section])
            elif len(section) > 1 and section[:1] in counts:
                section = (section[0], counts[section[:1]], *section[1:])
            yield section, number
        elif pair := _PAIR.match(line):
            yield (*section, *_split_key(pair[1])), number


def _split_key(text: str) -> tuple[Step, ...]:
    return tuple(part.strip().strip('"') for part in re.findall(r'"[^"]*"|[A-Za-z0-9_-]+', text))
