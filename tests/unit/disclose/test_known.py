"""Earlier editions beside the tables of today, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.disclose.known import match_earlier
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.record import record_withheld
from sro_geo.model.indicators import Indicators
from tests.load_data import CATALOGUE
from tests.measure_data import make_indicators

if TYPE_CHECKING:
    from sro_geo.disclose.known import Known
    from sro_geo.errors import Problem

SPECS = CATALOGUE.specs
SECRET = {"status": "suppressed"}


def row(code: str, value: float, **facts: Any) -> dict[str, Any]:
    return {"quarter_id": "q", "indicator": code, "value": value, **facts}


def match(now: list[dict[str, Any]], *editions: list[dict[str, Any]]) -> tuple[Indicators, Known, int]:
    tables = [make_indicators(rows, specs=SPECS) for rows in editions]
    own = make_indicators(now, specs=SPECS)
    known, revised = match_earlier(own, Indicators(pd.concat(tables, ignore_index=True)), specs=SPECS)
    return own, known, revised


def protect(
    now: list[dict[str, Any]], *editions: list[dict[str, Any]], smallest: int = 3
) -> tuple[pd.DataFrame, dict[str, Problem], pd.DataFrame]:
    own, known, _ = match(now, *editions)
    shown, notes = suppress_small(own, specs=SPECS, smallest=smallest, known=known)
    record = record_withheld(own, shown, specs=SPECS, smallest=smallest, known=known)
    return shown.set_index("indicator"), {note.cause: note for note in notes}, record.set_index("indicator")


def list_gone(shown: pd.DataFrame) -> set[str]:
    return {str(code) for code in shown.index[shown["status"] == "suppressed"]}


def test_a_total_of_an_earlier_edition_counts() -> None:
    """42 were shown; of 2 and 40 the 40 would give the 2 away."""
    now = [row("alter_0_3", 2), row("alter_3_6", 40)]
    assert list_gone(protect(now, [row("bevoelkerung", 900)])[0]) == {"alter_0_3"}
    shown, _, record = protect(now, [row("alter_0_6", 42)])
    assert list_gone(shown) == {"alter_0_3", "alter_3_6"}
    assert record.loc[["alter_0_3"], ["low", "high", "safe"]].to_numpy().tolist() == [[1, 41, True]]


def test_what_was_withheld_stays_so() -> None:
    """15 less 9 less 4 are 2: today's table lacks the total, and the 4 would be shown."""
    now = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9)]
    then = [row("alter_0_15", 15), row("alter_6_15", 9)]
    then += [row(code, np.nan, **SECRET) for code in ("alter_0_3", "alter_3_6")]
    shown, notes, record = protect(now, then)
    assert list_gone(shown) == {"alter_0_3", "alter_3_6"}
    assert set(notes) == {"counts_suppressed"}
    assert record["reason"].tolist() == ["small", "protects"]
    assert record[["low", "high"]].to_numpy().tolist() == [[1, 5], [1, 5]]


def test_what_was_withheld_stays_so_where_nothing_is_small() -> None:
    now = [row("alter_3_6", 40), row("zuzuege", 0)]
    shown, _, record = protect(now, [row("alter_3_6", np.nan, **SECRET), row("zuzuege", np.nan, **SECRET)])
    assert list_gone(shown) == {"alter_3_6", "zuzuege"}
    assert record["reason"].tolist() == ["protects"] * 2


def test_numerator_decimals_and_denominator_stay_away_too() -> None:
    now = [row("kinder_sgb2", 12.3, numerator=123, denominator=1000)]
    shown, _, record = protect(now, [row("kinder_sgb2", 12.0)])
    assert shown[["value", "low", "high"]].to_numpy().tolist() == [[12, 11.5, 12.5]]
    assert shown[["numerator", "denominator"]].isna().all(axis=None)
    assert record["part"].tolist() == ["counts", "below"]
    _, known, revised = match(now, [row("kinder_sgb2", 12.3, numerator=123, denominator=1000)])
    assert not any(known.kept.values())
    assert revised == 0


def test_a_number_that_was_shown_cannot_be_taken_back() -> None:
    """The limit was 3 and is 5: the 4 stays withheld, others needn't go for it, and nobody is stopped."""
    now = [row("alter_0_3", 4), row("alter_3_6", 40), row("alter_0_6", 44)]
    assert list_gone(protect(now, [row("haushalte", 20)], smallest=5)[0]) != {"alter_0_3"}
    shown, notes, record = protect(now, now, smallest=5)
    assert list_gone(shown) == {"alter_0_3"}
    assert notes["already_public"].values == {"count": 1}
    assert record.loc[["alter_0_3"], ["low", "high", "reason"]].to_numpy().tolist() == [[4, 4, "public"]]
    assert record["safe"].tolist() == [None]


def test_nor_can_what_follows_from_two_numbers() -> None:
    now = [row("alter_0_3", 4)]
    shown, notes, record = protect(now, [row("alter_3_6", 40)], [row("alter_0_6", 44)], smallest=5)
    assert list_gone(shown) == {"alter_0_3"}
    assert notes["already_public"].values == {"count": 1}
    assert record["reason"].tolist() == ["public"]


def test_a_revised_number_takes_part_in_no_sum() -> None:
    """43 were shown and are 42 today: 43 less 40 would say 3."""
    now = [row("alter_0_3", 2), row("alter_3_6", 40), row("alter_0_6", 42)]
    own, known, revised = match(now, [row("alter_0_6", 43)])
    assert revised == 1
    assert known.earlier is not None
    assert known.earlier.empty
    shown, notes = suppress_small(own, specs=SPECS, smallest=3, known=known)
    assert {note.cause for note in notes} == {"counts_suppressed"}
    assert (shown["status"] == "suppressed").sum() == 2


@pytest.mark.parametrize(
    ("now", "then", "revised"),
    [
        ({"value": 12.34567}, {"value": 12.3457}, 0),
        ({"value": 12.34567}, {"value": 12.3456}, 1),
        ({"value": 100 / 3, "numerator": 5, "denominator": 15}, {"value": 33.33, "numerator": 5, "denominator": 15}, 0),
        ({"value": 100 / 3, "numerator": 5, "denominator": 15}, {"value": 33.3333, "denominator": 15}, 0),
        (
            {"value": 100 / 3, "numerator": 5, "denominator": 15},
            {"value": 100 / 3, "numerator": 6, "denominator": 18},
            1,
        ),
    ],
)
def test_a_number_is_the_same_as_it_was_printed(now: dict[str, float], then: dict[str, float], revised: int) -> None:
    both = ([row("kinder_sgb2", **facts)] for facts in (now, then))
    assert match(*both)[2] == revised


def test_two_editions_that_contradict_each_other_tell_nothing() -> None:
    now = [row("alter_0_3", 2), row("alter_3_6", 40)]
    assert list_gone(protect(now, [row("alter_0_6", 42)], [row("alter_0_6", 43)])[0]) == {"alter_0_3"}


def test_what_an_edition_withheld_and_the_tables_no_longer_hold_is_protected() -> None:
    """45 less 40 are 5, and nobody withheld it for nothing."""
    now = [row("alter_3_6", 40), row("alter_0_6", 45)]
    assert list_gone(protect(now, [row("haushalte", 20)])[0]) == set()
    assert len(list_gone(protect(now, [row("alter_0_3", np.nan, **SECRET)])[0])) == 1
