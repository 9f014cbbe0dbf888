"""What a supposed closure takes away, by quarter and in the city, in steps: beside each other and beside other closures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.disclose.closures import find_step, leaves_open, round_counts
from sro_geo.disclose.telling import choose_shown, list_counts

if TYPE_CHECKING:
    from sro_geo.disclose.telling import Count

COUNTS = ("lose", "lose_choice", "farther")


def round_losses(
    table: pd.DataFrame,
    shown: pd.DataFrame,
    *,
    closed: frozenset[str],
    beside: dict[str, list[Count]],
    smallest: int,
) -> pd.DataFrame:
    """Counts of `COUNTS` that may be shown beside each other, beside all persons, and beside those with an offer in reach.

    Parameters
    ----------
    table : DataFrame
        Of a `ShockLoss`: every quarter, then the city.
    shown : DataFrame
        On the quarters' index `persons` and `reached` as they are shown, exactly.
    closed : frozenset of str
        Offers that close.
    beside : dict
        What readers know of other closures of the kind within the walk; it gets what they learn of this one.
    smallest : int
        Smallest count of persons that may be shown.

    Notes
    -----
    The step is so wide that the city's count less those of the other quarters leaves a withheld one open over `smallest`; where
    others are known exactly, the city has none. What another closure would tell together with this one, this one withholds.
    """
    step, city = find_step(smallest), table["quarter_id"].isna()
    quarters = table["quarter_id"].map(shown["persons"])
    reached = table["quarter_id"].map(shown["reached"]).fillna(quarters)
    found, known = pd.DataFrame(index=table.index), pd.DataFrame(index=table.index)
    for name in COUNTS:
        lived = quarters.where(table[name] > 0, 0.0).sum()
        around = [all_.mask(city, lived) for all_ in (quarters, reached)]
        found[name] = round_counts(table[name], *around, step=step)
        known[name] = table[name].where(table[name].isin([0]) | (table[name] == quarters) | (table[name] == reached))
    where = table["quarter_id"].astype(object).where(~city, None).tolist()
    way: Any = {"offers": [closed] * len(table), "quarter_ids": where, "step": step}
    joint = known[["lose", "farther"]]
    for name in ("lose", "farther"):
        told, others = list_counts(found, joint, **way)[name], beside.setdefault(name, [])
        found[name] = found[name].where(np.array(choose_shown(told, beside=others, smallest=smallest)))
    for name in COUNTS:
        parts, exact = (part[~city].to_numpy(dtype=float) for part in (found[name], known[name]))
        if not leaves_open(float(found[name].iloc[-1]), parts, known=exact, smallest=smallest):
            found[name] = found[name].mask(city)
    for name, told in list_counts(found, joint, **way).items():
        beside[name] += told
    return found
