"""Where the table of the audit may lie, and what stands in it."""

from __future__ import annotations

import csv
import json
import math
import os
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sro_geo.errors import ProjectError
from sro_geo.report.audit_file import find_audit_file, write_audit
from sro_geo.report.folder import publish_folder
from sro_geo.report.mark import MARK
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from pathlib import Path

RECORD = pd.DataFrame(
    {
        "quarter_id": ["04", "04"],
        "name": ["=Gartenfeld", "=Gartenfeld"],
        "indicator": ["alter_0_3", "sprachfoerderung"],
        "title": ["Kinder unter 3", "Sprachförderung"],
        "year": [2008, 2024],
        "part": ["value", "below"],
        "low": [1.0, math.nan],
        "high": [5.0, math.inf],
        "exact": [True, False],
        "reason": ["small", "protects"],
        "safe": [True, None],
    }
)


def refuse(text: str, *, outputs: tuple[Path, ...] = (), keep_out: tuple[Path, ...] = ()) -> str:
    with pytest.raises(ProjectError) as raised:
        find_audit_file(text, outputs=outputs, keep_out=keep_out)
    (problem,) = raised.value.problems
    assert all(Speaker(language).problem(problem) for language in ("de", "en"))
    return problem.cause


def publish(folder: Path) -> Path:
    def write(home: Path) -> None:
        (home / "protocol.json").write_text("{}")

    publish_folder(folder, write=write)
    (folder / "tables").mkdir()
    return folder


def test_the_table_is_written_in_words_and_read_back(tmp_path: Path) -> None:
    file = find_audit_file(str(tmp_path / "pruefung.csv"), outputs=[], keep_out=[])
    write_audit(RECORD, file=file, voice=Speaker("de"))
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0].values()) == [
        "04", "'=Gartenfeld", "alter_0_3", "Kinder unter 3", "2008", "Wert", "1", "5", "ja", "klein", "ja",
    ]  # fmt: skip
    assert [rows[1][head] for head in ("teil", "mindestens", "hoechstens", "genau", "grund", "sicher")] == [
        "Nenner", "", "", "nein", "schützt andere", "",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["pruefung.csv"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_earlier_table_of_ours_is_replaced_and_nothing_else_is(tmp_path: Path, language: str) -> None:
    file = tmp_path / "pruefung.csv"
    write_audit(RECORD, file=file, voice=Speaker(language))
    assert find_audit_file(str(file), outputs=[], keep_out=[]) == file
    write_audit(RECORD.head(0), file=file, voice=Speaker("de"))
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1
    assert find_audit_file(str(file), outputs=[], keep_out=[]) == file
    for text in ("", "quartier;name;kennzahl\n", "wichtig", file.read_text(encoding="utf-8").replace(",", ";")):
        file.write_text(text, encoding="utf-8")
        assert refuse(str(file)) == "audit_not_ours"
    assert refuse(str(tmp_path)) == "audit_not_ours"


def test_no_output_folder_holds_the_table(tmp_path: Path) -> None:
    folder = publish(tmp_path / "maps" / "stadt")
    for inside in (folder / "pruefung.csv", folder / "tables" / "pruefung.csv", folder / "neu" / "pruefung.csv"):
        assert refuse(str(inside)) == "audit_in_output"
    (tmp_path / "link").symlink_to(folder / "tables")
    assert refuse(str(tmp_path / "link" / "pruefung.csv")) == "audit_in_output"
    (tmp_path / "link.csv").symlink_to(folder / "pruefung.csv")
    assert refuse(str(tmp_path / "link.csv")) == "audit_in_output"
    assert find_audit_file(str(folder / ".." / "p.csv"), outputs=[], keep_out=[]) == tmp_path / "maps" / "p.csv"
    (folder / MARK).unlink()
    (folder / "protocol.json").write_text(json.dumps({"versions": {"sro_geo": "0"}}))
    assert refuse(str(folder / "pruefung.csv")) == "audit_in_output"


def test_nor_does_the_folder_that_a_run_would_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outputs = (tmp_path.joinpath("maps", "stadt").relative_to(tmp_path),)
    for text in ("maps/stadt/pruefung.csv", "maps/stadt", str(tmp_path / "maps" / "stadt" / "x" / "pruefung.csv")):
        assert refuse(text, outputs=outputs) == "audit_in_output"
    (tmp_path / "maps").mkdir()
    assert find_audit_file("maps/pruefung.csv", outputs=outputs, keep_out=[]).name == "pruefung.csv"


def test_inputs_and_places_that_are_not_there_are_refused(tmp_path: Path) -> None:
    data = tmp_path / "kennzahlen.csv"
    write_audit(RECORD, file=data, voice=Speaker("de"))
    (tmp_path / "zweite.csv").hardlink_to(data)
    assert refuse(str(data), keep_out=(data,)) == "audit_is_input"
    assert refuse(str(tmp_path / "zweite.csv"), keep_out=(data,)) == "audit_is_input"
    assert refuse(str(tmp_path / "fehlt" / "p.csv")) == "audit_without_folder"
    assert refuse("  ") == "audit_unnamed"


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="audit_not_written"):
        write_audit(RECORD, file=tmp_path / "fort" / "p.csv", voice=Speaker("de"))


def test_a_table_that_fails_half_way_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pruefung.csv"
    write_audit(RECORD, file=file, voice=Speaker("de"))
    before = file.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ProjectError, match="No space left on device"):
        write_audit(RECORD.head(0), file=file, voice=Speaker("de"))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["pruefung.csv"]
