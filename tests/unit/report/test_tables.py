"""Tables that a spreadsheet opens."""

from __future__ import annotations

import pytest

from sro_geo.report.tables import guard_text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("Nord;=1+1", "Nord;'=1+1"),
        ("a;@x;-2", "a;'@x;'-2"),
        ("\t=1", "'\t=1"),
        ("Groß Klein; Nord = Süd", "Groß Klein; Nord = Süd"),
    ],
)
def test_no_text_begins_a_formula_wherever_the_line_is_cut(text: str, safe: str) -> None:
    assert guard_text(text) == safe
