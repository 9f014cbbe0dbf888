"""The report for other programs, and the files that it is written to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sro_geo.errors import Place, Problem, ProjectError
from sro_geo.model.quality import Decision, FileRead, Quality
from sro_geo.model.source import Source
from sro_geo.report.quality_file import find_report_file, write_report
from sro_geo.report.quality_json import format_quality
from sro_geo.report.quality_page import draw_quality
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Place(file="a.xlsx", part="2024", row=3, column="wert")
HIDDEN = Problem(cause="rows_hidden", values={"name": "a.xlsx", "count": 1}, places=(PLACE,))
SOURCE = Source(file="a.xlsx", sha256="ab" * 32, address="https://amt:geheim@example.org/?token=geheim")
QUALITY = Quality(
    title="Größe „Probe“",
    language="de",
    questions=(HIDDEN,),
    decided=((HIDDEN, Decision(question="rows_hidden", file=None, reason="gut", place=PLACE)),),
    files=(
        FileRead(name="a.xlsx", roles=("indicators",), source=SOURCE, counts={"rows": 2}, years=(2024,)),
        FileRead(name="b.csv", roles=("offers",), source=None),
    ),
    empty=(Problem(cause="index_gaps", values={"count": 1, "all": 2}),),
    notes=(Problem(cause="offer_ids_made", values={"name": "b.csv"}),),
)


def read_json(quality: Quality) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(format_quality(quality))
    return content


def test_the_fields_of_the_json_are_fixed() -> None:
    """Other programs rely on them: whoever takes one away counts `form` up."""
    content = read_json(QUALITY)
    assert list(content) == [
        "form", "title", "language", "open", "verdict", "problems", "questions", "decided", "empty", "dropped", "notes",
        "files",
    ]  # fmt: skip
    assert content["form"] == 1
    assert (content["open"], content["verdict"]) == (True, "1 Frage müssen Sie entscheiden. 2 Hinweise.")
    (question,) = content["questions"]
    assert list(question) == ["cause", "text", "places", "answer"]
    assert question["places"] == [{"file": "a.xlsx", "part": "2024", "row": 3, "column": "wert"}]
    assert (
        question["answer"]
        == '[[decided]]\nquestion = "rows_hidden"\nfile = "a.xlsx"\nchecksum = "abababababababab"\nreason = ""'
    )
    assert content["decided"][0]["reason"] == "gut"
    assert [list(file) for file in content["files"]] == [
        ["name", "roles", "source", "sheets", "counts", "years", "statuses", "read"]
    ] * 2
    assert [file["read"] for file in content["files"]] == [True, False]
    assert content["files"][0]["source"]["sha256"] == "ab" * 32


def test_errors_stand_in_the_json_and_on_the_page() -> None:
    quality = Quality(title="p", language="en", problems=(Problem(cause="no_quarters"),))
    assert [problem["cause"] for problem in read_json(quality)["problems"]] == ["no_quarters"]
    assert read_json(quality)["open"]
    assert 'class="problems"' in draw_quality(quality)
    assert not read_json(Quality(title="p", language="en"))["open"]


def test_words_of_the_data_are_no_markup() -> None:
    told = "<script>alert(1)</script> & <b>"
    note = Problem(cause="offer_ids_made", values={"name": told}, places=(Place(file=told),))
    answer = Decision(question="rows_hidden", file=None, reason=told, place=PLACE)
    file = FileRead(name=told, roles=("keys",), source=Source(file=told, sha256="ab" * 32, publisher=told))
    page = draw_quality(
        Quality(
            title=told,
            language="de",
            problems=(note,),
            questions=(note,),
            decided=((note, answer),),
            files=(file,),
            notes=(note,),
        )
    )
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/") >= 8


def test_the_json_is_text_of_any_language_and_holds_no_password() -> None:
    text = format_quality(QUALITY)
    assert "Größe „Probe“" in text
    assert "geheim" not in text
    assert text == format_quality(QUALITY)


@pytest.mark.parametrize("make", [format_quality, draw_quality])
def test_a_report_replaces_a_report(tmp_path: Path, make: Any) -> None:
    file = tmp_path / "bericht"
    for quality in (QUALITY, Quality(title="neu", language="de")):
        write_report(make(quality), file=find_report_file(str(file)))
        assert file.read_text(encoding="utf-8") == make(quality)
    assert [path.name for path in tmp_path.iterdir()] == ["bericht"]


def tell(text: str) -> str:
    with pytest.raises(ProjectError) as caught:
        find_report_file(text)
    (problem,) = caught.value.problems
    return Speaker("de").problem(problem)


@pytest.mark.parametrize("content", ["<p>Haushalt</p>", '{"form": 1}', '<meta name="generator" content="sro-geo">', ""])
def test_nothing_else_is_replaced(tmp_path: Path, content: str) -> None:
    """Neither an office's own file nor an atlas."""
    file = tmp_path / "haushalt.html"
    file.write_text(content, encoding="utf-8")
    assert tell(str(file)) == (
        "haushalt.html gibt es schon, und es ist kein Bericht einer früheren Prüfung. Ersetzt wird nur ein solcher "
        "Bericht; angerührt wurde nichts.\n  Abhilfe: Nennen Sie eine andere Datei, oder verschieben Sie diese."
    )
    assert file.read_text(encoding="utf-8") == content
    assert tell(str(tmp_path)).startswith(tmp_path.name)


def test_a_report_does_not_lie_among_the_results_of_a_run(tmp_path: Path) -> None:
    (tmp_path / ".sro-geo.json").write_text('{"program": "sro_geo", "files": {}}', encoding="utf-8")
    (tmp_path / "tables").mkdir()
    assert tell(str(tmp_path / "tables" / "bericht.json")) == (
        "bericht.json läge in einem Ordner, den ein Lauf geschrieben hat. Der nächste Lauf fände dort etwas Fremdes und "
        "hielte an; geschrieben wurde nichts.\n  Abhilfe: Nennen Sie eine Datei in einem anderen Ordner."
    )


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        write_report("x", file=find_report_file(str(tmp_path / "fehlt" / "bericht.json")))
    (problem,) = caught.value.problems
    assert Speaker("de").problem(problem) == (
        "bericht.json lässt sich nicht schreiben (No such file or directory). Was dort lag, ist unverändert.\n"
        "  Abhilfe: Prüfen Sie, ob es den Ordner gibt, die Schreibrechte und den freien Platz."
    )
