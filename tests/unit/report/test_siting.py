from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.report.shown import list_shown
from sro_geo.report.siting import make_siting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.atlas import Sited
    from sro_geo.model.study import Study

ROW = {
    "order": 1, "kind": "spielplatz", "target_group": "0-15", "minutes": 10.0, "problem": "cover", "plan": 1,
    "site": None, "quarter_id": "01", "lon": 13.5, "lat": 53.2, "gain": 1180.0, "gives_up": 0.0, "proven": True, "gap": 0.0, "ties": 0.0,
    "ties_complete": True, "status": "observed", "example": True,
}  # fmt: skip
NEXT = {"plan": 2, "ties": np.nan, "ties_complete": None}


def tell(study: Study, *rows: Mapping[str, object], code: str = "ohne_spielplatz_10") -> tuple[Sited, ...]:
    told = replace(study, siting=pd.DataFrame([{**ROW, **row} for row in rows], columns=list(ROW)))
    return make_siting(told, {one.code: one for one in list_shown(told)}[code])


def test_a_row_says_where_whom_it_gains_and_what_it_gives_up(musterstadt: Study) -> None:
    other = {**NEXT, "gain": 180.0, "gives_up": 1000.0}
    (found,) = tell(musterstadt, {}, {}, {**other, "quarter_id": "02"}, {**other, "quarter_id": "01"})
    names = musterstadt.quarters["name"]
    assert found.rows == (
        (f"{names['01']} (Standorte: 2)", "1.180", ""),
        (f"{names['02']}, {names['01']}", "180", "1.000"),
    )
    assert found.note == (
        "Gesucht sind 2 weitere Angebote (Spielplatz), mit denen die meisten Kinder unter\u00a015 eines in "
        "10\u00a0Gehminuten erreichen. Gezählt ist, wer in der ganzen Stadt dann eines erreicht und bisher keines; was es "
        "gibt, bleibt. Auf 10 gerundet; • geheim. Die erste Zeile ist nachweislich die beste Lösung. "
        "Freie Grundstücke und Mieten kennt das Programm nicht."
    )


def test_a_candidate_is_told_by_its_name_and_quarter(musterstadt: Study) -> None:
    (sited,) = tell(musterstadt, {"site": "Turnhalle"}, {**NEXT, "site": "Wiese", "quarter_id": "08"})
    assert [row[0] for row in sited.rows] == ["Turnhalle (Altstadt-Nord)", "Wiese (Neue Heide)"]
    assert sited.note.endswith("Geprüft sind nur die vorgegebenen Standorte; Mieten kennt das Programm nicht.")


def test_without_a_proof_none_is_told(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, {"proven": False, "gap": 3.0, "ties": 2.0, "ties_complete": False})
    assert "nachweislich" not in found.note
    assert "die beste gefundene Lösung, höchstens 3\u00a0% unter der besten möglichen." in found.note
    assert "Mindestens 2 andere sind ebenso gut." in found.note
    (found,) = tell(musterstadt, {"proven": False, "gap": np.nan})
    assert "wie weit sie unter der besten möglichen liegt, ist offen" in found.note


def test_sets_as_good_are_counted(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, {"ties": 1.0})
    assert "1 andere ist ebenso gut." in found.note


def test_what_is_withheld_is_a_sign_and_never_a_zero(musterstadt: Study) -> None:
    few = {"gain": np.nan, "gives_up": np.nan}
    (found,) = tell(musterstadt, few, {**NEXT, **few})
    assert [row[1:] for row in found.rows] == [("•", ""), ("•", "•")]


def test_the_same_ten_is_not_told_as_no_difference(musterstadt: Study) -> None:
    (found,) = tell(musterstadt, {}, NEXT)
    assert [row[2] for row in found.rows] == ["", "unter 10"]


def test_ways_give_up_no_persons_and_twice_says_two(musterstadt: Study) -> None:
    ways = {"problem": "median", "gives_up": np.nan}
    found = tell(musterstadt, ways, {**NEXT, **ways}, {"order": 2, "problem": "cover_twice"})
    assert [row[2] for row in found[0].rows] == ["", ""]
    assert "mit dem die Wege zusammen am kürzesten werden (Kinder unter\u00a015;" in found[0].note
    assert "zwei in 10\u00a0Gehminuten" in found[1].note
    assert "dann zwei erreicht und bisher nicht" in found[1].note


def test_a_map_of_another_walk_or_of_no_offers_says_nothing_of_sites(musterstadt: Study) -> None:
    assert tell(musterstadt, {}, code="ohne_spielplatz_5") == ()
    assert tell(musterstadt, {}, code="kinder_sgb2") == ()
