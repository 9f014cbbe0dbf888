"""A page as one file, or as one with its script, style and data beside it."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode, b85decode, b85encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sro_geo.render.packing import read_json, write_json, write_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA_ID, _CODE_ID = "sro-data", "sro-code"
_PART = "\0"
"""Parts packed style and script."""

_SAFE, _BACK = str.maketrans("<&", ",."), str.maketrans(",.", "<&")
"""Letters of base85 that would mean something to a page, and those that stand for them."""

HEAD, START = "<!-- head -->", "<!-- start -->"

_PACKED, _PLAIN = "text/plain", "application/json"
"""Types of the element that holds the data, compressed or to be read."""

_DATA = re.compile(rf'<script type="([a-z/]+)" id="{DATA_ID}">(.*?)</script>', re.DOTALL)
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
        Ours and Leaflet's, the same on every page of its kind. The first of each serves what needs no other.
    data : mapping
        What the page shows, as plain values.
    start : str
        Script that begins when all else is there.
    images : str
        Server that a reader may ask for images; empty for none.
    light : bool
        Whether all but the first style and script is compressed, too: where there are many pages of a kind.
    """

    frame: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    data: Any
    start: str
    images: str = ""
    light: bool = False


def join_page(parts: Parts, *, unpacked: bool = False) -> str:
    """One file that needs no other: exactly the scripts and styles that we put in may run, nothing may be loaded.

    Its data are compressed, and of a light page all that only a running script needs, unless they shall be read by eye.
    """
    if parts.light and not unpacked:
        styles, scripts = parts.styles[:1], parts.scripts[:1]
        late = "".join(parts.styles[1:]), "\n".join((*parts.scripts[1:], parts.start))
        start = f'<script type="{_PACKED}" id="{_CODE_ID}">{_compress_code(_PART.join(late))}</script>'
        hashes = {"script": _hash([*scripts, late[1]]), "style": _hash([*styles, late[0]])}
    else:
        styles, scripts, start = parts.styles, parts.scripts, f"<script>{parts.start}</script>"
        hashes = {"script": _hash([*scripts, parts.start]), "style": _hash(styles)}
    kind, told = (_PLAIN, write_plain(parts.data)) if unpacked else (_PACKED, _compress(write_json(parts.data)))
    head = [
        _write_policy(**hashes, image=f"data: {parts.images}".rstrip()),
        *(f"<style>{style}</style>" for style in styles),
    ]
    head += [f"<script>{script}</script>" for script in scripts]
    data = f'<script type="{kind}" id="{DATA_ID}">{told}</script>'
    return _put_in(parts.frame, head="\n".join(head), start=f"{data}\n{start}")


def read_page(page: str) -> Any:
    """What a page shows, read back from its one file, as plain values."""
    found = _DATA.search(page)
    if found is None:
        raise ValueError("`page` holds no data")
    kind, told = found.groups()
    return read_json(told if kind == _PLAIN else zlib.decompress(from_letters(told)).decode())


def split_page(parts: Parts, *, shared: str = "", unpacked: bool = False) -> tuple[str, dict[str, str]]:
    """Page without any script or style in it, and the files that it names, for servers that forbid them.

    Parameters
    ----------
    parts : Parts
        The page.
    shared : str
        Way from the page to where the files lie that all pages share, such as `../`; its own lie beside it.
    unpacked : bool
        Whether its data say everything where it is meant instead of once.

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
    told = write_plain(parts.data) if unpacked else write_json(parts.data)
    data = f"window.sroGeo.data = JSON.parse({json.dumps(told, ensure_ascii=False)});\n{parts.start}"
    names = [f"{shared}style-{_name(style)}.css", f"{shared}script-{_name(script)}.js", f"data-{_name(data)}.js"]
    source = "'self' file:"
    policy = _write_policy(script=source, style=source, image=f"{source} data: {parts.images}".rstrip())
    head = f'{policy}\n<link rel="stylesheet" href="{names[0]}">\n<script src="{names[1]}"></script>'
    page = _put_in(parts.frame, head=head, start=f'<script src="{names[2]}"></script>')
    return page, dict(zip(names, (style, script, data), strict=True))


def _compress(text: str) -> str:
    return to_letters(zlib.compress(text.encode(), 9))


@lru_cache(maxsize=8)  # all single maps of a study have the same
def _compress_code(text: str) -> str:
    return _compress(text)


def to_letters(content: bytes) -> str:
    """Content in the letters of base85 (RFC 1924), a sixteenth fewer than those of base64; none of them starts markup.

    Examples
    --------
    >>> from_letters(to_letters(b"<p>"))
    b'<p>'
    """
    return b85encode(content).decode("ascii").translate(_SAFE)


def from_letters(text: str) -> bytes:
    """What `to_letters` wrote."""
    return b85decode(text.translate(_BACK))


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
