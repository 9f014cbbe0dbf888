"""Chance that is always the same: each draw depends on the seed and on its own name only.

A draw does not depend on how many came before it, nor on the version of a random number library.
"""

from __future__ import annotations

import hashlib
import math

SEED = 2018


def draw(*name: object) -> float:
    """Return the number in [0, 1) that belongs to the name."""
    text = "/".join(str(part) for part in (SEED, *name))
    digest = hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def vary(spread: float, *name: object) -> float:
    """Return the factor in [1 - spread, 1 + spread) that belongs to the name."""
    return 1 + spread * (2 * draw(*name) - 1)


def share_out(total: int, weights: list[float]) -> list[int]:
    """Return whole numbers in proportion to the weights; the largest remainders are rounded up.

    They add up to `total`.

    Examples
    --------
    >>> share_out(10, [1.0, 1.0, 1.0])
    [4, 3, 3]
    """
    exact = [total * weight / math.fsum(weights) for weight in weights]
    whole = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: total - sum(whole)]:
        whole[i] += 1
    return whole


def scatter(total: int, weights: list[float], *name: object) -> list[int]:
    """Return whole numbers in proportion to the weights on average, so that some small ones are not zero.

    They add up to `total`. Systematic sampling: the running sum is rounded with one random offset.
    """
    scale = total / math.fsum(weights)
    offset, running, before, numbers = draw("scatter", *name), 0.0, 0, []
    for position, weight in enumerate(weights, start=1):
        running += weight * scale
        reached = total if position == len(weights) else min(total, math.floor(running + offset))
        numbers.append(reached - before)
        before = reached
    return numbers
