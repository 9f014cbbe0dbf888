"""A page as one file, or as one with its script, style and data beside it."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA_ID = "sro-data"
HEAD, START = "<!-- head -->", "<!-- start -->"

_LENGTH = 16
"""So many signs of a checksum name a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A page taken apart.

    Attributes
    ----------
    frame : str
        The document with the marks `HEAD` and `START` where its parts belong.
    styles, scripts : tuple of str
        Ours and Leaflet's, the same on every page.
    data : str
        What the page shows, as `write_json` writes it.
    start : str
        Script that begins when all else is there.
    """

    frame: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    data: str
    start: str


def join_page(parts: Parts) -> str:
    """One file that needs no other: exactly the scripts and styles that we put in may run, nothing may be loaded."""
    policy = _write_policy(script=_hash([*parts.scripts, parts.start]), style=_hash(parts.styles), image="data:")
    styles = [f"<style>{style}</style>" for style in parts.styles]
    head = "\n".join([policy, *styles, *(f"<script>{script}</script>" for script in parts.scripts)])
    data = f'<script type="application/json" id="{DATA_ID}">{parts.data}</script>'
    return _put_in(parts.frame, head=head, start=f"{data}\n<script>{parts.start}</script>")


def split_page(parts: Parts, *, shared: str = "") -> tuple[str, dict[str, str]]:
    """Page without any script or style in it, and the files that it names, for servers that forbid them.

    Parameters
    ----------
    parts : Parts
        The page.
    shared : str
        Way from the page to where the files lie that all pages share, such as `../`; its own lie beside it.

    Returns
    -------
    tuple of str and mapping of str to str
        The page; content by name as the page names it, each with its own checksum in the name.

    Notes
    -----
    Classic scripts, no request by script: it opens by double-click as well. Whoever has the page from a file has no
    server for its rules, so that it states them itself; `file:` means nothing to a server.
    """
    style, script = "".join(parts.styles), "\n".join(parts.scripts)
    # As a text that is parsed: in a script, a key `__proto__` would be more than a key.
    data = f"window.sroGeo.data = JSON.parse({json.dumps(parts.data, ensure_ascii=False)});\n{parts.start}"
    names = [f"{shared}style-{_name(style)}.css", f"{shared}script-{_name(script)}.js", f"data-{_name(data)}.js"]
    source = "'self' file:"
    policy = _write_policy(script=source, style=source, image=f"{source} data:")
    head = f'{policy}\n<link rel="stylesheet" href="{names[0]}">\n<script src="{names[1]}"></script>'
    page = _put_in(parts.frame, head=head, start=f'<script src="{names[2]}"></script>')
    return page, dict(zip(names, (style, script, data), strict=True))


def _put_in(frame: str, *, head: str, start: str) -> str:
    """Frame with its parts; what a part holds is no mark."""
    before, _, rest = frame.partition(HEAD)
    between, _, after = rest.rpartition(START)
    return f"{before}{head}{between}{start}{after}"


def _write_policy(*, script: str, style: str, image: str) -> str:
    """Content security policy of a page; what came in with the data has no hash and no file."""
    rules = f"default-src 'none'; script-src {script}; style-src {style}; img-src {image}; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _hash(texts: Sequence[str]) -> str:
    digests = [b64encode(sha256(text.encode()).digest()).decode("ascii") for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _name(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_LENGTH]
