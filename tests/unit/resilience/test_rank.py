import pandas as pd

from sro_geo.resilience.rank import rank_ranges


def test_the_rounding_of_arithmetic_decides_no_rank() -> None:
    values = pd.Series([40.0, 39.99999999999999, 10.0])
    ranks = rank_ranges(values, low=values, high=values)
    assert ranks.to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]
