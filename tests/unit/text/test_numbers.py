"""Numbers in German and English form."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.text.numbers import MINUS, cut_apart, cut_off, round_exactly, round_half_up
from sro_geo.text.speaker import Speaker

GERMAN, ENGLISH = Speaker("de"), Speaker("en")


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
    assert GERMAN.number(value, digits=digits) == german
    assert ENGLISH.number(value, digits=digits) == english


@pytest.mark.parametrize(
    ("value", "text"), [(1.25, "+1,3"), (-1.25, "−1,3"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_format_signed_has_no_sign_at_zero(value: float, text: str) -> None:
    assert GERMAN.signed(value, digits=1) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_rounding_is_symmetric_and_close(value: float, digits: int) -> None:
    rounded = round_half_up(value, digits=digits)
    assert rounded == -round_half_up(-value, digits=digits)
    assert abs(rounded - value) <= 0.5 * 10.0**-digits * (1 + 1e-9) + abs(value) * 1e-9


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_german_and_english_hold_the_same_digits(value: float, digits: int) -> None:
    swap = str.maketrans(".,", ",.")
    assert GERMAN.number(value, digits=digits).translate(swap) == ENGLISH.number(value, digits=digits)


@given(st.lists(st.floats(-1e3, 1e3).map(lambda value: round(value, 6))), st.integers(0, 3))
def test_values_cut_apart_keep_their_order_and_their_rounding(values: list[float], digits: int) -> None:
    cuts = cut_apart(values, digits=digits)
    assert list(cuts) == sorted(set(values))
    order = [cuts[value] for value in cuts]
    assert all(low < high for low, high in pairwise(order))
    for value, cut in cuts.items():
        assert abs(cut) <= abs(value)
        assert (
            round_half_up(cut, digits=max(digits - 1, 0)) == round_half_up(value, digits=max(digits - 1, 0))
            or digits == 0
        )


def test_minus_is_the_true_sign() -> None:
    assert ENGLISH.number(-3) == f"{MINUS}3"


def test_not_a_number_stays_so() -> None:
    assert math.isnan(round_half_up(math.nan, digits=1))


def test_ten_digits_are_sure_so_that_no_order_of_operations_turns_a_tie() -> None:
    assert 100 * 0.285 < 28.5
    assert round_half_up(100 * 0.285, digits=0) == 29.0
    assert round_half_up(12345678.9449, digits=1) == 12345678.9
    assert round_half_up(0.000030517578125, digits=14) == 0.00003051757813


@pytest.mark.parametrize("digits", [0, 1, 2, pytest.param(3, marks=pytest.mark.long)])
def test_every_tie_is_rounded_away_from_zero(digits: int) -> None:
    """The page is held to the same in `tests/browser/test_numbers.py`."""
    step = 10**digits
    assert [k for k in range(1000 * step) if round_half_up((k + 0.5) / step, digits=digits) != (k + 1) / step] == []


@given(st.integers(0, 2 * 10**9 + 2), st.integers(-10, 11), st.sampled_from([0.0, -1.0, 1.0]), st.floats(0.1, 20.0))
def test_plain_floats_round_as_decimals_do(halves: int, digits: int, side: float, parts: float) -> None:
    """Also right beside an edge, where the tenth digit decides."""
    value = halves / 2 / 10.0**digits
    value += side * parts * 1e-10 * value
    assert round_half_up(value, digits=digits) == float(round_exactly(value, digits=digits, half_up=True))
    assert cut_off(value, digits=digits) == float(round_exactly(value, digits=digits, half_up=False))


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_what_is_cut_rounds_like_the_whole(value: float, digits: int) -> None:
    assert round_half_up(cut_off(value, digits=digits + 2), digits=digits) == round_half_up(value, digits=digits)
    assert abs(cut_off(value, digits=digits)) <= abs(round_half_up(value, digits=digits))


@pytest.mark.parametrize("value", [1e28, -1e28, 1e308, 5e-324, 123456789012345678.0])
def test_numbers_of_any_size_are_written(value: float) -> None:
    assert round_half_up(value, digits=3) == pytest.approx(value, rel=1e-9, abs=1e-3)
    text = GERMAN.number(value, digits=1)
    assert float(text.replace(".", "").replace(",", ".").replace(MINUS, "-")) == pytest.approx(value, rel=1e-9, abs=0.1)
