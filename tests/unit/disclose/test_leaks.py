"""Ways in which a publication gave a withheld count back, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.disclose.primary import suppress_small
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.indicators import read_indicators
from sro_geo.model.counts import NOBODY, parse_count
from sro_geo.project import find_shipped, read_project
from tests.load_data import CATALOGUE
from tests.measure_data import make_indicators, make_spec

if TYPE_CHECKING:
    import pandas as pd

    from sro_geo.model.indicators import Indicators

SPECS = {
    **CATALOGUE.specs,
    "untold": make_spec("untold", digits=4),
    "raeder": make_spec("raeder", unit="number", numerator=NOBODY),
    "faelle": make_spec("faelle", unit="number", numerator=parse_count("faelle")),
    "ohne_kita": make_spec("ohne_kita", derived=True, denominator=parse_count("0-6")),
}


def row(code: str, value: float, *, year: int = 2024, **facts: Any) -> dict[str, Any]:
    return {"quarter_id": "q", "indicator": code, "year": year, "value": value, **facts}


def protect(*rows: dict[str, Any], beside: Indicators | None = None) -> pd.DataFrame:
    table, _ = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3, beside=beside)
    return table.set_index(["indicator", "year"])


def list_gone(table: pd.DataFrame) -> list[str]:
    return sorted({str(code) for code, _ in table.index[table["status"] == "suppressed"]})


def read_musterstadt() -> tuple[Indicators, pd.DataFrame]:
    project = read_project(find_shipped("analyses/musterstadt"))
    keys = list(read_boundaries(project.quarters).quarters.index)
    values = read_indicators(project.indicators, specs=project.catalogue.specs, quarter_ids=keys).indicators
    return values, suppress_small(values, specs=project.catalogue.specs, smallest=3)[0]


@pytest.fixture(scope="module")
def musterstadt() -> tuple[Indicators, pd.DataFrame]:
    return read_musterstadt()


@pytest.mark.parametrize("year", [2008, 2009, 2010, 2011])
def test_children_of_gartenfeld_do_not_follow_from_a_denominator(
    musterstadt: tuple[Indicators, pd.DataFrame], year: int
) -> None:
    """15 children under 15 less 4 and less 9 were 2."""
    _, shown = musterstadt
    rows = shown[(shown["quarter_id"] == "04") & (shown["year"] == year)].set_index("indicator")
    assert rows.loc["alter_0_3", "status"] == "suppressed"
    parts = rows.loc[["alter_3_6", "alter_6_15"], "value"]
    assert parts.isna().any() or rows.loc[["kinder_sgb2"], "denominator"].isna().all()


def test_musterstadt_keeps_its_cells_and_all_of_the_year_shown(musterstadt: tuple[Indicators, pd.DataFrame]) -> None:
    given, shown = musterstadt
    kept = (shown["value"] == given["value"]).sum() / given["value"].notna().sum()
    assert kept >= 0.95
    now = given["year"] == 2024
    lost = given[now & given["value"].notna() & (shown["value"] != given["value"])]
    assert set(lost["indicator"]) == {"sprachfoerderung"}
    assert (lost["numerator"] < 3).all()


def test_a_row_of_another_year_switches_nothing_off() -> None:
    ages = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9), row("alter_15_65", 60)]
    total = [*ages, row("alter_65_plus", 20), row("bevoelkerung", 95)]
    other = [row("alter_0_15", 15, year=2023), row("alter_15_65", 60, year=2023)]
    assert list_gone(protect(*total)) == ["alter_0_3", "alter_3_6"]
    assert list_gone(protect(*total, *other)) == ["alter_0_3", "alter_3_6"]


def test_nested_age_groups_do_not_give_their_difference() -> None:
    gone = list_gone(protect(row("alter_0_3", 2), row("alter_3_6", 173), row("alter_0_6", 175)))
    assert len(gone) == 2
    assert "alter_0_3" in gone


def test_the_difference_of_two_nested_groups_is_protected_as_far_as_it_is_a_number_of_the_table() -> None:
    """Nobody gives the third as a number of its own: it isn't withheld, so nothing is."""
    assert list_gone(protect(row("alter_3_6", 173), row("alter_0_6", 175))) == []


def test_a_denominator_is_a_count_like_any_other() -> None:
    rows = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9)]
    found = protect(*rows, row("kinder_sgb2", 100 / 3, numerator=5, denominator=15))
    assert list_gone(found) == ["alter_0_3", "alter_3_6"]


def test_a_denominator_of_which_nothing_is_told_is_any_count_that_fits() -> None:
    rows = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9)]
    found = protect(*rows, row("untold", 100 / 3, numerator=5, denominator=15))
    assert list_gone(found) == ["alter_0_3", "alter_3_6"]
    assert list_gone(protect(*rows, row("untold", 50, numerator=8, denominator=16))) == ["alter_0_3"]


@pytest.mark.parametrize(("code", "gone"), [("kinder_sgb2", True), ("untold", True), ("auslaendisch", False)])
def test_a_share_typed_in_alone_counts_of_what_it_is_a_share_of(code: str, gone: bool) -> None:  # noqa: FBT001  a case
    """0.8696 % beside 230 children are 2 children; of the unknown number of all people it is nobody in particular."""
    found = protect(row("alter_0_15", 230), row(code, 0.8696))
    assert (code in list_gone(found)) is gone


def test_small_numbers_of_cases_are_small_counts_and_things_are_none() -> None:
    found = protect(row("zuzuege", 2), row("wegzuege", 1, year=2023), row("faelle", 1), row("raeder", 1))
    assert list_gone(found) == ["faelle", "wegzuege", "zuzuege"]


def test_a_balance_does_not_give_back_what_moved_in() -> None:
    rows = [row("zuzuege", 2), row("wegzuege", 40), row("wanderungssaldo", -38, numerator=-38, denominator=1000)]
    found = protect(*rows)
    assert "wegzuege" in list_gone(found) or found["numerator"].isna().all()


def test_persons_of_a_target_group_do_not_give_a_band_back() -> None:
    """6 children under 6, 4 of them from 3: what was measured of them may not tell their number."""
    given = make_indicators(
        [row("alter_3_6", 4), {"quarter_id": "q", "indicator": "alter_0_3", "status": "suppressed"}], specs=SPECS
    )
    measured = row("ohne_kita", 50, numerator=3, denominator=6)
    assert protect(measured)["denominator"].tolist() == [6]
    assert protect(measured, beside=given)["denominator"].isna().all()


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        (1.5, {"denominator": 1209}),  # 18 are 1.49 %, given as 1.5 and shown as 2
        (2.5, {"denominator": 1209}),
        (1.49, {"numerator": 18, "denominator": 1209}),
    ],
)
def test_what_was_rounded_twice_contradicts_nothing(value: float, facts: dict[str, Any]) -> None:
    rows = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_0_6", 6), row("auslaendisch", value, **facts)]
    table, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    assert [note.cause for note in notes] == ["counts_suppressed"] * 2
    assert table.loc[table["indicator"] == "auslaendisch", "value"].tolist() == [value]


@pytest.mark.parametrize(("value", "above"), [(2070, 1058), (2070, 1057), (2090, 1058)])
def test_a_density_that_rests_on_finer_areas_contradicts_nothing(value: float, above: float) -> None:
    rows = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_0_6", 6), row("bevoelkerung", above)]
    rows += [row("bevoelkerungsdichte", value, numerator=above, denominator=0.511)]
    _, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    assert {note.cause for note in notes} == {"counts_suppressed"}


def test_what_is_small_and_what_protects_bears_one_mark() -> None:
    rows = [row("alter_0_3", 2), row("alter_3_6", 4), row("alter_6_15", 9), row("alter_0_15", 15)]
    table, notes = suppress_small(make_indicators(rows, specs=SPECS), specs=SPECS, smallest=3)
    assert set(table.loc[table["value"].isna(), "status"]) == {"suppressed"}
    assert {note.cause for note in notes} == {"counts_suppressed"}
