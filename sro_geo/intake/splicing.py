"""Lines put into a file that a person wrote: what is there stays byte for byte."""

from __future__ import annotations

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
