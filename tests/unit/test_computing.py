"""Rates that the catalogue makes of counts: right, protected like their counts, and explained by all their rows."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sro_geo.compare.groups import measure_areas
from sro_geo.disclose.primary import suppress_small
from sro_geo.errors import DataError
from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.indicators import IndicatorTables, read_indicators
from sro_geo.load.inputs import IndicatorFile
from sro_geo.pipeline.computing import add_rates
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.explanation import explain_quarter
from tests.load_data import write
from tests.unit.intake.test_starting import write_areas

IDS = ["01", "02"]
HEAD = "quartier;kennzahl;jahr;wert;status\n"
COUNTED = (
    "01;bezug;2024;30;\n02;bezug;2024;20;\n01;alter_15_25;2024;100;\n01;alter_25_65;2024;200;\n"
    "02;alter_15_25;2024;50;\n02;alter_25_65;2024;350;\n"
)
OWN = """
[[indicator]]
code = "bezug"
name = "Menschen im Leistungsbezug"
short = "Leistungsbezug"
unit = "persons"

[[indicator]]
code = "quote"
name = "Leistungsbezug unter den 15- bis unter 65-Jährigen"
short = "Quote"
unit = "{unit}"
numerator = "bezug"
denominator = "{below}"
computed = true
"""


def read(folder: Path, rows: str, *, unit: str = "percent", below: str = "15-65", more: str = "") -> Any:
    """Tables with the rate, and the catalogue's specs."""
    own = OWN.format(unit=unit, below=below) + more
    specs = read_catalogue(indicators=write(folder, "kennzahlen.toml", own)).specs
    order = IndicatorFile(file=write(folder, "k.csv", HEAD + rows))
    values = read_indicators([order], specs=specs, quarter_ids=IDS)
    return add_rates(values, specs=specs, quarter_ids=IDS), specs


def pick(values: IndicatorTables, code: str = "quote") -> pd.DataFrame:
    rows = values.indicators
    return rows[rows["indicator"] == code].set_index("quarter_id")


@pytest.mark.parametrize(("unit", "factor"), [("percent", 100), ("per_100", 100), ("per_1000", 1000)])
def test_a_rate_is_made_of_the_counts_that_it_names(tmp_path: Path, unit: str, factor: float) -> None:
    """The age group is the sum of two that stand in the table."""
    found = pick(read(tmp_path, COUNTED, unit=unit)[0])
    assert found["numerator"].tolist() == [30, 20]
    assert found["denominator"].tolist() == [300, 400]
    assert found["value"].tolist() == pytest.approx([factor * 0.1, factor * 0.05])
    assert set(found["status"]) == {"observed"}


def test_the_fewest_age_groups_are_added(tmp_path: Path) -> None:
    """Where a wider one stands in the table, too, it is taken, also where its parts don't make it up."""
    found = pick(read(tmp_path, COUNTED + "01;alter_15_65;2024;310;\n02;alter_15_65;2024;400;\n")[0])
    assert found["denominator"].tolist() == [310, 400]


def test_sums_and_differences_are_counts_as_well(tmp_path: Path) -> None:
    more = '[[indicator]]\ncode = "davon"\nname = "Davon"\nshort = "Davon"\nunit = "persons"\n'
    rows = COUNTED + "01;davon;2024;10;\n02;davon;2024;5;\n"
    found = pick(read(tmp_path, rows, below="bezug + davon", more=more)[0])
    assert found["denominator"].tolist() == [40, 25]
    assert found["value"].tolist() == pytest.approx([75, 80])


def test_years_have_their_own_counts_and_one_that_lacks_any_has_no_rate(tmp_path: Path) -> None:
    earlier = COUNTED.replace("2024;30", "2023;15").replace("2024", "2023").replace("02;bezug", "02;bezug")
    rows = COUNTED + earlier + "01;bezug;2022;7;\n"
    found = pick(read(tmp_path, rows)[0])
    assert sorted(set(found["year"])) == [2023, 2024]
    assert found.loc["01"].set_index("year")["value"].to_dict() == pytest.approx({2023: 5.0, 2024: 10.0})


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("01;bezug;2024;30;", "01;bezug;2024;;geheim"), "suppressed"),
        (("01;alter_15_25;2024;100;", "01;alter_15_25;2024;;fehlt"), "missing"),
        (("01;alter_15_25;2024;100;\n", ""), "missing"),
        (("01;bezug;2024;30;", "01;bezug;2024;30;geschaetzt"), "estimated"),
    ],
)
def test_a_rate_knows_what_its_weakest_count_knows(tmp_path: Path, change: tuple[str, str], status: str) -> None:
    found: Any = pick(read(tmp_path, COUNTED.replace(*change))[0]).loc["01"]
    assert found["status"] == status
    assert math.isnan(found["value"]) == (status != "estimated")
    assert math.isnan(found["numerator"]) == (status != "estimated")


def test_a_share_whose_numerator_is_withheld_bounds_the_city_by_its_denominator(tmp_path: Path) -> None:
    """Of 300 none or all: the city has 20 to 320 of 700, and no open end."""
    values, specs = read(tmp_path, COUNTED.replace("01;bezug;2024;30;", "01;bezug;2024;;geheim"))
    found: Any = pick(values).loc["01"]
    assert (found["status"], found["denominator"]) == ("suppressed", 300)
    city: Any = measure_areas(values.indicators, specs=specs, year=2024, members={"city": IDS})
    row = city.set_index("indicator").loc["quote"]
    assert [row["low"], row["value"], row["high"]] == pytest.approx(
        [100 * n / d for n, d in ((20, 700), (20, 400), (320, 700))]
    )


def test_without_anybody_to_set_it_against_a_rate_does_not_apply(tmp_path: Path) -> None:
    rows = (
        COUNTED.replace("01;bezug;2024;30", "01;bezug;2024;0")
        .replace("2024;100", "2024;0")
        .replace("2024;200", "2024;0")
    )
    assert pick(read(tmp_path, rows)[0]).loc["01", "status"] == "not_applicable"


def test_a_rate_of_a_small_count_is_withheld_with_it(tmp_path: Path) -> None:
    values, specs = read(tmp_path, COUNTED.replace("01;bezug;2024;30", "01;bezug;2024;2"))
    shown, _ = suppress_small(values.indicators, specs=specs, smallest=3)
    rows = shown[shown["quarter_id"] == "01"].set_index("indicator")
    assert rows.loc[["bezug", "quote"], "status"].tolist() == ["suppressed", "suppressed"]
    assert rows.loc["quote", ["value", "numerator"]].isna().all()


def test_a_denominator_does_not_tell_a_small_age_group_that_is_part_of_it(tmp_path: Path) -> None:
    values, specs = read(tmp_path, COUNTED.replace("01;alter_15_25;2024;100", "01;alter_15_25;2024;2"))
    shown, _ = suppress_small(values.indicators, specs=specs, smallest=3)
    rows: Any = shown[shown["quarter_id"] == "01"].set_index("indicator")
    assert math.isnan(rows.loc["alter_15_25", "value"])
    assert math.isnan(rows.loc["quote", "denominator"]) or math.isnan(rows.loc["alter_25_65", "value"])


def test_all_rows_that_it_is_made_of_are_named(tmp_path: Path) -> None:
    values, _ = read(tmp_path, COUNTED)
    assert values.made["02", "quote", 2024].origins == (("k.csv", 3), ("k.csv", 6), ("k.csv", 7))
    assert math.isnan(values.made["02", "quote", 2024].split)


def test_what_cannot_be_computed_is_told(tmp_path: Path) -> None:
    values, _ = read(tmp_path, "01;bezug;2024;30;\n")
    assert pick(values).empty
    (note,) = [note for note in values.notes if note.cause == "counts_lacking"]
    assert note.values["found"] == ["quote"]


def test_a_rate_is_either_given_or_computed(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="computed_given"):
        read(tmp_path, COUNTED + "01;quote;2024;9,5;\n")


def test_a_share_over_100_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="numerator_over_denominator"):
        read(tmp_path, COUNTED.replace("01;bezug;2024;30", "01;bezug;2024;3000"))


def test_quarters_and_model_regions_tell_files_and_rows(tmp_path: Path) -> None:
    """Counts stand in two files; the rate of the group is that of its sums."""
    write_areas(tmp_path)
    write(tmp_path, "kennzahlen.toml", OWN.format(unit="percent", below="all"))
    write(tmp_path, "bezug.csv", "code;bezug\nN1;30\nN2;20\nN3;9\n")
    write(tmp_path, "menschen.csv", "code;menschen\nN1;300\nN2;100\nN3;90\n")
    table = '[[indicators]]\nfile = "{0}.csv"\nform = "wide"\nyear = 2024\n[indicators.columns]\n{1} = "{0}"\n'
    project = (
        'title = "Atlas"\nplace = "Ort"\nyear = 2024\n[catalogue]\nindicators = "kennzahlen.toml"\n'
        '[quarters]\nfile = "ortsteile.geojson"\nkey = "nr"\nname = "bez"\n'
        '[groups]\nmodellregion = ["N1", "N2"]\n[compare]\ngroup = "modellregion"\n[[map]]\nshows = "quote"\n'
        + table.format("bezug", "bezug")
        + table.format("menschen", "bevoelkerung")
    )
    study = run_study(open_project(write(tmp_path, "project.toml", project).path))
    assert explain_quarter(study, quarter="N2", indicator="quote").splitlines()[-3:] == [
        "20,00\u00a0% = 100 × 20 ÷ 100",
        "aus bezug.csv, Zeile 3",
        "aus menschen.csv, Zeile 3",
    ]
    lines = explain_quarter(study, quarter="Modellregionen", indicator="quote").splitlines()
    assert "12,50\u00a0% = 100 × 50 ÷ 400" in "\n".join(lines)
    assert any("aus bezug.csv, Zeile 3, aus menschen.csv, Zeile 3" in line for line in lines)


GIVEN = OWN.replace("computed = true", "digits = 1").replace("{unit}", "percent")


def read_given(folder: Path, rows: str, *, below: str = "15-65", above: str = 'numerator = "bezug"') -> Any:
    """Tables in which the rate itself stands, and the catalogue's specs."""
    own = GIVEN.format(below=below).replace('numerator = "bezug"', above)
    specs = read_catalogue(indicators=write(folder, "kennzahlen.toml", own)).specs
    order = IndicatorFile(file=write(folder, "k.csv", HEAD + rows))
    values = read_indicators([order], specs=specs, quarter_ids=IDS)
    return add_rates(values, specs=specs, quarter_ids=IDS), specs


def test_a_given_rate_has_the_counts_that_the_catalogue_names(tmp_path: Path) -> None:
    """Else the city were the mean of its quarters by all inhabitants: 30 of 299 and 20 of 401 are 50 of 700."""
    counted = COUNTED.replace("2024;200", "2024;199").replace("2024;350", "2024;351")
    values, specs = read_given(tmp_path, counted + "01;quote;2024;10,0;\n02;quote;2024;5,0;\n")
    found = pick(values)
    assert found[["numerator", "denominator"]].to_numpy().tolist() == [[30, 299], [20, 401]]
    assert found["value"].tolist() == pytest.approx([3000 / 299, 2000 / 401])
    assert set(found["source"]) == {"k.csv"}
    city = measure_areas(values.indicators, specs=specs, year=2024, members={"city": IDS})
    row = city.set_index("indicator").loc["quote"]
    assert (row["denominator"], row["status"]) == (700, "observed")
    assert row["value"] == pytest.approx(5000 / 700)


def test_a_given_rate_whose_numerator_stands_nowhere_has_its_denominator(tmp_path: Path) -> None:
    values, specs = read_given(tmp_path, COUNTED + "01;quote;2024;10;\n02;quote;2024;5;\n", above="")
    found = pick(values)
    assert found["denominator"].tolist() == [300, 400]
    assert found["numerator"].isna().all()
    city = measure_areas(values.indicators, specs=specs, year=2024, members={"city": IDS}).set_index("indicator")
    assert city.loc["quote", "value"] == pytest.approx(100 * (30 + 20) / 700)
    assert city.loc["quote", "status"] == "estimated"


def test_a_given_rate_that_its_counts_contradict_stays_and_is_told(tmp_path: Path) -> None:
    """12.4 % is not 30 of 300; the other row, 5 %, is 20 of 400, also where it is rounded."""
    values, _ = read_given(tmp_path, COUNTED + "01;quote;2024;12,4;\n02;quote;2024;5;\n")
    found: Any = pick(values)
    assert (found.loc["01", "value"], found.loc["02", "numerator"]) == (12.4, 20)
    assert found.loc["01", ["numerator", "denominator"]].isna().all()
    (note,) = [note for note in values.notes if note.cause == "rate_unlike_counts"]
    assert note.values == {"indicator": "quote", "count": 1}


def test_what_is_lost_of_a_computed_rate_names_the_rows_of_its_counts(tmp_path: Path) -> None:
    """The year before, the worst and the last one; nobody knows a file that is called computed."""
    write_areas(tmp_path)
    own = OWN.format(unit="percent", below="all") + "direction = -1\n"
    write(tmp_path, "kennzahlen.toml", own)
    rows = [
        f"{code};{year};{number};300"
        for code in ("N1", "N2", "N3")
        for year, number in ((2022, 30), (2023, 60), (2024, 45))
    ]
    write(tmp_path, "zahlen.csv", "\n".join(["code;jahr;bezug;menschen", *rows, ""]))
    project = (
        'title = "Atlas"\nplace = "Ort"\nyear = 2024\n[catalogue]\nindicators = "kennzahlen.toml"\n'
        '[quarters]\nfile = "ortsteile.geojson"\nkey = "nr"\nname = "bez"\n'
        '[shock]\nyear = 2023\nname = "Flut"\nindicator = "quote"\n'
        '[index]\nnormalise = "goalposts"\naggregate = "arithmetic"\n[index.weights]\nrecovery = 1\n'
        "[index.goalposts]\nerholung = [20, 0]\n"
        '[[indicators]]\nfile = "zahlen.csv"\nform = "wide"\n'
        '[indicators.columns]\nbezug = "bezug"\nbevoelkerung = "menschen"\n'
    )
    study = run_study(open_project(write(tmp_path, "project.toml", project).path))
    assert explain_quarter(study, quarter="N2", indicator="erholung").splitlines()[-1] == "aus zahlen.csv, Zeilen 5–7"
