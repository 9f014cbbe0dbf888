"""A child that has imported everything: runs the command for one row of bad input after another.

Each line on standard input is a job in JSON, each line on standard output what came of it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sro_geo import cli
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from sro_geo.errors import Problem

MEMORY = 1_500_000_000
SECONDS = 30
"""What a row may take; the system ends the child that takes more."""


def main() -> None:
    """Answer jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # even where who started the tests has it ignored
    causes = watch_causes()
    sys.addaudithook(save_anew)
    for line in sys.stdin:
        causes.clear()
        answers.write(json.dumps({**do(json.loads(line)), "causes": sorted(causes)}) + "\n")
        answers.flush()


def watch_causes() -> set[str]:
    """The set that the cause of every problem is put into when it is told."""
    causes: set[str] = set()
    told = Speaker.advice

    def tell(self: Speaker, problem: Problem) -> list[str]:
        causes.add(problem.cause)
        return told(self, problem)

    Speaker.advice = tell  # type: ignore[method-assign]
    return causes


_changing: dict[str, str] = {}
"""File that is saved anew whenever it is opened again, and what in it is another number each time."""


def save_anew(event: str, arguments: tuple[object, ...]) -> None:
    """Somebody saves the file just before it is opened for the second time, the third …"""
    if event != "open" or not _changing or str(arguments[0]) != _changing["file"]:
        return
    number, text = int(_changing["opened"]), _changing["text"]
    _changing["opened"] = str(number + 1)
    if number:
        new = Path(_changing["file"]).with_name("neu.csv")
        new.write_text(text.replace(_changing["value"], str(number)), encoding="utf-8")
        new.replace(_changing["file"])


def do(job: dict[str, Any]) -> dict[str, Any]:
    """Run the command in the job's folder."""
    _changing.clear()
    _changing.update(job["changing"])
    out, err = io.StringIO(), io.StringIO()
    os.environ["TMPDIR"], tempfile.tempdir = job["temporary"], None
    os.chdir(job["folder"])
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (job["most"] or resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(job["arguments"])
        except SystemExit as left:
            code = left.code
    signal.alarm(0)
    _changing.clear()
    os.chdir(Path(__file__).parent)
    return {"exit": code, "out": out.getvalue(), "err": err.getvalue()}


if __name__ == "__main__":
    main()
