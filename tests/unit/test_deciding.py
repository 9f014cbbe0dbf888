"""Questions are a property of the messages, and are settled by the project file alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sro_geo.errors import Place, Problem, ProjectError
from sro_geo.model.quality import Decision
from sro_geo.model.source import Source
from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.deciding import Settled, settle_questions
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.quality import describe_notes, describe_quality
from sro_geo.report.quality_lines import tell_answer
from sro_geo.report.warnings import list_warnings
from sro_geo.text.texts import MESSAGES, find_sort, find_text, load_room
from tests.bad_input.harness import GOOD, lay_out

if TYPE_CHECKING:
    from pathlib import Path

SORTS = {"question", "dropped", "empty", "note"}
LINE = Place(file="project.toml", row=9)


def ask(file: str = "a.csv", cause: str = "rows_hidden") -> Problem:
    return Problem(cause=cause, values={"name": file, "count": 1}, places=(Place(file=file, row=3),))


def answer(file: str | None, question: str = "rows_hidden") -> Decision:
    return Decision(question=question, file=file, reason="so geprüft", place=LINE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose total is no sum, which only a person can judge."""
    folder = tmp_path / "probe"
    folder.mkdir()
    lay_out("060_total_is_no_sum", folder)
    return folder


def append(folder: Path, text: str) -> None:
    with (folder / "project.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def test_every_message_is_of_one_sort_in_both_languages() -> None:
    causes = [cause for room in MESSAGES for cause in load_room("de", room)]
    assert {find_sort(cause) for cause in causes} == SORTS
    assert all(find_text("en", cause).get("sort", "note") == find_sort(cause) for cause in causes)


def test_a_question_says_what_a_person_may_do_or_look_at() -> None:
    asked = [cause for room in MESSAGES for cause in load_room("de", room) if find_sort(cause) == "question"]
    assert len(asked) >= 5
    assert all(find_text(language, cause)["remedy"] for cause in asked for language in ("de", "en"))


def test_an_answer_holds_for_its_question_in_its_file_or_in_every_file() -> None:
    notes = [ask("a.csv"), ask("b.csv"), ask("a.csv", "totals_differ"), ask("a.csv", "rows_doubled")]
    assert settle_questions(notes, []).questions == (notes[0], notes[1], notes[2])
    one = settle_questions(notes, [answer("a.csv")])
    assert (one.questions, one.decided) == ((notes[1], notes[2]), ((notes[0], answer("a.csv")),))
    assert one.notes == tuple(notes)
    every = settle_questions(notes, [answer(None)])
    assert every.questions == (notes[2],)
    assert [note for note, _ in every.decided] == notes[:2]


@pytest.mark.parametrize("idle", [answer("c.csv"), answer(None, "rows_hiden"), answer(None, "rows_doubled")])
def test_an_answer_that_meets_no_question_is_noted_with_its_line(idle: Decision) -> None:
    settled = settle_questions([ask(), ask(cause="rows_doubled")], [answer("a.csv"), idle])
    assert settled.questions == ()
    assert settled.notes[2:] == (
        Problem(cause="decided_not_asked", values={"question": idle.question}, places=(LINE,)),
    )


def test_an_answer_with_a_checksum_ends_with_the_file_that_it_judged() -> None:
    def settle(digest: str) -> Settled:
        known = [Source(file="a.csv", sha256=digest + "0" * 48)]
        return settle_questions([ask()], [replace(answer("a.csv"), checksum="3f786850e387550f")], sources=known)

    assert settle("3f786850e387550f").questions == ()
    other = settle("89e6c98d92887913")
    assert other.questions == (ask(),)
    assert other.notes[1:] == (
        Problem(cause="decided_for_another", values={"question": "rows_hidden"}, places=(LINE,)),
    )


def test_a_replaced_file_asks_anew(project: Path) -> None:
    asked = check_project(project)
    lines = tell_answer(asked.questions[0], sources=[file.source for file in asked.files])
    assert lines[3].startswith('checksum = "')
    append(project, "\n" + "\n".join(lines).replace('reason = ""', 'reason = "so geprüft"') + "\n")
    assert check_project(project).questions == ()
    file = project / str(asked.questions[0].places[0].file)
    file.write_bytes(file.read_bytes().rstrip() + b"\n\n")
    assert [one.cause for one in check_project(project).questions] == ["totals_differ"]


def test_the_lines_of_the_report_answer_its_question(project: Path) -> None:
    asked = check_project(project)
    (question,) = asked.questions
    assert (question.cause, asked.open) == ("totals_differ", True)
    lines = "\n".join(tell_answer(question, sources=[file.source for file in asked.files]))
    assert lines.replace("\n", "\n    ") in describe_quality(asked)
    append(project, f"\n{lines}\n")
    assert {problem.cause for problem in check_project(project).problems} == {"empty_text"}, "a reason must be given"
    text = (project / "project.toml").read_text(encoding="utf-8")
    (project / "project.toml").write_text(text.replace('reason = ""', 'reason = "Rundung"'), encoding="utf-8")
    settled = check_project(project)
    assert (settled.questions, settled.problems, settled.open) == ((), (), False)
    ((note, decision),) = settled.decided
    assert (note, decision.reason) == (question, "Rundung")
    row = text.splitlines().index('question = "totals_differ"') + 1
    assert decision.place == Place(file="project.toml", row=row)
    assert "\n  Entschieden: Rundung\n" in describe_quality(settled)
    assert "decided_not_asked" not in {one.cause for one in settled.notes}


def test_a_run_tells_open_questions_first_and_the_page_repeats_them(project: Path) -> None:
    study = run_study(open_project(project))
    assert describe_notes(study).startswith("Fragen (1)\n- In der Datei kennzahlen.csv ist 1 Summenzeile nicht")
    (warned,) = [line for line in list_warnings(study) if "Summenzeile" in line]
    assert warned.startswith("Noch nicht entschieden: In der Datei")
    append(project, '\n[[decided]]\nquestion = "totals_differ"\nreason = "Rundung"\n')
    settled = run_study(open_project(project))
    assert not describe_notes(settled).startswith("Fragen")
    assert settled.notes == study.notes
    assert not [line for line in list_warnings(settled) if "Summenzeile" in line]


def test_an_idle_answer_is_noted_by_check_and_run(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "probe")
    append(tmp_path / "probe", '\n[[decided]]\nquestion = "rows_hidden"\nreason = "x"\n')
    assert [note.cause for note in check_project(tmp_path / "probe").notes] == ["decided_not_asked"]
    assert "Die Antwort auf die Frage rows_hidden ist ohne Wirkung" in describe_notes(
        run_study(open_project(tmp_path / "probe"))
    )


@pytest.mark.parametrize("reason", ['reason = " "', "reason = 3", "", 'reason = "x"\nweil = "y"'])
def test_an_answer_needs_a_reason_and_nothing_else(project: Path, reason: str) -> None:
    append(project, f'\n[[decided]]\nquestion = "totals_differ"\n{reason}\n')
    with pytest.raises(ProjectError):
        open_project(project)
