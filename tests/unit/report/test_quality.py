"""The report on a project's data as text: what to do first, files in few lines, notes of one cause together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sro_geo.errors import Place, Problem
from sro_geo.model.quality import Decision, FileRead, Quality
from sro_geo.model.source import Source
from sro_geo.report.quality import describe_quality, describe_verdict
from sro_geo.report.quality_lines import tell_answer

SOURCE = Source(
    file="alter.csv",
    sha256="0123456789abcdef" * 4,
    publisher="Statistikstelle",
    licence="CC0 1.0",
    date="2024-12-31",
    example=True,
    encoding="Windows-1252",
    delimiter="\t",
)
FILE = FileRead(
    name="alter.csv",
    roles=("indicators",),
    source=SOURCE,
    sheets=("2024",),
    counts={"rows": 1200, "values": 1, "indicators": 2},
    years=(2016, 2017, 2018, 2020),
    statuses={"estimated": 3, "observed": 1000},
)


def hide(code: str, count: int, smallest: int = 3) -> Problem:
    return Problem(cause="counts_suppressed", values={"indicator": code, "count": count, "smallest": smallest})


def ask(file: str) -> Problem:
    return Problem(
        cause="rows_hidden", values={"name": file, "count": 2}, places=tuple(Place(file=file, row=n) for n in (3, 5))
    )


def make_report(**parts: object) -> Quality:
    return Quality(title="Probe", **{"language": "de", **parts})  # type: ignore[arg-type]  # parts of one test each


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "Alles ist lesbar, nichts ist zu entscheiden."),
        ({"notes": (hide("a", 1),)}, "Alles ist lesbar, nichts ist zu entscheiden. 1 Hinweis."),
        ({"questions": (ask("a.xlsx"),)}, "1 Frage müssen Sie entscheiden."),
        ({"questions": (ask("a.xlsx"), ask("b.xlsx"))}, "2 Fragen müssen Sie entscheiden."),
        ({"problems": (Problem(cause="no_quarters"),)}, "1 Fehler ist zu beheben."),
        (
            {"problems": (Problem(cause="no_quarters"),) * 2, "questions": (ask("a.xlsx"),), "notes": (hide("a", 1),)},
            "2 Fehler sind zu beheben. 1 Frage müssen Sie entscheiden. 1 Hinweis.",
        ),
    ],
)
def test_the_verdict_says_first_what_is_to_do(parts: dict[str, object], told: str) -> None:
    quality = make_report(**parts)
    assert describe_verdict(quality) == f"Datenprüfung: Probe\n\n{told}\n"
    assert quality.open == ("Alles" not in told)


def test_a_file_is_told_in_three_lines() -> None:
    assert describe_quality(make_report(files=(FILE,))) == (
        "Dateien (1)\n"
        "- alter.csv (Kennzahlen): Blatt 2024, 1.200 Zeilen, 1 Wert, 2 Kennzahlen, Jahre 2016–2018, 2020\n"
        "  davon geschätzt: 3, beobachtet: 1.000\n"
        "  Statistikstelle; CC0 1.0; Stand 31.12.2024; Beispiel; gelesen als Windows-1252, Trennzeichen Tabulator; "
        "Prüfsumme 0123 4567 89ab cdef\n"
    )


def test_one_year_is_a_year() -> None:
    text = describe_quality(make_report(files=(replace(FILE, years=(2024,)),)))
    assert "2 Kennzahlen, Jahr 2024\n" in text


def test_a_file_that_was_not_read_says_so_and_one_without_a_source_too() -> None:
    unread = FileRead(name="b.csv", roles=("offers", "keys"), source=None)
    bare = FileRead(name="c.csv", roles=("keys",), source=Source(file="c.csv", sha256="ab" * 32))
    assert describe_quality(make_report(files=(unread, bare), language="en")) == (
        "Files (2)\n- b.csv (offers and key table): not read\n"
        "- c.csv (key table): no source stated (SOURCE.toml); checksum abab abab abab abab\n"
    )


def test_notes_of_one_cause_stand_together_and_their_reason_once() -> None:
    other = Problem(cause="offer_ids_made", values={"name": "a.csv"}, places=(Place(file="a.csv"),))
    text = describe_quality(make_report(notes=(hide("a", 1), other, hide("b", 12), hide("c", 2, smallest=5))))
    assert text.startswith(
        "Hinweise (3)\n- a: 1 Wert ist geheim.\n  b: 12 Werte sind geheim.\n  Geheim ist, was weniger als 3 Menschen"
    )
    assert "\n- c: 2 Werte sind geheim. Geheim ist, was weniger als 5 Menschen" in text
    assert text.count("weniger als 3") == 1


def test_sections_stand_in_the_order_of_what_must_be_done() -> None:
    quality = make_report(
        questions=(ask("a.xlsx"),),
        decided=((ask("b.xlsx"), Decision(question="rows_hidden", file=None, reason="gut", place=Place(file="p"))),),
        files=(FILE,),
        empty=(Problem(cause="index_gaps", values={"count": 1, "all": 2}),),
        dropped=(Problem(cause="heights_dropped", values={"name": "g.shp"}),),
        notes=(hide("a", 1),),
    )
    heads = [line for line in describe_quality(quality).split("\n") if line and line[0] not in "- "]
    assert heads == [
        "Fragen (1)", "Dateien (1)", "Entschieden (1)", "Was leer bleibt (1)", "Weggelassen (1)", "Hinweise (1)",
    ]  # fmt: skip
    assert describe_quality(make_report()) == ""


def test_a_question_shows_the_lines_that_answer_it() -> None:
    text = describe_quality(make_report(questions=(ask('a "b".xlsx'), ask("c.xlsx"))))
    assert text.count("[[decided]]") == 2, "each file has its own answer"
    assert '    file = "a \\"b\\".xlsx"\n    reason = ""\n' in text
    assert "  Wo: c.xlsx, Zeilen 3, 5\n" in text
    assert tell_answer(Problem(cause="rows_hidden")) == ["[[decided]]", 'question = "rows_hidden"', 'reason = ""']


def test_the_report_calls_quarters_as_the_project_does() -> None:
    file = replace(FILE, roles=("quarters",), source=None, counts={"quarters": 3}, years=(), statuses={})
    quality = Quality(title="Ort", language="de", files=(file,))
    assert "3 Quartiere" in describe_quality(quality)
    assert "3 Ortsteile" in describe_quality(replace(quality, level="Ortsteil"))
