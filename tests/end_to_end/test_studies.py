"""What the shipped studies say, from file to folder."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from sro_geo.errors import ProjectError
from sro_geo.model.catalogue import UNIT_FACTOR
from sro_geo.model.study import Study
from sro_geo.render.pages import read_page
from sro_geo.report.explanation import explain_quarter
from tests.svg_text import read_svg
from tests.told import spread_page

NAMES = ("rostock", "musterstadt")


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_holds_what_the_contract_promises(folders: dict[str, Path], name: str) -> None:
    folder = folders[name]
    assert (folder / "index.html").is_file()
    assert (folder / "study.gpkg").is_file()
    assert json.loads((folder / "protocol.json").read_text(encoding="utf-8"))["about"]["slug"] == name
    maps = sorted(p.stem for p in (folder / "maps").glob("*.html"))
    assert len(maps) == 4
    assert sorted(p.stem for p in (folder / "figures").glob("*.svg")) == maps
    assert sorted(p.stem for p in (folder / "figures").glob("*.png")) == maps
    tables = {p.stem for p in (folder / "tables").glob("*.csv")}
    assert tables >= {"indicators", "areas", "scores", "contributions", "coverage", "supply", "comparison", "quality"}


@pytest.mark.parametrize("name", NAMES)
def test_city_group_and_rest_stand_in_a_table_of_their_own(
    studies: dict[str, Study], folders: dict[str, Path], name: str
) -> None:
    study, rows = studies[name], read_csv(folders[name] / "tables" / "areas.csv")
    assert {row["gebiet"] for row in rows} == {"Ganze Stadt", "Modellregionen", "Übrige Stadt"}
    told = {row["kennzahl"]: row["wert"] for row in rows if row["gebiet"] == "Ganze Stadt"}
    assert list(told) == list(study.city.index)
    for code, text in told.items():
        assert float(text or "nan") == pytest.approx(study.city["value"][code], abs=1e-4, nan_ok=True)


@pytest.mark.parametrize("name", NAMES)
def test_contributions_add_up_for_every_quarter(studies: dict[str, Study], name: str) -> None:
    scores = studies[name].scores
    assert scores is not None
    sums = scores.contributions.groupby("quarter_id")["contribution"].sum()
    scored = scores.index["score"].dropna()
    assert len(scored) >= 10
    np.testing.assert_allclose(
        sums.reindex(scored.index), scored - scores.index["reference"].dropna(), rtol=0, atol=1e-12
    )


def test_explain_walks_back_to_file_and_row(studies: dict[str, Study]) -> None:
    for quarter in ("Neue Heide", "09", "Waldsiedlung"):
        text = explain_quarter(studies["musterstadt"], quarter=quarter)
        assert "Rechenbeispiel mit erfundenen Werten:" in text
        for file, row in re.findall(r"aus (\S+), Zeile (\d+)", text):
            path = Path(__file__).parents[2] / "analyses" / "musterstadt" / file
            line = path.read_text(encoding="utf-8-sig").splitlines()[int(row) - 1]
            assert re.match(r"\d\d;kinder_sgb2;|\d\d;", line)
        assert len(re.findall(r"Zeile \d+", text)) >= 3


@pytest.mark.parametrize("name", ["neue heide", "NEUE-HEIDE", "Heide", "08"])
def test_a_quarter_is_found_however_it_is_written(studies: dict[str, Study], name: str) -> None:
    study = studies["musterstadt"]
    assert explain_quarter(study, quarter=name) == explain_quarter(study, quarter="Neue Heide")


def test_explain_refuses_a_quarter_that_does_not_exist(studies: dict[str, Study]) -> None:
    with pytest.raises(ProjectError) as caught:
        explain_quarter(studies["musterstadt"], quarter="Neue Haide")
    assert caught.value.problems[0].cause == "explain_unknown_quarter"


def test_rostock_says_what_it_cannot_say(studies: dict[str, Study], folders: dict[str, Path]) -> None:
    study = studies["rostock"]
    assert study.about.index_name == "Teilindex Robustheit"
    assert study.method is not None
    assert list(study.method.dimensions) == ["robustness"]
    page = spread_page((folders["rostock"] / "index.html").read_text(encoding="utf-8"))
    assert "Schematische Darstellung, keine amtlichen Grenzen" in page
    assert "nicht messbar" in page
    assert "nur als Rechenbeispiel" in page
    for path in (folders["rostock"] / "maps").glob("*.html"):
        assert "Schematische Darstellung, keine amtlichen Grenzen" in spread_page(path.read_text(encoding="utf-8"))
    for path in (folders["rostock"] / "figures").glob("*.svg"):
        assert "Schematische Darstellung, keine amtlichen Grenzen" in " ".join(
            read_svg(path.read_text(encoding="utf-8"))
        )


def test_rostock_never_ranks_real_quarters_by_invented_offers(folders: dict[str, Path]) -> None:
    views = read_views(folders["rostock"])
    invented = [view for view in views if view["picture"]["example"]]
    assert invented
    assert all(not view["ranked"] for view in invented)
    assert all(row["rank"] == "" for view in invented for row in view["ranking"])
    assert any(view["ranked"] for view in views)


def read_views(folder: Path) -> list[dict[str, Any]]:
    views: list[dict[str, Any]] = read_page((folder / "index.html").read_text(encoding="utf-8"))["views"]
    return views


def test_musterstadt_shows_all_three_dimensions(studies: dict[str, Study]) -> None:
    scores = studies["musterstadt"].scores
    assert scores is not None
    known = scores.dimensions.groupby("dimension")["score"].count()
    assert set(known.index) == {"robustness", "redundancy", "recovery"}
    assert known["redundancy"] == 12
    assert 8 <= known["recovery"] < 12
    waldsiedlung = scores.index.loc["11"]
    assert waldsiedlung["worst"] < waldsiedlung["score"] < waldsiedlung["best"]
    assert waldsiedlung["rank_low"] < waldsiedlung["rank_high"]


@pytest.mark.parametrize("name", NAMES)
def test_example_reaches_every_output(folders: dict[str, Path], name: str) -> None:
    folder, all_invented = folders[name], name == "musterstadt"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Beispieldaten" in page
    coverage = read_csv(folder / "tables" / "coverage.csv")
    assert {row["beispiel"] for row in coverage} == {"ja"}
    for table in ("indicators", "comparison", "scores"):
        marks = {row["beispiel"] for row in read_csv(folder / "tables" / f"{table}.csv")}
        assert marks == ({"ja"} if all_invented else {"nein"} if table == "scores" else {"ja", "nein"})
    for view in read_views(folder):
        invented = all_invented or view["picture"]["slug"].startswith(("ohne_", "plaetze_", "angebote_"))
        assert bool(view["picture"]["example"]) == invented
        assert bool(view["lead"]) == invented
    for path in [*(folder / "maps").glob("*.html"), *(folder / "figures").glob("*.svg")]:
        shown = all_invented or path.stem.startswith("ohne_")
        assert ("Beispieldaten" in spread_page(path.read_text(encoding="utf-8"))) >= shown
    quarters = gpd.read_file(folder / "study.gpkg", layer="quartiere")
    assert quarters["index_example"].all() == all_invented
    assert quarters["ohne_kindertageseinrichtung_10_example"].all()


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_year_stands_in_the_geopackage(
    studies: dict[str, Study], folders: dict[str, Path], name: str
) -> None:
    """Given, measured and scored ones, the dimensions among them, each with its status."""
    study = studies[name]
    assert study.method is not None
    quarters = gpd.read_file(folders[name] / "study.gpkg", layer="quartiere").set_index("quarter_id")
    rows = study.indicators[study.indicators["year"] == study.about.year]
    shown = set(rows.loc[rows["value"].notna(), "indicator"])
    assert {"index", *study.method.dimensions} <= shown
    for row in rows[rows["indicator"].isin(shown)].to_dict("records"):
        code = str(row["indicator"])
        assert quarters.loc[row["quarter_id"], code] == pytest.approx(row["value"], abs=1e-4, nan_ok=True)
        assert quarters.loc[row["quarter_id"], f"{code}_status"] == row["status"]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_no_small_count_leaves_the_house(studies: dict[str, Study], folders: dict[str, Path], name: str) -> None:
    study = studies[name]
    units = {code: spec.unit for code, spec in study.specs.items()}
    for row in read_csv(folders[name] / "tables" / "indicators.csv"):
        unit, spec = units[row["kennzahl"]], study.specs[row["kennzahl"]]
        if unit == "persons" and row["wert"]:
            assert not 0 < float(row["wert"]) < 3
        if unit in ("percent", "per_1000") and row["zaehler"] and not spec.signed:
            numerator, denominator = float(row["zaehler"]), float(row["nenner"])
            assert not 0.5 <= numerator < 3
            assert unit != "percent" or not 0.5 <= denominator - numerator < 3
    for row in read_csv(folders[name] / "tables" / "coverage.csv"):
        if row["erreicht"]:
            assert not 0.5 <= float(row["erreicht"]) < 3
            assert not 0.5 <= float(row["menschen"]) - float(row["erreicht"]) < 3


def test_what_is_suppressed_is_suppressed_everywhere(studies: dict[str, Study], folders: dict[str, Path]) -> None:
    """Waldsiedlung's two children with a need are in the file and in no output."""
    source = Path(__file__).parents[2] / "geodata" / "musterstadt" / "kennzahlen.csv"
    lines = [line.split(";") for line in source.read_text(encoding="utf-8-sig").splitlines()]
    given = next(line for line in lines if line[:3] == ["11", "sprachfoerderung", "2024"])
    assert given[4] == "2"
    study = studies["musterstadt"]
    row = study.indicators.query("quarter_id == '11' and indicator == 'sprachfoerderung' and year == 2024").iloc[0]
    assert row["status"] == "suppressed"
    assert pd.isna(row["value"])
    value = UNIT_FACTOR["percent"] * 2 / float(given[5].replace(",", "."))
    folder = folders["musterstadt"]
    quarters = gpd.read_file(folder / "study.gpkg", layer="quartiere").set_index("quarter_id")
    assert pd.isna(quarters.loc["11", "sprachfoerderung"])
    view = next(v for v in read_views(folder) if v["picture"]["slug"] == "sprachfoerderung")
    assert view["picture"]["labels"][view["picture"]["quarter_ids"].index("11")] == "geheim"
    for text in (
        explain_quarter(study, quarter="11"),
        (folder / "tables" / "contributions.csv").read_text(encoding="utf-8"),
    ):
        assert f"{value:.4f}" not in text
        assert f"{value:.2f}".replace(".", ",") + "\u00a0%" not in text


def test_no_protected_address_leaves_the_house(studies: dict[str, Study], folders: dict[str, Path]) -> None:
    for name in NAMES:
        study = studies[name]
        hidden = [code for code, kind in study.kinds.items() if kind.protected_address]
        assert study.offers[study.offers["kind"].isin(hidden)].geometry.isna().all()
        offers = gpd.read_file(folders[name] / "study.gpkg", layer="angebote")
        assert not set(offers["kind"]) & set(hidden)


def test_qgis_finds_a_style(folders: dict[str, Path]) -> None:
    with closing(sqlite3.connect(folders["musterstadt"] / "study.gpkg")) as database:
        name, style, default = database.execute(
            "SELECT f_table_name, styleQML, useAsDefault FROM layer_styles"
        ).fetchone()
    assert (name, default) == ("quartiere", 1)
    assert 'attr="map_class"' in style
    colours = list(re.findall(r'name="color" type="QString" value="([\d,]+)"', style))
    assert len(set(colours)) >= 4


def test_model_regions_are_compared_by_counts(studies: dict[str, Study]) -> None:
    study = studies["rostock"]
    row = study.comparison.set_index("indicator").loc["umzugsvolumen"]
    values = study.indicators.query("indicator == 'umzugsvolumen' and year == 2019").set_index("quarter_id")
    group = values.loc[["S", "D"]]
    assert row["group"] == pytest.approx(1000 * group["numerator"].sum() / group["denominator"].sum(), abs=1e-9)
    assert row["group_size"] == 14419 + 13384
    assert (row["group_quarters"], row["rest_quarters"]) == (2, 19)
    assert row["difference"] == pytest.approx(row["group"] - row["rest"], abs=1e-12)
