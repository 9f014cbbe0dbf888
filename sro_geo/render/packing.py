"""The page's data in fewer letters: what tables say again and again is said once. `dom.js` reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from os.path import commonprefix
from typing import Any

import numpy as np

ROWS, ENDS, SAME, LINE = "\u0001rows", "\u0001ends", "\u0001same", "\u0001line"
"""Keys that no data can have: control characters are taken out of every name."""

_NUMBER_LAST, _NUMBER_FIRST = re.compile(r"[\d.,]+$"), re.compile(r"^[\d.,]+")
"""A number stays in one piece, so that whoever looks for it finds it."""

_SINGLE = (str, int, float, type(None))

_FEWEST = 3
"""So many rows or texts are worth a table."""

FINEST = 100_000
"""Parts of a degree that the points of a line are told in."""

_WORTH = 8
"""So many common letters at the ends of texts are worth to be said once."""


def write_json(values: Any) -> str:
    r"""JSON that can stand inside a script element: no sign in it can end the element or start markup.

    Examples
    --------
    >>> print(write_json({"name": "</script>"}))
    {"name":"\u003c/script>"}
    """
    return _guard(json.dumps(pack(values), ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def write_plain(values: Any) -> str:
    """As `write_json`, to be read by eye: nothing is told in fewer letters, each value stands in a line of its own."""
    return _guard(json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False))


def _guard(text: str) -> str:
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def read_json(text: str) -> Any:
    """What `write_json` or `write_plain` wrote."""
    return unpack(json.loads(text))


def pack(values: Any) -> Any:
    """Plain values with tables by column, lines as steps, and texts without what all of them begin and end with.

    Examples
    --------
    >>> rows = [{"n": 1, "m": "a"}, {"n": 2, "m": "b"}, {"n": 3, "m": "c"}]
    >>> unpack(pack(rows)) == rows, list(pack(rows).values())
    (True, [{'n': [1, 2, 3], 'm': ['a', 'b', 'c']}])
    """
    if isinstance(values, _SINGLE):
        return values
    if isinstance(values, Mapping):
        return _pack_texts(values) or {key: pack(value) for key, value in values.items()}
    if isinstance(values, Sequence):
        if all(isinstance(value, _SINGLE) for value in values):
            return _pack_same(values) or list(values)
        return _pack_same(values) or _pack_line(values) or _pack_rows(values) or [pack(value) for value in values]
    return values


def _pack_same(values: Sequence[Any]) -> dict[str, Any] | None:
    first = values[0] if values else None
    if len(values) < _FEWEST or not isinstance(first, str | Sequence) or len(first) < _WORTH:
        return None
    return {SAME: [pack(first), len(values)]} if all(value == first for value in values) else None


def _pack_line(points: Sequence[Any]) -> dict[str, list[int]] | None:
    """Whole steps; only where they lead back to the same numbers."""
    if len(points) < _FEWEST or not all(isinstance(p, list | tuple) and len(p) == 2 for p in points):  # noqa: PLR2004  x, y
        return None
    if not all(type(x) is type(y) is float for x, y in points):
        return None
    told = np.array(points)
    whole = np.rint(told * FINEST)
    if not (whole / FINEST == told).all():
        return None
    return {LINE: np.diff(whole.astype(np.int64), axis=0, prepend=0).ravel().tolist()}


def _unpack_line(steps: Sequence[int]) -> list[list[float]]:
    return [[x / FINEST, y / FINEST] for x, y in zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)]


def _pack_rows(rows: Sequence[Any]) -> dict[str, Any] | None:
    if len(rows) < _FEWEST or not all(isinstance(row, Mapping) for row in rows):
        return None
    heads = list(rows[0])
    if not heads or any(list(row) != heads for row in rows):
        return None
    return {ROWS: {head: pack([row[head] for row in rows]) for head in heads}}


def _pack_texts(values: Mapping[str, Any]) -> dict[str, Any] | None:
    texts = list(values.values())
    if len(texts) < _FEWEST or not all(isinstance(text, str) for text in texts):
        return None
    before = _NUMBER_LAST.sub("", commonprefix(texts))  # noqa: RUF071  letters, not parts of a path
    rests = [text[len(before) :] for text in texts]
    ends = commonprefix([text[::-1] for text in rests])  # noqa: RUF071  as above
    after = _NUMBER_FIRST.sub("", ends[::-1])
    if len(before) + len(after) < _WORTH:
        return None
    own = [text[: len(text) - len(after)] for text in rests]
    return {ENDS: [before, after, dict(zip(values, own, strict=True))]}


def unpack(values: Any) -> Any:
    """What `pack` packed."""
    if isinstance(values, list):
        return [unpack(value) for value in values]
    return _unpack_table(values) if isinstance(values, dict) else values


def _unpack_table(values: dict[str, Any]) -> Any:
    if ROWS in values:
        columns = {head: unpack(column) for head, column in values[ROWS].items()}
        return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    if SAME in values:
        value, count = values[SAME]
        return [unpack(value) for _ in range(count)]
    if LINE in values:
        return _unpack_line(values[LINE])
    if ENDS in values:
        before, after, own = values[ENDS]
        return {key: before + text + after for key, text in own.items()}
    return {key: unpack(value) for key, value in values.items()}
