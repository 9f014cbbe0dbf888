"""Every column that a run writes: told to the audit, or a function of what is told, which is computed here anew from the files.

A new column fails until somebody says which it is.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely

from sro_geo.compare.groups import GROUP, REST, contrast_areas, measure_areas
from sro_geo.disclose.closures import find_step
from sro_geo.disclose.record import record_withheld
from sro_geo.disclose.sharing import STEPS
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.reach import Coverage, code_sharing, code_shock
from sro_geo.model.scores import INDEX
from sro_geo.model.status import KNOWN
from sro_geo.model.study import CITY
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from sro_geo.report.tables import HEADS, list_tables
from sro_geo.resilience.recovery import RECOVERY, measure_recovery
from sro_geo.resilience.redundancy import REDUNDANCY, measure_redundancy
from sro_geo.resilience.score import score_quarters
from sro_geo.text.numbers import cut_off
from sro_geo.text.speaker import Speaker
from tests.specimen import FEW
from tests.studies import ROOT, find_source
from tests.told import find_numbers, round_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.told import Told

LABEL, TOLD = "label", "told"
"""No number of persons: keys, names, years, sources, counts of quarters, classes of shown values, and the status, which tells
that something is withheld and not why. Told: the audit, or the protection of reach, sees the number itself."""

KEYS = ("quarter_id", "name", "year", "status", "example")
AREAS = ("quarters", "known_quarters")
SIDES = ("group", "rest", "group_low", "rest_low", "group_high", "rest_high", "group_size", "rest_size", "difference")
COUNTED = ("group_quarters", "rest_quarters", "group_known", "rest_known")
COLUMNS: dict[str, dict[str, str]] = {
    "indicators": {
        **dict.fromkeys([*KEYS, "indicator", "source", "row"], LABEL),
        **dict.fromkeys(["value", "numerator", "denominator"], TOLD),
        **dict.fromkeys(["low", "high"], "ends"),
    },
    "coverage": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "kind", "target_group", "minutes"], LABEL),
        **dict.fromkeys(["reached", "persons", "share"], "reach"),
        "mean_offers": TOLD,
    },
    "supply": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "kind", "target_group"], LABEL),
        **dict.fromkeys(["places", "persons", "rate"], "places"),
    },
    "choices": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "kind", "target_group", "minutes"], LABEL),
        **dict.fromkeys(["two", "three", "two_providers"], "choices"),
    },
    "closures": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "kind", "offer", "other", "provider", "target_group", "minutes"], LABEL),
        **dict.fromkeys(["reached", "lose", "farther", "more_metres", "unplaced"], "tens"),
    },
    "supposed": {
        **dict.fromkeys(
            [*KEYS[:2], *KEYS[3:], "order", "indicator", "supposed", "kind", "target_group", "minutes"], LABEL
        ),
        **dict.fromkeys(["lose", "lose_choice", "farther", "more_metres"], "shocks"),
        **dict.fromkeys(["places_before", "places_after"], "shocks"),
    },
    "siting": {
        **dict.fromkeys(
            [*KEYS[:2], *KEYS[3:], "order", "kind", "target_group", "minutes", "problem", "plan", "site"], LABEL
        ),
        **dict.fromkeys(["lon", "lat", "proven", "gap", "ties", "ties_complete"], LABEL),
        **dict.fromkeys(["gain", "gives_up"], "gains"),
    },
    "areas": {
        **dict.fromkeys(["indicator", "area", *KEYS[2:], *AREAS], LABEL),
        **dict.fromkeys(["value", "low", "high", "denominator"], "areas"),
    },
    "comparison": {
        **dict.fromkeys(["indicator", *KEYS[2:], *COUNTED], LABEL),
        **dict.fromkeys(SIDES, "comparison"),
    },
    "changes": {
        **dict.fromkeys([*KEYS, "indicator", "area", "since", "breaks"], LABEL),
        **dict.fromkeys(["before", "after", "change", "low", "high"], "changes"),
    },
    "quality": dict.fromkeys(["cause", "sentence", "file"], LABEL),
    "scores": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "known"], LABEL),
        **dict.fromkeys(["score", "worst", "best", "reference", "rank_low", "rank_high"], "index"),
    },
    "dimensions": {
        **dict.fromkeys([*KEYS[:2], *KEYS[3:], "dimension", "known"], LABEL),
        **dict.fromkeys(["score", "worst", "best", "reference", "contribution"], "dimensions"),
    },
    "contributions": {
        **dict.fromkeys([*KEYS[:2], "dimension", "part", "weight", "source", "row"], LABEL),
        **dict.fromkeys(["value", "scaled", "reference", "contribution"], "contributions"),
    },
}
CURVES = {
    **dict.fromkeys([*KEYS[:2], "parent", *KEYS[3:], "area", "kind", "target_group", "metres"], LABEL),
    **dict.fromkeys(["persons", "share"], "steps"),
}
"""Of `tables/curves.csv`, which a study has where it asks for it."""

GROUND = "quarters water rivers bridges offers sizes gathered streets basemap symbols"
PICTURE = "slug topic name title heading quarter_ids classes unknown breaks placed outlined offer_kind offers notices warnings example source digest"
VIEW = "code ranked rankingNote rankingHead digits ticks tickDigits lead"
PAGE: dict[str, dict[str, str]] = {
    "": {
        **dict.fromkeys(
            [
                "language",
                "place",
                "topics",
                "indexName",
                "tableHead",
                "words",
                "selected",
                "beside",
                "apart",
                "patterns",
                "diverging",
                "shock",
                "example",
                "labels",
            ],
            LABEL,
        ),
        **dict.fromkeys(["views", "profiles", "ground"], "below"),
        **dict.fromkeys(["tableRows", "tableCity"], "table"),
    },
    "views": {
        **dict.fromkeys(VIEW.split(), LABEL),
        "picture": "below",
        **dict.fromkeys(["ranking", "city"], "ranking"),
        "series": "lines",
        "sides": "dots",
        "pool": "below",
        **dict.fromkeys(["closures", "siting", "supposed"], "text"),
        **dict.fromkeys(["cityLabel", "cityValue", "contrast", "values", "places", "sentences"], "text"),
    },
    "pool": {
        **dict.fromkeys(["factor", "bounded", "void", "signed", "pattern", "size", "units"], LABEL),
        **dict.fromkeys(["above", "below", "values"], "pool"),
    },
    "picture": {**dict.fromkeys(PICTURE.split(), LABEL), **dict.fromkeys(["labels", "subtitle"], "text")},
    "ranking": {
        **dict.fromkeys(["quarter_id", "uncertain"], LABEL),
        **dict.fromkeys(["value", "low", "high", "rank"], "ranking"),
    },
    "profiles": {
        **dict.fromkeys(["name", "soft", "parent", "modelRegion", "similar"], LABEL),
        **dict.fromkeys(["people", "indexText", "partsNote"], "text"),
        "parts": "below",
    },
    "ground": {
        **dict.fromkeys(GROUND.split(), LABEL),
        "overlays": "below",
    },
    "overlays": {"gaps": "blocks", "reached": LABEL},
    "parts": {"name": LABEL, "number": "text", **dict.fromkeys(["score", "city", "contribution"], "parts")},
}
"""Keys of the page's data by where they lie."""

DUST = 0.006
"""What may be off: tables have four decimals, and what is computed from them multiplies that."""


@dataclass(frozen=True)
class Heard:
    """What the audit of Musterstadt's run was told."""

    true: pd.DataFrame
    shown: pd.DataFrame
    totals: list[tuple[str, int, frozenset[str]]]


@dataclass
class Files:
    """What the files of a folder tell, under the names of the model; computed values are made of them alone."""

    told: Told

    def read(self, name: str) -> pd.DataFrame:
        own = list_tables(self.told.study)[name]
        rows = pd.DataFrame(self.told.read_table(name))
        heads = {HEADS[column]: column for column in map(str, own.columns)}
        frame: pd.DataFrame = rows.rename(columns=heads)[list(own.columns)]
        numbers = [c for c in own.columns if pd.api.types.is_numeric_dtype(own[c]) and own[c].dtype != bool]
        return frame.assign(**{column: pd.to_numeric(frame[column]) for column in numbers})

    @cached_property
    def heard(self) -> Heard:
        caught: list[Heard] = []

        def listen(true: Any, shown: Any, *, totals: Any, **rest: Any) -> pd.DataFrame:
            caught.append(Heard(true=true, shown=shown, totals=totals))
            return record_withheld(true, shown, totals=totals, **rest)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sro_geo.pipeline.auditing.record_withheld", listen)
            run_study(open_project(ROOT / "analyses" / "musterstadt"))
        return caught[0]

    @cached_property
    def values(self) -> Any:
        """The indicator table with the numbers of the file, and its own statuses and marks."""
        read = self.read("indicators")
        columns = ("value", "low", "high", "numerator", "denominator")
        return self.told.study.indicators.assign(**{c: read[c].to_numpy() for c in columns})

    @property
    def year(self) -> pd.DataFrame:
        """Those of the year shown."""
        rows: pd.DataFrame = self.values[self.values["year"] == self.told.study.about.year]
        return rows

    @cached_property
    def areas(self) -> pd.DataFrame:
        read, own = self.read("areas"), self.told.study.areas
        columns = ("value", "low", "high", "denominator")
        return own.assign(**{column: read[column].to_numpy() for column in columns})

    @cached_property
    def computed(self) -> pd.DataFrame:
        """Redundancy, recovery and scores, by quarter and code: value, low, high."""
        study, project = self.told.study, open_project(ROOT / "analyses" / "musterstadt")
        assert project.shock is not None
        coverage = self.read("coverage")
        half = np.where(coverage["reached"].isna() & coverage["mean_offers"].notna(), 0.05, 0.0)
        ends = {"mean_low": (coverage["mean_offers"] - half).clip(lower=0), "mean_high": coverage["mean_offers"] + half}
        table = coverage.assign(status=list_tables(study)["coverage"]["status"].to_numpy(), **ends)
        kinds = [
            Coverage(kind=k, target_group="", table=table[table["kind"] == k], offers=0)
            for k in project.redundancy_kinds
        ]
        redundancy = measure_redundancy(kinds, minutes=project.redundancy_minutes, year=project.year)
        recovery = measure_recovery(
            self.values,
            indicator=project.shock.indicator,
            direction=study.specs[project.shock.indicator].direction,
            shock_year=project.shock.year,
            year=project.year,
            quarter_ids=list(study.quarters.index),
        )
        index = self.scores.index.reset_index().assign(indicator=INDEX)
        parts = self.scores.dimensions.assign(indicator=self.scores.dimensions["dimension"])
        scores = pd.concat([index, parts]).rename(columns={"score": "value", "worst": "low", "best": "high"})
        made: pd.DataFrame = pd.concat([redundancy, recovery, scores]).set_index(["quarter_id", "indicator"])
        return made.loc[:, ["value", "low", "high"]]

    @cached_property
    def scores(self) -> Any:
        study = self.told.study
        assert study.scales is not None
        assert study.method is not None
        city = self.areas[self.areas["area"] == CITY].set_index("indicator")["value"]
        return score_quarters(
            self.values,
            specs=study.specs,
            scales=study.scales,
            method=study.method,
            year=study.about.year,
            quarter_ids=list(study.quarters.index),
            city={str(code): float(value) for code, value in city.items()},
        )


@pytest.fixture(scope="module")
def files(muster: Told) -> Files:
    return Files(muster)


def assert_close(found: Any, expected: Any, *, what: str) -> None:
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), atol=DUST, rtol=1e-4, err_msg=what
    )


def find_shared(rows: pd.DataFrame) -> pd.Series:
    """Rows of places in reach: steps, which no audit hears of."""
    found: pd.Series = rows["indicator"].str.startswith(code_sharing(""))
    return found


def check_steps(rows: pd.DataFrame, reach: pd.DataFrame) -> None:
    """Places in reach are the middle of a step, of no finer number, and of the persons that coverage shows."""
    known = rows.dropna(subset=["value"])
    assert len(known) > 20
    width = (known["high"] - known["value"]) * 2
    assert set(width) <= {0, *STEPS}
    assert (known["value"] % width.where(width > 0, 1.0) == 0).all()
    assert_close(known["low"], (known["value"] - width / 2).clip(lower=0), what="low")
    assert rows["numerator"].isna().all()
    persons = reach.drop_duplicates(["quarter_id", "kind"]).set_index(["quarter_id", "kind"])["persons"]
    kinds = rows["indicator"].str.removeprefix(code_sharing(""))
    own = persons.reindex(pd.MultiIndex.from_arrays([rows["quarter_id"], kinds]))
    assert_close(rows["denominator"], own, what="denominator")


def find_lost(rows: pd.DataFrame) -> pd.Series:
    """Rows of shares that a supposed shock leaves without an offer: made of what it takes away, which stands in a table."""
    found: pd.Series = rows["indicator"].eq(code_shock(1))
    return found


def check_lost(files: Files, rows: pd.DataFrame) -> None:
    """Persons in steps, of those whom coverage shows; with what half a step more or less would be."""
    table, reach = files.read("supposed"), files.read("coverage")
    key = ["quarter_id", "kind", "minutes"]
    own = table[table["quarter_id"].fillna("").ne("")].merge(reach[[*key, "persons"]], on=key).set_index("quarter_id")
    rows = rows.set_index("quarter_id")
    own = own.reindex(rows.index)
    assert (rows["value"] > 0).any()
    half = np.where(own["lose"] > 0, find_step(files.told.study.about.smallest) / 2, 0.0)
    for column, counts in (("value", own["lose"]), ("low", own["lose"] - half), ("high", own["lose"] + half)):
        assert_close(rows[column], 100 * counts.clip(upper=own["persons"]) / own["persons"], what=column)
    assert_close(rows["numerator"], own["lose"].clip(upper=own["persons"]), what="numerator")
    assert_close(rows["denominator"], own["persons"], what="denominator")


def check_ends(files: Files) -> None:
    """Ends of a given number are the number, or those of its rounding; of a computed one they are computed anew."""
    specs, rows = files.told.study.specs, files.values
    check_steps(rows[find_shared(rows)], files.read("coverage"))
    check_lost(files, rows[find_lost(rows)])
    rows = rows[~(find_shared(rows) | find_lost(rows))]
    given = rows[~rows["indicator"].isin(files.computed.index.get_level_values("indicator"))]
    half = given["indicator"].map(lambda code: 0.5 * 10.0 ** -specs[code].digits)
    coarse = given["low"] != given["high"]
    assert given.loc[coarse, "numerator"].isna().all()
    half = half.where(coarse & given["value"].notna(), 0.0)
    assert_close(
        given["low"],
        (given["value"] - half).where(given["value"] < 0, (given["value"] - half).clip(lower=0)),
        what="low",
    )
    assert_close(given["high"], given["value"] + half, what="high")
    made = rows[rows["indicator"].isin(files.computed.index.get_level_values("indicator"))]
    made = made[made["year"] == files.told.study.about.year].set_index(["quarter_id", "indicator"])
    for column in ("value", "low", "high"):
        assert_close(made[column], files.computed[column].reindex(made.index), what=column)
    assert {REDUNDANCY, RECOVERY, INDEX} <= set(made.index.get_level_values("indicator"))


def check_reach(files: Files) -> None:
    """Reached are all persons less those without an offer, whom the indicators count."""
    rows = files.year.set_index(["quarter_id", "indicator"])
    table = files.read("coverage")
    codes = [f"ohne_{kind}_{minutes:g}" for kind, minutes in zip(table["kind"], table["minutes"], strict=True)]
    own = rows.reindex(pd.MultiIndex.from_arrays([table["quarter_id"], codes])).reset_index(drop=True)
    assert_close(table["reached"], own["denominator"] - own["numerator"], what="reached")
    assert_close(table["persons"], own["denominator"], what="persons")
    assert_close(table["share"], table["reached"] / table["persons"].where(table["persons"] > 0), what="share")


def check_places(files: Files) -> None:
    rows = files.year.set_index(["quarter_id", "indicator"])
    table = files.read("supply")
    own = rows.reindex(pd.MultiIndex.from_arrays([table["quarter_id"], "plaetze_" + table["kind"]])).reset_index(
        drop=True
    )
    assert_close(
        table["places"].where(own["numerator"].notna()), own["numerator"], what="places"
    )  # and offers are public
    assert_close(table["persons"], own["denominator"], what="persons")
    quota = table["places"] / table["persons"].where(table["persons"] > 0)
    assert_close(table["rate"], quota.where(table["rate"].notna()), what="rate")


def check_tens(files: Files) -> None:
    """Counts along catchments are tens, and no reader gets closer: none is one to nine, metres stand beside such a count."""
    table = files.read("closures")
    assert len(table) > 20
    for column in ("reached", "lose", "farther", "more_metres", "unplaced"):
        shown = table[column].dropna()
        assert (shown % 10 == 0).all(), column
        assert (shown >= 0).all(), column
    assert table["more_metres"].notna().equals(table["farther"] > 0)
    assert (table["lose"].fillna(0) + table["farther"].fillna(0) <= table["reached"].fillna(np.inf) + 10).all()
    single = table[table["quarter_id"].fillna("").ne("")].merge(files.read("supply"), on=["kind", "quarter_id"])
    assert single["unplaced"].notna().sum() > 20
    assert not (single["unplaced"] > single["places"] + 5).any()  # of the quarter in which it closes


def check_choices(files: Files) -> None:
    """Tens, none of them of few; never more with a third than with a second, nor with a second than with any."""
    table, reach = files.read("choices"), files.read("coverage")
    assert len(table) > 20
    key = ["quarter_id", "kind", "minutes"]
    reached = table[key].merge(reach, on=key, how="left")["reached"]
    for column in ("two", "three", "two_providers"):
        assert (table[column].dropna() % 10 == 0).all(), column
        assert not (table[column] > reached + 5).any(), column
    assert not (table["three"] > table["two"]).any()
    assert not (table["two_providers"] > table["two"]).any()


def check_gains(files: Files) -> None:
    """Gains are tens and none is one to nine; what a plan gives up is the difference of shown ones."""
    table = files.read("siting")
    assert len(table) > 2
    assert (table["gain"].dropna() % 10 == 0).all()
    best = table[table["plan"] == 1].groupby("order")["gain"].first()
    assert_close(table["gives_up"], table["order"].map(best) - table["gain"], what="gives_up")


def check_shocks(files: Files) -> None:
    """Counts are tens and none of few, the city's is their sum; places are those of the quarters' tables, less what closes."""
    table, supply = files.read("supposed"), files.read("supply")
    assert len(table) > 5
    for column in ("lose", "lose_choice", "farther", "more_metres"):
        assert (table[column].dropna() % 10 == 0).all(), column
    city = table["quarter_id"].fillna("").eq("")
    for column in ("lose", "lose_choice", "farther"):
        room = 5 * len(table) + 5 * table[column].isna().sum()
        assert abs(table.loc[city, column].sum() - table.loc[~city, column].sum()) <= room
    own = table[~city].merge(supply[supply["kind"] == table["kind"].iloc[0]], on="quarter_id")
    assert_close(own["places_before"], 100 * own["rate"], what="places_before")
    same = ~own["quarter_id"].isin(files.told.study.offers.query("name == 'Kita Nordtor'")["quarter_id"])
    assert 0 < same.sum() < len(own)
    assert_close(own.loc[same, "places_after"], own.loc[same, "places_before"] / 1.1, what="places_after")
    assert (own.loc[~same, "places_after"] < own.loc[~same, "places_before"] / 1.1 - 1).all()


def check_changes(files: Files) -> None:
    """Of quarters, values as they are shown and their differences; of city and model regions, what the page's lines say."""
    table, specs = files.read("changes"), files.told.study.specs
    values = files.values.set_index(["indicator", "quarter_id", "year"])
    series = {code: view["series"] for code, view, _ in files.told.views if view["series"]}
    own = files.told.study.indicators.set_index(["indicator", "quarter_id", "year"])["status"]
    counted = dict.fromkeys(("quarter", "group", "city"), 0)
    for row, area in zip(table.to_dict("records"), list_tables(files.told.study)["changes"]["area"], strict=True):
        digits, code = specs[row["indicator"]].digits, row["indicator"]
        ends = []
        for year in (row["since"], row["year"]):
            if area == "quarter":
                key = (code, row["quarter_id"], year)
                known = key in own.index and own[key] in KNOWN
                found = [values.loc[key, end] for end in ("low", "value", "high")] if known else None
            else:
                line = series[code][area]
                number = line[series[code]["years"].index(year)]
                known = number is not None and not (year == row["year"] and area in series[code]["partly"])
                found = [number] * 3 if known else None
            ends.append(None if found is None else [float(min(round_up(one, digits=digits))) for one in found])
        before, after = ends
        told = [row[column] for column in ("before", "after", "change", "low", "high")]
        if before is None or after is None:
            expected = [np.nan if end is None else end[1] for end in ends] + [np.nan] * 3
        else:
            differences = (after[1] - before[1], after[0] - before[2], after[2] - before[0])
            expected = [before[1], after[1], *(round(one, digits) for one in differences)]
            counted[area] += 1
        assert_close(told, expected, what=f"{row}")
    assert counted["quarter"] > 70
    assert min(counted.values()) >= 3


def check_stepped_areas(files: Files, areas: pd.DataFrame, *, members: Mapping[str, Sequence[str]]) -> list[str]:
    """Ends of an area are those of its quarters, pooled, where every quarter has one; the indicators in steps are returned."""
    rows, full = files.year[find_lost(files.year) | find_shared(files.year)], 0
    for code, own in rows.set_index("quarter_id").groupby("indicator"):
        for column, (area, ids) in product(("value", "low", "high"), members.items()):
            inside, told = own.loc[list(ids)], areas[column][code, area]
            if inside["value"].notna().all():
                pooled = (inside[column] * inside["denominator"]).sum() / inside["denominator"].sum()
                assert_close(told, pooled, what=f"{code}: {column} of {area}")
                full += 1
            else:
                assert column == "value" or pd.isna(told), code
    assert full > 10
    return [str(code) for code in rows["indicator"].unique()]


def check_areas(files: Files) -> None:
    """A total that is no function of the quarters' numbers is one that the audit was told, or computed of such."""
    study, heard = files.told.study, files.heard
    ids = list(study.quarters.index)
    group = study.groups[study.about.group or ""]
    members = {CITY: ids, GROUP: group, REST: [one for one in ids if one not in group]}
    told = {(code, frozenset(inside)) for code, year, inside in heard.totals if year == study.about.year}
    people = files.values[files.values["indicator"].eq("bevoelkerung") & files.values["year"].eq(study.about.year)]
    weights = people.set_index("quarter_id")["value"]
    way: Any = {"specs": study.specs, "year": study.about.year, "members": members, "weights": weights}
    again = measure_areas(files.values, **way).set_index(["indicator", "area"])
    rows = files.areas.set_index(["indicator", "area"])
    columns = ["value", "low", "high", "denominator"]
    close: Any = np.isclose
    pair = (rows[columns], again.reindex(rows.index)[columns])
    same = close(*pair, atol=DUST, rtol=1e-4, equal_nan=True).all(axis=1)
    known = heard.true[heard.true["year"].eq(study.about.year) & heard.true["status"].isin(KNOWN)]
    inside = known.groupby("indicator")["quarter_id"].agg(set)
    others = [(c, a) for (c, a), ok in zip(rows.index, same, strict=True) if not ok]
    scores = study.scores.dimensions["dimension"] if study.scores else ()
    made = {REDUNDANCY, RECOVERY, INDEX, *check_stepped_areas(files, rows, members=members), *scores}
    untold = [(c, a) for c, a in others if c not in made and (c, frozenset(set(members[a]) & inside[c])) not in told]
    assert len(others) > 20
    assert untold == []


def check_comparison(files: Files) -> None:
    table = files.read("comparison").set_index("indicator")
    again = contrast_areas(files.areas).set_index("indicator").reindex(table.index)
    for column in SIDES:
        assert_close(table[column], again[column], what=column)


def check_scores(name: str) -> Callable[[Files], None]:
    def check(files: Files) -> None:
        read, again = files.read(name), getattr(files.scores, name if name != "scores" else "index")
        again = again.reset_index() if name == "scores" else again
        for column in (c for c, sort in COLUMNS[name].items() if sort not in (LABEL, TOLD)):
            assert_close(read[column], again[column], what=column)

    return check


CHECKS: dict[str, Callable[[Files], None]] = {
    "ends": check_ends,
    "reach": check_reach,
    "places": check_places,
    "choices": check_choices,
    "tens": check_tens,
    "gains": check_gains,
    "shocks": check_shocks,
    "changes": check_changes,
    "areas": check_areas,
    "comparison": check_comparison,
    "index": check_scores("scores"),
    "dimensions": check_scores("dimensions"),
    "contributions": check_scores("contributions"),
}


def test_every_column_of_every_table_is_one_or_the_other(muster: Told) -> None:
    heads = {name: {HEADS[column] for column in columns} for name, columns in COLUMNS.items()}
    found = {path.stem: set(muster.read_table(path.stem)[0]) for path in (muster.folder / "tables").glob("*.csv")}
    assert found == heads
    sorts = {sort for columns in COLUMNS.values() for sort in columns.values()}
    assert sorts == {LABEL, TOLD, *CHECKS}


def test_curves_hold_steps_and_their_shares_of_what_coverage_shows(specimen: Told) -> None:
    heads, *_ = specimen.read_table("curves")
    assert set(heads) == {HEADS[column] for column in CURVES}
    curves, coverage = specimen.study.curves, specimen.study.coverages
    quarters = curves[curves["quarter_id"].notna()]
    for kind, own in quarters.groupby("kind"):
        shown = coverage[str(kind)].table.drop_duplicates("quarter_id").set_index("quarter_id")["persons"]
        shares = (own["persons"] / own["quarter_id"].map(shown)).clip(upper=1.0)
        assert_close(own["share"], shares.where(own["quarter_id"].map(shown) > 0), what=str(kind))
    sums = curves[curves["quarter_id"].isna()].dropna(subset=["persons"])
    assert len(sums) > 5
    assert (curves["persons"].dropna() % find_step(specimen.study.about.smallest) == 0).all()


@pytest.mark.parametrize("sort", CHECKS)
def test_what_is_a_function_of_what_is_told_is_computed_from_it(files: Files, sort: str) -> None:
    CHECKS[sort](files)


def test_the_audit_is_told_every_number_of_a_quarter(files: Files) -> None:
    """Value, numerator and denominator of each row that isn't computed anew above, nor made of steps."""
    true, shown, key = files.heard.true, files.heard.shown, ["quarter_id", "indicator", "year"]
    seen = shown.merge(true[key], on=key).set_index(key)
    rows = files.values[~(find_shared(files.values) | find_lost(files.values))]
    rows = rows[~rows["indicator"].isin(files.computed.index.get_level_values("indicator"))].set_index(key)
    assert len(rows) == len(seen) > 3000
    for column in ("value", "numerator", "denominator"):
        assert_close(rows[column], seen[column].reindex(rows.index), what=column)


def test_sheets_hold_the_numbers_of_the_tables_and_no_others(files: Files, muster: Told) -> None:
    """The overview: the year's values, and the city's."""
    book, voice = openpyxl.load_workbook(muster.folder / "tables.xlsx", read_only=True), Speaker("de")
    names = {voice.say(f"sheet_{name}"): name for name in COLUMNS}
    assert set(book.sheetnames) == {voice.say("sheet_guide"), voice.say("sheet_overview"), *names}
    for sheet, name in names.items():
        heads, *rows = book[sheet].iter_rows(values_only=True)
        told = [voice.say(f"column_{column}") for column in COLUMNS[name]]
        assert set(heads) <= {*told, voice.say("column_title"), voice.say("column_unit")}
        written = sorted({one for row in muster.read_table(name) for one in row.values() if is_number(one)}, key=float)
        numbers = {float(cell) for row in rows for cell in row if isinstance(cell, (int, float))}
        assert numbers <= {float(one) for one in written}, name
    _, *rows = book[voice.say("sheet_overview")].iter_rows(values_only=True)
    values, areas = files.values, files.areas
    known = {
        *values.loc[values["year"] == muster.study.about.year, "value"],
        *areas.loc[areas["area"] == CITY, "value"],
    }
    assert {float(cell) for row in rows for cell in row if isinstance(cell, (int, float))} <= known


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def test_layers_hold_the_values_of_the_year_and_no_other_number(files: Files, muster: Told) -> None:
    values = files.values[files.values["year"] == muster.study.about.year]
    table = values.pivot_table(index="quarter_id", columns="indicator", values="value", aggfunc="first")
    with closing(sqlite3.connect(muster.folder / "study.gpkg")) as database:
        query = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        layers = {
            row[0]: [c[1] for c in database.execute(f'PRAGMA table_info("{row[0]}")')]
            for row in database.execute(query)
        }
    labels = {"fid", "geom", "quarter_id", "name", "example", "kind", "provider", "art", "map_class", "map_label"}
    assert set(layers) == {"quartiere", "gebiete", "angebote", "gewaesser"}
    areas = {column for column in layers.pop("gebiete") if column not in labels | {"area"}}
    codes = {column for column in layers.pop("quartiere") if column not in labels}
    assert set().union(*layers.values()) <= labels
    own = {code for code in codes if code in table.columns}
    assert codes == {f"{code}{end}" for code in own for end in ("", "_status", "_example")}
    read = muster.read_layer("quartiere").set_index("quarter_id")
    for code in own:
        assert_close(read[code], table[code].reindex(read.index), what=code)
    whole = muster.read_layer("gebiete").set_index("area")
    told = muster.study.areas.set_index(["area", "indicator"])[["value", "low", "high"]].unstack()  # noqa: PD010  keys are unique
    named = {code for code in told["value"].columns if code in areas}
    assert areas == {f"{code}{end}" for code in named for end in ("", "_low", "_high", "_status", "_example")}
    for code, (end, column) in product(named, (("", "value"), ("_low", "low"), ("_high", "high"))):
        assert_close(whole[f"{code}{end}"], told[column][code].reindex(whole.index), what=code)
    assert whole.geometry.area.loc["group"] + whole.geometry.area.loc["rest"] == pytest.approx(
        whole.geometry.area.loc[CITY]
    )
    shown = muster.page["views"][0]["picture"]
    assert read["map_label"].tolist() == [
        dict(zip(shown["quarter_ids"], shown["labels"], strict=True))[q] for q in read.index
    ]


def list_keys(page: Any) -> dict[str, set[str]]:
    views, profiles = page["views"], list(page["profiles"].values())
    found = {
        "": [page],
        "views": views,
        "picture": [view["picture"] for view in views],
        "pool": [view["pool"] for view in views if view["pool"]],
        "ranking": [row for view in views for row in view["ranking"]],
        "ground": [page["ground"]],
        "overlays": list(page["ground"]["overlays"].values()),
        "profiles": profiles,
        "parts": [part for profile in profiles for part in profile["parts"]],
    }
    return {place: set().union(*(one.keys() for one in inner)) for place, inner in found.items()}


def test_every_key_of_the_page_is_one_or_the_other(muster: Told, specimen: Told) -> None:
    """The specimen has streets, and all that a project may have drawn on a map."""
    keys = {place: set(keys) for place, keys in PAGE.items()}
    assert list_keys(specimen.page) == keys
    assert list_keys(muster.page) == {**keys, "overlays": set()}


def test_blocks_out_of_reach_hold_no_few(specimen: Told) -> None:
    """Every ring on the page holds a step of children without a day-care centre, and none only those of a withheld quarter."""
    study, kind = specimen.study, "kindertageseinrichtung"
    (lines,) = specimen.page["ground"]["overlays"].values()
    rings = gpd.GeoSeries([shapely.Polygon(ring) for ring in lines["gaps"]], crs=4326).to_crs(study.quarters.crs)
    read = pd.read_csv(find_source(specimen) / "zellen.csv")
    cells = read[read["altersgruppe"].isin(["0-3", "3-6"])]
    points = gpd.GeoSeries.from_xy(cells["ost"], cells["nord"], crs=rings.crs)
    inside = [cells.loc[points.distance(ring).to_numpy() < 1, ["zelle", "personen"]] for ring in rings]
    assert len(rings) > 5
    assert min(own["personen"].sum() for own in inside) >= find_step(study.about.smallest)
    table = study.coverages[kind].table.query("minutes == 5").set_index("quarter_id")
    hidden = set(table.index[table["reached"].isna()])
    assert FEW in hidden
    assert not hidden & {str(one)[:2] for own in inside for one in own.loc[own["personen"] > 0, "zelle"]}
    drawn, all_ = (
        shapely.union_all([shapely.LineString(one) for one in own])
        for own in (lines["reached"], specimen.page["ground"]["streets"])
    )
    assert 0.2 * all_.length < drawn.length < all_.length
    assert drawn.within(all_.buffer(1e-4))


def test_numbers_of_the_page_are_those_of_the_tables(files: Files, muster: Told) -> None:
    """Cut two decimals behind the shown ones, hence up to a hundredth lower, and never another."""
    study = muster.study
    values = files.values[files.values["year"] == study.about.year]
    for code, view, _ in muster.views:
        rows = values[values["indicator"] == code].set_index("quarter_id")
        for row in view["ranking"]:
            for key in ("value", "low", "high"):
                if row[key] is not None:
                    assert row[key] == pytest.approx(rows.loc[row["quarter_id"], key], abs=0.0101), (code, row)
        city = files.areas[(files.areas["area"] == CITY) & (files.areas["indicator"] == code)]["value"]
        assert view["city"] is None or view["city"] == pytest.approx(city.iloc[0], abs=0.0101)
    known = {cut_off(float(value), digits=2) for value in [*values["value"].dropna(), *files.areas["value"].dropna()]}
    cells = [
        cell
        for row in [*muster.page["tableRows"].values(), muster.page["tableCity"]]
        for cell in row
        if cell is not None
    ]
    assert all(min(abs(cell - one) for one in known) < 0.0101 for cell in cells)
    for quarter, profile in muster.page["profiles"].items():
        own = files.scores.dimensions[files.scores.dimensions["quarter_id"] == quarter]
        for part, row in zip(profile["parts"], own.to_dict("records"), strict=True):
            for key, column in (("score", "score"), ("city", "reference"), ("contribution", "contribution")):
                assert part[key] is None or part[key] == pytest.approx(row[column], abs=0.02)


def test_lines_of_the_page_are_made_of_the_tables(files: Files, muster: Told) -> None:
    """Quarters as they stand there; city and model regions of the quarters' counts, in the year shown of the areas."""
    study, drawn = muster.study, 0
    for code, view, _ in muster.views:
        series = view["series"]
        if series is None:
            continue
        rows = files.values[files.values["indicator"] == code].set_index(["quarter_id", "year"])
        factor = UNIT_FACTOR.get(study.specs[code].unit)
        sides = {"city": list(series["quarters"]), "group": list(study.groups[study.about.group or ""])}
        for at, year in enumerate(series["years"]):
            for quarter, numbers in series["quarters"].items():
                if numbers[at] is not None:
                    assert numbers[at] == pytest.approx(rows.loc[(quarter, year), "value"], abs=0.0101)
            for side, ids in sides.items():
                if series[side][at] is not None and year != study.about.year and factor is not None:
                    own = rows.loc[[(quarter, year) for quarter in ids]]
                    above = own["numerator"].fillna(own["value"] * own["denominator"] / factor)
                    value = factor * above.sum() / own["denominator"].sum()
                    assert series[side][at] == pytest.approx(value, abs=0.02), (code, side, year)
                    drawn += 1
    assert drawn > 20


def test_what_the_page_adds_up_for_a_reader_stands_in_the_tables(files: Files, muster: Told) -> None:
    """Numerators of shown values, denominators, and values that aren't their quotient; nothing of what is withheld."""
    pooled = 0
    for code, view, _ in muster.views:
        pool, ids = view["pool"], view["picture"]["quarter_ids"]
        if pool is None:
            continue
        own = (files.values["indicator"] == code) & (files.values["year"] == muster.study.about.year)
        rows = files.values[own].set_index("quarter_id").reindex(ids)
        for key, column in (("above", "numerator"), ("below", "denominator")):
            assert pool[key] == [None if pd.isna(number) else number for number in rows[column]], (code, key)
        assert all(rows.loc[quarter, "value"] == value for quarter, value in pool["values"].items())
        assert [
            quarter
            for quarter, up in zip(ids, pool["above"], strict=True)
            if up is not None and pd.isna(rows.loc[quarter, "value"])
        ] == []
        pooled += 1
    assert pooled > 15


def test_dots_side_by_side_are_those_of_the_areas(files: Files, muster: Told) -> None:
    checked = 0
    for code, view, _ in muster.views:
        rows = files.areas[files.areas["indicator"] == code].set_index("area")
        for side in ("group", "rest", "city") if view["sides"] else ():
            for number, end in zip(view["sides"][side] or (), ("value", "low", "high"), strict=False):
                assert number is None or number == pytest.approx(rows.loc[side, end], abs=0.0101), (code, side)
                checked += 1
        for size, side in zip((view["sides"] or {"sizes": ()})["sizes"], ("group", "rest"), strict=False):
            assert size is None or size == pytest.approx(rows.loc[side, "denominator"], abs=0.0101)
    assert checked > 100


def test_texts_of_quarters_tell_the_numbers_of_the_tables(files: Files, muster: Told) -> None:
    """Labels and big numbers: a number is the value of the table, rounded as shown."""
    values = files.values[files.values["year"] == muster.study.about.year].set_index(["indicator", "quarter_id"])[
        "value"
    ]
    checked = 0
    for code, view, _ in muster.views:
        texts = [view["values"], dict(zip(view["picture"]["quarter_ids"], view["picture"]["labels"], strict=True))]
        for text in texts:
            for quarter, told in text.items():
                for number in find_numbers(told):
                    assert number in round_up(values[code, quarter], digits=view["digits"]), (code, quarter, told)
                    checked += 1
    assert checked > 300
