"""The output folder is as it was, or complete."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from sro_geo.errors import ProjectError
from sro_geo.report.folder import parse_folder, prepare_place, publish_folder


def _write(folder: Path, text: str = "neu") -> None:
    (folder / "protocol.json").write_text(text)
    (folder / "maps").mkdir()
    (folder / "maps" / "a.html").write_text(text)


def _left(parent: Path) -> list[str]:
    return sorted(p.name for p in parent.iterdir() if not p.name.endswith(".lock"))


def test_a_new_folder_is_written(tmp_path: Path) -> None:
    publish_folder(tmp_path / "x" / "rostock", write=_write)
    assert (tmp_path / "x" / "rostock" / "maps" / "a.html").read_text() == "neu"
    assert _left(tmp_path / "x") == ["rostock"]


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_our_own_folder_is_replaced_as_a_whole(tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rostock"
    publish_folder(target, write=_write)
    monkeypatch.setattr("sys.platform", platform)
    publish_folder(target, write=lambda folder: (folder / "zweiter").mkdir())
    assert sorted(path.name for path in target.iterdir()) == [".sro-geo.json", "zweiter"]
    assert _left(tmp_path) == ["rostock"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    publish_folder(tmp_path / "leer", write=_write)
    assert (tmp_path / "leer" / "protocol.json").exists()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_we_did_not_write_is_never_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "Dokumente"
    if kind == "folder":
        target.mkdir()
        (target / "brief.docx").write_text("wichtig")
    else:
        target.write_text("wichtig")
    with pytest.raises(ProjectError) as caught:
        publish_folder(target, write=_write)
    assert [p.cause for p in caught.value.problems] == [{"folder": "folder_not_ours", "file": "folder_is_file"}[kind]]
    assert [p.name for p in tmp_path.iterdir()] == ["Dokumente"]


def test_a_failing_write_leaves_the_old_folder_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "rostock"
    publish_folder(target, write=lambda folder: _write(folder, "alt"))

    def fail(folder: Path) -> None:
        _write(folder)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_folder(target, write=fail)
    assert (target / "maps" / "a.html").read_text() == "alt"
    assert _left(tmp_path) == ["rostock"]


def test_a_run_cut_off_between_two_moves_is_mended_by_the_next(tmp_path: Path) -> None:
    publish_folder(tmp_path / "rostock", write=lambda folder: _write(folder, "alt"))
    (tmp_path / "rostock").rename(tmp_path / ".rostock.previous")
    (tmp_path / ".rostock.building").mkdir()

    def look(folder: Path) -> None:
        assert (tmp_path / "rostock" / "maps" / "a.html").read_text() == "alt"
        _write(folder)

    publish_folder(tmp_path / "rostock", write=look)
    assert _left(tmp_path) == ["rostock"]


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".rostock.lock"), pytest.raises(ProjectError) as caught:
        publish_folder(tmp_path / "rostock", write=_write)
    assert [p.cause for p in caught.value.problems] == ["folder_busy"]


def test_a_place_that_cannot_be_written_is_a_problem_of_the_planner(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("")
    with pytest.raises(ProjectError) as caught:
        publish_folder(tmp_path / "datei" / "rostock", write=_write)
    assert [p.cause for p in caught.value.problems] == ["folder_not_written"]


@pytest.mark.parametrize("where", ["beside", "far"])
def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path, where: str) -> None:
    target = tmp_path / ("rostock" if where == "beside" else "neu/tief/rostock")

    def fill_the_disk(folder: Path) -> None:
        _write(folder)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ProjectError) as caught:
        publish_folder(target, write=fill_the_disk)
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values["reason"]) == ("folder_not_written", os.strerror(errno.ENOSPC))
    assert list(tmp_path.iterdir()) == []


def test_a_place_without_the_right_to_write_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ProjectError) as caught:
        prepare_place(tmp_path / "neu" / "rostock")
    assert [p.values["reason"] for p in caught.value.problems] == [os.strerror(errno.EACCES)]
    assert list(tmp_path.iterdir()) == []


def test_the_place_is_looked_at_before_the_work_and_left_as_it_is(tmp_path: Path) -> None:
    prepare_place(tmp_path / "neu" / "rostock")
    (tmp_path / "mine.docx").write_text("wichtig")
    with pytest.raises(ProjectError) as caught:
        prepare_place(tmp_path)
    assert [p.cause for p in caught.value.problems] == ["folder_not_ours"]
    assert [p.name for p in tmp_path.iterdir()] == ["mine.docx"]


@pytest.mark.parametrize("text", ["", "  "])
def test_a_folder_needs_a_name(text: str) -> None:
    with pytest.raises(ProjectError) as caught:
        parse_folder(text)
    assert [p.cause for p in caught.value.problems] == ["folder_unnamed"]
    assert parse_folder("karten/x") == Path("karten/x")


@pytest.mark.skipif(sys.platform != "linux", reason="it forks, and the exchange in one step is Linux's")
@pytest.mark.parametrize(
    "how", ["linux", *(pytest.param(how, marks=pytest.mark.long) for how in ("darwin", "call fails", "here"))]
)
def test_a_run_killed_at_any_step_leaves_a_whole_folder(tmp_path: Path, how: str) -> None:
    """Each round is killed one step later than the one before and finds what that one left."""
    script = Path(__file__).parent / "kill_at_each_step.py"
    folder = tmp_path / "parent" / "rostock"
    folder.parent.mkdir()
    done = subprocess.run([sys.executable, script, folder, how], capture_output=True, text=True, check=True)
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    steps = {one.get("at") for one in rounds}
    exchange = {"before _exchange", "after _exchange"} if how == "linux" else {"before rename", "after rename"}
    assert (
        steps >= {"after mkdir", "in the middle of a file", "before fsync", "after fsync", "before unlink"} | exchange
    )
    for one in rounds:
        left = one["left"]
        assert (left.pop("mine.docx"), left.pop(".rostock/mine.docx")) == ("wichtig", "wichtig"), one
        laid = [left.pop(name) for name in list(left) if name.endswith("/maps/mine.docx")]
        assert laid in ([], ["wichtig"]), one
        now, aside = (_name_whole(_pick(left, part)) for part in ("rostock", ".rostock.previous"))
        if how == "linux":
            assert now, one
        elif how != "here":
            assert now or aside, one
        if one["step"] and "found" in one:
            assert _name_whole(one["found"]), one
        if one["lay_in"] and not one["killed"]:
            assert one["refused"] == [{"folder_not_ours": ["maps/mine.docx"]}]
        assert bool(laid) == one.get("laid", False), one
    last = [one for one in rounds if not one["lay_in"]][-1]
    assert (last["killed"], last["code"], "refused" in last) == (False, 0, False)
    assert _name_whole(last["left"]) == f"run{last['step']}" == _name_whole(_pick(last["left"], "rostock"))


def _pick(left: dict[str, str], part: str) -> dict[str, str]:
    return {name: text for name, text in left.items() if name.startswith(f"{part}/")}


def _name_whole(files: dict[str, str]) -> str:
    """The run that wrote these files, or nothing where they are not all of one run."""
    texts = {text for name, text in files.items() if not name.endswith("/.sro-geo.json") and name != ".sro-geo.json"}
    first = next(iter(texts), "").split(" ")[0]
    return first if texts == {f"{first} {first}"} and len(files) == 4 else ""
