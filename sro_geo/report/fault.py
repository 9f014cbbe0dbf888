"""A report on a fault of ours: where in the program it happened, and nothing of the data."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("sro_geo", "geopandas", "pandas", "numpy", "shapely", "pyogrio")


def describe_fault(error: BaseException) -> str:
    """Kinds of the errors and the lines of code they passed, without their texts: those may hold values of the data."""
    lines = [
        *(f"{name} {version(name)}" for name in PACKAGES),
        f"Python {platform.python_version()}, {platform.system()}",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines += ["", f"{type(seen).__module__}.{type(seen).__qualname__}"]
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines) + "\n"


def write_report(error: BaseException) -> Path:
    """Write the report into the temporary folder, and return where it lies."""
    handle, name = tempfile.mkstemp(prefix="sro-geo-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(describe_fault(error))
    return Path(name)
