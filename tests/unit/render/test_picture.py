from __future__ import annotations

import pandas as pd
import pytest

from sro_geo.render.picture import make_picture
from sro_geo.text.speaker import Speaker
from tests.render_data import GAP, make_pictures, make_quarters, set_picture

NAMES = pd.Series({"a": "Aue", "b": "Berg", "c": "Camp", "d": "Damm"})
NBSP = "\u00a0"


def put(*values: float | None, status: tuple[str, ...] = ("observed",) * 4) -> tuple[pd.Series, pd.Series]:
    return pd.Series(values, index=NAMES.index, dtype="float64"), pd.Series(status, index=NAMES.index)


def test_classes_are_named_in_german_and_counted() -> None:
    picture = make_pictures(make_quarters())[0]
    labels = [(c.label, c.count) for c in reversed(picture.classes)]
    assert labels == [
        ("30 und mehr", 3), ("20 bis unter 30", 2), ("15 bis unter 20", 2),
        ("10 bis unter 15", 2), ("unter 10", 1),
    ]  # fmt: skip
    assert [(u.label, u.short, u.pattern, u.count) for u in picture.unknown] == [
        ("keine Angabe", "k. A.", "lines", 1), ("geheim", "geheim", "dots", 1),
    ]  # fmt: skip
    assert sum(c.count for c in picture.classes) + sum(u.count for u in picture.unknown) == len(GAP)


def test_each_quarter_has_its_class_and_label() -> None:
    values, statuses = put(38.4, 9.6, None, None, status=("observed", "estimated", "suppressed", "later"))
    picture = make_picture(values, statuses, names=NAMES, settings=set_picture())
    assert picture.placed == (4, 1, -1, -2)
    assert picture.labels == (f"38{NBSP}%", f"(10{NBSP}%)", "geheim", "steht noch aus")
    assert [unknown.short for unknown in picture.unknown] == ["geheim", "später"]
    assert picture.quarter_names == ("Aue", "Berg", "Camp", "Damm")


def test_a_value_falls_into_the_class_of_what_is_shown() -> None:
    values, statuses = put(29.6, 29.4, 10, 1)
    picture = make_picture(values, statuses, names=NAMES, settings=set_picture())
    assert picture.labels[:2] == (f"30{NBSP}%", f"29{NBSP}%")
    assert picture.placed[:2] == (4, 3)


def test_brackets_can_be_left_out() -> None:
    values, statuses = put(1, 2, 3, 4, status=("estimated",) * 4)
    assert make_picture(values, statuses, names=NAMES, settings=set_picture(brackets=False)).labels[0] == f"1{NBSP}%"


def test_changes_carry_their_sign_and_meet_at_zero() -> None:
    rise = make_pictures(make_quarters())[2]
    assert [c.label for c in rise.classes] == [
        "unter −1,0", "−1,0 bis unter −0,5", "−0,5 bis unter +0,5", "+0,5 bis unter +1,0", "+1,0 und mehr",
    ]  # fmt: skip
    assert dict(zip(rise.quarter_ids, rise.labels, strict=True))["10"] == "+0,2"
    values, statuses = put(-8, -1, 2, 9)
    chosen = make_picture(values, statuses, names=NAMES, settings=set_picture(breaks=None, signed=True, unit="points"))
    assert chosen.classes[len(chosen.classes) // 2].fill == "#f1f1ec"


def test_an_unformed_score_says_that_too_little_is_known() -> None:
    values, statuses = put(1, 2, 3, None, status=("observed",) * 3 + ("missing",))
    picture = make_picture(values, statuses, names=NAMES, settings=set_picture(partly=True, breaks=None))
    assert [(u.label, u.short, u.pattern) for u in picture.unknown] == [("zu wenige Angaben", "offen", "bars")]


def test_one_value_is_one_class_and_none_is_none() -> None:
    values, statuses = put(5, 5, 5, 5)
    settings = set_picture(breaks=None)
    assert [c.label for c in make_picture(values, statuses, names=NAMES, settings=settings).classes] == ["5"]
    values, statuses = put(None, None, None, None, status=("missing",) * 4)
    picture = make_picture(values, statuses, names=NAMES, settings=settings)
    assert picture.classes == ()
    assert picture.placed == (-1, -1, -1, -1)


def test_english_has_its_own_marks() -> None:
    values, statuses = put(1250, 2400.5, 3100, 4000)
    settings = set_picture(breaks=(2000.5,), voice=Speaker("en"), unit="persons", digits=1)
    picture = make_picture(values, statuses, names=NAMES, settings=settings)
    assert [c.label for c in picture.classes] == ["under 2,000.5", "2,000.5 and over"]
    assert picture.labels[0] == "1,250.0"


def test_nothing_is_more_than_all() -> None:
    values, statuses = put(100, 80, 20, 100)
    picture = make_picture(values, statuses, names=NAMES, settings=set_picture(breaks=(50, 100)))
    assert [c.label for c in picture.classes] == ["unter 50", "50 bis unter 100", "100"]
    per_head = make_picture(values, statuses, names=NAMES, settings=set_picture(breaks=(50, 100), unit="per_1000"))
    assert per_head.classes[-1].label == "100 und mehr"


def test_the_checksum_follows_the_content() -> None:
    values, statuses = put(1, 2, 3, 4)
    first = make_picture(values, statuses, names=NAMES, settings=set_picture())
    again = make_picture(values, statuses, names=NAMES, settings=set_picture())
    other = make_picture(values, statuses, names=NAMES, settings=set_picture(source="Quelle: eine andere"))
    assert first.digest == again.digest != other.digest
    assert [len(part) for part in first.digest.split(" ")] == [4, 4, 4, 4]


def test_tables_of_different_quarters_are_refused() -> None:
    values, statuses = put(1, 2, 3, 4)
    with pytest.raises(ValueError, match="must have the same index"):
        make_picture(values, statuses.iloc[::-1], names=NAMES, settings=set_picture())
