"""The command line as a planner calls it, for the rows of bad input: in a warm child, or in a process of its own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
GOOD = Path(__file__).with_name("good")
ROWS = Path(__file__).with_name("rows")
SECONDS = 120
LARGE = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a call gave; `causes` are known from the warm child only."""

    exit: int
    out: str
    err: str
    causes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Warm:
    """The child, started when it is needed and again when a row has killed it."""

    temporary: Path
    process: subprocess.Popen[str] | None = field(default=None)

    def __call__(
        self, folder: Path, *arguments: str, most: int | None = None, changing: Mapping[str, str] | None = None
    ) -> Result:
        """Run the command; `most` bytes may a file have, one is `changing`. Nothing may be left in the folder for temporary files."""
        job = {
            "folder": str(folder),
            "arguments": arguments,
            "temporary": str(self.temporary),
            "most": most,
            "changing": dict(changing or {}),
        }
        child = self.process or start_python("tests.bad_input.warm", stdin=True)
        self.process = child
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.flush()
        line = child.stdout.readline()
        if not line:
            self.process = None
            child.communicate()
            return Result(exit=child.returncode, out="", err="the child died")
        answer = json.loads(line)
        assert list(self.temporary.iterdir()) == [], "left in the folder for temporary files"
        return Result(exit=answer["exit"], out=answer["out"], err=answer["err"], causes=tuple(answer["causes"]))


@contextmanager
def keep_warm() -> Iterator[Warm]:
    """Give the function that runs the command in one child after another row."""
    with TemporaryDirectory() as temporary:
        warm = Warm(temporary=Path(temporary))
        yield warm
        if warm.process is not None:
            warm.process.communicate()


def start_python(
    module: str,
    *arguments: str,
    folder: Path = ROOT,
    stdin: bool = False,
    variables: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Start a module of ours in a process that is not measured: measuring takes half as long again."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **(variables or {})},
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=None if stdin else subprocess.PIPE,
        encoding="utf-8",
    )


@contextmanager
def start(
    folder: Path, *arguments: str, denied: bool = False, variables: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The real command in a process of its own that can be stopped and killed; it is dead afterwards.

    `denied`: even as root it may write only where the rights of a file or folder say so.
    """
    module = "tests.bad_input.denied" if denied else "sro_geo"
    with start_python(module, *arguments, folder=folder, variables=variables) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()


def finish(process: subprocess.Popen[str]) -> Result:
    """What an own process gave."""
    out, err = process.communicate(timeout=SECONDS)
    return Result(exit=process.returncode, out=out, err=err)


def run_real(folder: Path, *arguments: str, denied: bool = False, variables: Mapping[str, str] | None = None) -> Result:
    """The real command, to its end."""
    with start(folder, *arguments, denied=denied, variables=variables) as process:
        return finish(process)


def lay_out(row: str, folder: Path) -> None:
    """A good small project, with the files of the row in place of its own."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    shutil.copytree(ROWS / row, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.toml"))


def hash_files(folder: Path) -> dict[str, object]:
    """Check sum by name of everything in a folder; of what is no file or very large, what the system says of it."""
    return {str(path.relative_to(folder)): _mark(path) for path in sorted(folder.rglob("*"))}


def _mark(path: Path) -> object:
    if path.is_file() and path.stat().st_size < LARGE:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    found = path.lstat()
    return found.st_mode, found.st_size, None if path.is_dir() else found.st_mtime_ns
