"""What pages are put together of: our own files, and those of the installed Leaflet."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from string import Template as Frame
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_REMARK = re.compile(r"^(?://.*|/\*.*\*/|/\*\*\n(?:\*.*\n)*?\*/)\n", re.MULTILINE)
"""Lines of a script that only say something."""


@cache
def read_leaflet_script() -> str:
    """Leaflet's script from the installed package, without the address of its source map."""
    text = files("js_lib_leaflet").joinpath("static/js_lib_leaflet/leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)


@cache
def read_leaflet_style() -> str:
    """Leaflet's style from the installed package, without rules for old browsers and for images, of which no map of ours has any."""
    style = files("js_lib_leaflet").joinpath("static/js_lib_leaflet/leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"[^;{}]*url\([^)]*\)[^;}]*;?", "", style)


def read_patterns(prefix: str) -> str:
    """Patterns of the unknown as an `<svg>` of no size, their ids beginning with a prefix."""
    patterns, end, _ = read_asset("patterns.html").partition("</svg>")
    return (patterns + end).replace('id="sro-', f'id="{prefix}-')


@cache
def read_asset(name: str) -> str:
    """Our own file without what only indents its lines or explains them."""
    text = files("sro_geo.render").joinpath("assets", name).read_text(encoding="utf-8")
    text = re.sub(r"^ +", "", text, flags=re.MULTILINE)
    return _REMARK.sub("", text) if name.endswith(".js") else text


def fill_frame(name: str, words: Mapping[str, str], *, markup: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """Body of a page: words and texts are escaped, markup is our own."""
    safe = {key: escape(text) for key, text in {**words, **texts}.items()}
    pieces = {key: Frame(read_asset(f"{key}.html")).substitute(safe) for key in ("patterns", "map", "zoom", "saving")}
    return Frame(read_asset(name)).substitute({**safe, **markup, **pieces})
