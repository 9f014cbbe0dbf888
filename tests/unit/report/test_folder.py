"""The output folder is as it was, or complete."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from sro_geo.errors import ProjectError
from sro_geo.report.folder import publish_folder


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
    (target / "stale.txt").write_text("alt")
    monkeypatch.setattr("sro_geo.report.folder.sys.platform", platform)
    publish_folder(target, write=lambda folder: _write(folder, "zweiter"))
    assert (target / "maps" / "a.html").read_text() == "zweiter"
    assert not (target / "stale.txt").exists()
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
    assert [p.cause for p in caught.value.problems] == ["folder_not_ours"]
    assert _left(tmp_path) == ["Dokumente"]


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


def test_without_the_system_call_the_folders_are_not_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sro_geo.report.folder.ctypes.CDLL", lambda *_args, **_kwargs: object())
    publish_folder(tmp_path / "rostock", write=_write)
    publish_folder(tmp_path / "rostock", write=lambda folder: _write(folder, "zweiter"))
    assert (tmp_path / "rostock" / "maps" / "a.html").read_text() == "zweiter"


@pytest.mark.skipif(sys.platform != "linux", reason="it forks, and the exchange in one step is Linux's")
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_run_killed_at_any_step_leaves_a_whole_folder(tmp_path: Path, platform: str) -> None:
    """Each round is killed one step later than the one before and finds what that one left."""
    script = Path(__file__).parent / "kill_at_each_step.py"
    done = subprocess.run(
        [sys.executable, script, tmp_path / "rostock", platform], capture_output=True, text=True, check=True
    )
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    steps = {one["at"] for one in rounds}
    exchange = {"before _exchange", "after _exchange"} if platform == "linux" else {"before rename", "after rename"}
    assert (
        steps >= {"after mkdir", "in the middle of a file", "before fsync", "after fsync", "before unlink"} | exchange
    )
    for one in rounds:
        now, aside = (_name_whole(_pick(one["left"], part)) for part in ("rostock", ".rostock.previous"))
        assert now if platform == "linux" else now or aside, one
    last = rounds[-1]
    assert (last["killed"], last["code"]) == (False, 0)
    assert _name_whole(last["left"]) == f"run{last['step']}" == _name_whole(_pick(last["left"], "rostock"))


def _pick(left: dict[str, str], part: str) -> dict[str, str]:
    return {name: text for name, text in left.items() if name.startswith(f"{part}/")}


def _name_whole(files: dict[str, str]) -> str:
    """The run that wrote these files, or nothing where they are not all of one run."""
    texts = set(files.values())
    first = next(iter(texts), "").split(" ")[0]
    return first if texts == {f"{first} {first}"} and len(files) == 3 else ""
