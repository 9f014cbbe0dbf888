"""Key tables, provenance, cells as text."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sro_geo.errors import DataError, Place
from sro_geo.load.cells import clean_text
from sro_geo.load.keys import join_keys, read_keys
from sro_geo.load.sources import read_source
from sro_geo.load.words import find_columns
from tests.load_data import write


def test_every_form_of_a_key_is_known(tmp_path: Path) -> None:
    keys = read_keys(write(tmp_path, "k.csv", "from,to,lang,name\n3,STGT03,03 Nordstadt,Nordstadt\n4,STGT04,,\n"))
    assert keys.forms == {
        "3": "STGT03", "03 Nordstadt": "STGT03", "Nordstadt": "STGT03", "STGT03": "STGT03", "4": "STGT04", "STGT04": "STGT04",
    }  # fmt: skip
    assert [source.file for source in keys.sources] == ["k.csv"]


def test_no_table_knows_nothing() -> None:
    assert (read_keys(None).forms, read_keys(None).sources) == ({}, ())


@pytest.mark.parametrize(
    ("content", "cause"),
    [("from,nach\n1,2\n", "missing_columns"), ("from,to,name\n1,A,Nord\n2,B,Nord\n", "key_form_ambiguous")],
)
def test_faults_of_a_key_table(tmp_path: Path, content: str, cause: str) -> None:
    with pytest.raises(DataError) as caught:
        read_keys(write(tmp_path, "k.csv", content))
    (problem,) = caught.value.problems
    assert (problem.cause, problem.places[0].file) == (cause, "k.csv")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (np.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (3.0, "3"),
        (3.5, "3.5"),
        (7, "7"),
        ("007", "007"),
        ("a\u200b\ufeffb ", "ab"),
        ("u\u0308", "ü"),
    ],
)
def test_cells_as_text(cell: object, text: str) -> None:
    assert clean_text(cell) == text


def test_the_first_known_name_wins_and_what_is_stated_goes_before() -> None:
    aliases = {"key": ("quartier", "code")}
    assert find_columns(["Code", "Quartier"], stated={}, aliases=aliases) == {"key": "Quartier"}
    assert find_columns(["Code", "Quartier"], stated={"key": "Code"}, aliases=aliases) == {"key": "Code"}
    assert find_columns(["Ort"], stated={}, aliases=aliases) == {}


def test_the_project_s_words_go_before_the_usual_ones() -> None:
    aliases = {"key": ("quartier",), "value": ("wert",)}
    words = {"Fälle insgesamt": "value", "Kita": "kindertageseinrichtung"}
    heads = ["QUARTIER", "Wert", "fälle  insgesamt", "Kita"]
    assert find_columns(heads, stated={}, aliases=aliases, words=words) == {
        "key": "QUARTIER",
        "value": "fälle  insgesamt",
    }


def test_a_name_is_a_key_where_one_quarter_has_it() -> None:
    keys = read_keys(None, called={"1": "Groß Klein", "2": "Dorf", "3": "Dorf", "4": "1", "5": "Süd", "süd": "Nord"})
    forms = pd.Series(["1", "2", "gross-klein", "Dorf", "Nord", "Süd", "", "日本"])
    found = keys.find(forms, quarter_ids=["1", "2", "3", "4", "5", "süd"])
    assert found.tolist() == ["1", "2", "1", "Dorf", "süd", "Süd", "", "日本"]


@pytest.mark.parametrize(("form", "similar"), [("022", "022 → 22"), ("Lichtenhgen", "Lichtenhgen → Lichtenhagen")])
def test_what_is_spelt_nearly_alike_is_named_and_not_joined(form: str, similar: str) -> None:
    keys = read_keys(None, called={"21": "Lichtenhagen", "22": "Groß Klein"})
    joined = join_keys(pd.Series(["21", "22", form]), keys=keys, quarter_ids=["21", "22"], place=Place(file="t.csv"))
    (note,) = joined.notes
    assert joined.quarter_id.isna().tolist() == [False, False, True]
    assert note.values["similar"] == [similar]


def test_nothing_is_named_where_nothing_is_alike() -> None:
    joined = join_keys(
        pd.Series(["21", "23", "2²"]), keys=read_keys(None), quarter_ids=["21"], place=Place(file="t.csv")
    )
    assert [note.cause for note in joined.notes] == ["rows_without_partner"]


def test_a_row_of_sums_is_no_quarter_that_is_written_nearly_so() -> None:
    keys = read_keys(None, called={"1": "Wismar West", "2": "Wismar Süd"})
    forms = pd.Series(["Wismar West", "Wismar Süd", "Wismar insgesamt", "GESAMT", "Wismar Wes"])
    joined = join_keys(forms, keys=keys, quarter_ids=["1", "2"], place=Place(file="t.csv"))
    told = {note.cause: note.values["found"] for note in joined.notes if "found" in note.values}
    assert told == {"rows_of_sums": ["Wismar insgesamt", "GESAMT"], "rows_without_partner_similar": ["Wismar Wes"]}


ENTRY = '[[file]]\nname = "{}"\ntitle = "Titel"\nlicence = "CC0"\ndate = {}\nexample = true\nnotice = "Erfunden"\n'


@pytest.mark.parametrize("date", ["2024-12-31", '"2024-12-31"'])
def test_a_source_is_what_the_file_beside_says(tmp_path: Path, date: str) -> None:
    (tmp_path / "SOURCE.toml").write_text(ENTRY.format("andere.csv", date) + ENTRY.format("t.csv", date))
    source = read_source(write(tmp_path, "t.csv", "a"))
    assert (source.title, source.date, source.example, source.notice) == ("Titel", "2024-12-31", True, "Erfunden")
    assert source.sha256 == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_a_file_that_nobody_describes_has_a_checksum(tmp_path: Path) -> None:
    (tmp_path / "SOURCE.toml").write_text(ENTRY.format("andere.csv", "2024-12-31"))
    source = read_source(write(tmp_path, "t.csv", "a"))
    assert (source.title, source.example, len(source.sha256)) == ("", False, 64)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (ENTRY.format("t.csv", "2024"), "wrong_type_text"),
        ("[[file]]\ntitel = 1\n", "missing_key"),
        ("[[file]\n", "toml_broken"),
    ],
)
def test_a_source_file_with_faults_is_a_problem(tmp_path: Path, content: str, cause: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "SOURCE.toml").write_text(content)
    (tmp_path / "sub" / "t.csv").write_text("a")
    from sro_geo.load.reading import find_file

    with pytest.raises(DataError) as caught:
        read_source(find_file("sub/t.csv", folder=tmp_path))
    assert caught.value.problems[0].cause == cause
    assert caught.value.problems[0].places[0].file == "sub/SOURCE.toml"
