"""Counts are divided and added, rates made anew, and what is unknown stays unknown."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sro_geo.errors import DataError
from sro_geo.model.crosswalk import Carried, Crosswalk, as_crosswalk, carry_values, list_untouched, rename_values
from sro_geo.model.indicators import Indicators, as_indicators
from tests.load_data import CATALOGUE

SPECS = CATALOGUE.specs
NEW = ["X", "Y", "Z"]
DIVIDED = [("A", "X", 0.25), ("A", "Y", 0.75), ("B", "X", 1.0), ("C", "Z", 1.0)]
"""A is divided, B goes into X as a whole, C is Z by another name."""

MERGED = [("A", "X", 1.0), ("B", "X", 1.0), ("C", "Z", 1.0)]


def shares(rows: list[tuple[str, str, float]]) -> Crosswalk:
    frame = pd.DataFrame(rows, columns=["from_id", "to_id", "share"])
    return as_crosswalk(frame.assign(source="u.csv", row=range(2, len(rows) + 2)), quarter_ids=NEW)


def old(*rows: dict[str, Any]) -> Indicators:
    base = {
        "indicator": "bevoelkerung",
        "year": 2015,
        "numerator": None,
        "denominator": None,
        "status": "observed",
        "example": False,
    }
    every = [{**base, "value": None, "source": "w.csv", "row": row, **given} for row, given in enumerate(rows, start=2)]
    return as_indicators(pd.DataFrame(every), specs=SPECS, quarter_ids=["A", "B", "C"])


def count(quarter: str, value: float, **more: Any) -> dict[str, Any]:
    return {"quarter_id": quarter, "value": value, **more}


def share_of(quarter: str, above: float, below: float, **more: Any) -> dict[str, Any]:
    rate = {"indicator": "arbeitslose", "value": 100 * above / below, "numerator": above, "denominator": below}
    return {"quarter_id": quarter, **rate, **more}


def carry(*rows: dict[str, Any], by_area: bool = False, walk: list[tuple[str, str, float]] = DIVIDED) -> Carried:
    """What is made of parts, and behind it what only changed its key."""
    values, crosswalk = old(*rows), shares(walk)
    carried = carry_values(values, crosswalk, specs=SPECS, by_area=by_area)
    return replace(carried, frame=pd.concat([carried.frame, rename_values(values, crosswalk)]))


def look(carried: Carried, *columns: str) -> dict[str, Any]:
    rows = carried.frame.sort_values("quarter_id")
    return {
        row[0]: row[1] if len(columns) == 1 else row[1:]
        for row in rows[["quarter_id", *columns]].itertuples(index=False)
    }


def find_problems(rows: list[tuple[str, str, float]]) -> dict[str, Any]:
    with pytest.raises(DataError) as caught:
        shares(rows)
    return {problem.cause: problem for problem in caught.value.problems}


def test_counts_are_divided_and_added() -> None:
    carried = carry(count("A", 1000), count("B", 300), count("C", 70))
    assert look(carried, "value") == {"X": 550.0, "Y": 750.0, "Z": 70.0}
    assert look(carried, "status") == {"X": "estimated", "Y": "estimated", "Z": "observed"}
    assert carried.notes == ()


def test_merging_whole_quarters_estimates_nothing() -> None:
    carried = carry(count("A", 2), count("B", 3), count("C", 4), walk=MERGED)
    assert look(carried, "value", "status") == {"X": (5.0, "observed"), "Z": (4.0, "observed")}


def test_rates_are_computed_and_not_averaged() -> None:
    carried = carry(share_of("A", 40, 400), share_of("B", 90, 300), share_of("C", 1, 8))
    found = look(carried, "value", "numerator", "denominator")
    assert found["X"] == (
        100 * 100 / 400,
        100.0,
        400.0,
    )  # the mean of 10 % and 30 % would be 20 %, weighted by share 26 %
    assert found["Y"] == (10.0, 30.0, 300.0)
    assert found["Z"] == (12.5, 1.0, 8.0)


@pytest.mark.parametrize("people", [1.0, 3.0, 7.0, 49.0, 299.0, 98_765.0])
def test_the_whole_stays_the_whole(people: float) -> None:
    third = [("A", "X", 1 / 3), ("A", "Y", 2 / 3), ("B", "X", 1.0), ("C", "Z", 1.0)]
    carried = carry(share_of("A", people, people), share_of("B", 3, 3), walk=third)
    assert look(carried, "value") == {"X": 100.0, "Y": 100.0}


def test_a_rate_without_its_parts_is_missing_and_named() -> None:
    bare = {"indicator": "arbeitslose", "value": 10.0}
    carried = carry({"quarter_id": "A", **bare}, share_of("B", 90, 300), {"quarter_id": "C", **bare})
    assert look(carried, "status") == {"X": "missing", "Y": "missing", "Z": "observed"}
    assert look(carried, "value")["Z"] == 10.0
    (note,) = carried.notes
    assert (note.cause, dict(note.values)) == ("values_not_carried", {"count": 2, "found": ["arbeitslose"]})


def test_a_quarter_by_another_name_keeps_row_and_status() -> None:
    hidden = {"quarter_id": "C", "value": None, "status": "suppressed", "row": 9}
    carried = carry(count("A", 10), count("B", 20), hidden)
    assert look(carried, "status", "row")["Z"] == ("suppressed", 9)
    assert carried.frame.set_index("quarter_id")["row"].isna().to_dict() == {"Z": False, "X": True, "Y": True}
    assert carried.notes == ()


@pytest.mark.parametrize(
    ("status", "told"),
    [("suppressed", "suppressed"), ("missing", "missing"), ("later", "later"), ("not_applicable", "not_applicable")],
)
def test_an_unknown_part_makes_the_whole_unknown(status: str, told: str) -> None:
    carried = carry(count("A", 1000), {"quarter_id": "B", "value": None, "status": status}, count("C", 1))
    assert look(carried, "status") == {"X": told, "Y": "estimated", "Z": "observed"}
    assert pd.isna(look(carried, "value")["X"])
    (note,) = carried.notes
    assert (note.cause, note.values["found"]) == ("parts_unknown", ["X ← B: bevoelkerung 2015"])


def test_a_denominator_without_all_its_parts_is_unknown() -> None:
    unknown = {"quarter_id": "B", "indicator": "arbeitslose", "value": None, "status": "suppressed"}
    assert pd.isna(look(carry(share_of("A", 40, 400), unknown), "denominator")["X"])
    assert look(carry(share_of("A", 40, 400), {**unknown, "denominator": 300.0}), "denominator")["X"] == 400.0


def test_secret_outweighs_missing_and_a_row_that_lacks_is_missing() -> None:
    secret = {"quarter_id": "A", "value": None, "status": "suppressed"}
    assert look(carry(secret, {"quarter_id": "B", "value": None, "status": "missing"}), "status")["X"] == "suppressed"
    carried = carry(count("A", 1000), count("C", 1))
    assert look(carried, "status") == {"X": "missing", "Y": "estimated", "Z": "observed"}
    assert carried.notes[0].values["found"] == ["X ← B: bevoelkerung 2015"]
    assert set(look(carry(count("C", 1)), "status")) == {"Z"}, "a quarter without any part has no row"


def test_an_area_is_divided_only_by_area() -> None:
    rows = [
        share_of(q, people, km2, indicator="bevoelkerungsdichte", value=people / km2)
        for q, people, km2 in (("A", 1000, 8), ("B", 100, 2))
    ]
    carried = carry(*rows)
    assert look(carried, "status") == {"X": "missing", "Y": "missing"}
    assert [(note.cause, note.values["count"]) for note in carried.notes] == [("values_not_carried", 2)]
    by_area = carry(*rows, by_area=True)
    assert look(by_area, "value") == {"X": 350 / 4, "Y": 750 / 6}
    assert by_area.notes == ()


def test_invented_and_estimated_parts_mark_the_whole() -> None:
    carried = carry(count("A", 2, example=True), count("B", 3, status="estimated"), count("C", 4), walk=MERGED)
    assert look(carried, "example", "status") == {"X": (True, "estimated"), "Z": (False, "observed")}


def test_years_and_indicators_stay_apart() -> None:
    carried = carry(
        count("A", 4, year=2014),
        count("B", 1, year=2014),
        count("A", 8),
        count("B", 2),
        count("C", 3, indicator="haushalte"),
    )
    found = carried.frame.set_index(["quarter_id", "indicator", "year"])["value"].to_dict()
    assert found == {("X", "bevoelkerung", 2014): 2.0, ("Y", "bevoelkerung", 2014): 3.0, ("X", "bevoelkerung", 2015): 4.0,
                     ("Y", "bevoelkerung", 2015): 6.0, ("Z", "haushalte", 2015): 3.0}  # fmt: skip


def test_shares_that_miss_one_are_told_with_their_sums() -> None:
    problem = find_problems([("A", "X", 0.5), ("A", "Y", 0.45), ("B", "X", 1.0)])["crosswalk_sums"]
    assert problem.values["found"] == ["A"]
    assert [place.row for place in problem.places] == [2, 3]


def test_shares_may_miss_one_by_a_millionth_and_lose_nobody() -> None:
    third = shares([("A", "X", 0.3333333), ("A", "Y", 0.3333333), ("A", "Z", 0.3333333)])
    assert abs(third["share"].sum() - 1) < 1e-15
    assert "crosswalk_sums" in find_problems([("A", "X", 0.333333), ("A", "Y", 0.333333), ("A", "Z", 0.333332)])


def test_every_fault_of_the_shares_is_told_at_once() -> None:
    rows = [
        ("A", "X", 1.5),
        ("A", "Q", -0.5),
        ("", "X", 1.0),
        ("B", "X", 0.5),
        ("B", "X", 0.5),
        ("C", "Z", float("nan")),
    ]
    found = find_problems(rows)
    assert set(found) == {
        "crosswalk_share_wrong",
        "crosswalk_unknown_quarter",
        "duplicate_key",
    }
    assert found["crosswalk_share_wrong"].values["found"] == ["A → X", "A → Q", "? → X", "C → Z"]
    assert found["crosswalk_unknown_quarter"].values["found"] == ["Q"]
    with pytest.raises(DataError, match="missing_columns"):
        as_crosswalk(pd.DataFrame({"from_id": ["A"]}), quarter_ids=NEW)


def test_empty_shares_are_left_out_and_quarters_without_a_part_are_listed() -> None:
    walk = shares([("A", "X", 1.0), ("A", "Y", 0.0), ("B", "X", 1.0)])
    assert list(walk["to_id"]) == ["X", "X"]
    assert list_untouched(walk, quarter_ids=NEW) == ["Y", "Z"]


def test_what_a_value_was_made_of_is_told() -> None:
    """Of the 550 in X, 250 come from a quarter that was divided; of the 400 that X is a rate of, 100 do."""
    carried = carry(count("A", 1000), count("B", 300), count("C", 70), share_of("A", 40, 400), share_of("B", 90, 300))
    made = carried.made
    assert made["X", "bevoelkerung", 2015].split == 250 / 550
    assert made["X", "bevoelkerung", 2015].origins == (("w.csv", 2), ("w.csv", 3))
    assert made["X", "arbeitslose", 2015].split == 100 / 400
    assert made["Y", "bevoelkerung", 2015].split == 1.0
    assert ("Z", "bevoelkerung", 2015) not in made, "it only changed its key"


def test_merged_quarters_are_made_of_nothing_divided_and_nobody_divides_by_nobody() -> None:
    assert carry(count("A", 2), count("B", 3), walk=MERGED).made["X", "bevoelkerung", 2015].split == 0.0
    assert carry(count("A", 0), count("B", 0)).made["X", "bevoelkerung", 2015].split == 0.0


def test_an_unknown_value_is_made_of_nothing() -> None:
    carried = carry(count("A", 1000), {"quarter_id": "B", "value": None, "status": "suppressed"})
    assert set(carried.made) == {("Y", "bevoelkerung", 2015)}
