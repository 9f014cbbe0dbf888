"""Rows held by their distinct cells are the rows as they stand, in a fraction of the room."""

import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile
from sro_geo.load.rows import pack_cells, pack_texts
from sro_geo.load.suspicion import is_mark
from tests.load_data import CATALOGUE, write

TEXTS = st.lists(st.lists(st.sampled_from(["", " ", "a", "a ", "b", "\u200b", "1"]), max_size=4), max_size=6)
CELLS = st.sampled_from([None, 1, 1.0, True, "1", "1.0", "", " x ", float("nan"), 2.5])


@given(TEXTS)
def test_rows_of_texts_are_the_rows_cleaned(lines: list[list[str]]) -> None:
    rows, texts = pack_texts(lines)
    wanted = [[clean_text(cell) or None for cell in line] for line in lines]
    assert rows.take_first(len(lines) + 1) == wanted
    assert [rows.take(row) for row in range(1, len(rows) + 1)] == wanted
    assert sorted(texts) == sorted({cell for line in lines for cell in line})
    assert list(rows.lengths) == [len(line) for line in lines]


@given(TEXTS, st.integers(0, 4))
def test_a_column_ends_where_its_rows_end(lines: list[list[str]], at: int) -> None:
    rows, _ = pack_texts(lines)
    numbers = np.arange(1, len(lines) + 1)
    wanted = [(clean_text(line[at]) or None) if at < len(line) else None for line in lines]
    assert rows.take_column(numbers, at).tolist() == wanted
    assert rows.take_column(numbers[1:], at).tolist() == wanted[1:]


@given(TEXTS)
def test_rows_are_found_by_what_they_hold(lines: list[list[str]]) -> None:
    rows, texts = pack_texts(lines)
    for number, text in enumerate(texts):
        assert rows.find([number]).tolist() == [row for row, line in enumerate(lines, start=1) if text in line]
    filled = [row for row, line in enumerate(lines, start=1) if any(map(clean_text, line))]
    assert rows.find_filled().tolist() == filled


def test_cells_of_a_workbook_stay_what_they_are() -> None:
    lines: list[list[object]] = [[1, True, 1.0], [], [None, "1"]]
    rows = pack_cells(lines)
    assert [[(type(cell), cell) for cell in row] for row in rows.take_first(3)] == [
        [(type(cell), cell) for cell in line] for line in lines
    ]
    assert rows.find_filled().tolist() == [1, 3]


@given(st.lists(CELLS))
def test_a_column_is_cleaned_cell_by_cell(cells: list[object]) -> None:
    column = pd.Series(cells, dtype=object, index=range(2, len(cells) + 2))
    assert clean_column(column).to_dict() == {row: clean_text(cell) for row, cell in column.items()}


@given(st.one_of(st.integers(-(10**15), 10**15), st.integers(0, 15).map(lambda size: 10**size - 1), st.floats()))
def test_nines_are_what_is_written_with_nines_alone(number: float) -> None:
    text = clean_text(abs(float(number)))
    nines = len(text) > 2 and set(text) == {"9"}
    assert is_mark(pd.Series([float(number), 1.0])).tolist() == [nines, False]


def test_a_long_table_takes_little_more_room_than_it_has_when_read(tmp_path: Path) -> None:
    ids = [f"{at:05d}" for at in range(500)]
    rows = [f"{key};geborene;{year};{at % 50};;;\n" for year in range(1980, 2020) for at, key in enumerate(ids)]
    file = write(tmp_path, "w.csv", "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n" + "".join(rows))
    order = IndicatorFile(file=file)
    tracemalloc.start()
    found = read_indicators([order], specs=CATALOGUE.specs, quarter_ids=ids).indicators
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == len(rows)
    assert peak < 2.5 * found.memory_usage(deep=False).sum()
