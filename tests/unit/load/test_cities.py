"""Cities by name: each lies in Germany, one name means one, and what is not in the list is never guessed."""

import json
from pathlib import Path

import pytest

from sro_geo.errors import DataError, ProjectError
from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.cities import find_city, list_similar, read_cities
from sro_geo.load.heads import fold_name
from sro_geo.load.location import GERMANY
from sro_geo.project import read_project
from tests.load_data import write


def test_every_city_lies_in_germany_and_is_called_by_one_name() -> None:
    west, south, east, north = GERMANY
    cities = read_cities()
    assert len(cities) > 120
    assert len({fold_name(city) for city in cities}) == len(cities)
    assert all(west < x < east and south < y < north for x, y in cities.values())


@pytest.mark.parametrize(
    ("name", "where"),
    [("Rostock", (12.1, 54.1)), ("münchen", (11.6, 48.1)), ("Muenchen", (11.6, 48.1)), ("BADEN BADEN", (8.2, 48.8))],
)
def test_a_city_is_where_an_atlas_has_it(name: str, where: tuple[float, float]) -> None:
    assert find_city(name) == pytest.approx(where, abs=0.06)


def test_what_is_not_in_the_list_is_told_with_what_is_alike() -> None:
    assert find_city("Frankfurt") is None
    assert list_similar("Freiburg")[0] == "Freiburg im Breisgau"
    assert list_similar("Xyzhausen") == []
    assert find_city("") is None
    assert list_similar("") == []


def make(folder: Path, near: str) -> Path:
    """Project of one square in Flensburg."""
    ring = [[9.42, 54.78], [9.46, 54.78], [9.46, 54.80], [9.42, 54.80], [9.42, 54.78]]
    feature = {
        "type": "Feature",
        "properties": {"code": "1", "name": "A"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    write(folder, "q.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    text = f'title = "T"\nplace = "P"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\nnear = {near}\n'
    return write(folder, "project.toml", text).path


def test_boundaries_must_lie_near_the_city(tmp_path: Path) -> None:
    assert len(read_boundaries(read_project(make(tmp_path, '"Flensburg"')).quarters).quarters) == 1
    with pytest.raises(DataError) as caught:
        read_boundaries(read_project(make(tmp_path, '"Kiel"')).quarters)
    assert [problem.cause for problem in caught.value.problems] == ["quarters_elsewhere"]


@pytest.mark.parametrize(
    ("near", "cause"),
    [
        ('"Flenzburg"', "unknown_city_similar"),
        ('"Xyz"', "unknown_city"),
        ("[9.4]", "list_too_short"),
        ("3", "wrong_type_list"),
    ],
)
def test_what_is_no_place_is_told_with_its_line(tmp_path: Path, near: str, cause: str) -> None:
    with pytest.raises(ProjectError) as caught:
        read_project(make(tmp_path, near))
    assert [(problem.cause, problem.places[0].row) for problem in caught.value.problems] == [(cause, 7)]
