"""Lines put into a file that a person wrote: what is there stays byte for byte."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.load.toml import find_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Spliced:
    """A text with further lines: its content, and number and text of what is new."""

    content: bytes
    new: tuple[tuple[int, str], ...]


def splice(content: bytes, lines: Sequence[str], *, inserts: Mapping[str, Sequence[str]] | None = None) -> Spliced:
    r"""Text with lines behind its end, and others below the heads of sections that it has.

    Parameters
    ----------
    content : bytes
        UTF-8; its line ends are kept and taken for the new lines, too.
    lines : sequence of str
        What comes behind the end, after an empty line.
    inserts : mapping of str to sequence of str or None
        What comes below the head of a section; where the file has no such section, it gets one.

    Examples
    --------
    >>> splice(b"[a]\r\nx = 1", ["[b]"], inserts={"a": ["y = 2"], "c": ["z = 3"]}).content
    b'[a]\r\ny = 2\r\nx = 1\r\n\r\n[b]\r\n[c]\r\nz = 3\r\n\r\n'
    """
    text = content.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    old = text.splitlines(keepends=True)
    behind = list(lines)
    below: dict[int, Sequence[str]] = {}
    for section, some in (inserts or {}).items():
        row = find_line(text.removeprefix("\ufeff"), [section])
        if row is None:
            behind += [f"[{section}]", *some, ""]
        else:
            below[row] = some
    told: list[str] = []
    new: list[tuple[int, str]] = []

    def add(some: Sequence[str]) -> None:
        for line in some:
            told.append(line + end)
            new.append((len(told), line))

    for row, line in enumerate(old, start=1):
        told.append(line if line.endswith(("\n", "\r")) or row < len(old) else line + end)
        add(below.get(row, ()))
    if behind:
        add(["", *behind])
    return Spliced(content="".join(told).encode(), new=tuple(new))


def add_items(content: bytes, path: Sequence[str], items: Sequence[str]) -> tuple[bytes, bool]:
    r"""Text with further items at the beginning of a list that it has, and whether it has it.

    Examples
    --------
    >>> add_items(b'[a]\nb = [ # two\n  "x", "y"]', ["a", "b"], ["z"])
    (b'[a]\nb = ["z",  # two\n  "x", "y"]', True)
    >>> add_items(b"c = 1", ["a", "b"], ["z"])
    (b'c = 1', False)
    """
    text = content.decode("utf-8")
    row = find_line(text.removeprefix("\ufeff"), path)
    lines = text.splitlines(keepends=True)
    found = None if row is None else re.search(rf"\b{re.escape(path[-1])}\b[\"']?\s*=\s*\[", lines[row - 1])
    if row is None or found is None:
        return content, False
    told = "".join(f"{json.dumps(item, ensure_ascii=False)}, " for item in items)
    lines[row - 1] = lines[row - 1][: found.end()] + told + lines[row - 1][found.end() :]
    return "".join(lines).encode(), True
