from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.report.closures import make_closures
from sro_geo.report.shown import list_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.atlas import Closures
    from sro_geo.model.study import Study

ROW = {
    "kind": "spielplatz", "offer": "Spielplatz Nordtor", "other": None, "provider": "Stadt Musterstadt", "quarter_id": "01",
    "target_group": "0-15", "minutes": 10.0, "reached": 700.0, "lose": 330.0, "farther": 1180.0, "more_metres": 250.0,
    "unplaced": np.nan,    "status": "observed", "example": True,
}  # fmt: skip


def tell(study: Study, *rows: Mapping[str, object], code: str = "ohne_spielplatz_10") -> Closures | None:
    told = replace(study, closures=pd.DataFrame([{**ROW, **row} for row in rows], columns=list(ROW)))
    return make_closures(told, {one.code: one for one in list_shown(told)}[code])


def test_a_row_says_who_loses_the_last_and_who_walks_how_much_farther(musterstadt: Study) -> None:
    found = tell(
        musterstadt, {}, {"offer": None, "quarter_id": None, "lose": 4170.0, "farther": 0, "more_metres": np.nan}
    )
    assert found is not None
    assert found.note == (
        "Kinder unter\u00a015 der ganzen Stadt, die danach in 10\u00a0Gehminuten keinen Spielplatz mehr hätten, "
        "und wer weiter gehen müsste. Auf 10 gerundet; • geheim."
    )
    assert found.rows == (
        ("Spielplatz Nordtor", "Altstadt-Nord", "330", "1.180, im Mittel 250\u00a0m"),
        ("alle von Stadt Musterstadt", "", "4.170", "0"),
    )


def test_where_places_are_known_a_row_says_how_many_more_have_none(musterstadt: Study) -> None:
    pair = {"other": "Spielplatz Hafen", "provider": None, "quarter_id": None}
    stairs = {"offer": "alle Treppen", "provider": None, "quarter_id": None}
    found = tell(musterstadt, {"unplaced": 1210.0}, {"unplaced": 0.0}, pair, stairs)
    assert found is not None
    assert found.note.endswith(
        "• geheim. Ohne Platz: so viele mehr als heute, wenn alle einen in dieser Zeit suchen und jeder nur einmal vergeben wird."
    )
    assert [row[4] for row in found.rows] == ["1.210", "0", "•", "·"]


def test_what_is_withheld_is_a_sign_and_never_a_zero(musterstadt: Study) -> None:
    found = tell(musterstadt, {"lose": np.nan, "farther": np.nan, "more_metres": np.nan})
    assert found is not None
    assert found.rows[0][2:] == ("•", "•")


def test_the_note_says_what_counts_are_rounded_to(musterstadt: Study) -> None:
    found = tell(replace(musterstadt, about=replace(musterstadt.about, smallest=15)), {})
    assert found is not None
    assert found.note.endswith("Auf 40 gerundet; • geheim.")


def test_two_at_once_stand_behind_the_single_ones(musterstadt: Study) -> None:
    pair = {"other": "Spielplatz Hafen", "provider": None, "quarter_id": None, "lose": 900.0}
    found = tell(musterstadt, pair, pair, pair, {}, {"offer": None, "quarter_id": None})
    assert found is not None
    both = ("Spielplatz Nordtor und Spielplatz Hafen zugleich", "", "900", "1.180, im Mittel 250\u00a0m")
    assert found.rows[1:3] == (both, both)
    assert [row[0] for row in found.rows[::3]] == ["Spielplatz Nordtor", "alle von Stadt Musterstadt"]


def test_stairs_stand_last(musterstadt: Study) -> None:
    stairs = {"offer": "alle Treppen", "provider": None, "quarter_id": None, "lose": 20.0, "farther": 0.0}
    found = tell(musterstadt, stairs, {}, {"offer": None, "quarter_id": None})
    assert found is not None
    assert [row[0] for row in found.rows] == ["Spielplatz Nordtor", "alle von Stadt Musterstadt", "alle Treppen"]


def test_only_what_would_be_missed_is_named_and_not_all_of_it(musterstadt: Study) -> None:
    nobody = {"lose": 0.0, "farther": 0.0, "more_metres": np.nan}
    assert tell(musterstadt, nobody) is None
    many = tell(musterstadt, *({"offer": f"Platz {i}"} for i in range(9)), nobody)
    assert many is not None
    assert [row[0] for row in many.rows] == [f"Platz {i}" for i in range(6)]


def test_a_map_of_another_walk_or_of_no_offers_says_nothing_of_closures(musterstadt: Study) -> None:
    assert tell(musterstadt, {}, code="ohne_spielplatz_5") is None
    assert tell(musterstadt, {}, code="kinder_sgb2") is None
