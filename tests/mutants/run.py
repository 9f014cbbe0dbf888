"""Puts each deliberate fault into a copy of the checkout, runs tests, and says which one saw it.

`python tests/mutants/run.py` tries all, `… run.py 07 sign` those whose names hold one of the words. Ends with 1 if a
fault is seen by no test, a patch does not fit any more, or a test fails without any fault.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.mutants.patches import ROOT, list_mutants, put_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.mutants.patches import Mutant

LEFT_OUT = (
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "node_modules",
    "maps",
)
"""Not copied. Without `maps/` nothing can be told by comparing with what was drawn before."""

ALL = (
    "tests/unit", "tests/property", "tests/end_to_end", "sro_geo",
    "--ignore=tests/end_to_end/test_maps.py", "--ignore=tests/end_to_end/test_documents.py",
)  # fmt: skip
"""What is tried where the tests that a patch names see nothing."""

_STAMPS = count(1_000_000_000)
_SEEN = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", re.MULTILINE)


def main(words: Sequence[str]) -> int:
    """Try the mutants whose names hold one of the words, or all; 1 if one survives."""
    chosen = [one for one in list_mutants() if not words or any(word in one.name for word in words)]
    start, survivors = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        root = Path(folder, "checkout")
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        named = sorted({test for one in chosen for test in one.killers})
        if failed := _run(named, root=root):
            print(f"without any fault {failed} fails")
            return 1
        for one in chosen:
            seen = _try(one, root=root)
            print(f"{one.name}: {seen or 'SURVIVES: ' + one.what}", flush=True)
            survivors += [] if seen else [one.name]
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} killed in {time.monotonic() - start:.0f} s")
    return 1 if survivors or not chosen else 0


def _try(mutant: Mutant, *, root: Path) -> str:
    """Name of the test that sees the fault, empty if none does."""
    try:
        changed = put_in(mutant, root=root)
    except ValueError as error:
        print(error)
        return ""
    before = {path: path.read_text(encoding="utf-8") for path in changed}
    try:
        _write(changed)
        if seen := _run(mutant.killers, root=root):
            return seen
        print(f"{mutant.name}: not seen by {', '.join(mutant.killers)}; all tests are run", flush=True)
        seen = _run(ALL, root=root)
    finally:
        _write(before)
    fails_anyhow = bool(seen) and bool(_run([seen.partition("[")[0]], root=root))
    return "" if fails_anyhow else seen


def _write(texts: dict[Path, str]) -> None:
    """Write files, each time with another date: what Python compiled of the last text of the same length is out of date."""
    stamp = next(_STAMPS)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
        os.utime(path, (stamp, stamp))


def _run(tests: Iterable[str], *, root: Path) -> str:
    """First test that fails, empty if all pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not browser"]
    here = {"PYTHONPATH": str(root), "CI": ""}
    done = subprocess.run(
        [*command, *tests], cwd=root, env={**os.environ, **here}, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"pytest ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    found = _SEEN.search(done.stdout)
    return found[1] if found and done.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
