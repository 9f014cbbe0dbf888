"""What was scanned is kept, gives the same, and is never trusted where it is not whole."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
import pytest

from sro_geo.load import osm as module
from sro_geo.load import osmcache, osmrules
from sro_geo.load.guard import read_guarded
from sro_geo.load.osmcache import keep, recall
from tests.osm_data import Osm, read
from tests.unit.load.test_osm import LINE, assert_same

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sro_geo.load.osm import StreetTables
    from sro_geo.load.reading import DataFile
    from sro_geo.load.wire import Answer

WAYS = [(1, (1, 2, 3), {"highway": "residential"}), (2, (3, 4), {"highway": "steps"})]
GATE = {3: {"barrier": "gate", "access": "private"}}
OSM = Osm(nodes=LINE, tags=GATE, ways=WAYS)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vorrat"
    monkeypatch.setenv(osmcache.FOLDER, str(folder))
    return folder


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were really scanned; the scan itself is the real one."""
    seen: list[str] = []

    def watch(file: DataFile, copy: Path, *, kind: str, **wanted: object) -> Answer:
        seen.append(file.name)
        return read_guarded(file, copy, kind=kind, **wanted)

    monkeypatch.setattr(module, "read_guarded", watch)
    return seen


def assert_same_tables(one: StreetTables, other: StreetTables) -> None:
    assert_same(one.streets, other.streets)
    assert (one.notes, one.sources, one.streets.crs) == (other.notes, other.sources, other.streets.crs)


def find_kept(cache: Path) -> Path:
    (kept,) = cache.iterdir()
    return kept


def test_what_is_kept_gives_the_same(tmp_path: Path, cache: Path, scans: list[str]) -> None:
    first, second = read(tmp_path, OSM), read(tmp_path, OSM)
    assert_same_tables(first, second)
    assert scans == ["wege.osm.pbf"]
    assert [path.suffix for path in cache.iterdir()] == [".npz"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vorrat", "wege.osm.pbf"]


def test_a_changed_file_another_halo_and_new_rules_are_scanned_anew(
    tmp_path: Path, cache: Path, scans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path, OSM)
    changed = read(tmp_path, Osm(nodes=LINE, ways=WAYS[:1]))
    assert len(changed.streets.edges) == 2
    read(tmp_path, OSM, halo=600)
    assert len(scans) == len(list(cache.iterdir())) == 3
    monkeypatch.setattr(module, "VERSION", osmrules.VERSION + 1)
    read(tmp_path, OSM)
    assert len(scans) == 4


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "a byte of the lengths": lambda content: content[:60] + bytes([content[60] ^ 255]) + content[61:],
    "a byte of the data": lambda content: content[: len(content) // 2] + b"\xff" + content[len(content) // 2 + 1 :],
    "text": lambda _: b"no archive",
    "pickle": lambda _: b"\x80\x04N.",
}


@pytest.mark.parametrize("kind", list(DAMAGE))
def test_what_is_damaged_is_renewed(tmp_path: Path, cache: Path, scans: list[str], kind: str) -> None:
    whole = read(tmp_path, OSM)
    good = find_kept(cache).read_bytes()
    find_kept(cache).write_bytes(DAMAGE[kind](good))
    assert_same_tables(read(tmp_path, OSM), whole)
    assert len(scans) == 2
    assert_same_tables(read(tmp_path, OSM), whole)
    assert len(scans) == 2


@pytest.mark.parametrize("apart", [101, pytest.param(7, marks=pytest.mark.long)])
def test_every_damage_of_a_byte_is_seen_or_harmless(tmp_path: Path, cache: Path, apart: int) -> None:
    whole = read(tmp_path, OSM)
    good = find_kept(cache).read_bytes()
    for at in range(0, len(good), apart):
        find_kept(cache).write_bytes(good[:at] + bytes([good[at] ^ 0x5A]) + good[at + 1 :])
        assert_same_tables(read(tmp_path, OSM), whole)


def test_what_is_foreign_is_not_used(tmp_path: Path, cache: Path, scans: list[str]) -> None:
    """A file of another key under this one's name, arrays of another sort, or objects that would have to be run."""
    whole = read(tmp_path, OSM)
    kept = find_kept(cache)
    good = kept.read_bytes()
    read(tmp_path, OSM, halo=600)
    (other,) = [path for path in cache.iterdir() if path != kept]
    kept.write_bytes(other.read_bytes())
    assert_same_tables(read(tmp_path, OSM), whole)
    assert (len(scans), kept.read_bytes() == good) == (3, True)
    with np.load(kept) as stored:
        arrays = dict(stored)
    for name, array in [
        ("first", arrays["first"] + 0.5),
        ("lon", arrays["lon"].reshape(1, -1)),
        ("steps", np.array([{}])),
    ]:
        np.savez(kept, **{**arrays, name: array})
        assert_same_tables(read(tmp_path, OSM), whole)
    assert len(scans) == 6


@pytest.mark.parametrize("lay", ["file", "below a file", "folder in its place"])
def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scans: list[str], lay: str
) -> None:
    whole = read(tmp_path, OSM)
    blocked = tmp_path / "gesperrt"
    monkeypatch.setenv(osmcache.FOLDER, str(blocked / "tiefer" if lay == "below a file" else blocked))
    if lay == "folder in its place":
        read(tmp_path, OSM)
        kept = find_kept(blocked)
        kept.unlink()
        kept.mkdir()
    else:
        blocked.write_text("no folder", encoding="utf-8")
    before = len(scans)
    for _ in range(2):
        assert_same_tables(read(tmp_path, OSM), whole)
    assert len(scans) == before + 2
    assert not list(tmp_path.rglob("*.part"))


def test_nothing_half_written_is_left(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", fill)
        keep("a", ({}, {"n": np.arange(3)}))
    assert list(cache.iterdir()) == []
    assert recall("a", forms={"n": "i"}) is None


@pytest.mark.skipif(sys.platform != "linux", reason="where the folder lies is the system's business; tried on Linux")
def test_without_a_wish_it_is_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(osmcache.FOLDER)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert platformdirs.user_cache_dir("sro-geo", appauthor=False) == str(tmp_path / "sro-geo")
    keep("a", ({"b": 1}, {"n": np.arange(3)}))
    assert find_kept(tmp_path / "sro-geo").suffix == ".npz"
    facts, arrays = recall("a", forms={"n": "i"}) or ({}, {})
    assert (facts, arrays["n"].tolist()) == ({"b": 1}, [0, 1, 2])


def test_tests_have_a_cache_of_their_own() -> None:
    real = platformdirs.user_cache_dir("sro-geo", appauthor=False)
    assert os.environ[osmcache.FOLDER]
    assert os.environ[osmcache.FOLDER] != real
