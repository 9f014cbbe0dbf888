"""5,000 damaged files, read or refused; the result stands in `docs/damage.md`. Run as `python -m tests.bad_input.damaging`."""

from __future__ import annotations

import datetime as dt
import faulthandler
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sro_geo.errors import SroGeoError
from tests.bad_input.test_damage import GOOD, damage, read_bytes_as

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = 5004
MOST_BYTES, MOST_SECONDS = 1 << 30, 20
RESULT = Path(__file__).parents[2] / "docs" / "damage.md"
HEAD = """# Damaged files

Good files of every kind, cut off or changed at random places, and read through the program's own doors. Each was read or
refused with a message of ours: no crash, no traceback, nothing that went on without end, in a process for each kind that has
1 GB for its data and 20 seconds for each file. `scripts/check-long` repeats it and writes this page; the seed of each kind is
its name.

"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of the damaged files of a kind, and the longest time that one took."""

    read: int
    refused: int
    seconds: float


def main() -> None:
    """Damage, read, and write the page, or do this for the kind that is named; anything but a reading or a refusal ends it."""
    if len(sys.argv) > 1:
        warnings.simplefilter("ignore")  # what GDAL remarks on a damaged file
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
        sys.stdout.write(json.dumps(asdict(try_damaged(sys.argv[1], count=FILES // len(GOOD)))))
        return
    told = {kind: try_apart(kind) for kind in GOOD}
    RESULT.write_text(HEAD + describe(told, day=dt.datetime.now(tz=dt.UTC).date()), encoding="utf-8", newline="\n")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


def try_apart(kind: str) -> Tally:
    """As `try_damaged`, in a process of its own."""
    command = [sys.executable, "-m", "tests.bad_input.damaging", kind]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Tally(**json.loads(done.stdout))


def try_damaged(kind: str, *, count: int) -> Tally:
    """Read so many damaged files of a kind."""
    chance, refused, seconds = random.Random(kind), 0, 0.0  # noqa: S311  damage, no secret
    with tempfile.TemporaryDirectory() as home:
        content = GOOD[kind](Path(home))
    for _ in range(count):
        with tempfile.TemporaryDirectory() as home:
            begun = time.perf_counter()
            faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
            try:
                read_bytes_as(kind)(damage(content, chance))(Path(home))
            except SroGeoError:
                refused += 1
            finally:
                faulthandler.cancel_dump_traceback_later()
            seconds = max(seconds, time.perf_counter() - begun)
    return Tally(read=count - refused, refused=refused, seconds=seconds)


def describe(told: Mapping[str, Tally], *, day: dt.date) -> str:
    """The result as a table."""
    rows = [f"| {kind} | {one.read} | {one.refused} | {one.seconds:.1f} |" for kind, one in told.items()]
    read, refused = sum(one.read for one in told.values()), sum(one.refused for one in told.values())
    rows.append(f"| all | {read} | {refused} | {max(one.seconds for one in told.values()):.1f} |")
    head = "| kind and seed | read | refused | longest, seconds |\n|---|---|---|---|\n"
    return f"Last run: {day:%Y-%m-%d}, {read + refused} files.\n\n{head}" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
