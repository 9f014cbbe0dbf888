"""Publish a tiny folder again and again, each time killed one step later; a script of its own because it forks.

Prints one JSON line for each round: whether it was killed, at what, and what then lies beside and in the folder.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sro_geo.report import folder as publishing

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = ("mkdir", "rename", "replace", "fsync", "unlink", "rmdir")


class _Clock:
    """Counts steps, and ends the process at one of them."""

    def __init__(self, last: int, report: int) -> None:
        self.left, self.report = last, report

    def tick(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.write(self.report, name.encode())
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


def _write(clock: _Clock, text: str) -> Callable[[Path], None]:
    def fill(building: Path) -> None:
        (building / "maps").mkdir()
        for name in ("index.html", "maps/a.html", "protocol.json"):
            with (building / name).open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                clock.tick("in the middle of a file")
                file.write(f" {text}")

    return fill


def _publish(folder: Path, clock: _Clock, text: str) -> None:
    for name in _STEPS:
        clock.watch(os, name)
    clock.watch(publishing, "_exchange")
    publishing.publish_folder(folder, write=_write(clock, text))


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def main() -> None:
    """Arguments: folder to publish, and the platform to act as."""
    folder = Path(sys.argv[1])
    publishing.sys.platform = sys.argv[2]  # type: ignore[attr-defined]  # the platform decides how folders are exchanged
    for step in itertools.count(0):  # the first round is not killed: there is a good folder to harm
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            _publish(folder, _Clock(step, theirs), f"run{step}")
            os._exit(0)
        os.close(theirs)
        _, status = os.waitpid(child, 0)
        at = os.read(ours, 100).decode()
        os.close(ours)
        killed = os.WIFSIGNALED(status)
        print(  # noqa: T201  its report
            json.dumps({"step": step, "killed": killed, "code": status, "at": at, "left": _read(folder.parent)})
        )
        if step and not killed:
            return


if __name__ == "__main__":
    main()
