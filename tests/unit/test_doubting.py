"""What only a person can judge: −1 on its own, a column twice, a year that does not fit; and what is no question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile
from sro_geo.model.catalogue import SeriesBreak
from sro_geo.pipeline.doubting import find_doubts, note_newer
from sro_geo.text.speaker import Speaker
from tests.load_data import CATALOGUE, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sro_geo.errors import Problem
    from sro_geo.model.indicators import Indicators

QUARTERS = [f"{number:02}" for number in range(1, 7)]
SIGNED, COUNT, OTHER, SHARE, TWIN = "wanderungssaldo", "geborene", "gestorbene", "einpersonenhaushalte", "kinder_sgb2"


def ask(folder: Path, columns: Mapping[tuple[str, int], Sequence[object]]) -> list[Problem]:
    """Questions about a table: values of the quarters by indicator and year."""
    return list(find_doubts(lay(folder, columns), specs=CATALOGUE.specs))


def lay(folder: Path, columns: Mapping[tuple[str, int], Sequence[object]]) -> Indicators:
    """Values of the quarters by indicator and year as a table."""
    lines = [
        f"{quarter};{code};{year};{value}"
        for (code, year), values in columns.items()
        for quarter, value in zip(QUARTERS, values, strict=False)
    ]
    file = write(folder, "t.csv", "\n".join(["quartier;kennzahl;jahr;wert", *lines, ""]))
    return read_indicators([IndicatorFile(file=file)], specs=CATALOGUE.specs, quarter_ids=QUARTERS).indicators


def test_minus_one_alone_below_all_others_is_a_question(tmp_path: Path) -> None:
    (question,) = ask(tmp_path, {(SIGNED, 2023): [12, 40, -1, 33], (SIGNED, 2024): [-1, 25, 30, 10]})
    assert (question.cause, question.values["count"]) == ("minus_one_alone", 2)
    assert {place.row for place in question.places} == {4, 6}
    assert "In der Datei t.csv sind 2 Werte −1, weit unter allen anderen" in Speaker("de").problem(question)


@pytest.mark.parametrize("others", [[9, 40, 33], [-3, 40, 33], [12, 0, 33], ["-1,5", 40, 33], [-1, -1, -1]])
def test_minus_one_among_others_is_a_number(tmp_path: Path, others: list[object]) -> None:
    assert ask(tmp_path, {(SIGNED, 2024): [-1, *others]}) == []


def test_an_indicator_that_repeats_another_is_a_question(tmp_path: Path) -> None:
    (question,) = ask(
        tmp_path,
        {
            (SHARE, 2017): [44, 35, 27, 50, 41],
            (TWIN, 2017): [34, 35, 27, 50, 41],
            (SHARE, 2018): ["44,0", 35, 27, 50, 41],
            (TWIN, 2018): [44, 35, 27, 50, 41],
        },
    )
    assert (question.cause, question.values["found"]) == ("columns_alike", [f"{TWIN} = {SHARE} (2018)"])
    assert question.places[0].file == "t.csv"


@pytest.mark.parametrize(
    "columns",
    [
        {(SHARE, 2018): [44, 35, 27, 50], (TWIN, 2018): [44, 35, 27, 50]},  # few quarters
        {(SHARE, 2018): [44, 44, 44, 44, 50], (TWIN, 2018): [44, 44, 44, 44, 50]},  # hardly any different values
        {(SHARE, 2018): [44, 35, 27, 50, 41], (TWIN, 2018): [44, 35, 27, 50, "/"]},  # not in all quarters
        {(COUNT, 2018): [44, 35, 27, 50, 41], (SHARE, 2018): [44, 35, 27, 50, 41]},  # another unit
    ],
)
def test_what_may_agree_by_chance_is_none(tmp_path: Path, columns: Mapping[tuple[str, int], Sequence[object]]) -> None:
    assert ask(tmp_path, columns) == []


def test_a_year_three_times_as_large_is_a_question(tmp_path: Path) -> None:
    (question,) = ask(
        tmp_path,
        {
            (COUNT, 2022): [10, 10, 10],
            (COUNT, 2023): [30, 30, 30],
            (COUNT, 2024): [40, 40, 40],
            (SHARE, 2023): [41, 42, 43, 44, 45],
            (SHARE, 2024): [4.1, 4.2, 4.3, 4.4, 4.5],
        },
    )
    assert (question.cause, question.values["found"]) == (
        "values_jump",
        [f"{SHARE} (2023–2024)", f"{COUNT} (2022–2023)"],
    )


@pytest.mark.parametrize(
    "columns",
    [
        {(COUNT, 2023): [10, 10, 9], (COUNT, 2024): [30, 30, 30]},  # so few may triple
        {(COUNT, 2023): [10, 10, 10], (COUNT, 2024): [30, 30, 29]},
        {(COUNT, 2022): [10, 10, 10], (COUNT, 2024): [30, 30, 30]},  # not the next year
        {(COUNT, 2023): [30, "/"], (COUNT, 2024): [30, 90]},  # a quarter that was not known is no growth
        {(SHARE, 2023): [3, 3, 3, 3], (SHARE, 2024): [10, 10, 10, 10]},  # few quarters
        {(SIGNED, 2023): [30, 30, 30], (SIGNED, 2024): [-90, -90, -90]},  # moves go up and down
    ],
)
def test_what_a_city_may_do_is_none(tmp_path: Path, columns: Mapping[tuple[str, int], Sequence[object]]) -> None:
    assert ask(tmp_path, columns) == []


def test_a_jump_that_the_catalogue_tells_of_is_no_question(tmp_path: Path) -> None:
    """The break lies between 2023 and 2024 if 2024 is its first year, and nowhere else."""
    table = lay(tmp_path, {(COUNT, 2023): [10, 10, 10], (COUNT, 2024): [30, 30, 30]})
    for year, asked in ((2023, 1), (2024, 0), (2025, 1)):
        breaks = (SeriesBreak(year=year, reason={"de": "Gesetz", "en": "law"}),)
        spec = replace(CATALOGUE.specs[COUNT], series_breaks=breaks)
        assert len(find_doubts(table, specs={**CATALOGUE.specs, COUNT: spec})) == asked


@pytest.mark.parametrize(("year", "newest"), [(2023, 2025), (2024, 2025), (2025, None), (2026, None)])
def test_tables_that_go_on_after_the_year_shown_are_told(tmp_path: Path, year: int, newest: int | None) -> None:
    """As after `add` with the next year's files."""
    columns = {(code, one): [10, 20] for one in (2023, 2024, 2025) for code in (COUNT, OTHER)}
    notes = note_newer(lay(tmp_path, columns), year=year)
    assert [note.values for note in notes] == ([] if newest is None else [{"newest": newest, "year": year}])


def test_a_single_indicator_that_is_newer_is_none(tmp_path: Path) -> None:
    columns = {(code, 2024): [10, 20] for code in (COUNT, OTHER, SHARE)} | {(COUNT, 2025): [10, 20]}
    assert note_newer(lay(tmp_path, columns), year=2024) == ()
