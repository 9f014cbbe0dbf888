"""Compare two folders of maps: text byte for byte, pictures by pixels, GeoPackages by what they hold."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
from PIL import Image


def main() -> None:
    """Print every difference; exit code 1 if there is one."""
    kept, fresh = (Path(argument) for argument in sys.argv[1:3])
    names = {folder: {str(p.relative_to(folder)) for p in _list(folder)} for folder in (kept, fresh)}
    wrong = [
        f"only in {folder.name}: {name}"
        for folder in names
        for name in names[folder] - names[kept] | names[folder] - names[fresh]
    ]
    wrong += [f"differs: {name}" for name in names[kept] & names[fresh] if not _equal(kept / name, fresh / name)]
    print(f"{len(names[kept] & names[fresh])} files compared, {len(wrong)} differences")
    print("\n".join(sorted(wrong)))
    sys.exit(1 if wrong or not names[kept] else 0)


def _list(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")]


def _equal(first: Path, second: Path) -> bool:
    if first.suffix == ".png":
        one, two = (np.asarray(Image.open(path)) for path in (first, second))
        return one.shape == two.shape and bool((one == two).all())
    if first.suffix == ".gpkg":
        return _dump(first) == _dump(second)
    return first.read_bytes() == second.read_bytes()


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        tables = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        shown = [table for table in tables if not table.startswith(("rtree_", "sqlite_"))]
        queries = [f'SELECT * FROM "{table}"' for table in shown]  # noqa: S608  names from the file itself
        return [repr(row) for query in queries for row in (query, *database.execute(query))]


if __name__ == "__main__":
    main()
