"""Facts and arrays as bytes, on their way from the process that reads to the one that asks.

Lengths, numbers and JSON, nothing that could run: what comes from a process that has read a hostile file is data only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = tuple[dict[str, Any], dict[str, np.ndarray]]

_NUMBERS = "biuf"
_NOTHING = -1


def send(stream: BinaryIO, facts: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> None:
    """Write facts (whatever JSON can hold) and arrays of numbers, of texts or of bytes (with None where there is nothing)."""
    packed = {name: _pack(array) for name, array in arrays.items()}
    forms = [
        [name, form, len(array), len(content)]
        for (name, (form, content)), array in zip(packed.items(), arrays.values(), strict=True)
    ]
    stream.write(json.dumps([facts, forms]).encode() + b"\n")
    stream.writelines(content for _, content in packed.values())
    stream.flush()


def receive(stream: BinaryIO) -> Answer | None:
    """Facts and arrays, or None where the other side has ended."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    facts, forms = json.loads(head)
    arrays = {}
    for name, form, length, size in forms:
        content = stream.read(size)
        if len(content) != size:
            return None
        arrays[name] = _unpack(form, length, content)
    return facts, arrays


def _pack(array: np.ndarray) -> tuple[str, bytes]:
    if array.dtype.kind in _NUMBERS:
        return array.dtype.str, array.tobytes()
    if any(isinstance(cell, bytes) for cell in array):
        sizes = np.array([_NOTHING if cell is None else len(cell) for cell in array], dtype=np.int64)
        return "bytes", sizes.tobytes() + b"".join(cell for cell in array if cell is not None)
    return "text", json.dumps(array.tolist()).encode()


def _unpack(form: str, length: int, content: bytes) -> np.ndarray:
    if form not in {"bytes", "text"}:
        return np.frombuffer(content, dtype=form).copy()
    cells: list[str | bytes | None] = json.loads(content) if form == "text" else []
    if form == "bytes":
        at = 8 * length
        for size in np.frombuffer(content, dtype=np.int64, count=length).tolist():
            cells.append(None if size == _NOTHING else content[at : at + size])
            at += max(size, 0)
    array = np.empty(length, dtype=object)
    array[:] = cells
    return array
