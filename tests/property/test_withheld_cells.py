"""How much is withheld: beside the smallest number of cells that the same rule allows, found by the exact model at gap 0."""

from __future__ import annotations

from itertools import starmap

import numpy as np
import pytest

from sro_geo.disclose.suppress import suppress
from tests.publication_data import add_totals, find_secrets, make_table

FEW, MANY = 6, 100
MOST = 1.1


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
    one = suppress(table, withheld=secrets, secrets=secrets, smallest=3)
    with monkeypatch.context() as patch:
        patch.setattr("sro_geo.disclose.suppress.FEW_NODES", 10**7)
        best = suppress(table, withheld=secrets, secrets=secrets, smallest=3, exact=True)
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
