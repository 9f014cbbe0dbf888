"""How much is withheld: beside the fewest cells that the same rule allows, found by the exact model at gap 0, and beside τ-ARGUS."""

from __future__ import annotations

from itertools import product, starmap
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sro_geo.disclose.suppress import suppress
from tests.publication_data import add_totals, find_secrets, make_table

if TYPE_CHECKING:
    from pathlib import Path

    from pytauargus.engine import Engine

FEW, MANY = 6, 100
MOST = 1.1
SMALLEST = 3
RULE = {"safety_rules": f"FREQ({SMALLEST},100)", "cost_var": "-2"}  # -2: each cell costs the same


def draw_table(seed: int) -> list[list[int]]:
    """Four to ten rows, three to six columns; one cell in eight is 1 or 2."""
    random = np.random.default_rng(seed)
    shape = int(random.integers(4, 11)), int(random.integers(3, 7))
    cells = np.where(random.random(shape) < 1 / 8, random.integers(1, 3, shape), random.integers(0, 60, shape))
    return add_totals(cells.tolist())


def count_withheld(seed: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Cells withheld one secret after another, and in the exact model, which may look at as many nodes as it needs."""
    table = make_table(draw_table(seed))
    secrets = find_secrets(table)
    one = suppress(table, withheld=secrets, secrets=secrets, smallest=SMALLEST)
    with monkeypatch.context() as patch:
        patch.setattr("sro_geo.disclose.suppress.FEW_NODES", 10**7)
        best = suppress(table, withheld=secrets, secrets=secrets, smallest=SMALLEST, exact=True)
    assert one.unsafe == best.unsafe == ()
    assert len(best.added) <= len(one.added)
    return len(secrets) + len(one.added), len(secrets) + len(best.added)


@pytest.mark.long
@pytest.mark.parametrize("tables", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_at_most_a_tenth_more_is_withheld_than_is_needed(tables: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(starmap(count_withheld, ((seed, monkeypatch) for seed in range(tables))))
    own, best = (sum(column) for column in zip(*found, strict=True))
    print(f"withheld in {tables} tables: {own} cells, {best} at least, {100 * (own / best - 1):.1f} % more")  # noqa: T201  figures of the long run
    assert own <= MOST * best


def list_persons(rows: list[list[int]]) -> dict[str, list[object]]:
    """A table with totals as one line for each person, without the totals."""
    inner = [(i, j) for i, j in product(range(len(rows) - 1), range(len(rows[0]) - 1)) for _ in range(rows[i][j])]
    return {
        "row": [f"{i + 1:02}" for i, _ in inner],
        "column": [f"{j + 1:02}" for _, j in inner],
        "persons": [1.0] * len(inner),
    }


def audit_elsewhere(rows: list[list[int]], added: tuple[str, ...], folder: Path) -> Engine:
    """What τ-ARGUS finds where `added` is withheld beside the small counts, and nothing else."""
    from pytauargus import protect  # installed by scripts/check-long alone
    from pytauargus.engine import run_batch

    task = protect(list_persons(rows), ["row", "column"], response="persons", workdir=str(folder), run=False, **RULE)
    codes = [[f"{number:02}" for number in range(1, length)] + ["Total"] for length in (len(rows), len(rows[0]))]
    places = [[names[int(number) - 1] for names, number in zip(codes, cell.split(","), strict=True)] for cell in added]
    marks = folder / "marks.hst"
    marks.write_text("".join(f"{row},{column},m\n" for row, column in places), encoding="utf-8")
    batch = folder / "batch.arb"
    lines = [
        line for line in batch.read_text(encoding="utf-8").splitlines() if not line.startswith(("<SUPPRESS>", "<WRITE"))
    ]
    batch.write_text("\n".join([*lines, f'<APRIORI> "{marks}",1,",",0,0', ""]), encoding="utf-8")
    return run_batch(task.files["arb"])


@pytest.mark.long
def test_another_audit_finds_each_secret_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """τ-ARGUS's, which asks for an interval from 0 to twice the number, and ours, on its intervals."""
    from pytauargus import protect  # installed by scripts/check-long alone

    monkeypatch.chdir(tmp_path)  # it leaves a log where it runs
    own = other = 0
    for seed in range(MANY):
        rows = draw_table(seed)
        table = make_table(rows)
        secrets = find_secrets(table)
        added = suppress(table, withheld=secrets, secrets=secrets, smallest=SMALLEST).added
        own += len(secrets) + len(added)
        folder = tmp_path / str(seed)
        chosen = protect(
            list_persons(rows), ["row", "column"], response="persons", suppress="OPT(1)", workdir=str(folder), **RULE
        )
        other += sum(status in "UM" for status in chosen.tables[0].status())
        cells = audit_elsewhere(rows, added, tmp_path / f"{seed}-ours").audit(0)
        small = [cell for cell in cells if cell["status"] == "u"]
        assert (len(small), len(cells)) == (len(secrets), len(secrets) + len(added))
        for cell in small:
            assert not cell["unsafe"], (seed, cell)
            assert cell["max"] >= SMALLEST, (seed, cell)
            assert cell["max"] - cell["min"] >= SMALLEST - 1, (seed, cell)
    print(f"withheld in {MANY} tables: {own} cells, {other} by τ-ARGUS, {100 * (own / other - 1):.1f} % more")  # noqa: T201  as above
    assert own <= MOST * other
