"""Towns in which some quarters are alike: for Python and for the page, which must find the same."""

from __future__ import annotations

import random

import pandas as pd

DIGITS = {"a": 0, "b": 1, "c": 2}
CODES = tuple(DIGITS)


def make_towns(seed: int, *, count: int = 30) -> tuple[pd.DataFrame, dict[str, float]]:
    """Values of quarters, every twelfth unknown, and tolerances; many differences are exactly a tolerance, many are equal."""
    chance = random.Random(seed)  # noqa: S311  no secret
    rows = {
        f"{number:03d}": {
            code: None if chance.random() < 1 / 12 else round(chance.uniform(-3, 20) / (1 + digits), digits + 2)
            for code, digits in DIGITS.items()
        }
        for number in range(1, count + 1)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(CODES), dtype=float), {
        "a": 5.0,
        "b": 2.5,
        "c": 1.75,
    }
