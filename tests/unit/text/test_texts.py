"""Words and messages as data: the same ids and fields in both languages, all of them used, singular and plural."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sro_geo.errors import Problem
from sro_geo.text.speaker import SPEAKERS, Speaker
from sro_geo.text.texts import MESSAGES, WORDS, find_text, load_room

PACKAGE = Path(__file__).parents[3] / "sro_geo"
LANGUAGES = ("de", "en")
ROOMS = (*WORDS, *MESSAGES)
IDS = [key for room in ROOMS for key in load_room("de", room)]
COUNTED = {key for room in ROOMS for key, entry in load_room("de", room).items() if "counts" in entry}
PARTS = ("what", "why", "remedy")

NUMBERS = ("count", "n", "m", "minutes", "points")
"""Facts that count something. Where they stand in a text without forms, it must read right for 1 and for many."""

NEUTRAL = re.compile(r"(?:^|: |\(|= |, )\{SLOT\}(?=[).]|$|\u00a0?%| (?:\(|of |von |ohne |without |je |per ))")


def list_texts(entry: Any) -> list[str]:
    """Every text of an entry, whatever its form."""
    if isinstance(entry, str):
        return [entry]
    return [text for key, value in entry.items() if key not in ("counts", "sort") for text in list_texts(value)]


def list_fields(entry: Any) -> set[str]:
    counts = set() if isinstance(entry, str) or "counts" not in entry else {entry["counts"]}
    return {field for text in list_texts(entry) for field in re.findall(r"(?<!\{)\{(\w+)", text)} | counts


def list_forms(entry: Any) -> list[dict[str, str]]:
    """Pairs of singular and plural in an entry."""
    if isinstance(entry, str):
        return []
    return [entry] if "one" in entry else [form for value in entry.values() for form in list_forms(value)]


def test_every_file_is_a_room_and_every_id_stands_in_one() -> None:
    for language in LANGUAGES:
        files = {path.stem for path in (PACKAGE / "text" / language).glob("*.toml")}
        assert files == set(ROOMS)
    assert len(IDS) == len(set(IDS)) > 300


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_hold_the_same_ids(room: str) -> None:
    assert list(load_room("de", room)) == list(load_room("en", room))


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_hold_the_same_fields(room: str) -> None:
    for key in load_room("de", room):
        german, english = (find_text(language, key) for language in LANGUAGES)
        assert list_fields(german) - {"share", "value"} <= list_fields(english), key
        assert list_fields(english) <= list_fields(german), key
        if room in MESSAGES:
            assert {part for part in PARTS if part in german} == {part for part in PARTS if part in english}, key
            assert {"what"} <= set(german) <= {"counts", "sort", *PARTS}, key
        whole = key in ("and", "rounded_each")
        assert all(whole or text == text.strip() or "\n" in text for text in list_texts(german)), key


@pytest.mark.parametrize(("language", "room"), list(product(LANGUAGES, ROOMS)))
def test_what_counts_has_both_forms_or_reads_right_for_any_number(language: str, room: str) -> None:
    for key, entry in load_room(language, room).items():
        forms = list_forms(entry)
        assert bool(forms) == (not isinstance(entry, str) and "counts" in entry), key
        told = {text for form in forms for text in (form["one"], form["other"])}
        counted = entry["counts"] if forms else None
        for text, slot in product(list_texts(entry), NUMBERS):
            if f"{{{slot}}}" in text and not (text in told and slot == counted):
                assert re.search(NEUTRAL.pattern.replace("SLOT", slot), text), (key, text)
        for form in forms:
            assert set(form) - {"counts"} == {"one", "other"}, key
            assert form["one"] != form["other"], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_is_told_in_the_singular_and_many_in_the_plural(language: str) -> None:
    """The noun behind the number, or the verb behind the noun, is another one."""
    compared = 0
    for key in sorted(COUNTED):
        for form in list_forms(find_text(language, key)):
            counted = find_text(language, key)["counts"]
            many = re.search(rf"\{{{counted}\}}[ \u00a0](\w+ ?\w*)", form["other"])
            one = re.search(rf"(?:\{{{counted}\}}|\b1)[ \u00a0](\w+ ?\w*)", form["one"])
            if counted in NUMBERS and many and one:
                assert many[1] != one[1], key
                compared += 1
    assert compared >= 20


def test_the_number_decides_as_it_is_shown() -> None:
    german, english = SPEAKERS
    assert [german.say("quarters", n=n) for n in (0, 1, 1.4, 2, 1234)] == [
        "0 Quartiere", "1 Quartier", "1 Quartier", "2 Quartiere", "1.234 Quartiere",
    ]  # fmt: skip
    assert [english.say("quarters", n=n) for n in (1, 11, 1000)] == ["1 quarter", "11 quarters", "1,000 quarters"]
    assert [german.say("difference_points", n=n) for n in ("+1", "−1", "+1,0", "1.000", "+10")] == [
        "Punkt", "Punkt", "Punkte", "Punkte", "Punkte",
    ]  # fmt: skip
    facts = {"start": "In Nord", "name": "Anteil"}
    assert german.say("tell_value", **facts, value="1\u00a0%") == "Anteil: In Nord ist es 1\u00a0%"
    assert german.say("tell_value", **facts, value="(1)") == "Anteil: In Nord ist es (1)"
    assert german.say("tell_value", **facts, value="10\u00a0%") == "Anteil: In Nord sind es 10\u00a0%"


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (
            1,
            "k: 1 Wert ist geheim. Geheim ist, was weniger als 3 Menschen betrifft oder eine",
            "k: 1 value is withheld. Withheld is what concerns fewer than 3 people",
        ),
        (
            2,
            "k: 2 Werte sind geheim. Geheim ist, was weniger als 3 Menschen betrifft oder eine",
            "k: 2 values are withheld. Withheld is what concerns fewer than 3 people",
        ),
    ],
)
def test_a_secret_value_is_one_value(count: int, german: str, english: str) -> None:
    note = Problem(cause="counts_suppressed", values={"indicator": "k", "count": count, "smallest": 3})
    assert Speaker("de").note(note).startswith(german)
    assert Speaker("en").note(note).startswith(english)


def test_slots_are_filled_and_braces_in_data_are_never_templates() -> None:
    assert Speaker("en").say("rank_of", rank="1–2", all=10) == "Rank 1–2 of 10"
    assert Speaker("de").say("source", names="{names} {0}") == "Quelle: {names} {0}"
    with pytest.raises(KeyError, match="nothing_of_the_kind"):
        Speaker("de").say("nothing_of_the_kind")


def list_strings() -> tuple[set[str], set[str]]:
    """Texts of the package's code, and patterns of those that are put together."""
    plain: set[str] = set()
    patterns: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(make_pattern(node))
    for path in (PACKAGE / "render" / "assets").iterdir():
        plain |= set(re.findall(r"\b(?:page|mark)_\w+", path.read_text(encoding="utf-8")))
    return plain, {pattern for pattern in patterns if re.search(r"[a-z]{2}", pattern.replace(r"\w*", ""))}


def make_pattern(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w*" for p in node.values)


def test_every_id_is_used() -> None:
    plain, patterns = list_strings()
    made = re.compile("|".join(sorted(patterns)))
    assert [key for key in IDS if key not in plain and not made.fullmatch(key)] == []


_TELLERS = ("refuse", "tell", "tell_rows", "complain", "complain_unknown", "report", "_report_cells")


def list_said() -> set[str]:
    """Ids that the code says or reports, as patterns."""
    said: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found = [word.value for word in node.keywords if word.arg == "cause"]
            found += node.args[:1] if name == "say" else []
            found += [arg for arg in node.args if isinstance(arg, ast.Constant)] if name in _TELLERS else []
            for one in found:
                ends = [one.body, one.orelse] if isinstance(one, ast.IfExp) else [one]
                said |= {re.escape(str(end.value)) for end in ends if isinstance(end, ast.Constant)}
                said |= {make_pattern(end) for end in ends if isinstance(end, ast.JoinedStr)}
    return said


def test_every_id_that_is_said_exists() -> None:
    said = list_said()
    assert len(said) > 150
    assert [one for one in sorted(said) if not any(re.fullmatch(one, key) for key in IDS)] == []
