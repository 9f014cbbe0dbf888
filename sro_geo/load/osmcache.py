"""What was scanned of an OpenStreetMap file, kept in the user's own folder until the file or the rules change."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.load.wire import Answer

FOLDER = "SRO_GEO_CACHE"
"""Environment variable that names another folder."""

_FACTS = "facts"


def recall(key: str, *, forms: Mapping[str, str]) -> Answer | None:
    """Facts and arrays that were kept under a key; None where there is nothing that can be used.

    Parameters
    ----------
    key : str
        All that the result depends on.
    forms : mapping of str to str
        Kind of number by array, as numpy's `dtype.kind`; all of one dimension.
    """
    try:
        with _find_file(key).open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            stored, facts = json.loads(kept[_FACTS].tobytes())
            arrays = {name: kept[name] for name in forms}
    except Exception:  # noqa: BLE001  whatever it is, it is not what was kept, and costs no more than a scan
        return None
    fits = stored == key and all(array.ndim == 1 and array.dtype.kind == forms[name] for name, array in arrays.items())
    return (facts, arrays) if fits else None


def keep(key: str, answer: Answer) -> None:
    """Keep facts and arrays, whole or not at all; a folder that nobody may write to is no error."""
    facts, arrays = answer
    file = _find_file(key)
    held: dict[str, Any] = {_FACTS: np.frombuffer(json.dumps([key, facts]).encode(), dtype=np.uint8), **arrays}
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
            try:
                np.savez(part, **held)
                part.close()
                Path(part.name).replace(file)
            finally:
                Path(part.name).unlink(missing_ok=True)


def _find_file(key: str) -> Path:
    import platformdirs  # noqa: PLC0415  only where there are streets

    folder = os.environ.get(FOLDER) or platformdirs.user_cache_dir("sro-geo", appauthor=False)
    return Path(folder) / f"{hashlib.sha256(key.encode()).hexdigest()}.npz"
