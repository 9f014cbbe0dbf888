"""Both forms of GENESIS' flat files say the same; what divides the values is in the column's name, never summed or guessed."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sro_geo.errors import DataError
from sro_geo.load.genesis import unfold_genesis
from sro_geo.load.indicators import IndicatorTables, read_indicators
from sro_geo.load.inputs import IndicatorFile, RateColumns
from sro_geo.load.tables import read_table
from tests.genesis_data import CASES, make_new, make_old
from tests.load_data import CATALOGUE, write

IDS = ["01051001", "01051002"]
BOTH = pytest.mark.parametrize("make", [make_old, make_new])
ALL = {"bevoelkerung": RateColumns(value="BEVSTD"), "arbeitslose": RateColumns(value="ERWP10")}
MEN = {
    "bevoelkerung": RateColumns(value="BEVSTD GES=GESM"),
    "arbeitslose": RateColumns(value="ERWP10 GES=GESM"),
}


def read(folder: Path, content: str, name: str = "12411_flat.csv", **stated: Any) -> IndicatorTables:
    settings = {"form": "wide", "key": "GEMEIN", "columns": ALL, **stated}
    order = IndicatorFile(file=write(folder, name, content), **settings)
    return read_indicators(order, specs=CATALOGUE.specs, quarter_ids=IDS)


def find_causes(folder: Path, content: str, **stated: Any) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folder, content, **stated)
    return [problem.cause for problem in caught.value.problems]


def strip(found: IndicatorTables) -> pd.DataFrame:
    """Values without file and row, in one order."""
    return pd.DataFrame(found.indicators).drop(columns=["source", "row", "key"], errors="ignore").reset_index(drop=True)


@BOTH
@pytest.mark.parametrize(("columns", "sex"), [(ALL, ""), (MEN, "GESM")])
def test_either_form_is_the_hand_typed_table(tmp_path: Path, make: Any, columns: Any, sex: str) -> None:
    """The law: unfolding changes nothing but the form."""
    rows = [f"{key};2023;{n};{rate}\n" for key, own, n, rate in CASES if own == sex]
    typed = "Ort;Jahr;Menschen;Quote\n" + "".join(rows)
    plain = {"bevoelkerung": RateColumns(value="Menschen"), "arbeitslose": RateColumns(value="Quote")}
    wanted = read(tmp_path, typed, "tabelle.csv", key="Ort", columns=plain)
    pd.testing.assert_frame_equal(strip(read(tmp_path, make(), columns=columns)), strip(wanted))


@BOTH
def test_signs_keep_their_meaning_and_keys_their_zeros(tmp_path: Path, make: Any) -> None:
    found = read(tmp_path, make(), columns=MEN).indicators.set_index(["quarter_id", "indicator"])
    assert found["value"]["01051002", "bevoelkerung"] == 0
    assert found["status"]["01051002", "bevoelkerung"] == "observed"
    assert found["status"]["01051002", "arbeitslose"] == "suppressed"
    assert found["value"]["01051001", "arbeitslose"] == 6.5


@BOTH
def test_a_column_is_named_by_value_feature_and_attribute(tmp_path: Path, make: Any) -> None:
    found = unfold_genesis(read_table(write(tmp_path, "f.csv", make())), key="GEMEIN")
    assert set(found.table.frame.columns) == {
        "GEMEIN", found.time, "BEVSTD", "BEVSTD GES=GESM", "ERWP10", "ERWP10 GES=GESM",
    }  # fmt: skip
    assert found.labels["ERWP10 GES=GESM"] == "Arbeitslosenquote, männlich"
    assert found.units["BEVSTD"] == "Anzahl"


def test_a_file_of_men_alone_has_no_column_for_all(tmp_path: Path) -> None:
    men = [case for case in CASES if case[1] == "GESM"]
    assert find_causes(tmp_path, make_old(men)) == ["missing_columns"]


@pytest.mark.parametrize(
    ("mark", "cell", "told"),
    [
        ("p", "800", (800.0, "estimated")),
        ("r", "800", (800.0, "observed")),
        (".", "", (None, "suppressed")),
        (".", "0", (None, "suppressed")),
        ("-", "0", (0.0, "observed")),
        ("...", "", (None, "later")),
        ("x", "x", (None, "not_applicable")),
        ("()", "(800)", (800.0, "estimated")),
    ],
)
@BOTH
def test_marks_beside_a_value_are_read(tmp_path: Path, make: Any, mark: str, cell: str, told: Any) -> None:
    text = make([("01051001", "", cell, "5"), ("01051002", "", "3", "5")])
    if make is make_old:
        head, *rows = text.splitlines()
        head += ";BEVSTD__Bevoelkerungsstand__q"
        text = "\n".join([head, f"{rows[0]};{mark}", f"{rows[1]};e", ""])
    else:
        text = "\n".join(
            f"{line.rpartition(';')[0]};{mark}" if ";01051001;" in line and "BEVSTD" in line else line
            for line in text.split("\n")
        )
    frame = read(tmp_path, text).indicators
    found = frame[(frame["quarter_id"] == "01051001") & (frame["indicator"] == "bevoelkerung")]
    assert ([None if pd.isna(v) else v for v in found["value"]], list(found["status"])) == ([told[0]], [told[1]])


def test_a_mark_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert (
        find_causes(tmp_path, make_new([("01051001", "", "800", "5")]).replace(";e", ";w")) == ["number_unreadable"] * 2
    )


def test_rows_of_other_levels_are_left_out_and_told(tmp_path: Path) -> None:
    country = "12411;Fortschreibung;STAG;Stichtag;2023-12-31;DINSG;Deutschland;DG;Deutschland;GES;Geschlecht;;Insgesamt;83000;Anzahl;BEVSTD;B;e\n"
    found = read(tmp_path, make_new() + country)
    pd.testing.assert_frame_equal(strip(found), strip(read(tmp_path, make_new())))
    assert [note.values["count"] for note in found.notes if note.cause == "genesis_rows_elsewhere"] == [1]
    assert "rows_without_key" not in [note.cause for note in found.notes]


@BOTH
def test_a_case_that_comes_twice_is_refused(tmp_path: Path, make: Any) -> None:
    again = make([*CASES, ("01051001", "", "1211", "5,9")])
    assert find_causes(tmp_path, again) == ["duplicate_key"]


@pytest.mark.parametrize("time", ["2022/23", "2023-04P3M"])
def test_other_times_are_no_year(tmp_path: Path, time: str) -> None:
    assert find_causes(tmp_path, make_new(time=time)) == ["year_unreadable"]


def test_two_days_of_a_year_are_not_mixed(tmp_path: Path) -> None:
    june = make_new(time="2023-06-30").partition("\n")[2]
    assert find_causes(tmp_path, make_new() + june) == ["duplicate_key"]


def test_another_year_than_the_files_is_refused(tmp_path: Path) -> None:
    assert find_causes(tmp_path, make_old(), year=2022) == ["genesis_year_differs"]
    pd.testing.assert_frame_equal(strip(read(tmp_path, make_old(), year=2023)), strip(read(tmp_path, make_old())))


@pytest.mark.parametrize("stated", [{"key": None}, {"key": "KREISE"}, {"form": "long", "columns": {}}])
def test_the_feature_of_the_areas_must_be_named(tmp_path: Path, stated: Any) -> None:
    assert find_causes(tmp_path, make_old(), **stated) == ["genesis_unsettled"]


def test_who_names_a_head_of_the_file_reads_it_as_it_stands(tmp_path: Path) -> None:
    text = make_old([case for case in CASES if case[1] == ""], time="2023")
    columns = {"bevoelkerung": RateColumns(value="BEVSTD__Bevoelkerungsstand__Anzahl")}
    found = read(tmp_path, text, key="1_Auspraegung_Code", year_column="Zeit", columns=columns)
    assert found.indicators["value"].tolist() == [1210, 800]


@pytest.mark.parametrize(
    ("unit", "column"), [("1000", "BEVSTD"), ("Tsd.", "BEVSTD"), ("Mill._EUR", "BEVSTD"), ("Prozent", "BEVSTD")]
)
def test_persons_in_thousands_or_percent_are_refused(tmp_path: Path, unit: str, column: str) -> None:
    text = make_old().replace("stand__Anzahl", f"stand__{unit}")
    assert find_causes(tmp_path, text, columns={"bevoelkerung": RateColumns(value=column)}) == ["genesis_unit_differs"]
    assert find_causes(tmp_path, text.replace("__Prozent", "__1000")) == ["genesis_unit_differs"] * 2


@BOTH
def test_a_variable_in_two_units_is_named_with_its_unit(tmp_path: Path, make: Any) -> None:
    text = (
        make()
        .replace("ERWP10__Arbeitslosenquote__Prozent", "BEVSTD__Veraenderung__%")
        .replace(";%;ERWP10;", ";%;BEVSTD;")
    )
    columns = {"bevoelkerung": RateColumns(value="BEVSTD__Anzahl"), "arbeitslose": RateColumns(value="BEVSTD__%")}
    pd.testing.assert_frame_equal(strip(read(tmp_path, text, columns=columns)), strip(read(tmp_path, make())))
