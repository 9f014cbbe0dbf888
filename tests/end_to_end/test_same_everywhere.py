"""The same value, class, colour and quarter on the page, in the tables, in the GeoPackage and in the figures."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd

from sro_geo.report.curves import list_curves
from tests.told import SCORES, find_numbers, list_values, round_up

if TYPE_CHECKING:
    from decimal import Decimal

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
        assert row["jahr"] == str(told.study.about.year)


def list_curve_slugs(told: Told) -> set[str]:
    """Figures that are no maps."""
    return {curve.slug for curve in list_curves(told.study)}


def test_a_figure_carries_the_page_s_labels_and_legend(told: Told) -> None:
    drawn = sorted({path.stem for path in (told.folder / "figures").glob("*.svg")} - list_curve_slugs(told))
    views = {code: view for code, view, _ in told.views}
    assert len(drawn) >= 3
    for code in drawn:
        texts, picture = told.read_figure(code), views[code.removesuffix("-grau")]["picture"]
        names, found = told.study.quarters["name"], 0
        for quarter, label in zip(picture["quarter_ids"], picture["labels"], strict=True):
            number = picture["placed"][picture["quarter_ids"].index(quarter)]
            forms = {label, label if number >= 0 else picture["unknown"][-1 - number]["short"]}
            key = str(told.page["labels"]["numbers"][list(names.index).index(quarter)])  # goes before a name in the key
            at = [i for i, text in enumerate(texts) if text == names[quarter] and texts[i - 1] != key]
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
    quarters = layer["quarter_id"].astype(object).where(layer["quarter_id"].notna(), None)
    assert set(zip(layer["kind"], layer["name"], quarters, strict=True)) == stated
    assert len(layer) == len(points)


def test_the_limits_of_a_kind_share_their_classes(told: Told) -> None:
    """The same colour means the same share, so that five, ten and fifteen minutes can be compared."""
    families: dict[str, list[list[tuple[str, str]]]] = {}
    for code, view, _ in told.views:
        spec = told.study.specs[code]
        if spec.minutes is not None and len(view["picture"]["classes"]) > 1:
            classes = [(one["label"], one["fill"]) for one in view["picture"]["classes"]]
            families.setdefault(str(spec.kind), []).append(classes)
    assert any(len(family) == 3 for family in families.values())
    for kind, family in families.items():
        assert all(classes == family[0] for classes in family), kind


def test_the_folder_holds_the_maps_that_were_asked_for(told: Told) -> None:
    wanted = sorted(told.study.about.maps)
    assert wanted
    assert sorted(path.stem for path in (told.folder / "maps").glob("*.html")) == wanted
    for ending, curves in (("svg", list_curve_slugs(told)), ("png", list_curve_slugs(told)), ("pdf", set())):
        figures = {path.stem for path in (told.folder / "figures").glob(f"*.{ending}")}
        grey = {f"{code}-grau" for code in wanted if told.study.about.grey}
        assert figures == {*wanted} | grey | curves
