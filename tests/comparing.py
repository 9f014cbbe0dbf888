"""Whether two folders of maps say the same; first what they tell, then the files themselves."""

from __future__ import annotations

import difflib
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from sro_geo.render.pages import read_page
from tests.pdf_text import list_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NOT_TOLD = ("quarters", "water", "rivers", "bridges")
"""What the page draws and nobody reads."""


def compare_folders(kept: Path, fresh: Path) -> list[str]:
    """Lines that say where a fresh folder differs from the kept one; what it tells goes before its bytes."""
    lines = difflib.unified_diff(list_told(kept), list_told(fresh), fromfile="kept", tofile="fresh", n=0, lineterm="")
    if differs := [line for line in lines if not line.startswith("@@")]:
        return differs
    names = [{str(path.relative_to(folder)) for path in _list_files(folder)} for folder in (kept, fresh)]
    only = [f"only kept: {name}" for name in names[0] - names[1]] + [f"only fresh: {n}" for n in names[1] - names[0]]
    return sorted(only) + [f"differs: {n}" for n in sorted(names[0] & names[1]) if not _equal(kept / n, fresh / n)]


def list_told(folder: Path) -> list[str]:
    """Everything that a folder tells, one thing a line, sorted: titles, sentences, numbers, classes by quarter."""
    page = read_page((folder / "index.html").read_text(encoding="utf-8"))
    page["views"] = {view["picture"]["slug"]: _sort_by_quarter(view) for view in page["views"]}
    del page["labels"]  # places, which nobody reads
    page["ground"] = {key: value for key, value in page["ground"].items() if key not in _NOT_TOLD}
    lines = [f"{'.'.join(path)}: {value}" for path, value in _walk(page, ())]
    protocol = json.loads((folder / "protocol.json").read_text(encoding="utf-8"))
    lines += [f"decision.{one['cause']}: {one['sentence']}" for one in protocol["decisions"]]
    return sorted(lines)


def _sort_by_quarter(view: dict[str, Any]) -> dict[str, Any]:
    picture = dict(view["picture"])
    ids = picture.pop("quarter_ids")
    by_quarter = {key: dict(zip(ids, picture.pop(key), strict=True)) for key in ("placed", "labels")}
    ranking = {row.get("quarter_id", str(n)): row for n, row in enumerate(view["ranking"])}
    return {**view, "picture": {**picture, **by_quarter}, "ranking": ranking}


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*path, str(key)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, (*path, str(number)))
    else:
        yield path, value


def _list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def _equal(first: Path, second: Path) -> bool:
    """Whether two files say the same, whatever compressed them."""
    return bool(_read(first) == _read(second))


def _read(path: Path) -> Any:
    if path.name == "protocol.json":
        return {**json.loads(path.read_text(encoding="utf-8")), "versions": None}
    return _READ.get(path.suffix, Path.read_bytes)(path)


def _read_html(path: Path) -> Any:
    page = path.read_text(encoding="utf-8")
    return read_page(page), _take_out(page)


def _take_out(page: str) -> str:
    return re.sub(r'(id="sro-data">).*?</script>', r"\1", page, flags=re.DOTALL)


def _unzip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        tables = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        shown = [table for table in tables if not table.startswith(("rtree_", "sqlite_"))]
        queries = [f'SELECT * FROM "{table}"' for table in shown]  # noqa: S608  names from the file itself
        return [repr(row) for query in queries for row in (query, *database.execute(query))]


_READ: Mapping[str, Callable[[Path], Any]] = {
    ".png": lambda path: np.asarray(Image.open(path)).tolist(),
    ".pdf": lambda path: list_streams(path.read_bytes()),
    ".xlsx": _unzip,
    ".gpkg": _dump,
    ".html": _read_html,
}
