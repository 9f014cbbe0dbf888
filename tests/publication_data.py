"""Tables with margins as publications, and all tables of whole numbers that fit one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from sro_geo.disclose.publication import Fact, Publication, publish, tell_count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sro_geo.disclose.publication import Shares


def name(row: int, column: int) -> str:
    """Cells are counted from 1, the margins stand behind the last."""
    return f"{row + 1},{column + 1}"


def make_table(rows: Sequence[Sequence[int]], *, weights: Mapping[str, float] | None = None) -> Publication:
    """Table whose last row and column are its totals."""
    last, end = len(rows) - 1, len(rows[0]) - 1
    facts = []
    for i, j in product(range(last + 1), range(end + 1)):
        parts = product(range(last) if i == last else [i], range(end) if j == end else [j])
        unknown = dict.fromkeys([name(*part) for part in parts], 1.0)
        weight = (weights or {}).get(name(i, j), 1.0)
        facts.append(tell_count(name(i, j), unknown, value=rows[i][j], weight=weight))
    return publish(facts)


def add_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    inner = np.asarray(cells)
    wide = np.column_stack([inner, inner.sum(axis=1)])
    found: list[list[int]] = np.vstack([wide, wide.sum(axis=0)]).tolist()
    return found


def find_secrets(table: Publication, *, smallest: int = 3) -> dict[str, Shares]:
    return {fact.name: fact.count for fact in table.facts if 1 <= read_value(fact) < smallest}


def read_value(fact: Fact) -> float:
    return fact.told[0].low


def enumerate_intervals(
    table: Publication, *, withheld: Collection[str], highest: int
) -> dict[str, tuple[float, float]]:
    """Smallest and largest value of each withheld fact over all whole numbers up to `highest` that fit, one by one."""
    names = sorted({code for fact in table.facts for code, _ in fact.count})
    shown = {f.name: int(read_value(f)) for f in table.facts if f.name not in withheld}
    ranges = [[shown[code]] if code in shown else range(1, highest + 1) for code in names]
    grid = np.array(np.meshgrid(*ranges, indexing="ij")).reshape(len(names), -1)
    at = {code: number for number, code in enumerate(names)}
    sums = {fact.name: sum(grid[at[code]] * number for code, number in fact.count) for fact in table.facts}
    fits = np.ones(grid.shape[1], dtype=bool)
    for fact in table.facts:
        fits &= sums[fact.name] == shown[fact.name] if fact.name in shown else sums[fact.name] >= fact.least
    return {code: (float(sums[code][fits].min()), float(sums[code][fits].max())) for code in sorted(withheld)}
