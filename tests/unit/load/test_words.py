"""The words of planners' files: codes by name, and names that say nothing."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import pytest

from sro_geo.load.heads import fold_head
from sro_geo.load.words import find_codes, name_indicators, name_kinds
from tests.load_data import CATALOGUE


@pytest.mark.parametrize("called", [name_indicators(CATALOGUE.specs), name_kinds(CATALOGUE.kinds)])
def test_the_shipped_catalogue_calls_no_two_alike(called: dict[str, list[str]]) -> None:
    owners = defaultdict(set)
    for code, names in called.items():
        for name in (code, *names):
            owners[fold_head(name)].add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_a_name_that_two_codes_have_says_neither() -> None:
    called = {"hort": ["Hort", "Betreuung"], "krippe": ["Krippe", "Betreuung"]}
    texts = pd.Series(["Betreuung", "hort", "HORT", "Krippe"])
    assert find_codes(texts, called=called, words={}).tolist() == ["Betreuung", "hort", "hort", "krippe"]
    assert find_codes(texts, called=called, words={"betreuung": "hort"}).tolist() == ["hort", "hort", "hort", "krippe"]


def test_a_word_for_a_column_is_no_code() -> None:
    assert find_codes(pd.Series(["Wert"]), called={"hort": []}, words={"Wert": "value"}).tolist() == ["Wert"]
