"""Which column names the quarters, and by what its words fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.intake.joining import find_fits, list_keys
from sro_geo.intake.looking import Look
from sro_geo.load.tables import Table
from sro_geo.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES = ("Altstadt", "Groß Klein", "Kröpeliner-Tor-Vorstadt", "Südstadt", "Weiche")
AREAS = {
    "AREA_ID": [f"STGT{n:02d}" for n in range(1, 6)],
    "AREA_NAME": [f"{n:02d} {name}" for n, name in enumerate(NAMES, start=1)],
    "code": list("ABCDE"),
    "level": ["Stadtteil"] * 5,
}


def make_look(columns: Mapping[str, Sequence[object]]) -> Look:
    frame = pd.DataFrame(columns, dtype=object)
    table = Table(frame=frame, file="t.csv", part=None, decimal=",", notes=())
    return Look(path=Path("t.csv"), holds="table", table=table, source=Source(file="t.csv", sha256=""))


def test_a_key_has_a_word_of_its_own_for_each_quarter() -> None:
    assert list(list_keys(make_look(AREAS)).keys) == ["AREA_ID", "AREA_NAME", "code"]
    assert list(list_keys(make_look({"a": ["x", "x"], "b": ["1", ""]})).keys) == []


@pytest.mark.parametrize(
    ("words", "key", "how"),
    [
        (list("EDCBA"), "code", "exact"),
        (["STGT01", "STGT02", "STGT03", "STGT04"], "AREA_ID", "exact"),
        (["altstadt", "GROSS-KLEIN", "Kröpeliner Tor-Vorstadt", "Suedstadt", "Weiche"], "AREA_NAME", "spelling"),
        (["1", "2", "3", "4", "5"], "AREA_ID", "number"),
        (["01", "02", "03", "04"], "AREA_ID", "number"),
    ],
)
def test_words_fit_as_they_stand_by_spelling_or_by_number(words: list[str], key: str, how: str) -> None:
    fit = find_fits(make_look({"wert": [9.5] * len(words), "gebiet": words}), list_keys(make_look(AREAS)))[0]
    assert (fit.column, fit.key, fit.how, fit.lost) == ("gebiet", key, how, ())
    assert {word: place for place, word in enumerate(words)} == dict(fit.quarters) or words == list("EDCBA")


@pytest.mark.parametrize(
    "words",
    [
        ["1", "2", "71", "72", "73"],  # numbers of something else
        ["Altstadt", "Neustadt", "Oststadt", "Weststadt", "Nordstadt"],
        ["1", "01", "2", "02", "3"],  # two words of one number
        ["A", "A", "A", "A"],  # one quarter only
        ["", "", ""],
    ],
)
def test_what_fits_too_little_is_no_key(words: list[str]) -> None:
    assert find_fits(make_look({"gebiet": words}), list_keys(make_look(AREAS))) == []


def test_ranks_are_no_keys() -> None:
    """Small numbers under a head that names no place: the boundaries number their quarters as well."""
    areas = list_keys(make_look({"nummer": ["1", "2", "3", "4", "5"], "bez": list(NAMES)}))
    assert find_fits(make_look({"Rang": [5, 4, 3, 2, 1]}), areas) == []
    assert [fit.how for fit in find_fits(make_look({"Stadtteil": [5, 4, 3, 2, 1]}), areas)] == ["exact", "number"]


def test_what_fits_no_quarter_is_named() -> None:
    fit = find_fits(make_look({"gebiet": [*"ABCDE", "Gesamt"]}), list_keys(make_look(AREAS)))[0]
    assert fit.lost == ("Gesamt",)


@given(st.permutations(range(5)), st.permutations(["name", "nr"]))
def test_the_order_of_rows_and_columns_changes_no_fit(order: list[int], heads: list[str]) -> None:
    columns: dict[str, Sequence[object]] = {"name": [NAMES[n] for n in order], "nr": [n + 1 for n in order]}
    for fit in find_fits(make_look({head: columns[head] for head in heads}), list_keys(make_look(AREAS))):
        wanted = {NAMES[n]: n for n in order} if fit.column == "name" else {str(n + 1): n for n in order}
        assert dict(fit.quarters) == wanted
