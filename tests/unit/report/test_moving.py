"""Where folders cannot be exchanged in one step the last good one comes back; links, `.` and mounts are published into."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sro_geo.errors import ProjectError
from sro_geo.report.folder import publish_folder

FILES = ("index.html", "maps/a.html", "protocol.json")


def _write(folder: Path, text: str = "neu") -> None:
    (folder / "maps").mkdir()
    for name in FILES:
        (folder / name).write_text(text)


def _publish(folder: Path, text: str) -> None:
    publish_folder(folder, write=lambda building: _write(building, text))


def _run(folder: Path) -> list[str]:
    """Causes of what stops a run."""
    try:
        _publish(folder, "neu")
    except ProjectError as error:
        return [problem.cause for problem in error.problems]
    return []


def _read(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in FILES}


def _left(parent: Path) -> list[str]:
    return sorted(p.name for p in parent.iterdir() if not p.name.endswith(".lock"))


OLD, NEW = dict.fromkeys(FILES, "alt"), dict.fromkeys(FILES, "neu")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    _publish(tmp_path / "rostock", "alt")
    return tmp_path / "rostock"


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system call that exchanges two folders fails, as on many a network drive."""

    class Library:
        def renameat2(self, *_: object) -> int:
            return -1

    monkeypatch.setattr("ctypes.CDLL", lambda *_args, **_kwargs: Library())


@pytest.fixture
def break_rename(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Let the renames of these numbers, from 1, fail; gives the list of all that were asked for."""
    rename = os.rename

    def prepare(*numbers: int, error: BaseException | None = None) -> list[str]:
        asked: list[str] = []

        def counted(source: Path, target: Path) -> None:
            asked.append(Path(target).name)
            if len(asked) in numbers:
                raise error or PermissionError(13, "Permission denied")
            rename(source, target)

        monkeypatch.setattr(os, "rename", counted)
        return asked

    return prepare


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("number", [1, 2])
def test_a_rename_that_fails_leaves_the_old_folder(
    ours: Path, break_rename: Callable[..., list[str]], number: int
) -> None:
    asked = break_rename(number)
    assert _run(ours) == ["folder_not_written"]
    assert asked == [".rostock.previous", "rostock", "rostock"][: number + number // 2]
    assert _read(ours) == OLD
    assert _left(ours.parent) == ["rostock"]


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("number", [1, 2])
def test_an_interrupt_between_two_renames_leaves_the_old_folder(
    ours: Path, break_rename: Callable[..., list[str]], number: int
) -> None:
    break_rename(number, error=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        _run(ours)
    assert _read(ours) == OLD
    assert _left(ours.parent) == ["rostock"]


@pytest.mark.usefixtures("two_steps")
def test_where_nothing_can_be_put_back_either_it_is_said_and_the_next_run_does(
    ours: Path, break_rename: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    break_rename(2, 3)
    with pytest.raises(ProjectError) as caught:
        _publish(ours, "neu")
    (problem,) = caught.value.problems
    assert problem.cause == "folder_set_aside"
    assert problem.values == {"folder": "rostock", "aside": ".rostock.previous", "reason": "Permission denied"}
    assert _read(ours.with_name(".rostock.previous")) == OLD
    monkeypatch.undo()

    def look(building: Path) -> None:
        assert _read(ours) == OLD
        _write(building)

    publish_folder(ours, write=look)
    assert _read(ours) == NEW
    assert _left(ours.parent) == ["rostock"]


@pytest.mark.parametrize("meanwhile", ["nothing", "an empty folder"])
def test_a_run_cut_off_between_two_renames_is_mended_before_the_next_begins(ours: Path, meanwhile: str) -> None:
    """Be that one's data in order or not."""
    from sro_geo.report.folder import prepare_place

    ours.rename(ours.with_name(".rostock.previous"))
    if meanwhile == "an empty folder":
        ours.mkdir()
    prepare_place(ours)
    assert _read(ours) == OLD
    assert _left(ours.parent) == ["rostock"]


def test_a_new_folder_where_the_old_one_was_set_aside_harms_neither(ours: Path) -> None:
    aside = ours.with_name(".rostock.previous")
    ours.rename(aside)
    ours.mkdir()
    (ours / "mine.docx").write_text("wichtig")
    (ours / "index.html").write_text("wichtig")
    assert _run(ours) == ["folder_not_ours"]
    assert (ours / "index.html").read_text() == "wichtig"
    assert _read(aside) == OLD


def test_what_was_set_aside_does_not_come_into_its_successor(ours: Path) -> None:
    from sro_geo.report.moving import find_target, put_back

    aside = ours.with_name(".rostock.previous")
    aside.mkdir()
    (aside / "stale.html").write_text("alt")
    put_back(find_target(ours))
    assert not (ours / "stale.html").exists()
    _publish(ours, "neu")
    assert _left(ours.parent) == ["rostock"]


def test_a_link_stays_and_what_it_points_to_is_replaced(ours: Path, tmp_path: Path) -> None:
    link = tmp_path / "hier" / "karten"
    link.parent.mkdir()
    link.symlink_to(ours)
    _publish(link, "neu")
    assert link.is_symlink()
    assert _read(ours) == NEW
    assert (_left(tmp_path), _left(link.parent)) == (["hier", "rostock"], ["karten"])


def test_a_link_to_nowhere_is_a_new_folder_there(tmp_path: Path) -> None:
    (tmp_path / "karten").symlink_to(tmp_path / "neu" / "rostock")
    _publish(tmp_path / "karten", "neu")
    assert _read(tmp_path / "neu" / "rostock") == NEW
    assert (tmp_path / "karten").is_symlink()


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "karten").symlink_to(tmp_path / "karten")
    assert _run(tmp_path / "karten") == ["folder_not_written"]


@pytest.fixture(params=["here", "mount", "bound", "empty"])
def fixed(request: pytest.FixtureRequest, ours: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that cannot give way to another: one stands in it, or it is a drive of its own."""
    if request.param == "empty":
        shutil.rmtree(ours)
        ours.mkdir()
    if request.param == "mount":
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == ours)
        return ours
    if request.param == "bound":
        monkeypatch.setattr("sro_geo.report.moving._find_mount", lambda path: "1" if path == ours else "2")
        return ours
    monkeypatch.chdir(ours)
    return Path()


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that tells")
def test_what_is_mounted_is_known_by_number() -> None:
    from sro_geo.report.moving import _find_mount

    assert _find_mount(Path("/proc")).startswith("mnt_id:")
    assert _find_mount(Path("/proc")) != _find_mount(Path("/"))
    assert _find_mount(Path("/proc/1")) == _find_mount(Path("/proc"))
    assert _find_mount(Path("/gibt-es-nicht")) == ""


def test_what_cannot_give_way_is_filled_and_stays_the_same_folder(fixed: Path) -> None:
    before = fixed.stat().st_ino
    for text in ("neu", "noch neuer"):
        _publish(fixed, text)
        assert _read(fixed) == dict.fromkeys(FILES, text)
        assert fixed.stat().st_ino == before
    assert _left(fixed) == [".sro-geo.json", "index.html", "maps", "protocol.json"]
    assert _left(fixed.resolve().parent) == ["rostock"]


@pytest.mark.parametrize("fixed", ["mount", "bound"], indirect=True)
def test_nothing_lies_beside_a_drive(fixed: Path) -> None:
    """Nothing could be renamed from there; and the names within are the same from wherever it is seen."""

    def look(building: Path) -> None:
        names = {".sro-geo.building", ".sro-geo.lock"}
        assert {path.name for path in fixed.iterdir()} >= names
        assert building == fixed / ".sro-geo.building"
        _write(building)

    publish_folder(fixed, write=look)
    assert [path.name for path in fixed.parent.iterdir()] == [".rostock.lock", "rostock"]


@pytest.mark.parametrize("cut", ["fails", "ends"])
@pytest.mark.parametrize("number", range(1, 9))
def test_a_rename_in_what_cannot_give_way_fails(
    fixed: Path, break_rename: Callable[..., list[str]], number: int, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put back at once; or, where that fails as well, before the next run begins to write."""
    before = _read(fixed) if (fixed / "index.html").exists() else {}
    asked = break_rename(*([number] if cut == "fails" else range(number, 99)))
    causes = _run(fixed)
    assert causes in ([], ["folder_not_written"], ["folder_set_aside"])
    if not causes:
        assert len(asked) < number
        before = NEW
    monkeypatch.setattr(os, "rename", os.replace)

    def look(building: Path) -> None:
        assert (_read(fixed) if (fixed / "index.html").exists() else {}) == before
        _write(building)

    if cut == "fails":
        assert (_read(fixed) if before else _left(fixed)) == (before or [])
    publish_folder(fixed, write=look)
    assert _read(fixed) == NEW


@pytest.mark.parametrize("number", range(1, 8))
def test_a_run_that_is_cut_off_while_it_puts_back_is_mended_as_well(
    ours: Path, break_rename: Callable[..., list[str]], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sro_geo.report.folder import prepare_place

    rename = os.rename
    for again in range(1, 9):
        monkeypatch.chdir(ours.parent)
        shutil.rmtree(ours)
        _publish(ours, "alt")
        monkeypatch.chdir(ours)
        break_rename(*range(number, 99))
        assert _run(Path()) == ["folder_set_aside" if number > 1 else "folder_not_written"]
        monkeypatch.setattr(os, "rename", rename)
        break_rename(*range(again, 99))
        with suppress(ProjectError):
            prepare_place(Path())
        monkeypatch.setattr(os, "rename", rename)
        prepare_place(Path())
        assert _read(ours) == OLD


def test_a_stranger_in_the_folder_one_stands_in_stops_the_run(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ours)
    Path("mine.docx").write_text("wichtig")
    with pytest.raises(ProjectError) as caught:
        _publish(Path(), "neu")
    assert caught.value.problems[0].values == {"folder": "rostock", "files": ["mine.docx"]}
    assert _left(ours.parent) == ["rostock"]
