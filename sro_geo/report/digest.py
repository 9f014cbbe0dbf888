"""Checksums of what was written: a file's by its bytes, a GeoPackage's by what its tables hold."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

_BOOKKEEPING = ("rtree_", "sqlite_", "gpkg_extensions", "gpkg_ogr_contents")
"""Tables whose name begins so are kept by SQLite and GDAL for themselves."""

_DERIVED = {"last_change", "min_x", "min_y", "max_x", "max_y"}
"""Columns of `gpkg_contents` that programs renew by themselves."""


def digest_file(path: Path) -> str:
    """SHA-256 of a file; of a GeoPackage that of its tables, since opening it in QGIS changes its bytes."""
    if path.suffix == ".gpkg":
        try:
            return _digest_tables(path)
        except sqlite3.Error:  # it is none, or broken: then its bytes count
            pass
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest_tables(path: Path) -> str:
    """SHA-256 of names, columns and rows of all tables that hold a row, and of the views, in any order.

    It looks at a copy: reading a database whose last changes lie in a file beside it would write to it.
    """
    with TemporaryDirectory() as folder:
        for suffix in ("", "-wal", "-journal"):
            beside = path.with_name(path.name + suffix)
            if beside.is_file():
                shutil.copyfile(beside, Path(folder, beside.name))
        with closing(sqlite3.connect(Path(folder, path.name))) as database:
            digest = hashlib.sha256()
            for kind, name, command in database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name"):
                if kind == "view":
                    digest.update(repr((name, command)).encode())
                elif kind == "table" and not name.startswith(_BOOKKEEPING):
                    for line in _list_rows(database, name):
                        digest.update(line.encode())
    return digest.hexdigest()


def _list_rows(database: sqlite3.Connection, table: str) -> list[str]:
    quoted = table.replace('"', '""')
    found = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  the name is quoted
    columns = [column[0] for column in found.description]
    kept = [i for i, column in enumerate(columns) if table != "gpkg_contents" or column not in _DERIVED]
    rows = sorted(repr([row[i] for i in kept]) for row in found)
    return [repr((table, [columns[i] for i in kept])), *rows] if rows else []
