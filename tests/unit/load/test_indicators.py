"""Indicators in long and wide form become one checked table; what finds no partner is listed."""

from pathlib import Path
from typing import Any

import pytest

from sro_geo.errors import DataError
from sro_geo.load.indicators import IndicatorTables, read_indicators
from sro_geo.load.inputs import IndicatorFile, RateColumns
from tests.load_data import CATALOGUE, write, write_book

IDS = ["01", "02"]


def read(*orders: IndicatorFile) -> IndicatorTables:
    return read_indicators(orders, specs=CATALOGUE.specs, quarter_ids=IDS)


def read_long(folder: Path, content: str, **stated: Any) -> IndicatorTables:
    return read(IndicatorFile(file=write(folder, "w.csv", content), **stated))


def find_causes(folder: Path, content: str, **stated: Any) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_long(folder, content, **stated)
    return [problem.cause for problem in caught.value.problems]


def list_rows(found: IndicatorTables, *columns: str) -> list[tuple[object, ...]]:
    return list(found.indicators[list(columns)].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "head",
    [
        "quartier;kennzahl;jahr;wert;zaehler;nenner;status",
        "quarter_id;indicator;year;value;numerator;denominator;status",
        "Quartier;KENNZAHL;Jahr;Wert;Zähler;Nenner;Status",
    ],
)
def test_german_and_english_heads(tmp_path: Path, head: str) -> None:
    found = read_long(tmp_path, f"{head}\n01;arbeitslose;2024;6,5;13;200;\n02;arbeitslose;2024;;;150;geheim\n")
    assert list_rows(found, "quarter_id", "indicator", "year", "value", "numerator", "denominator", "status", "source", "row")[0] == (
        "01", "arbeitslose", 2024, 6.5, 13.0, 200.0, "observed", "w.csv", 2,
    )  # fmt: skip
    assert found.indicators["status"].tolist() == ["observed", "suppressed"]
    assert found.indicators["value"].isna().tolist() == [False, True]
    assert found.notes == ()


def test_rates_are_computed_from_their_parts(tmp_path: Path) -> None:
    rows = "01;umzugsvolumen;2024;;686;7955;\n02;arbeitslose;2024;;13;200;geschätzt\n"
    found = read_long(tmp_path, "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n" + rows)
    assert found.indicators["value"].tolist() == [1000 * 686 / 7955, 6.5]
    assert found.indicators["status"].tolist() == ["observed", "estimated"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("geheim", "suppressed"),
        ("fehlt", "missing"),
        ("spaeter", "later"),
        ("später", "later"),
        ("entfaellt", "not_applicable"),
        ("missing", "missing"),
    ],
)
def test_words_for_a_status(tmp_path: Path, word: str, status: str) -> None:
    found = read_long(tmp_path, f"quartier,kennzahl,jahr,wert,status\n01,geborene,2024,,{word}\n02,geborene,2024,3,\n")
    assert found.indicators["status"].tolist() == [status, "observed"]


def test_invented_values_are_marked(tmp_path: Path) -> None:
    text = "quartier,kennzahl,jahr,wert,status\n01,geborene,2024,5,beispiel\n02,geborene,2024,3,\n"
    assert read_long(tmp_path, text).indicators["example"].tolist() == [True, False]
    assert read_long(tmp_path, text, status="example").indicators["example"].tolist() == [True, True]
    (tmp_path / "SOURCE.toml").write_text('[[file]]\nname = "w.csv"\nexample = true\n')
    found = read_long(tmp_path, text)
    assert found.indicators["example"].tolist() == [True, True]
    assert found.sources[0].example


def test_signs_stand_for_a_status(tmp_path: Path) -> None:
    rows = ["01;geborene;2024;–", "02;geborene;2024;.", "01;gestorbene;2024;(4)", "02;gestorbene;2024;…"]
    found = read_long(tmp_path, "quartier;kennzahl;jahr;wert\n" + "\n".join(rows) + "\n")
    assert list_rows(found, "quarter_id", "indicator", "status") == [
        ("01", "geborene", "observed"), ("01", "gestorbene", "estimated"), ("02", "geborene", "suppressed"), ("02", "gestorbene", "later"),
    ]  # fmt: skip
    assert found.indicators["value"].tolist()[:2] == [0.0, 4.0]


@pytest.mark.parametrize(
    ("cells", "status", "value"),
    [
        ("38,2;.;200", "observed", 38.2),
        (";.;200", "suppressed", None),
        (";5;.", "", None),
        (";(13);200", "estimated", 6.5),
        (";13;x", "", None),
    ],
)
def test_signs_in_the_parts_of_a_rate(tmp_path: Path, cells: str, status: str, value: float | None) -> None:
    text = f"quartier;kennzahl;jahr;wert;zaehler;nenner\n01;arbeitslose;2024;{cells}\n"
    if status == "":
        assert find_causes(tmp_path, text) == ["value_despite_status"]
        return
    found = read_long(tmp_path, text).indicators.iloc[0]
    assert found["status"] == status
    assert found["value"] == value if value is not None else found["value"] != found["value"]


def test_wide_tables(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Code", "Name", "Einwohner", "Arbeitslose", "15-65"],
        ["01", "Nord", 100, 5, 50],
        ["02", "Süd", 200, "/", 100],
    ]
    columns = {
        "bevoelkerung": RateColumns(value="Einwohner"),
        "arbeitslose": RateColumns(numerator="Arbeitslose", denominator="15-65"),
    }
    found = read(
        IndicatorFile(file=write_book(tmp_path, "w.xlsx", {"S": rows}), form="wide", year=2024, columns=columns)
    )
    assert list_rows(found, "quarter_id", "indicator", "year", "value", "status", "row")[:2] == [
        ("01", "arbeitslose", 2024, 10.0, "observed", 2), ("01", "bevoelkerung", 2024, 100.0, "observed", 2),
    ]  # fmt: skip
    assert found.indicators["status"].tolist() == ["observed", "observed", "missing", "observed"]
    assert found.notes == ()


def test_empty_cells_of_a_wide_table_are_missing_and_noted(tmp_path: Path) -> None:
    text = "code,jahr,a\n01,2024,\n02,2024,5\n"
    found = read_long(tmp_path, text, form="wide", columns={"geborene": RateColumns(value="a")})
    assert found.indicators["status"].tolist() == ["missing", "observed"]
    assert [(note.cause, note.values["count"], note.values["found"]) for note in found.notes] == [
        ("cells_empty", 1, ["geborene"])
    ]


def test_a_status_for_all_values(tmp_path: Path) -> None:
    text = "code,a\n01,1\n02,5\n"
    found = read_long(
        tmp_path, text, form="wide", year=2024, status="estimated", columns={"geborene": RateColumns(value="a")}
    )
    assert found.indicators["status"].tolist() == ["estimated", "estimated"]


def test_rows_and_quarters_without_a_partner_are_listed(tmp_path: Path) -> None:
    rows = ["01,geborene,2024,1", ",geborene,2024,2", "99,geborene,2024,3", "Stadt,geborene,2024,6"]
    found = read_long(tmp_path, "quartier,kennzahl,jahr,wert\n" + "\n".join(rows) + "\n")
    assert found.indicators["quarter_id"].tolist() == ["01"]
    noted = {note.cause: note for note in found.notes}
    assert set(noted) == {"rows_without_key", "rows_without_partner", "quarters_without_rows"}
    assert [place.row for place in noted["rows_without_key"].places] == [3]
    assert noted["rows_without_partner"].values["found"] == ["99", "Stadt"]
    assert [place.row for place in noted["rows_without_partner"].places] == [4, 5]
    assert noted["quarters_without_rows"].values["found"] == ["02"]


def test_indicators_and_quarters_are_known_by_their_names(tmp_path: Path) -> None:
    text = "Stadtteil;Merkmal;Stichjahr;Wert\nNORD;Lebend Geborene;2024;1\nsüd;geborene;2024;2\n02;Neugeborene;2023;3\n"
    words = {"Neugeborene": "geborene"}
    file = IndicatorFile(file=write(tmp_path, "w.csv", text), key="Stadtteil", words=words)
    found = read_indicators([file], specs=CATALOGUE.specs, quarter_ids=IDS, names={"01": "Nord", "02": "Süd"})
    assert list_rows(found, "quarter_id", "indicator", "year", "value") == [
        ("01", "geborene", 2024, 1.0),
        ("02", "geborene", 2023, 3.0),
        ("02", "geborene", 2024, 2.0),
    ]
    assert [(note.cause, note.values["count"]) for note in found.notes][:1] == [("keys_by_name", 2)]


def test_gaps_between_years_are_listed(tmp_path: Path) -> None:
    rows = ["01,geborene,2023,1", "02,geborene,2023,2", "01,geborene,2024,3"]
    (note,) = read_long(tmp_path, "quartier,kennzahl,jahr,wert\n" + "\n".join(rows) + "\n").notes
    assert (note.cause, note.values["found"]) == ("gaps_in_table", ["geborene 2024 (02)"])


def test_a_key_table_joins_every_form(tmp_path: Path) -> None:
    keys = write(tmp_path, "k.csv", "from,to,name\n1,01,Nord\n2,02,Süd\n")
    found = read_long(
        tmp_path,
        "quartier,kennzahl,jahr,wert\n1,geborene,2022,1\nNord,geborene,2023,2\n01,geborene,2024,3\nSüd,geborene,2024,3\n",
        keys=keys,
    )
    assert found.indicators["quarter_id"].tolist() == ["01", "01", "01", "02"]
    assert [source.file for source in found.sources] == ["w.csv", "k.csv"]


def test_leading_zeros_are_never_guessed(tmp_path: Path) -> None:
    assert find_causes(tmp_path, "quartier,kennzahl,jahr,wert\n1,geborene,2024,1\n") == ["no_partner_at_all"]


def test_stated_heads_go_before_the_usual_ones(tmp_path: Path) -> None:
    text = "quartier,gebiet,was,stand,zahl\nx,01,geborene,2024,1\nx,02,geborene,2024,2\n"
    found = read_long(tmp_path, text, key="gebiet", year_column="stand", heads={"indicator": "was", "value": "zahl"})
    assert found.indicators["quarter_id"].tolist() == IDS


def test_several_files_make_one_table(tmp_path: Path) -> None:
    orders = [
        IndicatorFile(file=write(tmp_path, f"{year}.csv", "code,a\n01,1\n02,2\n"), form="wide", year=year, columns={"geborene": RateColumns(value="a")})
        for year in (2023, 2024)
    ]  # fmt: skip
    assert read(*orders).indicators["year"].tolist() == [2023, 2024, 2023, 2024]
    assert read().indicators.empty


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    orders = [IndicatorFile(file=write(tmp_path, name, "a,b\n1,2\n")) for name in ("x.csv", "y.csv")]
    with pytest.raises(DataError) as caught:
        read(*orders)
    assert [(p.cause, p.places[0].file) for p in caught.value.problems] == [
        ("missing_columns", "x.csv"), ("year_not_known", "x.csv"), ("missing_columns", "y.csv"), ("year_not_known", "y.csv"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "causes"),
    [
        ("01,geborene,24,1\n", ["year_unreadable"]),
        ("01,geborene,2024,viele\n", ["number_unreadable"]),
        ("01,geborene,24,viele\n", ["year_unreadable", "number_unreadable"]),
        ("01,geborene,2024,1\n01,geborene,2024,2\n", ["duplicate_key"]),
        ("01,gebohrene,2024,1\n", ["unknown_indicator"]),
        ("01,geborene,2024,\n", ["value_without_status"]),
        ("01,geborene,2024,-1\n", ["negative_number"]),
    ],
)
def test_faults_of_cells(tmp_path: Path, rows: str, causes: list[str]) -> None:
    assert find_causes(tmp_path, "quartier,kennzahl,jahr,wert\n" + rows) == causes


def test_an_unknown_status_is_a_problem(tmp_path: Path) -> None:
    assert find_causes(tmp_path, "quartier,kennzahl,jahr,wert,status\n01,geborene,2024,1,vielleicht\n") == [
        "unknown_status"
    ]


def test_a_secret_value_must_not_stand_there(tmp_path: Path) -> None:
    text = "quartier,kennzahl,jahr,wert,zaehler,nenner,status\n01,arbeitslose,2024,{},{},50,geheim\n"
    assert find_causes(tmp_path, text.format("4", "")) == ["value_despite_status"]
    assert find_causes(tmp_path, text.format("", "2")) == ["value_despite_status"]


HEAD = "quartier;kennzahl;jahr;wert;zaehler;nenner;status\n"


@pytest.mark.parametrize(
    ("rows", "causes"),
    [
        (
            "91;arbeitslose;2024;viele;;;\n92;arbeitslose;24;5;;;\n",
            ["year_unreadable", "number_unreadable", "no_partner_at_all"],
        ),
        (
            "01;arbeitslose;2024;viele;;;\n01;bevoelkerung;2023;10,5;;;\n02;arbeitslose;2023;;13;200;geheim\n",
            ["number_unreadable", "count_not_whole", "value_despite_status"],
        ),
        (
            "01;geborene;2024;viele;;;\n01;gebohrene;2023;1;;;\n02;geborene;2024;1;;;\n02;geborene;2024;2;;;\n",
            ["number_unreadable", "unknown_indicator", "duplicate_key"],
        ),
    ],
)
def test_the_problems_of_one_file_are_told_at_once(tmp_path: Path, rows: str, causes: list[str]) -> None:
    assert find_causes(tmp_path, HEAD + rows) == causes
