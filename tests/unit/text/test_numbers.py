"""Numbers in German and English form."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.text.numbers import MINUS, format_date, format_number, format_signed, join_words, round_half_up


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0.5, 0, "1", "1"),
        (2.675, 2, "2,68", "2.68"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234567.0, 0, "−1.234.567", "−1,234,567"),
    ],
)
def test_format_number(value: float, digits: int, german: str, english: str) -> None:
    assert format_number(value, digits=digits, language="de") == german
    assert format_number(value, digits=digits, language="en") == english


@pytest.mark.parametrize(
    ("value", "text"), [(1.25, "+1,3"), (-1.25, "−1,3"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_format_signed_has_no_sign_at_zero(value: float, text: str) -> None:
    assert format_signed(value, digits=1, language="de") == text


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_rounding_is_symmetric_and_close(value: float, digits: int) -> None:
    rounded = round_half_up(value, digits=digits)
    assert rounded == -round_half_up(-value, digits=digits)
    assert abs(rounded - value) <= 0.5 * 10.0**-digits * (1 + 1e-9) + abs(value) * 1e-15


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_german_and_english_hold_the_same_digits(value: float, digits: int) -> None:
    swap = str.maketrans(".,", ",.")
    assert format_number(value, digits=digits, language="de").translate(swap) == format_number(
        value, digits=digits, language="en"
    )


def test_minus_is_the_true_sign() -> None:
    assert format_number(-3, digits=0, language="en") == f"{MINUS}3"


def test_not_a_number_stays_so() -> None:
    assert math.isnan(round_half_up(math.nan, digits=1))


def test_dates_and_lists() -> None:
    assert format_date("2019-12-31", language="de") == "31.12.2019"
    assert format_date("2019-03-01", language="en") == "1 March 2019"
    assert join_words(["a", "b", "c"], language="de") == "a, b und c"
    assert join_words(["a", "b"], language="en") == "a and b"
    assert join_words(["a"], language="de") == "a"
    assert join_words([], language="de") == ""


@pytest.mark.parametrize("value", [1e28, -1e28, 1e308, 5e-324, 123456789012345678.0])
def test_numbers_of_any_size_are_written(value: float) -> None:
    assert round_half_up(value, digits=3) == pytest.approx(value, abs=1e-3)
    text = format_number(value, digits=1, language="de")
    assert float(text.replace(".", "").replace(",", ".").replace(MINUS, "-")) == pytest.approx(value, abs=0.1)
