"""The table of changes: worked by hand, of the values as they are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.catalogue import SeriesBreak
from sro_geo.model.series import Lack, Series, Unsure
from sro_geo.report.changes import CHANGES, _list_rows, list_changes
from sro_geo.report.workbook import _choose_formats

if TYPE_CHECKING:
    from sro_geo.model.study import Study

SERIES = Series(
    years=(2018, 2019, 2020),
    quarters={"01": (10.4, 11.0, 12.5), "02": (20.0, None, 15.0), "03": (None, 3.0, 4.0), "04": (5.0, 5.0, None)},
    city=(12.0, None, 14.0),
    group=(20.4, 20.0, 19.5),
    unsure=(Unsure(quarter_id="02", year=2018, low=18.4, high=21.6, estimated=True),),
    lacks=(Lack(quarter_id="04", year=2020, reason="suppressed"),),
)


def make_table(series: Series, *, since: int) -> Any:
    rows = pd.DataFrame(_list_rows(series, since=since, digits=0), columns=list(CHANGES))
    return rows.assign(key=rows["quarter_id"].fillna(rows["area"])).set_index("key")


def test_a_change_is_the_difference_of_the_values_as_they_stand() -> None:
    """10.4 and 12.5 are shown as 10 and 13: the change is 3 and not 2."""
    table = make_table(SERIES, since=2018)
    columns = ["before", "after", "change", "low", "high"]
    assert table.loc["01", columns].tolist() == [10, 13, 3, 3, 3]
    assert table.loc["city", columns].tolist() == [12, 14, 2, 2, 2]
    assert table.loc["group", columns].tolist() == [20, 20, 0, 0, 0]


def test_ends_are_what_both_values_admit_and_an_estimate_stays_one() -> None:
    """From 20 (18 to 22) to 15: down by 3 to 7."""
    row = make_table(SERIES, since=2018).loc["02"]
    assert (row["change"], row["low"], row["high"], row["status"]) == (-5, -7, -3, "estimated")


def test_without_one_of_the_values_there_is_no_change_and_the_reason_stands_there() -> None:
    table = make_table(SERIES, since=2018)
    assert table.loc[["03", "04"], ["change", "low", "high"]].isna().all(axis=None)
    assert table["status"].to_dict() == {
        "01": "observed", "02": "estimated", "03": "missing", "04": "suppressed", "group": "observed", "city": "observed",
    }  # fmt: skip
    assert (table.loc["03", "after"], table.loc["04", "before"]) == (4, 5)


def test_a_city_that_is_not_known_in_full_has_no_change() -> None:
    partly = make_table(replace(SERIES, partly=("city",)), since=2018)
    assert partly.loc["city", ["after", "change"]].isna().all()
    assert make_table(SERIES, since=2019).loc["city", ["before", "change"]].isna().all()
    assert make_table(SERIES, since=2010)["change"].isna().all()
    assert "group" not in make_table(replace(SERIES, group=()), since=2018).index


def test_the_project_says_from_when(musterstadt: Study) -> None:
    first = list_changes(musterstadt)
    assert tuple(first.columns) == CHANGES
    assert set(first["since"]) == {2008}
    assert set(first["area"]) == {"quarter", "group", "city"}
    later = list_changes(replace(musterstadt, about=replace(musterstadt.about, changes_from=2017)))
    assert set(later["since"]) == {2017}
    same = ["indicator", "area", "quarter_id", "after"]
    pd.testing.assert_frame_equal(first[same], later[same])


def test_a_change_across_a_break_says_so_and_no_other(musterstadt: Study) -> None:
    """From 2017 on: a break in 2018 lies between, one in 2017 is its first year."""
    code, other = "arbeitslose", "wohndauer_5"
    breaks = tuple(SeriesBreak(year=year, reason={"de": "Gesetz", "en": "law"}) for year in (2017, 2018))
    specs = {**musterstadt.specs, code: replace(musterstadt.specs[code], series_breaks=breaks)}
    about = replace(musterstadt.about, changes_from=2017)
    told = list_changes(replace(musterstadt, specs=specs, about=about)).groupby("indicator")["breaks"].unique()
    assert (list(told[code]), list(told[other])) == (["Bruch in der Zeitreihe 2018: Gesetz."], [""])


def test_a_change_carries_its_sign_in_the_workbook() -> None:
    assert _choose_formats("change", [0.5, -2.0], [None, None]) == ["+#,##0.0;−#,##0.0;0"] * 2
