"""Pages of text alone: no script, no picture, no request."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template as Frame
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def draw_plain(name: str, *, language: str, title: str, texts: Mapping[str, str], markup: Mapping[str, str]) -> str:
    """Page from the frame `name.html` and the styles `map.css`, `page.css` and `name.css`.

    Parameters
    ----------
    name : str
        Name of the frame in `render/assets`.
    language, title : str
        Of the page.
    texts : mapping of str to str
        Texts of the frame's slots; they are escaped here.
    markup : mapping of str to str
        Markup of our own, its texts already escaped.

    Notes
    -----
    The page says by whom it was made: `sro-geo` and the frame's name.
    """
    style = f"{_read('map.css')}{_read('page.css')}{_read(f'{name}.css')}"
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    safe = {key: escape(text) for key, text in texts.items()}
    body = Frame(_read(f"{name}.html")).substitute({**safe, **markup})
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="sro-geo {name}">\n<title>{escape(title)}</title>\n<style>{style}</style>\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _read(name: str) -> str:
    return files("sro_geo.render").joinpath("assets", name).read_text(encoding="utf-8")
