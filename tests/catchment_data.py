"""A town of four cells and three offers for the tests of catchments and assignments, and strategies that make others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from sro_geo.model.reach import Reach

CELLS = pd.Index(["a", "b", "c", "d"], name="cell_id", dtype="str")
OFFERS = pd.Index(["k1", "k2", "k3"], name="offer_id", dtype="str")
PERSONS = pd.Series([10.0, 20.0, 0.0, 5.0], index=CELLS)
PLACES = pd.Series([30.0, 8.0, 6.0], index=OFFERS)


def make_reach(rows: list[tuple[str, str, float]], *, limit: float = 1000.0) -> Reach:
    pairs = pd.DataFrame(rows, columns=["cell_id", "offer_id", "metres"]).astype({"metres": float})
    pairs = pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True)
    return Reach(kind="kita", limit_metres=limit, cell_ids=CELLS, offer_ids=OFFERS, pairs=pairs, example=False)


#  a has two offers, b shares one of them, the third has nobody near but an empty cell; d has none
REACH = make_reach([("a", "k1", 100), ("a", "k2", 400), ("b", "k1", 600), ("c", "k3", 100)])


@st.composite
def towns(draw: st.DrawFn) -> tuple[Reach, pd.Series, pd.Series]:
    far = st.none() | st.integers(0, 1000)
    rows = [(cell, offer, draw(far)) for cell in CELLS for offer in OFFERS]
    reach = make_reach([(cell, offer, float(metres)) for cell, offer, metres in rows if metres is not None])
    amount = st.sampled_from([0.0, 1.0]) | st.floats(0.01, 200)
    return (
        reach,
        pd.Series([draw(amount) for _ in CELLS], index=CELLS),
        pd.Series([draw(amount) for _ in OFFERS], index=OFFERS),
    )


def make_town(*, cells: int, offers: int, side: float, limit: float, seed: int) -> tuple[Reach, pd.Series, pd.Series]:
    """A larger town, scattered evenly: reach, persons, places."""
    random = np.random.default_rng(seed)
    here, there = random.random((cells, 2)) * side, random.random((offers, 2)) * side
    ways = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    cell, offer = np.nonzero(ways <= limit)
    ids = pd.Index([f"c{i:05d}" for i in range(cells)], name="cell_id", dtype="str")
    others = pd.Index([f"o{i:04d}" for i in range(offers)], name="offer_id", dtype="str")
    pairs = pd.DataFrame({"cell_id": ids[cell], "offer_id": others[offer], "metres": ways[cell, offer]})
    pairs = pairs.sort_values(["cell_id", "metres", "offer_id"], ignore_index=True)
    reach = Reach(kind="kita", limit_metres=limit, cell_ids=ids, offer_ids=others, pairs=pairs, example=False)
    persons = pd.Series(random.integers(0, 30, cells).astype(float), index=ids)
    return reach, persons, pd.Series(random.integers(10, 150, offers).astype(float), index=others)
