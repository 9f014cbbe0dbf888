from __future__ import annotations

import pytest

from sro_geo.coverage.distance import measure_straight
from sro_geo.coverage.fineness import measure_move
from tests.measure_data import make_offers, make_population

OFFERS = make_offers({"k": ("kita", (0, 0))})


def move(coarse: list[int], fine: list[int]) -> float:
    """Cells at so many metres from the only offer; walks of 5 and 10 minutes are 300 and 600 metres."""
    cells, closer = (
        make_population({f"{name}{at}": ((at, 0), {"0-6": 1}) for at in places}).cells
        for name, places in (("c", [*coarse, 1500]), ("f", fine))
    )
    way = {"kind": "kita", "limit_metres": 600.0, "detour_factor": 1.0, "barrier": None}
    found = [measure_straight(points, OFFERS, **way) for points in (cells, closer)]  # type: ignore[arg-type]  # as stated
    own = cells.index[cells["quarter_id"] == "q1"]
    return measure_move(found[0], found[1], cell_ids=own, minutes=(5, 10), speed_kmh=3.6)


def test_the_largest_move_of_all_limits_in_points() -> None:
    # 5 minutes: 1 of 2 and 1 of 4; 10 minutes: 2 of 2 and 3 of 4
    assert move([100, 500], [100, 400, 600, 900]) == pytest.approx(25)
    # 5 minutes: 1 of 1 and 1 of 2; 10 minutes: all
    assert move([100], [300, 301]) == pytest.approx(50)


def test_the_same_shares_do_not_move_and_other_quarters_do_not_count() -> None:
    assert move([100, 500], [200, 250, 400, 450]) == 0
    assert move([900], [700, 800]) == 0
