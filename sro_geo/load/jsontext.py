"""A look at a JSON text before a library reads it: whose form it has, and that it refers to nothing but itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

_CODE = re.compile(r"\d{4,6}")
_NAME = re.compile(
    r"https?://(?:www\.)?opengis\.net/def/crs/\w+/[\w.]+/\w+|[\w(][\w .,:()+-]*(?:/[\w .,:()+-]+)*", re.ASCII
)
"""Name of a reference system, such as "EPSG:25833", "urn:ogc:def:crs:OGC:1.3:CRS84" or "ETRS89 / UTM zone 33N"; of
addresses only the form that is such a name itself."""

_HOLDERS = {"name": "name", "epsg": "code"}
"""Where a `crs` holds its name or code, by its type."""

_KEPT = frozenset({"type", "properties", "name", "code"})
"""Keys whose values are kept until the object around them has been looked at; shapes are dropped at once."""


class ReferenceElsewhere(ValueError):  # noqa: N818  no error of the text, but what it says
    """A `crs` is neither a name nor an EPSG code."""


class DoubledKey(ValueError):  # noqa: N818  as above
    """An object says two things by one name; carries the name."""


def choose_driver(content: bytes) -> str:
    """GDAL's name of the form that a JSON text has.

    Raises
    ------
    ValueError
        If it is no UTF-8 (UnicodeDecodeError), no JSON (JSONDecodeError), or if a `crs` in it, wherever it stands and
        however its letters are written, is neither a name nor an EPSG code (ReferenceElsewhere), or if an object names
        the same thing twice (DoubledKey): a library takes the last and says nothing.
    RecursionError
        If it is nested too deeply.
    """
    root = json.loads(content.decode("utf-8-sig"), strict=False, object_pairs_hook=_look_at)
    if not isinstance(root, dict):
        return "GeoJSON"
    if not isinstance(root.get("type"), str):  # Esri's own form states none
        return "ESRIJSON"
    return "TopoJSON" if root["type"] == "Topology" else "GeoJSON"


def _look_at(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What of an object may matter to the one around it, after a look at its `crs`."""
    found = [(_as_library(key), value) for key, value in pairs]
    if not all(_stays_here(value) for key, value in found if key == "crs"):
        raise ReferenceElsewhere
    doubled = next((key for key, times in Counter(key for key, _ in pairs).items() if times > 1), None)
    if doubled is not None:
        raise DoubledKey(doubled)
    kept = [(key, value) for key, value in found if key in _KEPT and not isinstance(value, list)]
    return dict(kept) if len({key for key, _ in kept}) == len(kept) else {}


def _as_library(key: str) -> str:
    """Key as GDAL compares it: up to a NUL, whatever the case."""
    return key.partition("\0")[0].casefold()


def _stays_here(crs: object) -> bool:
    """Whether it is a name or a code; a text or number alone is followed by nobody, so it must only be no address."""
    if not isinstance(crs, dict):
        return not isinstance(crs, str) or "://" not in crs or bool(_NAME.fullmatch(crs))
    holder, properties = _HOLDERS.get(str(crs.get("type")).casefold()), crs.get("properties")
    found = properties.get(holder) if isinstance(properties, dict) and holder else None
    wanted = _NAME if holder == "name" else _CODE
    return isinstance(found, (str, int)) and bool(wanted.fullmatch(str(found)))
