"""What the page's scripts take for the form of their data is the form in which both shipped studies write them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.render.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
TYPES = re.sub(r"/\*.*?\*/", "", (ROOT / "sro_geo/render/assets/data.d.ts").read_text("utf-8"), flags=re.DOTALL)
ALIASES = dict(re.findall(r"^type (\w+) = (.*);$", TYPES, flags=re.MULTILINE))
FORMS = {
    name: (parent, dict(re.findall(r"(\w+\??): ([^;\n]*[^;\s])", fields)))
    for name, parent, fields in re.findall(
        r"^interface (\w+)(?: extends (\w+))? \{([^{}]*)\}$", TYPES, flags=re.MULTILINE
    )
}
PLAIN = {"string": (str,), "number": (int, float), "boolean": (bool,), "null": (type(None),)}
MADE = "Quarters"
"""What a script makes of other data."""


@cache
def list_fields(form: str) -> dict[str, str]:
    parent, own = FORMS[form]
    return {**(list_fields(parent) if parent else {}), **own}


@cache
def split(text: str, mark: str) -> list[str]:
    """Parts between marks that stand in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "<([") - (letter in ">)]")
        parts = [*parts, ""] if letter == mark and not depth else [*parts[:-1], parts[-1] + letter]
    return [part.strip() for part in parts]


def differ(value: Any, kind: str, where: str = "") -> Iterator[str]:
    """Places where a value is not of a kind of TypeScript, as far as `data.d.ts` writes kinds."""
    if len(options := split(kind, "|")) > 1:
        yield from min((list(differ(value, option, where)) for option in options), key=len)
    elif kind in ALIASES:
        yield from differ(value, ALIASES[kind], where)
    elif kind in FORMS:
        yield from differ_form(value, kind, where)
    elif kind.startswith("Asked<"):
        yield from () if value is None else differ(value, kind[6:-1], where)
    elif kind.endswith("]") and isinstance(value, list):
        yield from differ_list(value, kind, where)
    elif kind.startswith("Record<") and isinstance(value, dict):
        for key, one in value.items():
            yield from differ(one, split(kind[7:-1], ",")[1], f"{where}.{key}")
    elif value != kind[1:-1] if kind.startswith('"') else type(value) not in PLAIN.get(kind, ()):
        yield f"{where}: {value!r} is no {kind}"


def differ_list(values: list[Any], kind: str, where: str) -> Iterator[str]:
    inner = kind[1:-1]
    if kind.endswith("[]"):
        inner = kind[1:-3] if kind.startswith("(") else kind[:-2]
    kinds = [inner] * len(values) if kind.endswith("[]") else split(inner, ",")
    if len(values) != len(kinds):
        yield f"{where}: {values!r} is no {kind}"
    for i, (value, one) in enumerate(zip(values, kinds, strict=False)):
        yield from differ(value, one, f"{where}[{i}]")


def differ_form(value: Any, form: str, where: str) -> Iterator[str]:
    if form == MADE:
        return
    fields = list_fields(form)
    known = {name.rstrip("?"): kind for name, kind in fields.items()}
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no {form}"
        return
    yield from (f"{where}.{key}: not in {form}" for key in sorted(value.keys() - known.keys()))
    yield from (f"{where}.{name}: lacking in {form}" for name in fields if not name.endswith("?") and name not in value)
    for key in value.keys() & known.keys():
        yield from differ(value[key], known[key], f"{where}.{key}")


@pytest.mark.parametrize("study", ["musterstadt", "rostock"])
def test_an_atlas_is_written_as_its_scripts_take_it(study: str) -> None:
    told = read_page((ROOT / "maps" / study / "index.html").read_text("utf-8"))
    assert list(differ(told, "AtlasData")) == []


@pytest.mark.parametrize("study", ["musterstadt", "rostock"])
def test_a_map_alone_is_written_as_its_scripts_take_it(study: str) -> None:
    told = read_page(next((ROOT / "maps" / study / "maps").glob("*.html")).read_text("utf-8"))
    assert list(differ(told, "MapData")) == []


def test_what_is_otherwise_is_told() -> None:
    told: dict[str, Any] = {"id": 7, "titel": "Angebote"}
    assert sorted(differ([told, None], "Topic[]")) == [
        "[0].id: 7 is no string",
        "[0].name: lacking in Topic",
        "[0].titel: not in Topic",
        "[1]: None is no Topic",
    ]
