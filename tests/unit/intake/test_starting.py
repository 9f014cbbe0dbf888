"""A folder of raw files becomes a project that runs; what only a person knows is asked, and nothing is half-written."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from sro_geo.errors import DataError, ProjectError
from sro_geo.intake.writing import start_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.tables import read_tables
from sro_geo.project import find_shipped
from tests.load_data import write_book

if TYPE_CHECKING:
    from pathlib import Path

CODES = ("N1", "N2", "N3")
NAMES = ("Nord", "Süd-Ost", "Groß Klein")


def write_areas(folder: Path, *, codes: tuple[str, ...] = CODES, west: float = 12) -> Path:
    ends = [(west + n / 10, west + (n + 1) / 10) for n in range(3)]
    rings = [[[one, 54], [other, 54], [other, 54.05], [one, 54.05], [one, 54]] for one, other in ends]
    features = [
        {
            "type": "Feature",
            "properties": {"nr": code, "bez": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, name, ring in zip(codes, NAMES, rings, strict=True)
    ]
    path = folder / "ortsteile.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding=encoding)
    return path


AGES = "Schlüssel;Jahr;Einwohner;unter 6;6 bis unter 18;18 und älter\n" + "".join(
    f"{code};2023;{500 + n};{40 + n};{110};{350}\n" for n, code in enumerate(CODES)
)


def test_good_files_need_no_decision_and_run(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES, "cp1252")]
    told = start_project(tmp_path / "neu-stadt", files)
    assert "Nichts zu entscheiden" in told
    assert "3 von 3 Gebieten nach „Schlüssel“; Jahr aus der Spalte „Jahr“; 4 Spalten mit Zahlen" in told
    study = run_study(open_project(tmp_path / "neu-stadt"))
    assert (study.about.place, study.about.year) == ("Neu Stadt", 2023)
    values = study.indicators.set_index(["indicator", "quarter_id"])["value"]
    assert [values["bevoelkerung", code] for code in CODES] == [500, 501, 502]
    assert [values["alter_0_6", code] for code in CODES] == [40, 41, 42]
    assert study.specs["alter_18_plus"].age_group == "18+"
    assert study.quarters.loc["N3", "name"] == "Groß Klein"


def test_the_order_of_the_files_changes_no_value(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES)]
    files.append(write(tmp_path, "arbeit_2022.csv", "nr;Arbeitslose\nN1;30\nN2;40\nN3;50\n"))
    frames = []
    for name, order in (("a", files), ("b", files[::-1])):
        start_project(tmp_path / name / "ort", order)
        frames.append(read_tables(open_project(tmp_path / name / "ort")).indicators)
    columns = ["indicator", "quarter_id", "year", "value"]
    first, second = (frame[columns].sort_values(columns, ignore_index=True) for frame in frames)
    pd.testing.assert_frame_equal(pd.DataFrame(first), pd.DataFrame(second))
    assert len(first) == 15


def test_numbers_that_boundaries_only_contain_are_a_question(tmp_path: Path) -> None:
    files = [
        write_areas(tmp_path, codes=("OT01", "OT02", "OT03")),
        write(tmp_path, "arbeit_2022.csv", "gebiet,Arbeitslose\n1,30\n2,40\n3,50\n"),
    ]
    told = start_project(tmp_path / "p", files)
    assert "Zu entscheiden, 1 Stelle:" in told
    project = tmp_path / "p" / "project.toml"
    text = project.read_text(encoding="utf-8")
    assert (tmp_path / "p" / "schluessel.csv").read_text(encoding="utf-8") == "to;from\n1;OT01\n2;OT02\n3;OT03\n"
    with pytest.raises(DataError):
        read_tables(open_project(tmp_path / "p"))
    project.write_text(text.replace('# keys = "schluessel.csv"', 'keys = "schluessel.csv"'), encoding="utf-8")
    values = read_tables(open_project(tmp_path / "p")).indicators.set_index("quarter_id")["value"]
    assert values.to_dict() == {"1": 30, "2": 40, "3": 50}


def test_a_table_of_keys_proves_what_the_numbers_mean(tmp_path: Path) -> None:
    listing = "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(NAMES, start=1))
    files = [
        write_areas(tmp_path, codes=("OT01", "OT02", "OT03")),
        write(tmp_path, "arbeit_2022.csv", "gebiet,Arbeitslose\n1,30\n2,40\n3,50\n"),
        write(tmp_path, "gebiete.csv", listing),
    ]
    assert "Nichts zu entscheiden" in start_project(tmp_path / "p", files)
    assert len(read_tables(open_project(tmp_path / "p")).indicators) == 3


def test_a_table_of_keys_that_says_otherwise_proves_nothing(tmp_path: Path) -> None:
    files = [
        write_areas(tmp_path, codes=("OT01", "OT02", "OT03")),
        write(tmp_path, "arbeit_2022.csv", "gebiet,Arbeitslose\n1,30\n2,40\n3,50\n"),
        write(tmp_path, "gebiete.csv", "id,name\n2,Nord\n1,Süd-Ost\n3,Groß Klein\n"),
    ]
    assert "Meinen sie dasselbe?" in start_project(tmp_path / "p", files)


def test_names_in_another_spelling_get_a_key_table(tmp_path: Path) -> None:
    text = "Gebiet;Jahr;Arbeitslose\nNORD;2022;30\nSued Ost;2022;40\nGross-Klein;2022;50\n"
    told = start_project(tmp_path / "p", [write_areas(tmp_path), write(tmp_path, "arbeit.csv", text)])
    assert "Nichts zu entscheiden" in told
    values = read_tables(open_project(tmp_path / "p")).indicators.set_index("quarter_id")["value"]
    assert values.to_dict() == {"N1": 30, "N2": 40, "N3": 50}


def test_a_year_that_nothing_tells_is_a_question(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "arbeit.csv", "nr;Arbeitslose\nN1;30\nN2;40\nN3;50\n")]
    told = start_project(tmp_path / "p", files)
    assert "Aus welchem Jahr sind diese Zahlen?" in told
    with pytest.raises(DataError) as stopped:
        read_tables(open_project(tmp_path / "p"))
    assert [problem.cause for problem in stopped.value.problems] == ["year_not_known"]


def test_a_number_that_can_mean_two_things_is_a_question(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "e_2022.csv", "nr;Einwohner\nN1;1.234\nN2;2.345\nN3;900\n")]
    told = start_project(tmp_path / "p", files)
    assert "Zahlen wie 1.234" in told
    with pytest.raises(DataError) as stopped:
        read_tables(open_project(tmp_path / "p"))
    assert "number_ambiguous" in [problem.cause for problem in stopped.value.problems]


def test_titles_above_the_heads_are_passed_over_and_told(tmp_path: Path) -> None:
    text = "Arbeitslose nach Ortsteilen\nStand: 31.12.\n\nnr;Jahr;Arbeitslose\nN1;2022;30\nN2;2022;40\nN3;2022;50\n"
    told = start_project(tmp_path / "p", [write_areas(tmp_path), write(tmp_path, "arbeit.csv", text)])
    assert "Kopf in Zeile 4" in told
    assert len(read_tables(open_project(tmp_path / "p")).indicators) == 3


def test_the_same_table_of_several_years_is_one_section(tmp_path: Path) -> None:
    text = "nr;Arbeitslose\nN1;{}\nN2;40\nN3;50\n"
    files = [write(tmp_path, f"{year}/arbeit.csv", text.format(year - 1990)) for year in (2021, 2022)]
    files.append(write_areas(tmp_path))
    start_project(tmp_path / "p", files)
    content = tomllib.loads((tmp_path / "p" / "project.toml").read_text(encoding="utf-8"))
    assert [(one["file"], one["years"]) for one in content["indicators"]] == [("daten/{year}/arbeit.csv", [2021, 2022])]
    values = read_tables(open_project(tmp_path / "p")).indicators.set_index(["quarter_id", "year"])["value"]
    assert (values["N1", 2021], values["N1", 2022]) == (31, 32)


def test_offers_of_an_unknown_kind_and_twice_the_same_are_questions(tmp_path: Path) -> None:
    points = "Name;Lon;Lat\nA;12,05;54,02\n"
    files = [write_areas(tmp_path), write(tmp_path, "adressen.csv", points)]
    files += [write(tmp_path, name, points) for name in ("kita_alt.csv", "kita_neu.csv")]
    told = start_project(tmp_path / "p", [*files, write(tmp_path, "einwohner.csv", AGES)])
    assert "Welche Angebotsart ist das?" in told
    assert "kita_alt.csv nennt schon Angebote dieser Art." in told
    content = tomllib.loads((tmp_path / "p" / "project.toml").read_text(encoding="utf-8"))
    assert [one["file"] for one in content["offers"]] == ["daten/adressen.csv", "daten/kita_alt.csv"]


def test_a_list_of_an_office_is_read_with_questions_for_what_only_a_person_knows(tmp_path: Path) -> None:
    """Zone 33 beside boundaries that lie in 32, words for kinds and ages: asked, with what fits; answered, it runs."""
    east, north = [241267, 247814, 254361], [5992969, 5992608, 5992256]
    sites = [
        [name, kind, x, y, 12 + n, 30 + n, 7]
        for n, (name, kind, x, y) in enumerate(
            zip(["Haus A", "Haus B", "Haus C"], ["Kindergarten", "Bauspielplatz", "Hort"], east, north, strict=True)
        )
    ]
    heads = ["Name der Einrichtung", "Art", "Rechtswert", "Hochwert", "Plätze U3", "Plätze Kindergarten", "Etage"]
    write_book(tmp_path, "einrichtungen.xlsx", {"Stand 2023": [heads, *sites]})
    areas = write_areas(tmp_path, west=11)
    files = [
        areas,
        tmp_path / "einrichtungen.xlsx",
        write(tmp_path, "einwohner.csv", AGES.replace("Schlüssel", "Ortsteil")),
    ]
    told = start_project(tmp_path / "p", files)
    file = tmp_path / "p" / "project.toml"
    text = file.read_text(encoding="utf-8")
    asked = [
        line.partition(" ENTSCHEIDEN: ")[2].partition("?")[0] for line in text.split("\n") if "ENTSCHEIDEN: " in line
    ]
    assert asked == [
        "In welchem Koordinatensystem stehen Ostwert und Nordwert",
        "Für welches Alter sind diese Plätze",
        "Was für Angebote sind das",
        "Für welches Alter sind diese Angebote da",
    ]
    assert "Zu entscheiden, 4 Stellen" in told
    words = '"Bauspielplatz" = "spielplatz"\n"Hort" = "kindertageseinrichtung"'
    text = text.replace('# "Bauspielplatz" = ""\n# "Hort" = ""', words)
    for answer in ("crs", "places_3_6", "kindertageseinrichtung"):
        text = text.replace(f"# {answer} =", f"{answer} =")
    file.write_text(text, encoding="utf-8")
    project = open_project(file)
    assert project.quarters.level == "Ortsteil"
    tables = read_tables(project)
    assert list(tables.offers["quarter_id"]) == list(CODES)
    assert tables.offers["kind"].value_counts().to_dict() == {"kindertageseinrichtung": 2, "spielplatz": 1}
    assert tables.places.groupby("age_group")["places"].sum().to_dict() == {"0-3": 39, "3-6": 93}


def test_a_list_with_coordinates_and_without_names_is_told(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES)]
    told = start_project(tmp_path / "p", [*files, write(tmp_path, "kitas.csv", "Straße;Lon;Lat\nA;12,05;54,02\n")])
    assert "kitas.csv. Ihre Zeilen haben Koordinaten, aber keine Spalte sagt, wie die Angebote heißen." in told


def test_numbers_of_offers_are_no_list_of_them(tmp_path: Path) -> None:
    counts = "nr;Kita;Schule\n" + "".join(f"{code};{3 + n};{n}\n" for n, code in enumerate(CODES))
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES), write(tmp_path, "kitas_2023.csv", counts)]
    start_project(tmp_path / "p", files)
    assert open_project(tmp_path / "p").offers == ()
    assert {"kitas_kita", "kitas_schule"} <= set(read_tables(open_project(tmp_path / "p")).indicators["indicator"])


def test_a_list_of_addresses_is_told_with_what_it_needs(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES)]
    told = start_project(tmp_path / "p", [*files, write(tmp_path, "kitas.csv", "Name;Adresse\nA;Weg 1\n")])
    assert "kitas.csv. Ihre Zeilen haben Adressen und keine Koordinaten." in told


def test_a_raster_is_told_and_left_out(tmp_path: Path) -> None:
    """Whether it counts people or shows an indicator, only a person knows."""
    raster = find_shipped("geodata/musterstadt/versiegelung.tif")
    told = start_project(tmp_path / "p", [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES), raster])
    assert "Nicht verwendet: versiegelung.tif. Ein Raster;" in told
    assert not (tmp_path / "p" / "daten" / "versiegelung.tif").exists()


def test_a_table_without_areas_is_told_and_left_out(tmp_path: Path) -> None:
    files = [
        write_areas(tmp_path),
        write(tmp_path, "einwohner.csv", AGES),
        write(tmp_path, "stadt.csv", "Jahr;Arbeitslose\n2022;9\n"),
    ]
    assert "Nicht verwendet: stadt.csv. Keine Spalte nennt die Gebiete." in start_project(tmp_path / "p", files)
    assert not (tmp_path / "p" / "daten" / "stadt.csv").exists()


def test_everything_unreadable_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    files = [
        write_areas(tmp_path),
        write(tmp_path, "a.csv", ""),
        write(tmp_path, "b.csv", "Nachname;Geburtsdatum;nr\nMeier;1.1.2010;N1\n"),
    ]
    with pytest.raises(DataError) as stopped:
        start_project(tmp_path / "p", files)
    assert {problem.cause for problem in stopped.value.problems} >= {"file_empty", "person_columns"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "ortsteile.geojson"]


@pytest.mark.parametrize(("number", "cause"), [(0, "intake_no_areas"), (2, "intake_several_areas")])
def test_one_file_holds_the_areas(tmp_path: Path, number: int, cause: str) -> None:
    first = write_areas(tmp_path)
    second = first.with_name("kreise.geojson")
    second.write_bytes(first.read_bytes())
    with pytest.raises(DataError) as stopped:
        start_project(tmp_path / "p", [*[first, second][:number], write(tmp_path, "einwohner.csv", AGES)])
    assert [problem.cause for problem in stopped.value.problems] == [cause]


def test_areas_without_a_key_are_refused(tmp_path: Path) -> None:
    path = write_areas(tmp_path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("N2", "N1").replace("Nord", "").replace("N3", "N1"), encoding="utf-8"
    )
    with pytest.raises(DataError) as stopped:
        start_project(tmp_path / "p", [path])
    assert [problem.cause for problem in stopped.value.problems] == ["intake_no_key"]


def test_a_long_table_keeps_its_codes(tmp_path: Path) -> None:
    text = "nr;Kennzahl;Jahr;Wert\n" + "".join(
        f"{code};{k};2022;{v}\n" for code in CODES for k, v in (("jobs", 12), ("alter_0_6", 44))
    )
    start_project(tmp_path / "p", [write_areas(tmp_path), write(tmp_path, "k.csv", text)])
    tables = read_tables(open_project(tmp_path / "p"))
    assert sorted(tables.indicators["indicator"].unique()) == ["alter_0_6", "jobs"]
    assert tables.specs["jobs"].unit == "persons"
    with pytest.raises(DataError) as stopped:
        start_project(
            tmp_path / "q", [write_areas(tmp_path), write(tmp_path, "k.csv", text.replace("jobs", "Jobs (alle)"))]
        )
    assert [problem.cause for problem in stopped.value.problems] == ["intake_words_for_codes"]


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with pytest.raises(ProjectError):
        start_project(tmp_path / "p", [write_areas(tmp_path)])
    assert list((tmp_path / "p").iterdir()) == []


def test_invented_data_stay_marked(tmp_path: Path) -> None:
    source = '[[file]]\nname = "einwohner.csv"\nexample = true\nnotice = "Erfunden."\n'
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES)]
    write(tmp_path, "SOURCE.toml", source)
    start_project(tmp_path / "p", files)
    tables = read_tables(open_project(tmp_path / "p"))
    assert tables.indicators["example"].all()
    assert "Erfunden." in {one.notice for one in tables.sources}


def test_invalid_boundaries_are_mended_only_when_somebody_says_so(tmp_path: Path) -> None:
    path = write_areas(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["geometry"]["coordinates"][0] = [[12, 54], [12.1, 54.05], [12.1, 54], [12, 54.05], [12, 54]]
    path.write_text(json.dumps(content), encoding="utf-8")
    told = start_project(tmp_path / "p", [path, write(tmp_path, "einwohner.csv", AGES)])
    assert "1 Grenze ist ungültig" in told
    assert "# repair = true" in (tmp_path / "p" / "project.toml").read_text(encoding="utf-8")


def test_years_lived_somewhere_are_no_ages(tmp_path: Path) -> None:
    heads = "nr;Jahr;unter 5 Jahre;5 bis unter 10 Jahre;10 Jahre und mehr\n"
    text = heads + "".join(f"{code};2022;20;30;50\n" for code in CODES)
    for name in ("wohndauer.csv", "zahlen.csv"):
        files = [write_areas(tmp_path), write(tmp_path, name, text)]
        start_project(tmp_path / name.partition(".")[0], files)
        content = tomllib.loads((tmp_path / name.partition(".")[0] / "project.toml").read_text(encoding="utf-8"))
        assert not [code for code in content["indicators"][0]["columns"] if code.startswith("alter")]


def test_every_sheet_of_a_workbook_is_looked_at(tmp_path: Path) -> None:
    """One with numbers, one with keys, one with remarks: each is used, or told that it is not."""
    files = [write_areas(tmp_path)]
    sheets: dict[str, list[list[Any]]] = {
        "2022": [["nr", "Arbeitslose"], *([code, 30 + n] for n, code in enumerate(CODES))],
        "Schluessel": [["nr", "bez"], *([code, name] for code, name in zip(CODES, NAMES, strict=True))],
        "Hinweise": [["Zeichen", "Bedeutung"], [".", "geheim"], ["-", "nichts"]],
    }
    write_book(tmp_path, "zahlen_2022.xlsx", sheets)
    told = start_project(tmp_path / "p", [*files, tmp_path / "zahlen_2022.xlsx"])
    assert "Nicht verwendet: zahlen_2022.xlsx (Hinweise). Keine Spalte nennt die Gebiete." in told
    values = read_tables(open_project(tmp_path / "p")).indicators.set_index("quarter_id")["value"]
    assert values.to_dict() == {"N1": 30, "N2": 31, "N3": 32}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    files = [write_areas(tmp_path), write(tmp_path, "einwohner.csv", AGES)]
    with pytest.raises(ProjectError) as caught:
        start_project(files[1] / "ort", files)  # a file is no folder
    (problem,) = caught.value.problems
    assert (problem.cause, problem.values["folder"]) == ("folder_not_written", "ort")


def test_the_sign_of_percent_is_the_unit_and_no_part_of_a_name(tmp_path: Path) -> None:
    heads = ("Arbeitslosenquote in %", "Anteil Alleinerziehende (%)", "Pendler", "Pendler in %")
    rows = "".join(f"{code};2023;{7 + n},5;{20 + n},1;{300 + n};{30 + n},5\n" for n, code in enumerate(CODES))
    files = [write_areas(tmp_path), write(tmp_path, "arbeit.csv", f"Schlüssel;Jahr;{';'.join(heads)}\n{rows}")]
    start_project(tmp_path / "ort", files)
    own = tomllib.loads((tmp_path / "ort" / "kennzahlen.toml").read_text(encoding="utf-8"))["indicator"]
    assert [(one["code"], one["name"]["de"], one["unit"]) for one in own] == [
        ("arbeitslosenquote", "Arbeitslosenquote", "percent"),
        ("anteil_alleinerziehende", "Anteil Alleinerziehende", "percent"),
        ("arbeit_pendler", "Arbeit: Pendler", "persons"),
        ("pendler_in", "Pendler in %", "percent"),
    ]


@pytest.mark.parametrize("heads", [("OT_NR", "OT_NAME"), ("nr", "ORTSTEIL")])
def test_boundaries_whose_key_is_their_name_run(tmp_path: Path, heads: tuple[str, str]) -> None:
    areas = write_areas(tmp_path)
    text = areas.read_text(encoding="utf-8").replace('"nr"', f'"{heads[0]}"').replace('"bez"', f'"{heads[1]}"')
    areas.write_text(text, encoding="utf-8")
    rows = "".join(f"{name};2023;{300 + n}\n" for n, name in enumerate(NAMES))
    start_project(tmp_path / "ort", [areas, write(tmp_path, "pendler.csv", f"Ortsteil;Jahr;Pendler\n{rows}")])
    quarters = read_tables(open_project(tmp_path / "ort")).quarters
    assert list(quarters["name"]) == list(quarters.index) == sorted(NAMES)


def write_row(folder: Path, **columns: str) -> Path:
    """Six areas in a row with further columns, of which each letter is what an area says."""
    rings = [
        [[12 + n / 100, 54], [12 + (n + 1) / 100, 54], [12 + (n + 1) / 100, 54.01], [12 + n / 100, 54.01]]
        for n in range(6)
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"nr": f"B{n}", "bez": f"Viertel {n}", **{head: said[n].strip() for head, said in columns.items()}},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for n, ring in enumerate(rings)
    ]  # fmt: skip
    path = folder / "bezirke.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("columns", "parent"),
    [
        ({"stadtteil": "AAABBB"}, "stadtteil"),
        ({"art": "AABBAA"}, None),  # what lies apart is no larger area
        ({"art": "AAAAAB"}, None),  # nor is a single one
        ({"art": "AAABB "}, None),
        ({"art": "111222"}, None),
        ({"stand": "AAAAAA"}, None),
    ],
)
def test_a_column_of_larger_areas_is_known_by_neighbours_that_share_a_name(
    tmp_path: Path, columns: dict[str, str], parent: str | None
) -> None:
    values = write(tmp_path, "werte.csv", "nr;Jahr;Einwohner\n" + "".join(f"B{n};2023;{500 + n}\n" for n in range(6)))
    start_project(tmp_path / "neu", [write_row(tmp_path, **columns), values])
    project = open_project(tmp_path / "neu")
    assert project.quarters.parent == parent
    assert {*run_study(project).quarters["parent_id"]} == ({"A", "B"} if parent else {""})


def test_several_divisions_into_larger_areas_are_a_question(tmp_path: Path) -> None:
    values = write(tmp_path, "werte.csv", "nr;Jahr;Einwohner\n" + "".join(f"B{n};2023;{500 + n}\n" for n in range(6)))
    told = start_project(tmp_path / "neu", [write_row(tmp_path, teil="AAABBB", bezirk="CCDDEE", code="XXXYYY"), values])
    text = (tmp_path / "neu" / "project.toml").read_text(encoding="utf-8")
    assert '# parent = "teil"\n# parent = "bezirk"\n' in text
    assert "Welche Spalte nennt das größere Gebiet" in told
    assert open_project(tmp_path / "neu").quarters.parent is None
