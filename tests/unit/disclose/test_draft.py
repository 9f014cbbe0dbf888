import pytest

from sro_geo.disclose.draft import round_half_up, tell_equal
from sro_geo.model.indicators import count_digits

COUNT = (("0-3", 1.0),)


@pytest.mark.parametrize(("number", "low", "high"), [(4, 4, 4), (4.0000000001, 4, 4), (2.4, 2, 3), (0, 0, 0)])
def test_a_number_tells_itself_and_a_modelled_fraction_the_whole_ones_around_it(
    number: float, low: int, high: int
) -> None:
    line = tell_equal(COUNT, number)
    assert (line.shares, line.low, line.high) == (COUNT, low, high)


@pytest.mark.parametrize(("number", "digits"), [(14.1, 1), (12, 0), (0.8696, 4), (1200.0, 0)])
def test_digits_are_those_that_a_number_is_given_with(number: float, digits: int) -> None:
    assert count_digits(number) == digits


def test_what_is_shown_is_rounded_half_up() -> None:
    assert [round_half_up(number, digits=0) for number in (12.5, 12.49, 0.5)] == [13, 12, 1]
