from __future__ import annotations

import numpy as np
import pandas as pd

from sro_geo.compare.typology import find_similar, list_compared


def test_nearest_first_on_standardised_columns() -> None:
    # Unstandardised, the second column (in thousands) would decide alone and make c nearest to a.
    table = pd.DataFrame({"x": [0.0, 0.1, 1.0, 0.9], "y": [1000.0, 4000.0, 1100.0, 5000.0]}, index=["a", "b", "c", "d"])
    z = (table - table.mean()) / table.std(ddof=0)
    for quarter, others in find_similar(table, most=3).items():
        distances = np.linalg.norm(z.drop(quarter) - z.loc[quarter], axis=1)
        expected = list(z.drop(quarter).index[np.argsort(distances)])
        assert list(others) == expected
    assert find_similar(table, most=1)["b"] == find_similar(table, most=3)["b"][:1]


def test_equal_distances_stand_in_the_order_of_ids() -> None:
    table = pd.DataFrame({"x": [1.0, 0.0, 2.0, 1.0, 1.0]}, index=["m", "z", "a", "k", "b"])
    assert find_similar(table, most=4)["m"] == ("b", "k", "a", "z")
    shuffled = table.loc[["k", "a", "b", "z", "m"]]
    assert find_similar(shuffled, most=4) == find_similar(table, most=4)


def test_ties_beyond_the_wanted_number_are_settled_by_id() -> None:
    """Many are equally near: the first ids are named, whatever part of them a search would return."""
    ids = [f"q{number:03d}" for number in range(60)]
    table = pd.DataFrame({"x": [float(number % 3) for number in range(60)]}, index=ids)
    for quarter, others in find_similar(table.sample(frac=1, random_state=1), most=3).items():
        same = [other for other in ids if other != quarter and table["x"][other] == table["x"][quarter]]
        assert list(others) == same[:3]


def test_a_column_with_a_gap_is_out_for_everybody_and_a_quarter_without_values_is_not_compared() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 9.0, np.nan], "y": [9.0, np.nan, 1.0, np.nan]}, index=["a", "b", "c", "d"])
    assert list_compared(table) == ("x",)
    assert find_similar(table, most=2) == {"a": ("b", "c"), "b": ("a", "c"), "c": ("b", "a"), "d": ()}


def test_nobody_to_compare_with_gives_nobody() -> None:
    assert find_similar(pd.DataFrame({"x": [1.0]}, index=["a"]), most=3) == {"a": ()}
    crossed = pd.DataFrame({"x": [1.0, np.nan], "y": [np.nan, 1.0]}, index=["a", "b"])
    assert find_similar(crossed, most=3) == {"a": (), "b": ()}
