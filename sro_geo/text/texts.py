"""Words and messages by language and id: data in `de/*.toml` and `en/*.toml`, read when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = ("phrases", "words", "page_map", "page_atlas", "brief", "workbook", "intake", "quality", "help")
"""Rooms of words and sentences. An entry is a text, or `one`, `other` and the fact that `counts`."""

MESSAGES = (
    "report", "check", "project", "model", "values", "measure",
    "load_files", "load_settings", "load_tables", "load_shapes", "load_location", "load_offers", "load_population",
    "load_crosswalk", "load_zensus", "load_rasters", "load_osm", "load_genesis", "load_distances",
)  # fmt: skip
"""Rooms of messages about problems. An entry holds what is wrong, why it matters, and the remedy."""


@cache
def load_room(language: str, room: str) -> Mapping[str, Any]:
    """Every entry of a room by its id."""
    return tomllib.loads(files("sro_geo.text").joinpath(language, f"{room}.toml").read_text(encoding="utf-8"))


@cache
def find_text(language: str, key: str) -> Any:
    """Entry of an id; ids are the same in all languages and stand in one room only.

    Raises
    ------
    KeyError
        If there is none, which is our fault.
    """
    for room in (*WORDS, *MESSAGES):
        if key in load_room(language, room):
            return load_room(language, room)[key]
    raise KeyError(key)


def find_sort(cause: str) -> str:
    """What sort of note a message is.

    `question` asks a person, `dropped` says what was left out, `empty` what cannot be shown; all others are plain notes.
    """
    return str(find_text("de", cause).get("sort", "note"))
