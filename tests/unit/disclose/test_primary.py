from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.reached import suppress_coverage, suppress_supply
from sro_geo.disclose.small import find_small, suppress_chain
from sro_geo.model.counts import NOBODY, parse_count
from sro_geo.model.indicators import Indicators
from sro_geo.model.reach import Coverage, Supply
from tests.measure_data import list_values, make_indicators, make_spec, make_specs

SPECS = make_specs(
    make_spec("alle", unit="persons", numerator=parse_count("jung + mittel + alt")),
    make_spec("jung", unit="persons"),
    make_spec("mittel", unit="persons"),
    make_spec("alt", unit="persons", numerator=parse_count("alt_w + alt_m")),
    make_spec("alt_w", unit="persons"),
    make_spec("alt_m", unit="persons"),
    make_spec("anteil"),
    make_spec("anteil_alt", denominator=parse_count("alt")),
    make_spec("je_1000", unit="per_1000"),
    make_spec("dichte", unit="per_km2", numerator=parse_count("alt")),
    make_spec("saldo", unit="per_1000", signed=True),
    make_spec("alter", unit="years"),
    make_spec("plaetze_kita", unit="per_100", numerator=NOBODY, derived=True),
    make_spec("haeuser", unit="number", numerator=NOBODY),
)


def row(code: str, value: float, above: float = np.nan, below: float = np.nan) -> dict[str, Any]:
    return {"quarter_id": "q", "indicator": code, "value": value, "numerator": above, "denominator": below}


def protect(*rows: dict[str, Any], smallest: int = 3) -> Any:
    table, _ = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=smallest)
    return table.set_index("indicator")[["value", "numerator", "denominator", "status"]]


def is_withheld(found: Any, code: str) -> bool:
    cells = found.loc[code]
    assert (cells["status"] == "suppressed") == bool(np.isnan(cells["value"]))
    if cells["status"] == "suppressed":
        assert np.isnan(cells["numerator"])
    return bool(cells["status"] == "suppressed")


@pytest.mark.parametrize(("value", "gone"), [(0, False), (1, True), (2, True), (3, False)])
def test_small_counts_of_persons_go_and_zeros_stay(value: float, gone: bool) -> None:  # noqa: FBT001  a table of cases
    assert is_withheld(protect(row("jung", value)), "jung") is gone


@pytest.mark.parametrize(
    ("cells", "gone"),
    [
        (row("anteil", 10, 10, 100), False),
        (row("anteil", 2, 2, 100), True),
        (row("anteil", 98, 98, 100), True),  # the other 2
        (row("anteil", 0, 0, 100), False),
        (row("anteil", 100, 100, 100), False),
        (row("anteil", 1.6, below=100), True),  # no numerator given, but 1.6 % of 100 are 2
        (row("anteil", 3.4, below=100), False),
        (row("anteil", 1.6), False),
        (row("je_1000", 10, 1, 100), True),
        (row("je_1000", 990, 99, 100), False),  # a rate is no share of a whole
        (row("dichte", 1, 2, 2), True),
        (row("dichte", 100, 200, 2), False),  # two square kilometres are no persons
        (row("saldo", 20, 2, 100), False),  # a balance counts nobody
        (row("saldo", 1000, 2, 2), True),
        (row("alter", 44, below=2), True),
        (row("plaetze_kita", 2, 2, 100), False),  # two places
        (row("plaetze_kita", 100, 2, 2), True),
        (row("haeuser", 2), False),
    ],
)
def test_rates_go_with_what_they_are_made_of(cells: dict[str, Any], gone: bool) -> None:  # noqa: FBT001  a table of cases
    assert is_withheld(protect(cells), cells["indicator"]) is gone


def test_a_denominator_stays_unless_it_is_small_itself() -> None:
    assert protect(row("anteil", 2, 2, 100)).loc["anteil", "denominator"] == 100
    assert np.isnan(protect(row("anteil", 50, 1, 2)).loc["anteil", "denominator"])
    gone = {"quarter_id": "q", "indicator": "anteil", "status": "suppressed", "numerator": 7, "denominator": 2}
    assert protect(gone).loc["anteil", ["numerator", "denominator"]].isna().all()
    area = row("dichte", 100, 200, 2)
    assert protect(area).loc["dichte", "denominator"] == 2


def list_withheld(found: Any) -> list[str]:
    return [code for code in found.index if is_withheld(found, code)]


def test_of_a_total_with_one_gap_another_part_goes_and_the_total_stays() -> None:
    rows = [row("jung", 20), row("mittel", 30), row("alt", 12), row("alt_w", 10), row("alt_m", 2), row("alle", 62)]
    assert list_withheld(protect(*rows)) == ["alt_m", "alt_w"]


def test_totals_of_totals_are_followed_and_zeros_stay() -> None:
    rows = [row("jung", 20), row("mittel", 30), row("alt", 2), row("alt_w", 0), row("alt_m", 2), row("alle", 52)]
    found = list_withheld(protect(*rows))
    assert {"alt", "alt_m"} < set(found)
    assert len(found) == 3
    assert not {"alt_w", "alle"} & set(found)


def test_two_gaps_that_must_both_be_small_take_their_total_along() -> None:
    """1 and 2 of 3: neither can be 3. Of 4 one can."""
    assert list_withheld(protect(row("alt", 3), row("alt_w", 1), row("alt_m", 2))) == ["alt", "alt_m", "alt_w"]
    assert list_withheld(protect(row("alt", 4), row("alt_w", 2), row("alt_m", 2))) == ["alt_m", "alt_w"]


def test_a_gap_that_is_merely_missing_withholds_nothing() -> None:
    gap = {"quarter_id": "q", "indicator": "alt_m", "status": "missing"}
    assert protect(row("alt", 30), row("alt_w", 10), gap)["status"].tolist() == ["observed", "missing", "observed"]


def test_a_gap_that_the_file_brought_counts_too() -> None:
    gap = {"quarter_id": "q", "indicator": "alt_m", "status": "suppressed"}
    assert len(list_withheld(protect(row("alt", 30), row("alt_w", 10), gap))) == 2


def test_another_quarter_or_year_does_not_matter() -> None:
    rows = [row("alt", 30), row("alt_w", 28)]
    other = [{**row("alt_m", 2), "quarter_id": "p"}, {**row("alt_m", 2), "year": 2023}]
    indicators = make_indicators([*rows, *other], specs=SPECS)
    table, _ = suppress_small(indicators, specs=SPECS, smallest=3)
    here = (table["quarter_id"] == "q") & (table["year"] == 2024)
    assert (table.loc[here, "status"] == "observed").all()


def test_a_rate_loses_its_counts_before_it_goes() -> None:
    """998 of 1,000 are shown already: the denominator would give the other two away, 12 % doesn't."""
    shown = make_indicators(
        [row("alt_w", 998), {"quarter_id": "q", "indicator": "alt_m", "status": "suppressed"}], specs=SPECS
    )
    own = make_indicators([row("anteil_alt", 12.3, 123, 1000), row("je_1000", 12.3, 12.3, 999)], specs=SPECS)
    table, notes = suppress_small(own, specs=SPECS, smallest=3, beside=shown)
    found: Any = table.set_index("indicator")
    assert found.loc["anteil_alt", ["value", "low", "high", "status"]].tolist() == [12, 11.5, 12.5, "observed"]
    assert found.loc["anteil_alt", ["numerator", "denominator"]].isna().all()
    assert found.loc["je_1000", ["value", "denominator"]].tolist() == [12.3, 999]
    assert notes == ()
    alone, _ = suppress_small(own, specs=SPECS, smallest=3)
    pd.testing.assert_frame_equal(alone, own)


def test_a_total_that_follows_from_a_density_is_a_total() -> None:
    found = protect(row("alt_w", 998), row("alt_m", 2), row("dichte", 500, below=2))
    assert len(list_withheld(found)) == 2


def test_sums_that_do_not_hold_protect_nothing_but_what_counts_the_same() -> None:
    rows = [row("alt", 31), row("alt_w", 28), row("alt_m", 2), row("anteil_alt", 10, 3.1, 31)]
    table, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    assert table.loc[table["status"] == "suppressed", "indicator"].tolist() == ["alt_m"]
    assert [(note.cause, note.values["count"]) for note in notes] == [("sums_apart", 1), ("counts_suppressed", 1)]


def test_a_contradiction_elsewhere_switches_no_protection_off() -> None:
    """31 is no sum of 28 and 2, and counts something else; 30 is, and would give the 2 away."""
    rows = [row("alt", 30), row("alt_w", 28), row("alt_m", 2), row("anteil_alt", 10, 3.1, 31)]
    table, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    withheld = table.loc[table["status"] == "suppressed", "indicator"].tolist()
    assert "alt_m" in withheld
    assert {"alt", "alt_w"} & set(withheld)
    assert notes[0].cause == "sums_apart"


def test_notes_count_by_indicator() -> None:
    rows = [
        *list_values("alt_m", {"a": 1, "b": 2, "c": 9}),
        *list_values("alt_w", {"a": 20, "b": 20, "c": 20}),
        *list_values("alt", {"a": 21, "b": 22, "c": 29}),
    ]
    _, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    assert [(n.cause, n.values) for n in notes] == [
        ("counts_suppressed", {"indicator": "alt_m", "count": 2, "smallest": 3}),
        ("counts_suppressed", {"indicator": "alt_w", "count": 2, "smallest": 3}),
    ]


def test_arguments_stay_and_rows_stay_where_they_are() -> None:
    indicators = make_indicators([row("jung", 2), row("alt", 30)], specs=SPECS)
    shuffled = Indicators(indicators.iloc[::-1])
    before = shuffled.copy(deep=True)
    table, _ = suppress_small(shuffled, specs=SPECS, smallest=3)
    pd.testing.assert_frame_equal(shuffled, before)
    pd.testing.assert_index_equal(table.index, shuffled.index)
    assert table["indicator"].tolist() == ["jung", "alt"]


def test_an_empty_table_stays_empty() -> None:
    empty = Indicators(make_indicators([row("jung", 2)], specs=SPECS).head(0))
    table, notes = suppress_small(empty, specs=SPECS, smallest=3)
    assert table.empty
    assert notes == ()


def test_smallest_must_count_somebody() -> None:
    with pytest.raises(ValueError, match="`smallest` must be at least 1; got 0"):
        protect(row("jung", 2), smallest=0)
    assert not is_withheld(protect(row("jung", 1), smallest=1), "jung")


def test_modelled_fractions_count_from_half_a_person() -> None:
    found = find_small([0.4, 0.5, 2.9, 3 - 1e-9, 3, np.nan], smallest=3)
    assert found.tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize(
    ("counts", "total", "kept"),
    [
        ((30, 40, 49), 50, "yyn"),  # one person beyond the last
        ((30, 40, 50), 50, "yyy"),
        ((0, 40, 41), 50, "yny"),  # one between
        ((1, 2, 40), 50, "nny"),
        ((0, 0, 0), 50, "yyy"),
        ((0, 1, 2), 2, "nnn"),  # so few live here at all
        ((0, 0, 0), 0, "yyy"),
        ((30, 31, 32), 50, "nny"),
        ((28, 31, 32), 50, "yny"),  # 31 gone, 28 is far enough from 32
    ],
)
def test_chains(counts: tuple[float, ...], total: float, kept: str) -> None:
    found = suppress_chain(np.array([counts], dtype=float), np.array([total], dtype=float), smallest=3)
    assert "".join("y" if k else "n" for k in found[0]) == kept


def test_coverage_loses_the_count_and_the_mean_that_would_give_it_away() -> None:
    table = pd.DataFrame(
        {
            "quarter_id": ["b", "a", "b", "a", "c", "d"],
            "minutes": [10.0, 10.0, 5.0, 5.0, 5.0, 10.0],
            "reached": [49.0, 40.0, 30.0, 2.0, 0.0, 0.0],
            "persons": [50.0, 40.0, 50.0, 40.0, 2.0, 0.0],
            **{key: [0.98, 1.5, 0.6, 0.05, 0.0, np.nan] for key in ("mean_offers", "mean_low", "mean_high")},
            "status": ["observed"] * 5 + ["not_applicable"],
            "example": False,
        },
        index=[9, 8, 7, 6, 5, 4],
    )
    before = table.copy(deep=True)
    found = suppress_coverage(Coverage(kind="kita", target_group="0-6", table=table, offers=2), smallest=3).table
    pd.testing.assert_frame_equal(table, before)
    gone = [9, 6, 5]
    assert found.index[found["status"] == "suppressed"].tolist() == gone
    assert found.loc[gone, ["reached", "mean_offers"]].isna().all(axis=None)
    assert found["persons"].isna().tolist() == [False] * 4 + [True, False]
    kept = [8, 7, 4]
    pd.testing.assert_frame_equal(found.loc[kept], before.loc[kept])


def test_supply_loses_few_persons_and_their_rate() -> None:
    table = pd.DataFrame(
        {"places": [4.0, 4.0], "persons": [2.0, 8.0], "rate": [2.0, 0.5], "status": "observed", "example": False},
        index=["a", "b"],
    )
    supply = Supply(kind="kita", target_group="0-6", table=table, mixed=(), left_out=(), unknown=("x",))
    found = suppress_supply(supply, smallest=3)
    assert found.table.loc["a", ["persons", "rate"]].isna().all()
    assert found.table["status"].tolist() == ["suppressed", "observed"]
    assert found.table["places"].tolist() == [4, 4]
    assert found.unknown == ("x",)
    assert table.loc["a", "persons"] == 2
