"""Opening times: what is understood, and when an offer is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.load.hours import MONTHS, WEEKDAYS, Moment, is_open, read_moment

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def tell(times: str, *moments: str) -> list[bool | None]:
    read = [read_moment(moment) for moment in moments]
    return [is_open(times, moment, year=2024) for moment in read if moment]


@pytest.mark.parametrize(
    ("times", "open_then"),
    [
        ("24/7", "1111"),
        ("off", "0000"),
        ("Mo-Fr 07:00-17:00", "1010"),
        ("Mo-Fr 07:00-17:00; Sa 10:00-14:00", "1110"),
        ("Mo,Th,Sa 08:00-12:00,13:00-17:00", "1100"),
        ("Mo-Sa 08:00-18:00; PH off", "1110"),
        ("Mo-Sa 08:00-18:00; Aug off", "1100"),
        ("Sep-May Mo-Su 09:00-20:00", "1100"),
        ("Apr-Oct: Mo-Su 09:00-20:00", "1110"),
        ("Jul-Aug Mo-Su 09:00-20:00", "0010"),
        ("Fr 22:00-02:00", "0001"),
        ("Fr-Sa 20:00-26:00", "0001"),
        ("Mo–Do 8–16 Uhr, Sa 9.30–12.00 Uhr", "1110"),
        ("Montag bis Donnerstag 8 bis 16 Uhr", "1010"),
        ("Mo, Di und Sa 9-12 und 14-16 Uhr; So geschlossen", "1110"),
        ("täglich 9-18 Uhr", "1110"),
        ('Mo-Sa "nach Absprache"', "1111"),
    ],
)
def test_what_is_open(times: str, open_then: str) -> None:
    """On Monday and on Saturday at ten, on a Tuesday of August at ten, and at one in the night to Saturday."""
    found = tell(times, "Mo 10:00", "Sa 10:00", "Aug Di 10:00", "Sa 1:00")
    assert found == [sign == "1" for sign in open_then]


def test_an_end_is_shut_and_a_beginning_open() -> None:
    assert tell("Mo 08:00-12:30", "Mo 8:00", "Mo 12:29", "Mo 12:30", "Mo 7:59") == [True, True, False, False]


@pytest.mark.parametrize(
    "times", ["", "nach Vereinbarung", "Mo-Fr 25-26 Uhr", "week 10-20 Mo 8-16", "Mo-Fr 8-16 Uhr, in den Ferien nicht"]
)
def test_what_cannot_be_read_is_not_guessed(times: str) -> None:
    assert tell(times, "Mo 10:00") == [None]


@given(
    st.sets(st.sampled_from(DAYS), min_size=1),
    st.integers(min_value=0, max_value=23),
    st.integers(min_value=1, max_value=24),
    st.builds(
        Moment,
        month=st.none() | st.integers(min_value=1, max_value=12),
        weekday=st.integers(min_value=0, max_value=6),
        hour=st.integers(min_value=0, max_value=23),
        minute=st.integers(min_value=0, max_value=59),
    ),
)
def test_days_and_hours_are_what_they_say(days: set[str], start: int, length: int, moment: Moment) -> None:
    """Also over midnight, where the hours of the day before go on."""
    end = start + length
    times = f"{','.join(sorted(days, key=DAYS.index))} {start:02}:00-{end:02}:00"
    now = moment.hour + moment.minute / 60
    today, yesterday = DAYS[moment.weekday] in days, DAYS[moment.weekday - 1] in days
    assert is_open(times, moment, year=2023) is ((today and start <= now < end) or (yesterday and now + 24 < end))


def test_moments_in_both_languages() -> None:
    for names, attribute, form, first in ((WEEKDAYS, "weekday", "{} 9:05", 0), (MONTHS, "month", "{} Sa 23:59", 1)):
        for number, words in enumerate(names, start=first):
            read = [read_moment(form.format(word.title())) for word in words]
            assert [getattr(one, attribute) for one in read] == [number] * len(words)
    assert read_moment(" aug  sa 9:05 ") == Moment(month=8, weekday=5, hour=9, minute=5)


@pytest.mark.parametrize(
    "text", ["", "Sa", "10:00", "Sa 24:00", "Sa 10:60", "Xx 10:00", "xyz Sa 10:00", "Sa Aug 10:00", "Samstag 10"]
)
def test_what_is_no_moment(text: str) -> None:
    assert read_moment(text) is None
