"""What an SVG says, line by line, in the order in which it is drawn."""

from __future__ import annotations

import re
from html import unescape

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def read_svg(drawn: str) -> list[str]:
    return [unescape(found) for found in _TEXT.findall(drawn)]
