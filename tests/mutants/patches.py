"""Deliberate faults, one patch each: read, looked for in the sources, put in.

A patch is in the form of `git apply --unidiff-zero`, with a head of two sorts of lines before it: `# …` says what is
wrong then, `# killed by: …` names tests that see it. Lines are found by what they say, not by their number, so that a
patch outlives whatever moves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_KILLERS = "# killed by: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Lines of a file that give way to others."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A deliberate fault.

    Attributes
    ----------
    name : str
        Name of the patch.
    what : str
        What is wrong then.
    killers : tuple of str
        Tests that see it, as pytest names them.
    changes : tuple of Change
        The patch.
    """

    name: str
    what: str
    killers: tuple[str, ...]
    changes: tuple[Change, ...]


def list_mutants() -> tuple[Mutant, ...]:
    """All of them, in the order of their numbers."""
    return tuple(_read_mutant(path) for path in sorted(FOLDER.glob("*.patch"), key=_find_number))


def _find_number(path: Path) -> int:
    return int(path.stem.partition("-")[0])


def put_in(mutant: Mutant, *, root: Path) -> dict[Path, str]:
    """Texts of the changed files with the fault in them.

    Raises
    ------
    ValueError
        If the lines that a change replaces do not stand in their file exactly once.
    """
    texts: dict[Path, str] = {}
    for change in mutant.changes:
        path = root / change.file
        lines = (texts.get(path) or path.read_text(encoding="utf-8")).splitlines(keepends=True)
        old, new = (part.splitlines(keepends=True) for part in (change.old, change.new))
        found = [at for at in range(len(lines)) if lines[at : at + len(old)] == old]
        if len(found) != 1:
            message = f"{mutant.name}: not exactly once in {change.file}: {change.old.strip()}"
            raise ValueError(message)
        lines[found[0] : found[0] + len(old)] = new
        texts[path] = "".join(lines)
    return texts


def _read_mutant(path: Path) -> Mutant:
    head: list[str] = []
    killers: list[str] = []
    changes: list[Change] = []
    file, old, new = "", "", ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), "@@"]:
        if line.startswith(_KILLERS):
            killers.append(line.removeprefix(_KILLERS))
        elif line.startswith("# "):
            head.append(line.removeprefix("# "))
        elif line.startswith(("@@", "--- ")):
            changes += [Change(file=file, old=old, new=new)] if old else []
            old = new = ""
        elif line.startswith("+++ b/"):
            file = line.removeprefix("+++ b/")
        elif line.startswith("-"):
            old += f"{line[1:]}\n"
        elif line.startswith("+"):
            new += f"{line[1:]}\n"
    return Mutant(name=path.stem, what=" ".join(head), killers=tuple(killers), changes=tuple(changes))
