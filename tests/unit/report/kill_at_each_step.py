"""Publish a tiny folder again and again, each time killed one step later; a script of its own because it forks.

Prints one JSON line for each round: whether it was killed, at what, what the folder held when the run began to write,
and what then lies beside and in the folder. A stranger's files lie beside it; in every other round he lays one into it
while the run writes, and takes it out again afterwards.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sro_geo.errors import ProjectError
from sro_geo.report import moving
from sro_geo.report.folder import publish_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = ("mkdir", "rename", "replace", "fsync", "unlink", "rmdir")
STRANGERS = ("mine.docx", ".rostock/mine.docx")
LAID_IN = "maps/mine.docx"


class _Clock:
    """Counts steps, and ends the process at one of them."""

    def __init__(self, last: int, report: int) -> None:
        self.left, self.report = last, report

    def tell(self, **facts: object) -> None:
        os.write(self.report, f"{json.dumps(facts)}\n".encode())

    def tick(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            self.tell(at=name)
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, home: Any, name: str) -> None:
        """Count before and after each call."""
        call = getattr(home, name)

        def counted(*arguments: Any, **more: Any) -> Any:
            self.tick(f"before {name}")
            result = call(*arguments, **more)
            self.tick(f"after {name}")
            return result

        setattr(home, name, counted)


def _write(clock: _Clock, folder: Path, *, text: str, lay_in: bool) -> Callable[[Path], None]:
    def fill(building: Path) -> None:
        clock.tell(found=_read(folder))
        (building / "maps").mkdir()
        for name in ("index.html", "maps/a.html", "protocol.json"):
            with (building / name).open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                clock.tick("in the middle of a file")
                file.write(f" {text}")
        if lay_in:
            (folder / LAID_IN).write_text("wichtig", encoding="utf-8")
            clock.tell(laid=True)

    return fill


def _publish(folder: Path, clock: _Clock, *, how: str, text: str, lay_in: bool) -> None:
    if how == "darwin":
        sys.platform = how  # it decides how folders are exchanged
    if how == "call fails":
        moving._exchange = lambda *_: False
    out = folder
    if how == "here":
        os.chdir(folder)
        out = Path()
    os.fsync = lambda fd: None  # noqa: ARG005  a killed process loses nothing; waiting for the disk shows no more
    for name in _STEPS:
        clock.watch(os, name)
    clock.watch(moving, "_exchange")
    try:
        publish_folder(out, write=_write(clock, folder, text=text, lay_in=lay_in))
    except ProjectError as error:
        clock.tell(refused=[{problem.cause: problem.values["files"]} for problem in error.problems])


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def _run_round(folder: Path, *, how: str, step: int, lay_in: bool) -> dict[str, Any]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _publish(folder, _Clock(step, theirs), how=how, text=f"run{step}", lay_in=lay_in)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as told:
        facts = {key: value for line in told for key, value in json.loads(line).items()}
    _, status = os.waitpid(child, 0)
    left = _read(folder.parent)
    return {"step": step, "lay_in": lay_in, "killed": os.WIFSIGNALED(status), "code": status, "left": left, **facts}


def main() -> None:
    """Arguments: folder to publish, and how: linux, darwin, "call fails" or here."""
    folder, how = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir()
    for name in STRANGERS:
        (folder.parent / name).parent.mkdir(exist_ok=True)
        (folder.parent / name).write_text("wichtig", encoding="utf-8")
    for step in itertools.count(0):  # the first round is not killed: there is a good folder to harm
        killed = []
        for lay_in in (False, True)[: step + 1]:
            found = _run_round(folder, how=how, step=step, lay_in=lay_in)
            killed.append(found["killed"])
            print(json.dumps(found))  # noqa: T201  its report
            for laid in folder.parent.glob(f"**/{LAID_IN}"):
                laid.unlink()
        if step and not any(killed):
            return


if __name__ == "__main__":
    main()
