"""What the command says of itself, and of a fault that nobody foresaw."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from sro_geo.cli import LANGUAGE, app, main
from sro_geo.text.speaker import Speaker
from sro_geo.text.texts import load_room

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # it is a group


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_help_names_every_option_and_argument(
    capsys: pytest.CaptureFixture[str], command: str, language: str
) -> None:
    code, told, wrong = call(capsys, command, "--help", "--lang", language)
    assert (code, wrong) == (0, "")
    for parameter in COMMANDS[command].params:
        option = parameter.opts[0]
        name = option if option.startswith("-") else Speaker(language).say(f"argument_{parameter.name}")
        assert re.search(rf"^  {name}\b", told, re.MULTILINE), name
    assert f"\n  {command} " in call(capsys, "--help", "--lang", language)[1]


def test_every_command_has_a_help() -> None:
    told = {key.removeprefix("help_") for key in load_room("de", "help") if key.startswith("help_")}
    assert told == set(COMMANDS)


def test_help_is_german_unless_somebody_says_otherwise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv(LANGUAGE, raising=False)
    assert call(capsys, "--help")[1].startswith("Aufruf: sro-geo BEFEHL")
    assert call(capsys, "--help", "--lang=en")[1].startswith("Usage: sro-geo COMMAND")
    monkeypatch.setenv(LANGUAGE, "en")
    assert call(capsys, "run", "--help")[1].startswith("Usage: sro-geo run")
    assert call(capsys, "run", "--help", "--lang", "de")[1].startswith("Aufruf: sro-geo run")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["flieg"], "Den Befehl „flieg“ gibt es nicht."),
        (["run", "--foo"], "Den Schalter --foo gibt es nicht."),
        (["explain", "x"], "Es fehlt eine Angabe: QUARTIER."),
        (["check", "x", "--lang", "fr"], "--lang hat einen Wert, den es nicht gibt."),
        (["check", "x", "y"], "So lässt sich das nicht aufrufen."),
    ],
)
def test_a_call_that_cannot_be_understood_is_told_with_the_help(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    code, out, wrong = call(capsys, *arguments)
    assert (code, out) == (2, "")
    assert wrong.startswith(f"{told}\n\nAufruf: sro-geo ")


def test_an_unforeseen_fault_is_ours_and_tells_nothing_of_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        secret = 4711
        try:
            int(f"{secret} Personen")
        except ValueError as error:
            raise LookupError(f"Erika Muster {secret}") from error

    monkeypatch.setattr("sro_geo.pipeline.study.run_study", fail)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    project = Path(__file__).parents[2] / "analyses" / "musterstadt"
    code, out, wrong = call(capsys, "run", str(project))
    assert (code, out) == (1, "")
    (report,) = (tmp_path / "temp").iterdir()
    assert wrong == (
        "Das ist ein Fehler in sro_geo, nicht in Ihren Daten; geschrieben wurde nichts. "
        f"Ein Bericht ohne Ihre Zahlen liegt in {report}.\n"
    )
    text = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "builtins.LookupError" in text
    assert re.search(r"unit/test_cli.py:\d+ fail", text)
    for canary in ("4711", "Muster", str(tmp_path)):
        assert canary not in text
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path != report]


def test_the_notes_are_told_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a fault in them would follow the words that nothing has been written."""

    def fail(_: object) -> str:
        raise LookupError

    study = SimpleNamespace(about=SimpleNamespace(language="de"))
    monkeypatch.setattr("sro_geo.pipeline.study.run_study", lambda *_, **__: study)
    monkeypatch.setattr("sro_geo.pipeline.writing.write_study", lambda *_, **__: pytest.fail("it was written"))
    monkeypatch.setattr("sro_geo.report.quality.describe_notes", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    code, out, wrong = call(capsys, "run", str(Path(__file__).parents[2] / "analyses" / "musterstadt"))
    assert (code, out) == (1, "")
    assert "geschrieben wurde nichts" in wrong


def test_files_are_asked_for_by_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told, wrong = call(capsys, "new", str(tmp_path / "neu"), "--from", "--lang", "de")
    assert (code, told) == (2, "")
    assert wrong.startswith("Es fehlt eine Angabe: DATEI.")
    assert list(tmp_path.iterdir()) == []
