"""The same value, class, colour and quarter on the page, in the tables, in the GeoPackage and in the figures."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd

from sro_geo.pipeline.opening import open_project
from sro_geo.pipeline.study import run_study
from tests.specimen import GROUP, NAMES, OFFERS, PLACE, PROJECT, write_specimen
from tests.told import SCORES, find_numbers, list_values, round_up

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from tests.told import Told

WRITTEN = 0.0001
"""Tables and the GeoPackage hold four decimals."""

WORDS = {
    "beobachtet": "observed", "geschätzt": "estimated", "geheim": "suppressed", "keine Angabe": "missing",
    "nicht sinnvoll": "not_applicable", "nicht getroffen": "not_hit",
}  # fmt: skip


def read_class(label: str, value: Decimal) -> bool:
    """Whether a class, as its legend words it, holds a value."""
    ends = find_numbers(label)
    if label.startswith("unter"):
        return value < ends[0]
    if "bis unter" in label:
        return ends[0] <= value < ends[1]
    if label.endswith("und mehr"):
        return value >= ends[0]
    return ends[0] <= value <= ends[-1]


def test_every_value_lies_in_its_class_and_the_legend_counts_it(told: Told) -> None:
    for code, view, values in told.views:
        picture, digits = view["picture"], told.study.specs[code].digits
        placed = dict(zip(picture["quarter_ids"], picture["placed"], strict=True))
        shown = dict(zip(picture["quarter_ids"], picture["labels"], strict=True))
        assert sorted(placed) == sorted(map(str, values.index))
        for quarter, number in placed.items():
            value = values.loc[quarter, "value"]
            assert (number < 0) == pd.isna(value), (code, quarter)
            if number < 0:
                assert picture["unknown"][-1 - number]["label"] == shown[quarter] == view["values"][quarter]
                continue
            label = picture["classes"][number]["label"]
            assert any(read_class(label, one) for one in round_up(value, digits=digits)), (code, value, label)
        counts = [one["count"] for one in picture["classes"]]
        assert counts == [list(placed.values()).count(number) for number in range(len(counts))], code
        lacking = [one["count"] for one in picture["unknown"]]
        assert lacking == [list(placed.values()).count(-1 - number) for number in range(len(lacking))], code
        assert sum(counts) + sum(lacking) == len(values)
        assert 0 not in lacking


def test_classes_go_up_and_colours_with_them(told: Told) -> None:
    for code, view, _ in told.views:
        classes = view["picture"]["classes"]
        starts = [find_numbers(one["label"])[0] for one in classes]
        assert starts[1:] == sorted(set(starts[1:])), code
        assert len({one["fill"] for one in classes}) == len(classes)
        if not told.study.specs[code].signed:
            light = [sum(int(one["fill"][i : i + 2], 16) for i in (1, 3, 5)) for one in classes]
            assert light == sorted(light, reverse=True), code


def test_qgis_shows_the_page_s_classes_in_its_colours_and_order(told: Told) -> None:
    with closing(sqlite3.connect(told.folder / "study.gpkg")) as database:
        title, text = database.execute("SELECT styleName, styleQML FROM layer_styles").fetchone()
    (picture,) = [view["picture"] for _, view, _ in told.views if view["picture"]["title"] == title]
    style = ET.fromstring(text.partition(">")[2])  # noqa: S314  our own
    fills = {
        symbol.get("name"): symbol.find(".//Option[@name='color']").get("value")  # type: ignore[union-attr]  # every symbol has one
        for symbol in style.iter("symbol")
    }
    shown = [(one.get("value"), one.get("label"), fills[one.get("symbol")]) for one in style.iter("category")]
    expected = [
        (str(i), one["label"], ",".join(str(int(one["fill"][j : j + 2], 16)) for j in (1, 3, 5)) + ",255")
        for i, one in enumerate(picture["classes"])
    ]
    assert shown[: len(expected)] == expected
    assert [one[:2] for one in shown[len(expected) :]] == [
        (str(-1 - i), one["label"]) for i, one in enumerate(picture["unknown"])
    ]
    layer = told.read_layer("quartiere").set_index("quarter_id")
    assert layer["map_class"].loc[picture["quarter_ids"]].tolist() == picture["placed"]
    assert layer["map_label"].loc[picture["quarter_ids"]].tolist() == picture["labels"]


def read_csv_values(told: Told) -> dict[tuple[str, str], tuple[float, str]]:
    """Value and status by code and quarter as the tables tell them."""
    year = str(told.study.about.year)
    found = {
        (row["kennzahl"], row["quartier"]): (row["wert"], row["status"])
        for row in told.read_table("indicators")
        if row["jahr"] == year
    }
    found |= {("index", row["quartier"]): (row["punkte"], row["status"]) for row in told.read_table("scores")}
    names = {"Robustheit": "robustness", "Redundanz": "redundancy", "Erholung": "recovery"}
    for row in told.read_table("dimensions"):
        found[names[row["dimension"]], row["quartier"]] = (row["punkte"], row["status"])
    return {key: (float(value) if value else np.nan, status) for key, (value, status) in found.items()}


def test_tables_and_geopackage_hold_the_study_s_values(told: Told) -> None:
    tables, layer = read_csv_values(told), told.read_layer("quartiere").set_index("quarter_id")
    codes = {code for code, _, _ in told.views} | set(told.study.indicators["indicator"])
    checked = 0
    for code in codes:
        values = list_values(told.study, code)
        for quarter, row in values.iterrows():
            value, status = tables.get((code, str(quarter)), (np.nan, "keine Angabe"))
            assert abs(value - row["value"]) < WRITTEN or (pd.isna(value) and pd.isna(row["value"])), (code, quarter)
            if code not in SCORES:
                assert WORDS.get(status, "later") == row["status"], (code, quarter, status)
        if code in layer:
            np.testing.assert_allclose(layer[code], values["value"].loc[layer.index], rtol=0, atol=WRITTEN)
            checked += 1
        elif code not in SCORES[1:]:
            assert values["value"].isna().all(), code
        if f"{code}_status" in layer:
            assert layer[f"{code}_status"].tolist() == values["status"].loc[layer.index].tolist(), code
            marks = values["example"].eq(other=True).loc[layer.index].tolist()
            assert layer[f"{code}_example"].tolist() == marks
    assert checked >= 12


def test_heads_of_tables_stand_over_their_own_columns(told: Told) -> None:
    """Low is never over high, rank from never after rank to, difference is group less rest."""
    for table in ("indicators", "scores", "dimensions"):
        value, rows = ("wert" if table == "indicators" else "punkte"), told.read_table(table)
        bounded = [row for row in rows if row[value] and row["mindestens"]]
        assert bounded
        for row in bounded:
            assert float(row["mindestens"]) - WRITTEN <= float(row[value]) <= float(row["hoechstens"]) + WRITTEN, row
    assert told.study.scores is not None
    index: Any = told.study.scores.index
    for row in told.read_table("scores"):
        assert row["name"] == told.study.quarters.loc[row["quartier"], "name"]
        if row["rang_von"]:
            expected = index.loc[row["quartier"], ["rank_low", "rank_high"]].tolist()
            assert [int(row["rang_von"]), int(row["rang_bis"])] == expected
    sides: Any = told.study.comparison.set_index("indicator")
    for row in told.read_table("comparison"):
        if row["unterschied"]:
            apart = float(row["gruppe"]) - float(row["uebrige"])
            assert abs(apart - float(row["unterschied"])) < 2 * WRITTEN, row
            assert abs(float(row["gruppe"]) - sides.loc[row["kennzahl"], "group"]) < WRITTEN


def test_a_figure_carries_the_page_s_labels_and_legend(told: Told) -> None:
    drawn = sorted(path.stem for path in (told.folder / "figures").glob("*.svg"))
    views = {code: view for code, view, _ in told.views}
    assert len(drawn) >= 3
    for code in drawn:
        texts, picture = told.read_figure(code), views[code]["picture"]
        names, found = told.study.quarters["name"], 0
        for quarter, label in zip(picture["quarter_ids"], picture["labels"], strict=True):
            number = picture["placed"][picture["quarter_ids"].index(quarter)]
            forms = {label, label if number >= 0 else picture["unknown"][-1 - number]["short"]}
            at = [i for i, text in enumerate(texts) if text == names[quarter]]
            found += len(at)
            assert all(texts[i + 1] in {form.replace("\u00a0", " ") for form in forms} for i in at), (code, quarter)
        assert found >= len(names) / 3
        for one in [*picture["classes"], *picture["unknown"]]:
            counted = [texts[i + 1] for i, text in enumerate(texts[:-1]) if text == one["label"]]
            assert str(one["count"]) in counted or not one["count"], (code, one)
        assert picture["title"].replace("\u00a0", " ") in " ".join(texts)


def test_the_same_offer_lies_in_the_same_quarter(told: Told) -> None:
    offers, ids = told.study.offers, [str(key) for key in told.study.quarters.index]
    shown = {
        (one["kind"], one["name"], ids[one["quarter"]] if one["quarter"] >= 0 else None)
        for one in told.page["ground"]["offers"]
    }
    points = offers[~(offers.geometry.isna() | offers.geometry.is_empty)]
    stated = {
        (row["kind"], row["name"], None if pd.isna(row["quarter_id"]) else row["quarter_id"])
        for _, row in points.iterrows()
    }
    assert shown == stated
    layer = told.read_layer("angebote")
    assert sorted(zip(layer["kind"], layer["name"], strict=True)) == sorted(one[:2] for one in stated)


# ---- the specimen --------------------------------------------------------------------------------------------------


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
    withheld: Any = rows.loc[("wohndauer_5", "05")]
    assert pd.notna(withheld["value"])
    assert pd.isna(withheld["denominator"])  # a denominator is withheld
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
        assert pd.isna(supply.table.loc["08", "persons"])
        assert supply.table.loc["08", "status"] == "missing"
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


def test_the_order_of_the_rows_changes_nothing(specimen: Told, tmp_path: Path) -> None:
    write_specimen(tmp_path)
    for name in ("kennzahlen.csv", "zellen.csv", "angebote.csv"):
        path = tmp_path / name
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    assert "[[map]]" in PROJECT
    study = run_study(open_project(tmp_path))
    kept = ["quarter_id", "indicator", "year", "value", "low", "high", "status"]
    pd.testing.assert_frame_equal(study.indicators[kept], specimen.study.indicators[kept])
    assert study.scores is not None
    assert specimen.study.scores is not None
    pd.testing.assert_frame_equal(study.scores.index, specimen.study.scores.index)
    pd.testing.assert_frame_equal(study.comparison, specimen.study.comparison)
