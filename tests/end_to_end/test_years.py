"""The page's maps of other years are those that Python draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.model.grid import lay_grid
from sro_geo.report.sentences import format_rank
from sro_geo.report.series import compare_years
from sro_geo.report.shown import is_ranked, list_shown
from sro_geo.report.views import make_view
from sro_geo.resilience.rank import rank_ranges

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from sro_geo.model.study import Study
    from tests.told import Told

pytestmark = pytest.mark.browser

DRAWN = """async () => {
  const sro = window.sroGeo, data = await sro.readData("sro-data");
  return data.views.flatMap((view) => sro.yearsOf(view).map((year) => {
    const { picture, ranking } = sro.viewOf(data, view, year);
    return {
      code: view.code, year, labels: picture.labels, placed: picture.placed, unknown: picture.unknown, classes: picture.classes,
      ranks: Object.fromEntries(ranking.map((row) => [row.quarter_id, row.rank])),
    };
  }));
}"""
"""Every map of every year that the page can show."""


def rank_year(study: Study, code: str, year: int) -> dict[str, str]:
    grid = lay_grid(study.indicators, codes=[code], year=year, quarter_ids=list(study.quarters.index))
    ends = {end: pd.Series(getattr(grid, end)[:, 0], index=study.quarters.index) for end in ("value", "low", "high")}
    ranks = rank_ranges(ends["value"], low=ends["low"], high=ends["high"])
    return {str(quarter): format_rank(row) or "offen" for quarter, row in ranks.iterrows()}


def test_every_map_of_every_year_is_the_one_that_python_draws(
    told: Told, open_page: Callable[..., tuple[Page, Any]]
) -> None:
    study = told.study
    page, record = open_page(told.folder / "index.html")
    drawn = {(one["code"], one["year"]): one for one in page.evaluate(DRAWN)}
    seen = set()
    for shown in list_shown(study):
        view = make_view(study, shown, family=[shown])
        if view.series is None:
            continue
        for year, wanted in zip(view.series.years, (*view.years, view.picture), strict=True):
            found = drawn[view.code, year]
            assert found["labels"] == list(wanted.labels), (view.code, year)
            assert found["placed"] == list(wanted.placed)
            assert [one["label"] for one in found["unknown"]] == [one.label for one in wanted.unknown]
            assert [one["pattern"] for one in found["unknown"]] == [one.pattern for one in wanted.unknown]
            assert [one["count"] for one in found["unknown"]] == [one.count for one in wanted.unknown]
            assert sum(one["count"] for one in found["classes"] + found["unknown"]) == len(wanted.labels)
            if wanted.classes:
                assert [(one["label"], one["fill"], one["count"]) for one in found["classes"]] == [
                    (one.label, one.fill, one.count) for one in wanted.classes
                ]
            if is_ranked(study, shown):
                assert found["ranks"] == rank_year(study, shown.code, year), (view.code, year)
            seen.add((view.code, year))
    assert seen == set(drawn)
    assert (record.requests, record.errors) == ([], [])


CHANGED = """async () => {
  const sro = window.sroGeo, data = await sro.readData("sro-data");
  return data.views.filter((view) => sro.yearsOf(view).length).flatMap((view) => sro.yearsOf(view).slice(0, -1).map((year) => ({
    code: view.code, year, changes: Object.fromEntries(sro.listChanges(view, year, sro.lastOf(view)).map((one) => [one.id, one.value])),
  })));
}"""
"""What has changed since every year."""


def test_every_change_is_that_of_the_tables_rounded_values(
    told: Told, open_page: Callable[..., tuple[Page, Any]]
) -> None:
    study = told.study
    page, _ = open_page(told.folder / "index.html")
    for found in page.evaluate(CHANGED):
        rows = study.indicators[(study.indicators["indicator"] == found["code"]) & study.indicators["value"].notna()]
        wanted = compare_years(rows, after=study.about.year, digits=study.specs[found["code"]].digits)
        told_then = {key: value for key, value in found["changes"].items() if value is not None}
        assert told_then == wanted.loc[found["year"]].dropna().to_dict()
