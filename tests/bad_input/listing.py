"""The table of bad input in the handbook: `python -m tests.bad_input.listing` writes it anew from the rows."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass

from tests.bad_input.harness import ROOT, ROWS

PAGE = ROOT / "docs" / "handbuch" / "falsche-eingaben.md"
KEYS = {"input", "exit", "causes", "text"}
HEAD = """# Was mit Dateien schiefgeht, und was Sie dann lesen

Jede Zeile wird bei jeder Prüfung des Programms mit einer echten Datei nachgestellt; die Tabelle ist daraus erzeugt. Zwei
Regeln gelten überall: Nichts wird stillschweigend berichtigt, und nichts geht verloren. „Fehler“ heißt: Das Programm hört auf,
bevor es etwas schreibt. „Frage“ heißt: Das Programm rechnet mit dem, was da steht, aber nur ein Mensch weiß, ob es so gemeint ist;
`check` nennt die Zeilen, mit denen Sie antworten, und bis dahin steht die Frage auch auf der Seite. „Hinweis“ heißt: Es wurde nach einer
festen Regel entschieden. Wo „–“ steht, arbeitet das Programm ohne Einschränkung und sagt nichts dazu.

| Eingabe | Art | Meldung |
|---|---|---|
"""
_LEFT_OUT = re.compile(r"\d+ Problem|\w[\w ]* \(\d+\)$|  Soll es so bleiben|    ")
"""Heads of sections, and the lines that answer a question: the same for each."""

_MARKS = str.maketrans({**{mark: f"\\{mark}" for mark in "\\|*_`[]"}, "{": "&#123;", "}": "&#125;"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is expected of a row."""

    input: str
    exit: int
    causes: tuple[str, ...]
    text: str


def read_row(name: str) -> Row:
    """Row of that folder."""
    told = tomllib.loads((ROWS / name / "expected.toml").read_text(encoding="utf-8"))
    return Row(input=told["input"], exit=told["exit"], causes=tuple(told["causes"]), text=told["text"].strip())


def make_page() -> str:
    """Page with one line for each folder."""
    return HEAD + "".join(_list_row(read_row(folder.name)) for folder in sorted(ROWS.iterdir()))


def _list_row(row: Row) -> str:
    quiet = row.exit == 0 and not row.causes
    asked = row.text.startswith("Fragen")
    kind = "Frage" if asked else "Fehler" if row.exit else "–" if quiet else "Hinweis"
    lines = [line.strip() for line in row.text.splitlines() if line.strip() and not _LEFT_OUT.match(line)]
    told = "–" if quiet else "<br>".join(_escape(line.removeprefix("- ")) for line in lines)
    return f"| {_escape(row.input)} | {kind} | {told} |\n"


def _escape(text: str) -> str:
    return html.escape(text, quote=False).translate(_MARKS)


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
