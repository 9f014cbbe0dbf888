"""What the specimen was made to show: each status, each gap, each sort of offer, told as what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from sro_geo.pipeline.checking import check_project
from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from tests.specimen import CELLS, GROUP, NAMES, OFFERS, PLACE, write_specimen
from tests.told import SCORES, tell_check

if TYPE_CHECKING:
    from pathlib import Path

    from tests.told import Told


def test_the_specimen_holds_every_status_and_every_gap(specimen: Told) -> None:
    study = specimen.study
    now = study.indicators[study.indicators["year"] == study.about.year]
    assert set(now["status"]) == {
        "observed", "estimated", "suppressed", "missing", "later", "not_applicable", "not_hit",
    }  # fmt: skip
    assert set(now["example"]) == {True, False}
    assert study.about.place == PLACE
    rows = now.set_index(["indicator", "quarter_id"])
    assert ("arbeitslose", "08") not in rows.index  # a row is missing
    assert rows.loc[("arbeitslose", "07"), "status"] == "missing"  # a value is missing
    assert rows.loc[("bevoelkerung", "08"), "status"] == "missing"  # people are missing
    alone: Any = rows.loc[("wohndauer_5", "08")]
    assert pd.notna(alone["value"])
    assert pd.isna(alone["denominator"])  # a denominator is not told
    assert study.coverages["spielplatz"].offers == 0  # a kind without an offer
    table = study.coverages["kindertageseinrichtung"].table.set_index(["quarter_id", "minutes"])
    assert table.loc[("02", 10.0), "status"] == "suppressed"  # one limit of three is withheld
    assert study.scores is not None
    assert set(study.scores.dimensions.dropna(subset="score")["dimension"]) == set(SCORES[1:])


def test_offers_are_told_under_the_right_head(specimen: Told) -> None:
    """Who also serves others is an upper bound, who serves only others does not count, who states nothing is unknown."""
    page = (specimen.folder / "index.html").read_text(encoding="utf-8")
    heads = {
        "Obergrenze": ["Haus Regenbogen"],
        "zähl(?:en|t) nicht mit": ["Hort Schienenweg"],
        "ohne Platzzahl": ["Kita Zahllos", "Kita Grenze"],
    }
    for head, names in heads.items():
        (sentence,) = re.findall(rf"Kitas: [^<]*{head}[^<]*", page)
        assert str(len(names)) in sentence
        assert sorted(sentence.rpartition("(")[2].rpartition(")")[0].split(", ")) == sorted(names)


def test_curves_tell_no_few_and_meet_the_shares_that_are_shown(specimen: Told) -> None:
    """In steps, never falling, and withheld where the quarter's persons are; at a limit, what reach says there."""
    curves: Any = pd.read_csv(specimen.folder / "tables" / "curves.csv", dtype={"quartier": "str"})
    assert curves["menschen"].isna().any()
    assert (curves["menschen"].dropna() % 10 == 0).all()
    assert set(curves.loc[curves["menschen"].isna(), "status"]) <= {"geheim", "fehlt"}
    for _, own in curves.groupby(["gebiet", "quartier", "angebotsart"], dropna=False):
        assert own.sort_values("meter")["menschen"].dropna().is_monotonic_increasing
    reach = specimen.study.coverages["kindertageseinrichtung"].table.query("minutes == 15")
    shown = reach.set_index("quarter_id")["reached"].dropna()
    last = curves[(curves["angebotsart"] == "kindertageseinrichtung") & curves["quartier"].notna()]
    last = last[last["meter"] == last["meter"].max()].set_index("quartier")["menschen"]
    apart = (last - shown).dropna()
    assert len(apart) > 2
    assert (apart.abs() <= 5).all()


def test_what_is_supposed_tells_no_few_beside_every_status(specimen: Told) -> None:
    supposed: Any = pd.read_csv(specimen.folder / "tables" / "supposed.csv", dtype={"quartier": "str"})
    there = specimen.study.coverages["kindertageseinrichtung"].table["quarter_id"]
    assert set(supposed["quartier"].dropna()) == set(there)
    counts = supposed[["verlieren_das_letzte", "verlieren_die_wahl", "gehen_weiter"]].to_numpy(dtype=float)
    unknown = np.isnan(counts)
    assert unknown.any()
    assert (counts[~unknown] > 0).any()
    assert (counts[~unknown] % 10 == 0).all()


def test_places_count_in_the_quarter_that_is_stated(specimen: Told) -> None:
    table: Any = specimen.study.supplies["kindertageseinrichtung"].table
    lines = [line.split(";") for line in OFFERS.splitlines() if ";kindertageseinrichtung;" in line]
    for quarter in NAMES:
        own = [line for line in lines if (line[6] or "03") == quarter]
        if any(not any(line[8:11]) for line in own):
            assert pd.isna(table.loc[quarter, "places"])
            continue
        meant = [line for line in own if line[8] or line[9]]
        assert table.loc[quarter, "places"] == sum(int(n or 0) for line in meant for n in line[8:11]), quarter


def test_a_quarter_without_a_cell_is_unknown_and_not_empty(specimen: Told) -> None:
    """Nothing is known of the people of Ostufer: neither is a place for each of them senseless, nor does the city know them."""
    for kind, supply in specimen.study.supplies.items():
        table: Any = supply.table
        assert pd.isna(table.loc["08", "persons"])
        assert table.loc["08", "status"] == "missing"
        city = specimen.study.city.loc[f"plaetze_{kind}"]
        assert city["known_quarters"] < city["quarters"]


def test_not_hit_is_told_apart_from_unknown(specimen: Told) -> None:
    profiles = {NAMES[quarter]: profile for quarter, profile in specimen.page["profiles"].items()}
    for name, profile in profiles.items():
        part = next(one for one in profile["parts"] if one["name"] == "Erholung")
        assert ("nicht getroffen" in profile["partsNote"]) == (name == "Hafen (Nord)"), profile
        assert (part["number"] == "nicht bestimmbar") == (name in ("Wall <alt>", "Kleinfeld")), profile
        assert (part["score"] is None) == (part["number"] == "nicht bestimmbar")
        assert ("aufgeholt" in profile["partsNote"]) == (part["score"] is not None and name != "Hafen (Nord)")


def test_what_a_quarter_made_good_is_told_from_its_own_series(specimen: Told) -> None:
    """40 of 200 before, 66 of 200 in the worst year, 45 of 200 at last: 13 points lost, 2.5 still lost, 81 % made good."""
    note = specimen.page["profiles"]["01"]["partsNote"].replace("\u00a0", " ")
    assert "fehlten 13,0 Prozentpunkte; davon sind 81 % aufgeholt" in note


def test_the_model_regions_carry_their_mark(specimen: Told) -> None:
    assert {q for q, one in specimen.page["profiles"].items() if one["modelRegion"]} == set(GROUP)
    features = specimen.page["ground"]["quarters"]["features"]
    assert {one["id"] for one in features if one["properties"]["outlined"]} == set(GROUP)
    assert all(tuple(view["picture"]["outlined"]) == GROUP for _, view, _ in specimen.views)


def test_invented_figures_are_marked_and_real_ones_are_not(specimen: Told) -> None:
    for code, view, values in specimen.views:
        invented = bool(values["example"].eq(other=True).any())
        assert bool(view["picture"]["example"]) == bool(view["lead"]) == invented, code
        assert view["ranked"] != invented
        assert invented == (code == "hze_faelle" or "jugendarbeit" in code or "spielplatz" in code), code


@pytest.mark.long
def test_the_order_of_the_rows_changes_nothing(specimen: Told, tmp_path: Path) -> None:
    write_specimen(tmp_path)
    for name in ("kennzahlen.csv", "zellen.csv", "angebote.csv"):
        path = tmp_path / name
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    study = run_study(open_project(tmp_path))
    kept = ["quarter_id", "indicator", "year", "value", "low", "high", "status"]
    pd.testing.assert_frame_equal(study.indicators[kept], specimen.study.indicators[kept])
    assert study.scores is not None
    assert specimen.study.scores is not None
    pd.testing.assert_frame_equal(study.scores.index, specimen.study.scores.index)
    pd.testing.assert_frame_equal(study.comparison, specimen.study.comparison)


def test_the_data_check_counts_what_the_files_brought(specimen: Told) -> None:
    """What was made of them does not count."""
    source = specimen.folder.parent / "specimen-source"
    quality = check_project(source)
    files = {file.name: file for file in quality.files}
    assert list(files) == [
        "quartiere.geojson", "wege.osm.pbf", "kennzahlen.csv", "erfunden.csv", "angebote.csv", "zellen.csv",
    ]  # fmt: skip
    assert files["quartiere.geojson"].counts == {"quarters": len(NAMES)}
    for name in ("kennzahlen.csv", "erfunden.csv"):
        rows = [line.split(";") for line in (source / name).read_text(encoding="utf-8").splitlines()[1:]]
        codes = len({row[1] for row in rows})
        assert files[name].counts == {"rows": len(rows), "values": len(rows), "indicators": codes}
        assert files[name].years == tuple(sorted({int(row[2]) for row in rows}))
        assert sum(files[name].statuses.values()) == len(rows)
    assert files["kennzahlen.csv"].statuses["estimated"] == 1
    offers = (source / "angebote.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert files["angebote.csv"].counts == {"offers": len(offers)}
    assert files["zellen.csv"].counts == {"cells": sum(map(len, CELLS.values()))}, "persons are told beside small sums"
    told = tell_check(quality)
    assert all(f"\n- {name} (" in told for name in files)


def test_what_stairs_take_from_prams_is_told_like_a_closure(specimen: Told) -> None:
    """Over the one piece with steps 90 school children come from the harbour to the youth club at the station."""
    rows = specimen.study.closures.set_index(["kind", "offer"])
    lose = rows.xs("alle Treppen, für Kinderwagen und Rollstuhl", level="offer")["lose"]
    assert lose["kindertageseinrichtung"] == 0
    assert lose["jugendarbeit"] == CELLS["02"][1][2] == 90


def test_a_study_says_how_many_quarters_have_no_index(specimen: Told) -> None:
    assert specimen.study.scores is not None
    gaps = int(specimen.study.scores.index["score"].isna().sum())
    assert 0 < gaps < len(NAMES)
    notes = [note.values for note in specimen.study.notes if note.cause == "index_gaps"]
    assert notes == [{"count": gaps, "all": len(NAMES)}]
