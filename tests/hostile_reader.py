"""A process that reads as `sro_geo.load.reader` does, and does what a file could make a library do: the layer says what."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from sro_geo.errors import DataError, Problem
from sro_geo.load.reader import UNNEEDED, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from sro_geo.load.wire import Answer


def crash(_: str) -> NoReturn:
    """Read where nothing is."""
    ctypes.string_at(0)
    raise AssertionError


def hang(_: str) -> NoReturn:
    """Never come back, and keep every other thread of the interpreter waiting."""
    ctypes.PyDLL(None).sleep(600)
    raise AssertionError


def orphan(_: str) -> NoReturn:
    """Lose the process that started this one, and never come back."""
    os.kill(os.getppid(), signal.SIGKILL)
    hang("")


def starve(_: str) -> NoReturn:
    """Find no room."""
    raise MemoryError


def complain(_: str) -> NoReturn:
    """Refuse the file."""
    raise DataError([Problem(cause="layer_missing", values={"layer": "x", "layers": ["ä", "b"]})])


def stumble(_: str) -> NoReturn:
    """Have a fault of our own."""
    raise KeyError("a fault")


def chat(_: str) -> Answer:
    """Print, as libraries do."""
    print("some library speaks", flush=True)  # noqa: T201  what it is about
    os.write(1, b"and another\n")
    return {"done": True}, {}


def tell(_: str) -> Answer:
    """What the process is."""
    return {"process": os.getpid(), "environment": dict(os.environ)}, {}


def list_modules(_: str) -> Answer:
    """Which of the heavy packages are there once the real reader's module is."""
    for name in UNNEEDED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # as the real one does
    import sro_geo.load.layers  # noqa: F401  loading it is what is tried

    heavy = (*UNNEEDED, "folium", "matplotlib", "rasterio", "sklearn", "scipy", "pydantic")
    return {"heavy": [name for name in heavy if sys.modules.get(name) is not None]}, {}


def list_drivers(_: str) -> Answer:
    """Drivers that are loaded."""
    import pyogrio

    return {"drivers": list(pyogrio.list_drivers())}, {}


def read_unchecked(path: str) -> Answer:
    """Let the library do with the file whatever it likes."""
    import pyogrio.raw

    pyogrio.raw.read(path)
    return {"done": True}, {}


def give(_: str) -> Answer:
    """Every sort of array."""
    texts, blobs, nothing = (np.empty(length, dtype=object) for length in (4, 3, 2))
    texts[:] = ["Süd", None, "", "a\0b"]
    blobs[:] = [b"\x00\xff", None, b""]
    return {"list": [1, None, "ü"]}, {
        "texts": texts,
        "blobs": blobs,
        "nothing": nothing,
        "whole": np.array([2**53 + 1, -1]),
        "real": np.array([1.5, np.nan]),
        "flags": np.array([True, False]),
        "none": np.array([], dtype=object),
    }


TASKS: dict[str, Callable[[str], Answer]] = {
    task.__name__: task
    for task in (
        crash,
        starve,
        hang,
        orphan,
        complain,
        stumble,
        chat,
        tell,
        list_modules,
        list_drivers,
        read_unchecked,
        give,
    )
}


def behave(path: str, *, layer: str, **_: str) -> Answer:
    return TASKS[layer](path)


if __name__ == "__main__":
    serve(behave)
