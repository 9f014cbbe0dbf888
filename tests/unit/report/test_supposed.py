from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.report.shown import list_shown
from sro_geo.report.supposed import QUARTERS, make_supposed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.atlas import Shaken
    from sro_geo.model.study import Study

ROW = {
    "order": 1, "indicator": "annahme_1", "supposed": "Kita Nordtor schließt", "kind": "kindertageseinrichtung", "target_group": "0-6", "minutes": 10.0,
    "quarter_id": "01", "lose": 0.0, "lose_choice": 0.0, "farther": 0.0, "more_metres": np.nan, "places_before": 80.0,
    "places_after": 80.0, "status": "observed", "example": True,
}  # fmt: skip
CITY: dict[str, object] = {
    "quarter_id": None,
    "lose": 1210.0,
    "lose_choice": 30.0,
    "farther": 70.0,
    "more_metres": 180.0,
}


def tell(study: Study, *rows: Mapping[str, object], code: str = "ohne_kindertageseinrichtung_10") -> tuple[Shaken, ...]:
    told = replace(study, supposed=pd.DataFrame([{**ROW, **row} for row in rows], columns=list(ROW)))
    return make_supposed(told, {one.code: one for one in list_shown(told)}[code])


def test_the_city_comes_first_then_the_quarters_hit_hardest(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, {"lose_choice": 50.0}, {"quarter_id": "02", "lose": 10.0, "places_after": 70.0}, CITY)
    assert found.rows == (
        ("Ganze Stadt", "1.210", "30", "70, im Mittel 180\u00a0m", "80,0 → 80,0"),
        (musterstadt.quarters.loc["02", "name"], "10", "0", "0", "80,0 → 70,0"),
        (musterstadt.quarters.loc["01", "name"], "0", "50", "0", "80,0 → 80,0"),
    )
    assert found.note == (
        "Angenommen: Kita Nordtor schließt (Kindertageseinrichtung). Kinder unter\u00a06, die danach in 10\u00a0Gehminuten keine "
        "Kita mehr hätten, statt mehrerer Angebote nur noch eines, oder einen weiteren Weg: Menschen von heute, auf 10 gerundet; • "
        "geheim. Plätze im Quartier je 100."
    )


def test_a_quarter_that_loses_nothing_is_not_listed_and_one_that_may_is(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, {}, {"quarter_id": "02", "lose": np.nan, "places_before": np.nan}, CITY)
    assert [row[1] for row in found.rows] == ["1.210", "•"]
    assert found.rows[1][-1] == "·"


def test_the_map_of_a_shock_has_its_list_and_no_other(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, CITY, {**CITY, "order": 2, "indicator": None, "supposed": "x"}, code="annahme_1")
    assert found.note.startswith("Angenommen: Kita Nordtor schließt")


def test_what_is_withheld_stands_before_none(musterstadt: Study) -> None:
    """The quarter of the closed day-care centre itself may be the one; its places tell nothing of it."""
    many: list[dict[str, object]] = [{"quarter_id": f"{q:02}", "places_after": 80.0 - q} for q in range(3, 11)]
    (found,) = tell(musterstadt, *many, {"quarter_id": "01", "lose": np.nan}, {"quarter_id": "02", "lose": 30.0}, CITY)
    assert [row[1] for row in found.rows] == ["1.210", "30", "•", "0", "0", "0", "0"]
    assert found.note.endswith("Genannt: 6 von 10 Quartieren, für die sich etwas ändert; alle stehen in tables.xlsx.")


def test_no_more_quarters_than_are_read(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, *({"quarter_id": f"{q:02}", "lose": 10.0 * q} for q in range(1, 11)), CITY)
    assert [row[1] for row in found.rows] == ["1.210", "100", "90", "80", "70", "60", "50"]
    assert len(found.rows) == QUARTERS + 1


def test_each_shock_is_told_on_the_map_of_its_walk_alone(musterstadt: Study) -> None:
    rows: list[dict[str, object]] = [
        {},
        CITY,
        {**CITY, "order": 2, "supposed": "x"},
        {**CITY, "order": 3, "minutes": 5.0},
    ]
    assert len(tell(musterstadt, *rows)) == 2
    assert tell(musterstadt, *rows, code="kinder_sgb2") == ()
