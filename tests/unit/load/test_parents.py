"""The larger units of quarters: taken as they are written, and what looks wrong is told with the areas it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely import box

from sro_geo.errors import DataError, Problem
from sro_geo.load.boundaries import Boundaries, read_boundaries
from sro_geo.load.inputs import QuartersFile
from sro_geo.model.quarters import name_parents
from tests.load_data import SOUTH, WEST, make_geojson, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read(folder: Path, units: Sequence[object], *, gap: float = 0.0) -> Boundaries:
    """Squares of one kilometre in a row, `gap` metres between them, each with its unit."""
    features = [
        ({"code": f"{n:02d}", "teil": unit}, box(WEST + (1000 + gap) * n, SOUTH, WEST + (1000 + gap) * n + 1000, SOUTH + 1000))
        for n, unit in enumerate(units)
    ]  # fmt: skip
    return read_boundaries(
        QuartersFile(file=write(folder, "q.geojson", make_geojson(features)), key="code", name="code", parent="teil")
    )


def note(folder: Path, units: Sequence[object], *, gap: float = 0.0) -> dict[str, Problem]:
    return {one.cause: one for one in read(folder, units, gap=gap).notes if one.cause.startswith("parents_")}


def test_every_quarter_knows_its_unit_and_none_is_lost(tmp_path: Path) -> None:
    found = read(tmp_path, ["Nord", " Nord\n", "Süd", None, "Süd", ""])
    assert found.quarters["parent_id"].tolist() == ["Nord", "Nord", "Süd", "", "Süd", ""]
    assert name_parents(found.quarters) == {"00": "Nord", "01": "Nord", "02": "Süd", "04": "Süd"}


def test_units_that_lie_together_need_no_note(tmp_path: Path) -> None:
    assert note(tmp_path, ["Nord", "Nord", "Süd", "Süd"]) == {}
    assert note(tmp_path, ["Nord", "Nord", "Süd"], gap=40) == {}


def test_what_lies_apart_from_the_rest_of_its_unit_is_named(tmp_path: Path) -> None:
    """As a slip does it: one quarter bears the name of a unit that lies elsewhere."""
    (found,) = note(tmp_path, ["Nord", "Nord", "Süd", "Nord", "Süd", "Süd"]).values()
    assert (found.cause, found.values["count"]) == ("parents_apart", 2)
    assert found.values["found"] == ["Nord (03)", "Süd (02)"]
    assert note(tmp_path, ["Nord", "Nord", "Süd"], gap=60)["parents_apart"].values["found"] == ["Nord (01)"]


def test_quarters_without_a_unit_are_counted(tmp_path: Path) -> None:
    found = note(tmp_path, ["Nord", "Nord", None, ""])
    assert found.keys() == {"parents_missing"}
    assert found["parents_missing"].values == {"name": "q.geojson", "count": 2, "found": ["02", "03"]}


@pytest.mark.parametrize("other", ["ALT STADT", "Altstadt", "Alt-Stadt", "alt  Stadt"])
def test_names_that_differ_in_spelling_alone_are_asked_about_and_never_joined(tmp_path: Path, other: str) -> None:
    found = read(tmp_path, ["Alt Stadt", "Alt Stadt", other, other])
    assert found.quarters["parent_id"].nunique() == 2
    (asked,) = [one for one in found.notes if one.cause == "parents_alike"]
    assert asked.values["found"] == [f"Alt Stadt / {' '.join(other.split())}"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    shape = box(WEST, SOUTH, WEST + 1000, SOUTH + 1000)
    content = make_geojson([({"code": "1", "name": "a", "teil": ""}, shape), ({"code": "2", "name": "b"}, shape)])
    with pytest.raises(DataError) as caught:
        read_boundaries(QuartersFile(file=write(tmp_path, "q.geojson", content), key="code", parent="teil"))
    assert [problem.cause for problem in caught.value.problems] == ["quarters_overlap", "parents_empty"]


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    content = make_geojson([({"code": "1", "name": "a"}, box(WEST, SOUTH, WEST + 1000, SOUTH + 1000))])
    with pytest.raises(DataError) as caught:
        read_boundaries(QuartersFile(file=write(tmp_path, "q.geojson", content), key="kode", parent="stadtteil"))
    (problem,) = caught.value.problems
    assert problem.cause == "missing_columns"
    assert (problem.values["columns"], problem.values["found"]) == (["kode", "stadtteil"], ["code", "name"])
