"""Fewer points that still lie everywhere."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.coverage.thinning import gather_persons, thin_points

SPOTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=1, max_size=60, unique=True)


def lay(spots: list[tuple[int, int]]) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapely.points(spots), index=[f"p{n}" for n in range(len(spots))], crs="EPSG:25833")


@given(SPOTS, st.integers(1, 30))
def test_so_many_are_kept_at_most_and_all_where_there_are_few(spots: list[tuple[int, int]], most: int) -> None:
    points = lay(spots)
    kept = thin_points(points, most=most)
    assert 1 <= len(kept) <= most
    assert list(kept.index) == [key for key in points.index if key in set(kept.index)]
    if len(points) <= most:
        assert len(kept) == len(points)


@given(SPOTS, st.integers(1, 30))
def test_their_order_does_not_matter(spots: list[tuple[int, int]], most: int) -> None:
    points = lay(spots)
    assert set(thin_points(points, most=most).index) == set(thin_points(points.iloc[::-1], most=most).index)


def test_a_grid_becomes_a_coarser_grid() -> None:
    """Of 40 × 40 points 100 m apart no place is left out: the next kept one is never farther than a square is long."""
    points = lay([(east, north) for east in range(50, 4000, 100) for north in range(50, 4000, 100)])
    kept = thin_points(points, most=100)
    assert 60 <= len(kept) <= 100
    away = shapely.distance(points.to_numpy()[:, None], kept.to_numpy()[None, :]).min(axis=1)
    assert away.max() < 4000 / np.sqrt(60) * np.sqrt(2)


def test_points_on_a_line_and_on_one_spot_are_thinned_as_well() -> None:
    assert len(thin_points(lay([(n, 500) for n in range(0, 3000, 10)]), most=30)) in range(25, 31)
    assert len(thin_points(lay([(500, 500)] * 5), most=2)) == 1


@given(SPOTS, st.integers(1, 30))
def test_nobody_is_lost(spots: list[tuple[int, int]], most: int) -> None:
    points = lay(spots)
    persons = pd.Series(np.arange(1.0, len(points) + 1), index=points.index)
    kept = thin_points(points, most=most)
    gathered = gather_persons(persons, points, kept=kept)
    assert list(gathered.index) == list(kept.index)
    assert gathered.sum() == persons.sum()
    assert (gathered >= persons[kept.index]).all()


def test_persons_go_to_the_nearest() -> None:
    points = lay([(0, 0), (100, 0), (900, 0), (1000, 0)])
    persons = pd.Series([1.0, 2.0, 4.0, 8.0], index=points.index)
    assert gather_persons(persons, points, kept=points.iloc[[0, 3]]).to_dict() == pytest.approx({"p0": 3, "p3": 12})
