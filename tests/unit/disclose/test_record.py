"""Hand-worked records: what a reader can work out of each withheld number, and why it is withheld."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.disclose.draft import Row
from sro_geo.disclose.facts import settle_block
from sro_geo.disclose.known import Known
from sro_geo.disclose.means import Mean, list_means
from sro_geo.disclose.primary import suppress_small
from sro_geo.disclose.record import record_withheld
from sro_geo.errors import DataError
from sro_geo.model.counts import parse_count
from sro_geo.model.indicators import Indicators
from sro_geo.model.reach import Coverage
from sro_geo.text.speaker import Speaker
from tests.load_data import CATALOGUE
from tests.measure_data import make_indicators, make_spec

GAPS = {f"ohne_kita_{m}": make_spec(f"ohne_kita_{m}", derived=True, kind="kita", minutes=m) for m in (5, 10, 15)}
SPECS = {
    **CATALOGUE.specs,
    **GAPS,
    "alter": make_spec("alter", unit="years", denominator=parse_count("0-15")),
}


def row(code: str, value: float, **facts: Any) -> dict[str, Any]:
    return {"quarter_id": "q", "indicator": code, "value": value, **facts}


def gap(minutes: int, without: float, persons: float) -> dict[str, Any]:
    return row(f"ohne_kita_{minutes}", 100 * without / persons, numerator=without, denominator=persons)


SECRET = {"status": "suppressed"}
AGES = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9), row("alter_0_15", 15)]


def read(record: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float, str, bool | None]]:
    assert record["exact"].all()
    ends = zip(record["indicator"], record["part"], strict=True)
    rest = record[["low", "high", "reason", "safe"]].astype(object).itertuples(index=False, name=None)
    return dict(zip(ends, rest, strict=True))


def record(*rows: dict[str, Any], smallest: int = 3, shown: Indicators | None = None, **facts: Any) -> Any:
    true = make_indicators(rows, specs=SPECS)
    seen = suppress_small(true, specs=SPECS, smallest=smallest)[0] if shown is None else shown
    return read(record_withheld(true, seen, specs=SPECS, smallest=smallest, **facts))


def hide(table: Indicators, *codes: str) -> Indicators:
    gone = table["indicator"].isin(codes)
    numbers = {column: table[column].mask(gone) for column in ("value", "low", "high", "numerator")}
    return Indicators(table.assign(**numbers, status=table["status"].mask(gone, "suppressed")))


def test_two_of_six_children_are_one_to_five() -> None:
    """15 less 9 are 6: each of the two is 1 to 5, and only the first is small."""
    assert record(*AGES) == {
        ("alter_0_3", "value"): (1, 5, "small", True),
        ("alter_3_6", "value"): (1, 5, "protects", None),
    }


def test_a_small_number_that_follows_is_not_safe_and_one_that_is_shown_is_not_either() -> None:
    true = make_indicators(AGES, specs=SPECS)
    assert record(*AGES, shown=hide(true, "alter_0_3")) == {("alter_0_3", "value"): (2, 2, "small", False)}
    assert record(*AGES, shown=true) == {("alter_0_3", "value"): (2, 2, "small", False)}


def test_what_the_file_withholds_has_its_own_reason_and_may_be_nobody() -> None:
    rows = [row("alter_0_3", np.nan, **SECRET), row("alter_3_6", 40), row("alter_0_6", 45)]
    shown = hide(make_indicators(rows, specs=SPECS), "alter_3_6")
    assert record(*rows, shown=shown) == {
        ("alter_0_3", "value"): (0, 44, "source", True),
        ("alter_3_6", "value"): (1, 45, "protects", None),
    }


def test_numerator_and_decimals_are_told_within_the_rounding() -> None:
    """12 % of 1,000 are 115 to 124; with 998 shown beside a withheld one the denominator goes as well."""
    rows = [row("alter_0_15", 1000), row("kinder_sgb2", 12.3, numerator=123, denominator=1000)]
    true = make_indicators(rows, specs=SPECS)
    coarse = true["indicator"] == "kinder_sgb2"
    shown: Any = true.assign(value=true["value"].mask(coarse, 12.0), numerator=np.nan)
    assert record(*rows, shown=shown) == {("kinder_sgb2", "counts"): (115, 124, "protects", None)}
    bare: Any = shown.assign(denominator=np.nan)
    assert record(*rows, shown=bare) == {
        ("kinder_sgb2", "counts"): (115, 124, "protects", None),
        ("kinder_sgb2", "below"): (1000, 1000, "protects", None),
    }


def test_a_mean_of_two_children_tells_its_denominator_only() -> None:
    found = record(row("alter", 7.5, denominator=2))
    assert found["alter", "below"] == (1, math.inf, "small", True)
    low, high, *why = found["alter", "value"]
    assert (math.isnan(low), math.isnan(high), why) == (True, True, ["small", True])


def test_a_quarter_that_is_secret_altogether_is_open_altogether() -> None:
    found = record(row("alter_0_3", 1), row("alter_3_6", 1), row("alter_0_6", 2), row("bevoelkerung", 2))
    assert {reason for *_, reason, _ in found.values()} == {"small"}
    assert all(high == math.inf and safe for _, high, _, safe in found.values())


def test_limits_bound_what_lies_between_them() -> None:
    """Of 50 children 13 have no day-care centre in 5 minutes, 12 in 10 and 2 in 15: 12 is one step from 13."""
    rows = [gap(5, 13, 50), gap(10, 12, 50), gap(15, 2, 50)]
    true = make_indicators(rows, specs=SPECS)
    shown = hide(true, "ohne_kita_10", "ohne_kita_15")
    assert record(*rows, shown=shown) == {
        ("ohne_kita_10", "value"): (1, 13, "protects", None),
        ("ohne_kita_15", "value"): (1, 13, "small", True),
    }
    found = record(*rows, shown=hide(true, "ohne_kita_15"))
    assert found["ohne_kita_5", "value"] == (13, 13, "small", False)
    assert found["ohne_kita_15", "value"] == (1, 12, "small", True)


def test_small_numbers_with_an_offer_are_secrets_too() -> None:
    rows = [gap(5, 48, 50), gap(10, 20, 50)]
    true = make_indicators(rows, specs=SPECS)
    assert record(*rows, shown=hide(true, "ohne_kita_5")) == {("ohne_kita_5", "value"): (20, 50, "small", True)}
    tight = [gap(5, 48, 50), gap(10, 47, 50)]
    true = make_indicators(tight, specs=SPECS)
    assert record(*tight, shown=hide(true, "ohne_kita_5"))["ohne_kita_5", "value"] == (47, 50, "small", True)
    assert record(*tight, shown=hide(true, "ohne_kita_10"))["ohne_kita_5", "value"] == (48, 48, "small", False)


def test_numbers_that_contradict_each_other_are_told_apart() -> None:
    """1 and 3 do not make 9: the 3 counts something else, and what is left of 9 bounds the small one."""
    rows = [row("alter_0_3", 1), row("alter_3_6", 3), row("alter_0_6", 9)]
    assert record(*rows) == {("alter_0_3", "value"): (1, 9, "small", True)}


def test_nothing_follows_from_numbers_that_fit_nothing() -> None:
    """Beside ages that contradict each other, the persons of two walks are 50 and 49, and one has more without than the other."""
    ages = [row("alter_0_3", 1), row("alter_3_6", 3), row("alter_0_6", 9)]
    rate = row("arbeitslose", 20, numerator=8, denominator=40)
    found = record(*ages, gap(5, 20, 50), gap(10, 10, 49), rate)
    assert found["alter_0_3", "value"] == (1, math.inf, "small", True)


def test_a_divided_rate_contradicts_nothing() -> None:
    """8 of 33,5 are 23,9 %, which no whole numbers beside them are: it is known what a crosswalk divided."""
    rows = [Row(0, "arbeitslose", 100 * 8 / 33.5, 8, 33.5, withheld=False, fixed=False)]
    rows += [Row(1, "alter_0_3", 2, math.nan, math.nan, withheld=False, fixed=False)]
    settled = settle_block(rows, specs=SPECS, smallest=3)
    assert (settled.odd, settled.sound) == (set(), True)


def test_quarters_are_tied_by_what_is_told_of_them_together() -> None:
    """Two quarters, 2 and 40 children, and a city of 42."""
    rows = [row("alter_0_3", 2), {**row("alter_0_3", 40), "quarter_id": "p"}]
    true = make_indicators(rows, specs=SPECS)
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    city = ("alter_0_3", 2024, {"p", "q"})
    found = [record_withheld(true, shown, specs=SPECS, smallest=3, totals=totals) for totals in ([], [city])]
    assert [read(one)["alter_0_3", "value"] for one in found] == [(1, math.inf, "small", True), (2, 2, "small", False)]


def spread(code: str, *numbers: tuple[float, ...]) -> Indicators:
    """A row for each quarter: a count, or numerator and denominator."""
    quarters = zip("pqrs", numbers, strict=False)
    rows = [
        row(code, n[0]) if len(n) == 1 else row(code, 100 * n[0] / n[1], numerator=n[0], denominator=n[1])
        for _, n in quarters
    ]
    return make_indicators([{**one, "quarter_id": q} for one, q in zip(rows, "pqrs", strict=False)], specs=SPECS)


def tie(true: Indicators, *ids: str, smallest: int = 3) -> list[tuple[float, float, bool | None]]:
    """Ends of what is withheld in each quarter, where the total of some is shown."""
    shown, _ = suppress_small(true, specs=SPECS, smallest=smallest)
    totals = [(str(true["indicator"].iloc[0]), 2024, ids)]
    told = record_withheld(true, shown, specs=SPECS, smallest=smallest, totals=totals)
    return list(told[["low", "high", "safe"]].astype(object).itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("counts", "ids", "ends"),
    [
        ((1, 2, 2), "pqr", [(1, 3, True)] * 3),  # 5 of three, each at least 1
        ((1, 2, 40), "pqr", [(1, 2, False)] * 2),  # 3 of two
        ((2, 2, 1), "pq", [(1, 3, True), (1, 3, True), (1, math.inf, True)]),  # 4 of the first two
    ],
)
def test_a_total_tells_the_sum_of_what_is_withheld_in_it(
    counts: tuple[int, ...], ids: str, ends: list[tuple[float, float, bool]]
) -> None:
    assert tie(spread("alter_0_3", *((count,) for count in counts)), *ids) == ends


def test_a_total_rate_tells_its_cases() -> None:
    """Cases 1, 1 and 2 are 4 of 150 children: each may be 2. Of 2, 2 and 2 each may be 4."""
    assert tie(spread("kinder_sgb2", (1, 50), (1, 50), (2, 50)), *"pqr") == [(1, 2, False)] * 3
    assert tie(spread("kinder_sgb2", (2, 50), (2, 50), (2, 50)), *"pqr") == [(1, 4, True)] * 3


@pytest.mark.parametrize(("sizes", "high", "safe"), [((2, 1), 2, False), ((2, 2), 3, True)])
def test_a_total_rate_tells_its_withheld_denominators(sizes: tuple[int, ...], high: float, safe: bool) -> None:  # noqa: FBT001  cases
    """Nobody of 2 and of 1 children: 3 together, and each at least 1, for a quarter without any has no rate."""
    true = spread("kinder_sgb2", *((0, size) for size in sizes))
    shown, _ = suppress_small(true, specs=SPECS, smallest=3)
    found = record_withheld(true, shown, specs=SPECS, smallest=3, totals=[("kinder_sgb2", 2024, "pq")])
    below = found[found["part"] == "below"][["low", "high", "safe"]].astype(object)
    assert below.to_numpy().tolist() == [[1, high, safe]] * 2


def test_a_total_share_tells_who_is_not_reached() -> None:
    """2 and 9 have no offer. One of the 50 and none of the rest is what 11 together leave open."""
    true = spread("ohne_kita_5", (2, 50), (9, 60))
    shown = hide(true, "ohne_kita_5")
    totals = [("ohne_kita_5", 2024, "pq")]
    found = record_withheld(true, shown, specs=SPECS, smallest=3, totals=totals)
    assert found[["low", "high", "safe"]].astype(object).to_numpy().tolist() == [[1, 10, True], [1, 10, None]]
    alone = Indicators(shown.assign(**{c: shown[c].mask(shown["quarter_id"] == "q", true[c]) for c in true.columns}))
    found = record_withheld(true, alone, specs=SPECS, smallest=3, totals=totals)
    assert found[["low", "high", "safe"]].astype(object).to_numpy().tolist() == [[2, 2, False]]


def test_a_share_of_spread_people_is_no_count_and_tells_nothing_new() -> None:
    true = spread("ohne_kita_5", (1.5, 50), (2.25, 60))
    assert [ends[1] for ends in tie(true, *"pq")] == [50, 60]


def test_a_total_of_what_the_record_does_not_know_is_refused() -> None:
    """Places are no persons: nothing could be said of what their sum tells."""
    specs = {**SPECS, "plaetze": make_spec("plaetze", unit="per_100", numerator=parse_count("none"))}
    rows = [{**row("plaetze", 400, numerator=8, denominator=2), "quarter_id": q} for q in "pq"]
    true = make_indicators(rows, specs=specs)
    shown, _ = suppress_small(true, specs=specs, smallest=3)
    with pytest.raises(
        ValueError, match="the total of 'plaetze' must be a sum of counts that are known; 2 are withheld"
    ):
        record_withheld(true, shown, specs=specs, smallest=3, totals=[("plaetze", 2024, "pq")])


def test_what_is_shown_without_its_true_row_is_left_out() -> None:
    true = make_indicators(AGES, specs=SPECS)
    more = make_indicators([*AGES, row("haushalte", np.nan, **SECRET)], specs=SPECS)
    shown = suppress_small(more, specs=SPECS, smallest=3)[0]
    assert set(record_withheld(true, shown, specs=SPECS, smallest=3)["indicator"]) == {"alter_0_3", "alter_3_6"}
    with pytest.raises(ValueError, match="must be at least 1"):
        record_withheld(true, shown, specs=SPECS, smallest=0)


PAIR = [row("alter_0_3", np.nan, **SECRET), row("alter_3_6", 2), row("alter_0_6", 4)]
FEW = Known(few=frozenset({("q", "alter_0_3", 2024)}), most=2)


def test_what_the_file_withholds_may_be_anything_unless_the_project_says_that_it_is_small() -> None:
    """2 and 2 of 4. Without more the second is 1 to 4; if the first is 1 or 2, it is 2 or 3, so the 4 must go."""
    assert record(*PAIR) == {
        ("alter_0_3", "value"): (0, 3, "source", True),
        ("alter_3_6", "value"): (1, 4, "small", True),
    }
    true = make_indicators(PAIR, specs=SPECS)
    shown, _ = suppress_small(true, specs=SPECS, smallest=3, known=FEW)
    assert record(*PAIR, shown=shown, known=FEW) == {
        ("alter_0_3", "value"): (1, 2, "source", True),
        ("alter_3_6", "value"): (1, math.inf, "small", True),
        ("alter_0_6", "value"): (2, math.inf, "protects", None),
    }
    old, _ = suppress_small(true, specs=SPECS, smallest=3)
    assert record(*PAIR, shown=old, known=FEW) == {
        ("alter_0_3", "value"): (1, 2, "source", True),
        ("alter_3_6", "value"): (2, 3, "small", False),
    }


def test_one_of_two_that_are_left_must_stay_possible() -> None:
    """It is said to be 1 or 2, and 42 less 40 says which."""
    rows = [row("alter_0_3", np.nan, **SECRET), row("alter_3_6", 40), row("alter_0_6", 42)]
    true = make_indicators(rows, specs=SPECS)
    assert record(*rows, shown=true, known=FEW) == {("alter_0_3", "value"): (2, 2, "source", False)}
    shown, _ = suppress_small(true, specs=SPECS, smallest=3, known=FEW)
    assert record(*rows, shown=shown, known=FEW)["alter_0_3", "value"] == (1, 2, "source", True)
    assert (shown["status"] == "suppressed").sum() == 2


def test_the_numerator_of_a_rate_is_what_is_small() -> None:
    rows = [row("kinder_sgb2", np.nan, denominator=100, **SECRET)]
    few = Known(few=frozenset({("q", "kinder_sgb2", 2024)}), most=2)
    assert record(*rows)["kinder_sgb2", "value"] == (0, 100, "source", True)
    assert record(*rows, known=few)["kinder_sgb2", "value"] == (1, 2, "source", True)


def test_what_is_said_to_be_small_and_is_not_stops_the_reading() -> None:
    rows = [row("alter_0_3", np.nan, **SECRET), row("alter_3_6", 40), row("alter_0_6", 50)]
    true = make_indicators(rows, specs=SPECS)
    with pytest.raises(DataError) as raised:
        suppress_small(true, specs=SPECS, smallest=3, known=FEW)
    assert Speaker("de").problem(raised.value.problems[0]) == (
        "Was die Datei im Quartier q für 2024 geheim hält, kann nicht alles klein sein: alter_0_3. "
        "Unter [disclosure] steht source_secret = „small“; die übrigen Zahlen ergeben dort mehr. "
        "Der Schutz würde auf etwas Falschem ruhen.\n"
        "  Wo: werte.csv, Zeile 2\n"
        "  Abhilfe: Löschen Sie source_secret, oder berichtigen Sie die Zahlen."
    )


def test_where_sums_do_not_hold_what_is_said_to_be_small_is_not_believed() -> None:
    """9 and 2 do not make 13. The 2 counts something else; the withheld number is 9 less 3, and one of these must go."""
    rows = [*PAIR[:1], row("alter_3_6", 3), row("alter_0_6", 9), row("alter_6_15", 2), row("alter_0_15", 13)]
    shown, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3, known=FEW)
    assert "sums_apart" in {note.cause for note in notes}
    assert not {"alter_3_6", "alter_0_6"} <= set(shown.loc[shown["status"] == "observed", "indicator"])
    low, high, *why = record(*rows, shown=shown, known=FEW)["alter_0_3", "value"]
    assert high - low >= 2
    assert why == ["source", True]


def test_what_was_measured_elsewhere_does_not_stop_it() -> None:
    """Cells count 7 children where the table says 1 or 2: both are shown as they are, and the table's stays withheld."""
    given = suppress_small(make_indicators(PAIR[:1], specs=SPECS), specs=SPECS, smallest=3, known=FEW)[0]
    specs = {**SPECS, "ohne_kita_5": make_spec("ohne_kita_5", derived=True, denominator=parse_count("0-3"))}
    measured = make_indicators([row("ohne_kita_5", 0, numerator=0, denominator=7)], specs=specs)
    shown, _ = suppress_small(measured, specs=specs, smallest=3, beside=given, known=FEW)
    assert np.isnan(shown["denominator"].iloc[0])


@pytest.mark.parametrize(
    ("low", "high", "offers", "ends"),
    [
        (0.9, 0.9, 1, (2, 2, "small", False)),  # 18 of 20 reach the only one
        (0.85, 0.95, 1, (1, 3, "small", True)),  # 17 to 19
        (0.85, 0.95, 3, (1, 14, "small", True)),  # 19 have one each, or 6 have all three: 1 to 14 have none
        (1.25, 1.35, 3, (1, 11, "small", True)),  # 26 less a hair in all: 9 persons at least have one
        (0.0, 3.0, 3, (1, 20, "small", True)),  # what is known without it
    ],
)
def test_a_mean_number_of_offers_bounds_who_has_none(
    low: float, high: float, offers: int, ends: tuple[float, float, str, bool]
) -> None:
    rows = [gap(5, 2, 20)]
    shown = hide(make_indicators(rows, specs=SPECS), "ohne_kita_5")
    mean = Mean(low=low, high=high, persons=20, offers=offers)
    found = record(*rows, shown=shown, known=Known(means={("q", "ohne_kita_5"): mean, ("q", "ohne_kita_10"): mean}))
    assert found == {("ohne_kita_5", "value"): ends}


def test_a_mean_is_told_with_the_ends_of_its_rounding_and_not_where_it_is_withheld() -> None:
    rows = {
        "quarter_id": ["q", "r", "s"], "minutes": [5.0, 5.0, 5.0], "reached": [18.0, np.nan, np.nan],
        "persons": [20.0, 60.0, np.nan], "mean_offers": [0.9, 0.9, np.nan], "mean_low": [0.9, 0.85, np.nan],
        "mean_high": [0.9, 0.95, np.nan],
    }  # fmt: skip
    coverage = Coverage(kind="kita", target_group="0-6", table=pd.DataFrame(rows), offers=2)
    means = list_means([coverage])
    assert list(means) == [("q", "ohne_kita_5"), ("r", "ohne_kita_5")]
    assert [(round(m.low, 6), round(m.high, 6), m.persons, m.offers) for m in means.values()] == [
        (0.89995, 0.90005, 20, 2),
        (0.84995, 0.95005, 60, 2),
    ]
