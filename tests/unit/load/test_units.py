"""Units in own words: what is a rate is known as one, everything else must be told."""

from pathlib import Path

import pytest

from sro_geo.errors import DataError
from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.units import UNITS, read_unit
from tests.load_data import write

ENTRY = '[[indicator]]\ncode = "neu"\nname = "Neu"\nshort = "Neu"\n'


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *((unit, unit) for unit in UNITS),
        ("%", "percent"), ("Prozent", "percent"), ("v. H.", "percent"), ("% der Haushalte", "percent"), ("‰", "per_1000"),
        ("je 1.000", "per_1000"), ("Fälle je 1000 Kinder", "per_1000"), ("pro 1 000", "per_1000"), ("per 1,000", "per_1000"),
        ("je 100 Haushalte", "per_100"), ("Bäume je km²", "per_km2"),
        ("je 10.000", None), ("je 100.000", None), ("je 1.000.000", None), ("Euro", None), ("Euro je m²", None), ("own", None),
        ("percentage_points", None), ("", None),
    ],
)  # fmt: skip
def test_a_rate_is_known_by_its_words(text: str, unit: str | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("lines", "cause"),
    [
        ('unit = "Euro"\n', "unit_untold"),
        ('unit = "Euro"\nadds = true\n', "unit_untold"),
        ('unit = "Euro"\nnumerator = "none"\n', "unit_untold"),
        ('unit = "Kinder"\nnumerator = "0-6"\nadds = true\n', "unit_untold"),
        ('unit = "persosn"\n', "unit_untold_similar"),
        ('unit = "percent"\nadds = true\n', "adds_idle"),
        ('unit = "Fälle je 1.000"\nadds = false\n', "adds_idle"),
    ],
)
def test_what_a_word_means_must_be_told(tmp_path: Path, lines: str, cause: str) -> None:
    with pytest.raises(DataError) as caught:
        read_catalogue(indicators=write(tmp_path, "k.toml", ENTRY + lines))
    assert [(p.cause, p.places[0].row) for p in caught.value.problems] == [(cause, 5)]


@pytest.mark.parametrize(("adds", "unit"), [("true", "number"), ("false", "own")])
def test_one_language_stands_for_both(tmp_path: Path, adds: str, unit: str) -> None:
    text = f'{ENTRY}unit = "Euro"\nnumerator = "none"\nadds = {adds}\nsigned = true\ndigits = 2\n'
    spec = read_catalogue(indicators=write(tmp_path, "k.toml", text)).specs["neu"]
    assert (spec.unit, spec.unit_text, spec.name) == (unit, {"de": "Euro", "en": "Euro"}, {"de": "Neu", "en": "Neu"})
    assert (spec.digits, spec.signed) == (2, True)
