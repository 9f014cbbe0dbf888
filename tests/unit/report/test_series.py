"""Lines over the years say what the tables say, end where the page's numbers stand, and have gaps where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.errors import Problem
from sro_geo.model.atlas import Alike
from sro_geo.model.catalogue import SeriesBreak
from sro_geo.model.indicators import Indicators
from sro_geo.model.status import KNOWN
from sro_geo.report.explanation import explain_quarter
from sro_geo.report.profiles import make_profile
from sro_geo.report.series import make_series
from sro_geo.report.shown import list_shown
from sro_geo.report.warnings import list_warnings
from sro_geo.resilience.recovery import RECOVERY
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.study import Study

ROOT = Path(__file__).parents[3]


@pytest.fixture
def study(musterstadt: Study) -> Study:
    return musterstadt


def test_a_line_has_a_point_for_every_known_value_and_for_nothing_else(study: Study) -> None:
    drawn = {shown.code: series for shown in list_shown(study) if (series := make_series(study, shown))}
    assert drawn
    for code, series in drawn.items():
        rows = study.indicators[study.indicators["indicator"] == code].set_index(["quarter_id", "year"])
        assert series.years == tuple(range(series.years[0], study.about.year + 1))
        for quarter, numbers in series.quarters.items():
            for year, number in zip(series.years, numbers, strict=True):
                there = (quarter, year) in rows.index and rows.loc[(quarter, year), "status"] in KNOWN
                assert (number is not None) == there
                if number is not None:
                    assert number == pytest.approx(rows.loc[(quarter, year), "value"], abs=0.01)


def test_what_is_not_known_exactly_is_told_as_in_the_table(study: Study) -> None:
    """What is withheld in a year is withheld here, with its reason; bounds are those of the table."""
    told = 0
    for shown in list_shown(study):
        series = make_series(study, shown)
        if series is None:
            continue
        rows = study.indicators[study.indicators["indicator"] == shown.code].set_index(["quarter_id", "year"])
        rows = rows[rows.index.get_level_values("year").isin(series.years)]
        lacks = {(one.quarter_id, one.year): one.reason for one in series.lacks}
        reasons = rows["status"][~rows["status"].isin([*KNOWN, "missing"])]
        assert lacks == reasons.to_dict()
        unsure = {(one.quarter_id, one.year): one for one in series.unsure}
        for row in rows[rows["status"].isin(KNOWN)].reset_index().to_dict("records"):
            one = unsure.get((row["quarter_id"], row["year"]))
            assert bool(one and one.estimated) == (row["status"] == "estimated")
            for end in ("low", "high"):
                bound = getattr(one, end, None)
                assert (bound is None) == (row[end] == row["value"])
                assert bound is None or bound == pytest.approx(row[end], abs=0.01)
        told += len(lacks) + len(unsure)
    assert told > 3


def test_two_years_can_be_set_side_by_side_and_one_cannot(study: Study) -> None:
    year, shown = study.about.year, next(one for one in list_shown(study) if one.code == "arbeitslose")
    for first, years in ((year - 1, (year - 1, year)), (year, None)):
        rows = study.indicators[study.indicators["year"] >= first]
        series = make_series(replace(study, indicators=Indicators(rows)), shown)
        assert (series and series.years) == years


def test_invented_years_are_told_where_the_year_shown_has_none(study: Study) -> None:
    year, shown = study.about.year, next(one for one in list_shown(study) if one.code == "arbeitslose")
    for invented, told in (((2012, 2013), (2012, 2013)), ((2012, year), ())):
        rows = study.indicators.assign(example=study.indicators["year"].isin(invented))
        series = make_series(replace(study, indicators=Indicators(rows)), shown)
        assert series is not None
        assert series.invented == told


def test_what_is_known_of_some_quarters_only_is_not_compared_with_whole_years(study: Study) -> None:
    areas: Any = study.areas.set_index(["indicator", "area"])
    seen = set()
    for shown in list_shown(study):
        series = make_series(study, shown)
        if series is not None:
            whole = {
                line: areas.loc[(shown.code, line), "low"] == areas.loc[(shown.code, line), "high"]
                for line in ("city", "group")
            }
            assert series.partly == tuple(line for line, exact in whole.items() if not exact)
            seen |= {(shown.code, *series.partly)}
    assert {("arbeitslose",), ("sprachfoerderung", "city")} <= seen


def test_lines_end_where_the_page_s_numbers_stand(study: Study) -> None:
    for shown in list_shown(study):
        series = make_series(study, shown)
        if series is None:
            continue
        for numbers, value in (
            (series.city, shown.city["value"]),
            *((series.quarters[str(quarter)], row["value"]) for quarter, row in shown.values.iterrows()),
        ):
            assert (numbers[-1] is None) == pd.isna(value)
            if numbers[-1] is not None:
                assert numbers[-1] == pytest.approx(value, abs=0.01)
        group = study.areas.set_index(["area", "indicator"])["value"]
        assert series.group[-1] == pytest.approx(group["group", shown.code], abs=0.01)


def test_computed_values_of_one_year_have_no_line_and_no_groups_no_line_of_theirs(study: Study) -> None:
    by_code = {shown.code: shown for shown in list_shown(study)}
    assert make_series(study, by_code["index"]) is None
    alone = replace(study, about=replace(study.about, group=None))
    found = [series for shown in list_shown(alone) if (series := make_series(alone, shown))]
    assert {series.group for series in found} == {()}


def test_breaks_between_the_years_of_a_line_are_told_in_its_language(study: Study) -> None:
    """Years of the tables: 2008 to 2024; a break in the first or after the last parts nothing."""
    breaks = tuple(
        SeriesBreak(year=year, reason={"de": "neuer Zensus", "en": "new census"}) for year in (2008, 2009, 2024, 2025)
    )
    for language, text in (
        ("de", "Bruch in der Zeitreihe 2009: neuer Zensus"),
        ("en", "Break in the series 2009: new census"),
    ):
        told: Any = replace(study.about, language=language)
        shown = next(one for one in list_shown(study) if one.code == "arbeitslose")
        series = make_series(replace(study, about=told), replace(shown, spec=replace(shown.spec, series_breaks=breaks)))
        assert series is not None
        assert [one.year for one in series.breaks] == [2009, 2024]
        assert series.breaks[0].text == text


def break_in(study: Study, *codes: str) -> Study:
    """The study with a new census in 2011."""
    breaks = (SeriesBreak(year=2011, reason={"de": "Zensus", "en": "census"}),)
    return replace(
        study, specs={**study.specs, **{code: replace(study.specs[code], series_breaks=breaks) for code in codes}}
    )


def test_the_page_names_each_break_once_with_its_indicators(study: Study) -> None:
    broken = list_warnings(break_in(study, "arbeitslose", "wohndauer_5", "versiegelung"))
    text = "Bruch in der Zeitreihe 2011: Zensus (Arbeitslose, Wohndauer ab 5 Jahren). "
    text += "Davor und danach sind die Werte nur eingeschränkt vergleichbar."
    own = "Bruch in der Zeitreihe 2012: neues Verfahren der Untersuchung (Sprachförderung). "
    assert [line for line in broken if "Bruch" in line] == [text, own + text.partition("). ")[2]]


def test_what_rests_on_years_across_a_break_says_so_in_profile_and_explanation(study: Study) -> None:
    """A note on recovery stands with it and with the score that it is part of, and with nothing else."""
    values = {"name": "Kinder mit Bürgergeld", "found": ["2020"], "first": "2014", "last": "2024"}
    noted = replace(study, notes=(*study.notes, Problem(cause="recovery_broken", values=values)))
    text = speak_of(study.about).note(noted.notes[-1])
    assert text in list_warnings(noted)
    told = {
        code: explain_quarter(noted, quarter="Neue Heide", indicator=code) for code in (None, RECOVERY, "arbeitslose")
    }
    assert [told[code].endswith(text) for code in told] == [True, True, False]
    notes = {
        quarter: make_profile(noted, quarter, alike=Alike(quarters={}, codes=())).parts_note
        for quarter in study.quarters.index
    }
    known = study.recovery["value"].notna() if study.recovery is not None else None
    assert known is not None
    assert {quarter for quarter, note in notes.items() if text in note} == set(known.index[known])
    assert not known.all()
