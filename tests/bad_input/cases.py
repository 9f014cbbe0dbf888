"""One broken input for each thing that loaders and project file can say."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio import Affine
from shapely import Polygon, affinity, box

from sro_geo.load.boundaries import read_boundaries
from sro_geo.load.catalogue import read_catalogue
from sro_geo.load.indicators import read_indicators
from sro_geo.load.inputs import IndicatorFile, OfferFile, PopulationFile, QuartersFile, RasterFile, RateColumns
from sro_geo.load.location import GERMANY
from sro_geo.load.offers import read_offers
from sro_geo.load.population import read_population
from sro_geo.load.reading import DataFile, find_file
from sro_geo.load.sites import read_sites
from sro_geo.load.tables import read_table
from sro_geo.load.zones import read_rasters
from sro_geo.pipeline.study import run_study
from sro_geo.project import Project, read_project
from sro_geo.project.internal import make_internal
from tests.bad_input.crosswalk_cases import CROSSWALK_CASES
from tests.bad_input.distance_cases import DISTANCE_CASES
from tests.bad_input.folder_cases import FOLDER_CASES
from tests.bad_input.genesis_cases import GENESIS_CASES
from tests.bad_input.intake_cases import INTAKE_CASES
from tests.bad_input.making import make_book
from tests.bad_input.osm_cases import OSM_CASES
from tests.bad_input.reading_cases import READING_CASES
from tests.bad_input.zensus_cases import ZENSUS_CASES
from tests.load_data import (
    CATALOGUE,
    CRS,
    SHAPES,
    SOUTH,
    WEST,
    make_geojson,
    make_quarters,
    make_squares,
    write,
    write_book,
)
from tests.small_projects import CHOICES, write_project

Case = Callable[[Path], object]

SMALL = 'title = "Atlas"\nplace = "Musterstadt"\nyear = 2024\n[quarters]\nfile = "q.geojson"\nkey = "code"\n'
COVERAGE = '[population]\nfrom = "indicators"\n[coverage]\ndistance = "straight"\ndetour_factor = 1.3\nminutes = [5, 10]\nspeed_kmh = 4\n'
OFFER = "angebot_id,art,name,ost,nord,quartier,gueltig_ab,plaetze_0_3,plaetze\n"
CELLS = "zelle,ost,nord,altersgruppe,personen\n"
OWN = (
    '[[indicator]]\ncode = "{}"\nname = {{ de = "N", en = "n" }}\nshort = {{ de = "N", en = "n" }}\nunit = "percent"\n'
)
SLIPPED = Polygon([(WEST, SOUTH), (10 * WEST, SOUTH), (WEST, SOUTH + 1000)])
PRIVATE_KIND = """[[kind]]
code = "mobil"
name = { de = "a", en = "a" }
short = { de = "a", en = "a" }
plural = { de = "a", en = "a" }
none = { de = "a", en = "a" }
by_area = true
reach = true
"""
RING = {"01": box(WEST, SOUTH, WEST + 900, SOUTH + 900) - box(WEST + 100, SOUTH, WEST + 300, SOUTH + 200)}
RING["02"] = box(WEST, SOUTH - 100, WEST + 900, SOUTH)
BOW_TIE = Polygon([(WEST, SOUTH), (WEST + 1000, SOUTH + 1000), (WEST + 1000, SOUTH), (WEST, SOUTH + 1000)])


def make_degrees(*, swapped: bool) -> str:
    """Both squares in degrees, longitude first as it must be, or latitude first as some programs write."""
    there = gpd.GeoSeries(list(SHAPES.values()), crs=CRS).to_crs("EPSG:4326")
    shapes = [shapely.transform(shape, lambda xy: xy[:, ::-1] if swapped else xy) for shape in there]
    rows = [({"code": key, "name": key}, shape) for key, shape in zip(SHAPES, shapes, strict=True)]
    return make_geojson(rows, crs=None)


def table(content: str | bytes, **stated: Any) -> Case:
    return lambda folder: read_table(write(folder, "tabelle.csv", content), **stated)


def book(sheets: dict[str, list[list[object]]], **stated: Any) -> Case:
    return lambda folder: read_table(write_book(folder, "mappe.xlsx", sheets), **stated)


def indicators(content: str | bytes, *, keys: str = "", **stated: Any) -> Case:
    def read(folder: Path) -> object:
        table_of_keys = write(folder, "schluessel.csv", keys) if keys else None
        order = IndicatorFile(file=write(folder, "kennzahlen.csv", content), keys=table_of_keys, **stated)
        names = {"01": "Nord", "02": "Süd"}
        return read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"], names=names)

    return read


def formula(folder: Path) -> object:
    file = write_book(folder, "mappe.xlsx", {"Werte": [["quartier", "wert"], ["01", "=B9*2"], ["02", 4]]})
    order = IndicatorFile(file=file, form="wide", year=2024, columns={"geborene": RateColumns(value="wert")})
    return read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"])


def hide_in_book(folder: Path) -> object:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    return read_table(write(folder, "mappe.xlsx", make_book([["code", "wert"], ["01", 1], ["02", 2]], change=hide)))


def long(rows: str, **stated: Any) -> Case:
    return indicators("quartier;kennzahl;jahr;wert\n" + rows, **stated)


def quarters(content: str | bytes, *, name: str = "grenzen.geojson", **stated: Any) -> Case:
    return lambda folder: read_boundaries(QuartersFile(file=write(folder, name, content), **{"key": "code", **stated}))


def make_row(*units: str | None) -> str:
    """GeoJSON text of squares in a row, each with its larger unit."""
    squares = [box(WEST + 1000 * n, SOUTH, WEST + 1000 * (n + 1), SOUTH + 1000) for n in range(len(units))]
    facts = [{"code": f"{n:02d}", "name": f"Viertel {n}", "teil": unit} for n, unit in enumerate(units, start=1)]
    return make_geojson(list(zip(facts, squares, strict=True)))


def offers(content: str | bytes, *, name: str = "angebote.csv", **stated: Any) -> Case:
    def read(folder: Path) -> object:
        order = OfferFile(file=write(folder, name, content), **stated)
        return read_offers([order], kinds=CATALOGUE.kinds, quarters=make_quarters(), year=2024, target_groups={})

    return read


HOUSES = "strasse,hausnummer,ost,nord\n"


def addressed(where: str, houses: str, *, head: str = "adresse") -> Case:
    def read(folder: Path) -> object:
        content = f"angebot_id,art,name,{head},ost,nord\nA1,schule,Schule,{where}\n"
        listed = write(folder, "haeuser.csv", houses)
        order = OfferFile(file=write(folder, "angebote.csv", content), addresses=listed)
        return read_offers([order], kinds=CATALOGUE.kinds, quarters=make_quarters(), year=2024, target_groups={})

    return read


def sites(rows: str) -> Case:
    def read(folder: Path) -> object:
        order = OfferFile(file=write(folder, "plaetze.csv", "name,ost,nord\n" + rows), kind="schule")
        return read_sites(order, kinds=CATALOGUE.kinds, quarters=make_quarters())

    return read


def population(make: Callable[[Path], PopulationFile], *, totals: str = "") -> Case:
    def read(folder: Path) -> object:
        rows = "quartier;kennzahl;jahr;wert;status\n01;alter_3_6;2023;1;\n" + totals
        given = read_indicators(
            [IndicatorFile(file=write(folder, "kennzahlen.csv", rows))], specs=CATALOGUE.specs, quarter_ids=["01", "02"]
        )
        return read_population(
            make(folder), quarters=make_quarters(), indicators=given.indicators, specs=CATALOGUE.specs, year=2024
        )

    return read


def cells(rows: str, *, totals: str = "") -> Case:
    return population(lambda folder: PopulationFile(cells=write(folder, "zellen.csv", CELLS + rows)), totals=totals)


def masked(mask: str, **stated: Any) -> Case:
    """Five children under three in either quarter, spread off a mask."""
    return population(
        lambda folder: PopulationFile(mask=write(folder, "wald.geojson", mask), **stated),
        totals="01;alter_0_3;2024;5;\n02;alter_0_3;2024;5;\n",
    )


def coarse(folder: Path) -> object:
    """A study whose people are spread on points a kilometre apart."""
    usual = {name: choices[0] for name, choices in CHOICES.items()}
    chosen = {"values": "counts", "offers": "some", "population": "totals", "coverage": "yes"}
    file = write_project(folder, {**usual, **chosen}) / "project.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('from = "indicators"\n', 'from = "indicators"\ncell_metres = 1000\n'), encoding="utf-8"
    )
    return run_study(read_project(folder))


def raster(**stated: Any) -> Case:
    return population(lambda folder: PopulationFile(raster=lay_raster(folder, **stated), age_group="0-6"))


def lay_raster(
    folder: Path, *, west: float = WEST, size: float = 100.0, cells: int = 3, bands: int = 1, value: int = 1
) -> DataFile:
    transform = Affine(size, 0, west, 0, -size, SOUTH + 1000)
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": bands,
        "height": cells,
        "width": cells,
        "sparse_ok": True,
        "tiled": True,
    }
    with rasterio.open(folder / "raster.tif", "w", crs=CRS, transform=transform, **profile) as made:
        if value:
            for band in range(1, bands + 1):
                made.write(np.full((cells, cells), value, dtype="uint8"), band)
    return find_file("raster.tif", folder=folder)


def picture(folder: Path) -> object:
    """A GeoTIFF without its place."""
    content = lay_raster(folder).path.read_bytes()
    for tag in (33550, 33922):  # size of a cell, and where the first one lies
        content = content.replace(struct.pack("<H", tag), struct.pack("<H", 65000))
    order = RasterFile(file=write(folder, "raster.tif", content), indicator="versiegelung", year=2024)
    return read_rasters(order, specs=CATALOGUE.specs, quarters=make_quarters())


def zones(indicator: str = "versiegelung", *, asked: dict[str, Any] | None = None, **stated: Any) -> Case:
    def read(folder: Path) -> object:
        order = RasterFile(file=lay_raster(folder, **stated), indicator=indicator, year=2024, **(asked or {}))
        return read_rasters(order, specs=CATALOGUE.specs, quarters=make_quarters())

    return read


def project(text: str) -> Callable[[Path], Project]:
    def read(folder: Path) -> Project:
        write(folder, "q.geojson", make_squares())
        write(folder, "a.csv", "a,b\n1,2\n")
        write(folder, "project.toml", text)
        return read_project(folder)

    return read


def catalogue(text: str) -> Case:
    return lambda folder: read_catalogue(indicators=write(folder, "katalog.toml", text))


def pipe(folder: Path) -> object:
    os.mkfifo(folder / "leitung.csv")
    return find_file("leitung.csv", folder=folder)


def giant(folder: Path) -> object:
    with (folder / "riese.csv").open("wb") as file:
        file.truncate(700_000_000)
    return find_file("riese.csv", folder=folder)


def gone(folder: Path) -> object:
    file = write(folder, "tabelle.csv", "a,b\n1,2\n")
    file.path.unlink()
    return read_table(file)


def broken_book(folder: Path) -> object:
    whole = write_book(folder, "mappe.xlsx", {"x": [["a", "b"], [1, 2]]}).path.read_bytes()
    return read_table(
        write(folder, "kaputt.xlsx", whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml"))
    )


def large_book(folder: Path) -> object:
    """A workbook that says of one part that it is 600 MB when unpacked."""
    path = write_book(folder, "gross.xlsx", {"x": [["a", "b"], [1, 2]]}).path
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/bild.bin", b"0" * 123_457)
    said = path.read_bytes().replace(struct.pack("<I", 123_457), struct.pack("<I", 600_000_000))
    return read_table(write(folder, "gross.xlsx", said))


def far_book(folder: Path) -> object:
    book = write_book(folder, "mappe.xlsx", {"x": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(book.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'r="B2"', b'r="XFD1048576"'))
    return read_table(book)


def half_shapefile(folder: Path) -> object:
    frame = gpd.GeoDataFrame({"code": list(SHAPES)}, geometry=list(SHAPES.values()), crs=CRS)
    pyogrio.write_dataframe(frame, folder / "grenzen.shp")
    (folder / "grenzen.shx").unlink()
    return read_boundaries(QuartersFile(file=find_file("grenzen.shp", folder=folder), key="code"))


def layers(layer: str | None) -> Case:
    def read(folder: Path) -> object:
        for name in ("stadtteile", "bezirke"):
            frame = gpd.GeoDataFrame({"code": ["1"]}, geometry=[SHAPES["01"]], crs=CRS)
            pyogrio.write_dataframe(frame, folder / "grenzen.gpkg", layer=name)
        return read_boundaries(QuartersFile(file=find_file("grenzen.gpkg", folder=folder), key="code", layer=layer))

    return read


def no_shapes(folder: Path) -> object:
    pyogrio.write_dataframe(gpd.GeoDataFrame({"code": ["1"]}), folder / "grenzen.gpkg", layer="liste")
    return read_boundaries(QuartersFile(file=find_file("grenzen.gpkg", folder=folder), key="code"))


SHIFTED = affinity.translate(SHAPES["02"], xoff=5000)

CASES: dict[str, Case] = {
    # opening
    "file_missing": lambda folder: find_file("fehlt.csv", folder=folder),
    "file_outside": lambda folder: find_file("../../etc/passwd", folder=folder),
    "file_is_folder": lambda folder: find_file(".", folder=folder),
    "file_not_regular": pipe,
    "file_empty": lambda folder: write(folder, "leer.csv", ""),
    "file_too_large": giant,
    "file_unreadable": gone,
    "file_wrong_type": table(b"%PDF-1.7"),
    "file_is_html": table("<!DOCTYPE html><title>Anmeldung</title>"),
    "file_is_utf16": table("a;b\n1;2\n".encode("utf-16")),
    "file_is_xls": table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "file_is_zip": quarters(b"PK\x03\x04"),
    "file_refers_elsewhere": quarters("<OGRVRTDataSource/>"),
    # settings
    "toml_not_utf8": lambda folder: read_catalogue(
        indicators=write(folder, "katalog.toml", "# für\n".encode("cp1252"))
    ),
    "toml_broken": project(SMALL + "layer = q\n"),
    "unknown_key": catalogue(OWN.format("armut") + "farbe = 1\n"),
    "unknown_key_similar": project(SMALL + "nmae = 1\n"),
    "missing_key": project(SMALL.replace('place = "Musterstadt"\n', "")),
    "wrong_type_text": project(SMALL.replace('"Atlas"', "7")),
    "wrong_type_bool": project(SMALL + 'repair = "ja"\n'),
    "wrong_type_list": project(SMALL + '[groups]\nmodellregion = "01"\n'),
    "wrong_type_integer": project(SMALL.replace("2024", '"2024"')),
    "wrong_type_number": project(SMALL + COVERAGE.replace("1.3", '"1,3"')),
    "wrong_type_table": project("shock = 2018\n" + SMALL),
    "list_too_short": catalogue(OWN.format("armut") + "goalposts = [40]\n"),
    "list_too_long": catalogue(OWN.format("armut") + "goalposts = [40, 20, 0]\n"),
    "wrong_choice": project(SMALL.replace("title", 'language = "fr"\ntitle')),
    "out_of_range": project(SMALL + COVERAGE.replace("1.3", "0.5")),
    "empty_text": project(SMALL.replace('"Atlas"', '""')),
    "wrong_code": catalogue(OWN.format("Armut")),
    "wrong_age_group": project(SMALL + '[target_groups]\nschule = "Kinder"\n'),
    "kind_without_point": lambda folder: read_catalogue(offer_kinds=write(folder, "k.toml", PRIVATE_KIND)),
    "code_known_already": catalogue(OWN.format("arbeitslose")),
    "wrong_count": catalogue(OWN.format("armut") + 'denominator = "Kinder unter 15"\n'),
    "unit_untold": catalogue(OWN.format("miete").replace("percent", "Euro je m²")),
    "unit_untold_similar": catalogue(OWN.format("armut").replace("percent", "pecent")),
    "adds_idle": catalogue(OWN.format("armut") + "adds = true\n"),
    "number_untold": catalogue(OWN.format("fahrraeder").replace("percent", "number")),
    "series_break_twice": catalogue(
        OWN.format("armut")
        + 'series_breaks = [{ year = 2017, reason = "Zensus" }, { year = 2017, reason = "Gesetz" }]\n'
    ),
    "computed_untold": catalogue(OWN.format("armut") + 'numerator = "0-15"\ncomputed = true\n'),
    "denominator_untold": catalogue(OWN.format("armut")),
    "code_replaced": catalogue(OWN.format("arbeitslose") + "replace = true\n"),
    # tables
    "read_as_cp1252": table("code;name\n1;Süd\n".encode("cp1252")),
    "encoding_unknown": table(b"code;name\n1;\x81\n"),
    "no_delimiter": table("Bericht der Statistikstelle\n"),
    "csv_broken": table('a,b\n1,"offen\n'),
    "workbook_broken": broken_book,
    "workbook_too_large": large_book,
    "cell_far_off": far_book,
    "sheet_not_named": book({"2019": [["a", "b"]], "2020": [["a", "b"]]}),
    "sheet_missing": book({"2019": [["a", "b"]]}, sheet="2021"),
    "header_row_empty": table("a,b\n\n1,2\n", header_row=2),
    "heads_elsewhere": table("Titel\n\nOrt;Menschen;\n;2018;2019\n01;3;4\n"),
    "heads_doubled": table("code,wert,wert\n1,2,3\n"),
    "rows_odd": table("code,wert\n1,2\n1,2,3\n"),
    "no_rows": table("code,wert\n"),
    "characters_dropped": table("code,wert\n0\u202e1,2\n"),
    "offers_twice": offers(OFFER + "A1,schule,Schule,300100,6000100,,,,\nA2,schule,Schule,300100,6000100,,,,\n"),
    "last_line_open": table("code,wert\n1,2"),
    "json_key_doubled": quarters(make_squares().replace('"code": "02"', '"code": "02", "code": "03"')),
    "json_too_deep": quarters('{"features": ' + "[" * 100_000),
    "letters_garbled": quarters(make_squares().replace("Süd", "SÃ¼d")),
    "gaps_between": quarters(make_geojson([({"code": key, "name": key}, shape) for key, shape in RING.items()])),
    "sheets_hidden": book({"Werte": [["code", "wert"], ["01", 1]], "_Alt": [["a", "b"]]}),
    "rows_hidden": hide_in_book,
    "columns_hidden": hide_in_book,
    "formula_without_value": formula,
    "rows_doubled": table("code,wert\n1,2\n1,2\n"),
    "person_columns": table("code,Nachname,Geburtsdatum\n1,Muster,12.3.2015\n"),
    "person_addresses": table("name,kontakt\nHaus am Markt,erika.muster@gmx.de\n"),
    "person_births": table("name,bemerkung\nHaus,geb. 12.3.2015\n"),
    "person_accounts": table("name,x\nHaus,DE89 3704 0044 0532 0130 00\n"),
    "drop_missing": table("code,wert\n1,2\n", drop=["nachname"]),
    "columns_dropped": table("code,Nachname\n1,Muster\n", drop=["Nachname"]),
    "shares_ambiguous": long("01;kinder_sgb2;2024;0,12\n02;kinder_sgb2;2024;0,3\n"),
    "shares_unused": indicators("quartier;kennzahl;jahr;wert\n01;geborene;2024;3\n", shares="12"),
    "count_is_mark": cells("a,300100,6000100,0-3,99999\nb,300200,6000100,0-3,4\n"),
    "count_not_whole": long("01;geborene;2024;1,2\n02;geborene;2024;3\n"),
    "totals_differ": long("01;geborene;2024;70\n02;geborene;2024;80\nInsgesamt;geborene;2024;160\n"),
    "number_is_mark": long("01;geborene;2024;99999\n02;geborene;2024;80\n"),
    "cell_fault": long("01;geborene;2024;#NV\n"),
    "number_ambiguous": long("01;geborene;2024;1.234\n"),
    "number_unreadable": long("01;geborene;2024;viele\n"),
    "key_form_ambiguous": indicators(
        "quartier,kennzahl,jahr,wert\n1,geborene,2024,1\n", keys="from,to,name\n1,01,Nord\n2,02,Nord\n"
    ),
    "no_partner_at_all": long("1;geborene;2024;1\n2;geborene;2024;1\n"),
    "rows_without_key": long("01;geborene;2024;1\n02;geborene;2024;1\n;geborene;2024;3\n"),
    "remarks_below": long("01;geborene;2024;1\n02;geborene;2024;1\nQuelle: Stadt;;;\n"),
    "rows_of_sums": long("01;geborene;2024;1\n02;geborene;2024;1\nStadt insgesamt;geborene;2024;2\n"),
    "rows_without_partner": long("01;geborene;2024;1\n02;geborene;2024;1\nStadt;geborene;2024;2\n"),
    "rows_without_partner_similar": long("01;geborene;2024;1\n02;geborene;2024;1\n2;geborene;2024;2\n"),
    "keys_by_name": long("Nord;geborene;2024;1\nSÜD;geborene;2024;1\n"),
    "quarters_without_rows": long("01;geborene;2024;1\n"),
    # grids of the Zensus
    **ZENSUS_CASES,
    # shapes
    "parents_empty": quarters(make_squares(teil=" "), parent="teil"),
    "parents_idle": quarters(make_squares(), parent="name"),
    "parents_missing": quarters(make_row("Nord", "Nord", None), parent="teil"),
    "parents_apart": quarters(make_row("Nord", "Nord", "Süd", "Nord"), parent="teil"),
    "parents_alike": quarters(make_row("Alt Stadt", "Alt Stadt", "Altstadt"), parent="teil"),
    "vector_broken": quarters(make_squares()[:300]),
    "vector_not_utf8": quarters(make_squares().encode("cp1252")),
    "vector_warning": quarters(make_squares().replace('"type": "Feature", ', '"type": "Feature", "id": 1, ')),
    "no_geometry": no_shapes,
    "no_features": quarters(make_geojson([])),
    "layer_not_named": layers(None),
    "layer_missing": layers("quartiere"),
    "shapefile_incomplete": half_shapefile,
    "heights_dropped": quarters(make_squares().replace("000.0]", "000.0, 1.0]")),
    "coordinates_not_finite": quarters(make_squares().replace("[301000.0, 6001000.0]", "[NaN, 6001000.0]")),
    "crs_unknown": quarters(make_squares(), crs="Gauß-Krüger"),
    "crs_contradicts": quarters(make_squares(), crs="EPSG:25832"),
    "coordinates_not_degrees": quarters(make_geojson([({"code": "1", "name": "a"}, SHAPES["01"])], crs=None)),
    "crs_chosen": quarters(make_geojson([({"code": "1", "name": "a"}, box(12.1, 54.1, 12.2, 54.2))], crs=None)),
    "geometry_repaired": quarters(
        make_geojson([({"code": "1", "name": "a"}, BOW_TIE), ({"code": "2", "name": "b"}, SHIFTED)]), repair=True
    ),
    # indicators and offers
    "year_not_known": indicators("quartier,kennzahl,wert\n01,geborene,1\n"),
    "days_several": long("01;geborene;30.06.2023;1\n01;geborene;31.12.2023;1\n"),
    "day_not_found": long("01;geborene;30.06.2023;1\n", day="31.12."),
    "days_left_out": long("01;geborene;30.06.2023;1\n01;geborene;31.12.2023;1\n", day="31.12."),
    "year_unreadable": long("01;geborene;19/20;1\n"),
    "cells_empty": indicators(
        "code,a\n01,\n02,1\n", form="wide", year=2024, columns={"geborene": RateColumns(value="a")}
    ),
    "gaps_in_table": long("01;geborene;2023;1\n01;geborene;2024;1\n02;geborene;2024;1\n"),
    "quarters_swapped": quarters(make_degrees(swapped=True), box=GERMANY),
    "quarters_elsewhere": quarters(make_degrees(swapped=False), box=(0.0, 0.0, 1.0, 1.0)),
    "quarters_far_off": quarters(
        make_geojson([({"code": "01", "name": "a"}, SLIPPED), ({"code": "02", "name": "b"}, SHAPES["02"])]), box=GERMANY
    ),
    "axes_swapped": quarters(make_degrees(swapped=True), swapped=True, box=GERMANY),
    "points_far_off": offers(OFFER + "A1,schule,A,300100,6000100,,,,\nA2,schule,B,3001000,6000100,,,,\n"),
    "addresses_no_list": addressed("Weg 1,,", "ort,ost,nord\nA,300100,6000100\n"),
    "addresses_no_column": addressed("x,,", HOUSES + "Weg,1,300100,6000100\n", head="lage"),
    "addresses_placed": addressed("Weg 1,,", HOUSES + "Weg,1,300100,6000100\n"),
    "addresses_ranges": addressed("Weg 1-3,,", HOUSES + "Weg,1,300100,6000100\n"),
    "addresses_twice": addressed("Weg 1,,", HOUSES + "Weg,1,300100,6000100\nWeg,1,300200,6000100\n"),
    "addresses_unknown": addressed("Weg 2,,", HOUSES + "Weg,1,300100,6000100\n"),
    "addresses_idle": addressed("Weg 1,300100,6000100", HOUSES + "Weg,1,300100,6000100\n"),
    "points_outside_fit": offers(OFFER + "A1,schule,Schule,692302,5999777,,,,\n"),
    "kinds_by_word": offers(OFFER + "A1,Gymnasium,Schule,300100,6000100,,,,\n"),
    "points_outside": offers(OFFER + "A1,schule,Schule,500000,5000000,,,,\n"),
    "points_swapped": offers(OFFER + "A1,schule,Schule,6000100,300100,,,,\n"),
    "offer_without_id": offers(OFFER + ",schule,Schule,300100,6000100,,,,\n"),
    "offer_ids_made": offers("art,name,quartier\nkindertagespflege,Tagespflege,01\n"),
    "date_unreadable": offers(OFFER + "A1,schule,Schule,300100,6000100,,bald,,\n"),
    "offer_quarter_unknown": offers(OFFER + "A1,schule,Schule,300100,6000100,99,,,\n"),
    "offer_quarter_differs": offers(OFFER + "A1,schule,Schule,300100,6000100,02,,,\n"),
    "offers_outside": offers(OFFER + "A1,schule,Schule,300100,6002100,,,,\n"),
    "offers_not_valid": offers(OFFER + "A1,schule,Schule,300100,6000100,,2025-08-01,,\n"),
    "offers_nowhere": offers(OFFER + "A1,schule,Schule,,,01,,,\nA2,schule,Schule 2,300100,6000100,,,,\n"),
    "offers_sums": offers(OFFER + "A1,schule,Schule,300100,6000100,01,,,\n,,Summe,,,,,,12\n"),
    "sites_nowhere": sites("Halle,,\nWiese,300100,6000100\n"),
    "sites_outside": sites("Acker,300100,6002100\nWiese,300100,6000100\n"),
    "places_total_differs": offers(OFFER + "A1,schule,Schule,300100,6000100,,,10,12\n"),
    "places_without_age": offers(OFFER + "A1,schule,Schule,300100,6000100,,,,12\n"),
    # population
    "cells_age_group_idle": population(
        lambda folder: PopulationFile(
            cells=write(folder, "zellen.csv", CELLS + "a,300100,6000100,0-3,4\n"), age_group="0-3"
        )
    ),
    "cells_nowhere": cells("a,,6000100,0-3,4\n"),
    "dash_is_nobody": cells("a,300100,6000100,0-3,–\nb,300200,6000100,0-3,4\n"),
    "cells_outside": cells("a,300100,6000100,0-3,4\nb,300100,6002000,0-3,2.5\n"),
    "population_sum_differs": cells("a,300100,6000100,0-3,4\n", totals="01;alter_0_3;2024;5;\n"),
    "population_spread": masked(make_geojson([({"name": "Wald"}, SHAPES["01"])]), cell_metres=100),
    "population_spread_all": population(
        lambda _: PopulationFile(), totals="01;alter_0_3;2024;5;\n02;alter_0_3;2024;5;\n"
    ),
    "quarters_without_land": masked(make_geojson([({"name": "Wald"}, SHAPES["01"])]), cell_metres=100),
    "mask_without_area": masked(
        make_geojson([({"name": "Weg"}, shapely.LineString([(WEST, SOUTH), (WEST + 9, SOUTH)]))])
    ),
    "spread_coarse": coarse,
    "population_unknown": population(
        lambda _: PopulationFile(), totals="01;alter_0_3;2024;5;\n02;alter_0_3;2024;;geheim\n"
    ),
    "no_totals_by_age": population(lambda _: PopulationFile()),
    "raster_broken": population(
        lambda folder: PopulationFile(raster=write(folder, "raster.tif", b"II*\0kaputt"), age_group="0-6")
    ),
    "raster_bands": raster(bands=3),
    "raster_unplaced": picture,
    "raster_elsewhere": raster(west=900_000),
    "raster_too_fine": raster(size=0.1, cells=20_000, value=0),
    "raster_empty": raster(value=0),
    "raster_beyond": raster(west=WEST - 50),
    "raster_no_mean": zones("alter_0_3"),
    "raster_counts_untold": zones("arbeitslose"),
    "raster_unknown": zones(value=20, asked={"nodata": [20]}),
    "raster_mark": zones(value=255),
    "raster_beyond_unit": zones(value=200),
    "raster_shares_ambiguous": zones(value=1),
    "raster_read": zones(value=20),
    "raster_share_unfit": zones(asked={"share_of": [1], "share_above": 0}),
    "raster_share_of": zones(value=20, asked={"share_of": [20, 21]}),
    "raster_share_above": zones(value=60, asked={"share_above": 55.0}),
    "raster_share_nowhere": zones(value=20, asked={"share_of": [21]}),
    "raster_partly": zones(value=20),
    "raster_gaps": zones(value=20),
    # project
    "project_missing": lambda _: read_project(Path("nichts-da")),
    "allow_missing": project(SMALL + '[data]\nallow = ["../geodaten"]\n'),
    "unknown_city": project(SMALL + 'near = "Xyzhausen"\n'),
    "unknown_city_similar": project(SMALL + 'near = "Frankfurt"\n'),
    "slot_without_years": project(SMALL + '[[indicators]]\nfile = "{year}.csv"\n'),
    "years_without_slot": project(SMALL + '[[indicators]]\nfile = "a.csv"\nyears = [2019]\n'),
    "year_and_years": project(SMALL + '[[indicators]]\nfile = "{year}.csv"\nyears = [2019]\nyear = 2020\n'),
    "wide_without_columns": project(SMALL + '[[indicators]]\nfile = "a.csv"\nform = "wide"\n'),
    "project_unknown_indicator": project(SMALL + '[shock]\nyear = 2018\nname = "x"\nindicator = "xyz"\n'),
    "project_unknown_indicator_similar": project(
        SMALL + '[shock]\nyear = 2018\nname = "x"\nindicator = "arbeitslos"\n'
    ),
    "project_unknown_kind": project(SMALL + '[[offers]]\nfile = "a.csv"\nkind = "xyz"\n'),
    "project_unknown_kind_similar": project(SMALL + '[[offers]]\nfile = "a.csv"\nkind = "spielplätze"\n'),
    "unknown_meaning": project(SMALL.replace("[quarters]", '[words]\nKrippe = "xyz"\n[quarters]')),
    "unknown_meaning_similar": project(
        SMALL.replace("[quarters]", '[words]\nKrippe = "kindertageseinrichtng"\n[quarters]')
    ),
    "unknown_column": project(SMALL + '[[offers]]\nfile = "a.csv"\ncolumns = { xyz = "a" }\n'),
    "unknown_column_similar": project(SMALL + '[[offers]]\nfile = "a.csv"\ncolumns = { providr = "a" }\n'),
    "unknown_group": project(SMALL + '[compare]\ngroup = "xyz"\n[groups]\nmodellregion = ["01"]\n'),
    "unknown_group_similar": project(SMALL + '[compare]\ngroup = "modellregionen"\n[groups]\nmodellregion = ["01"]\n'),
    "population_one_of": project(SMALL + "[population]\ncell_metres = 100\n"),
    "only_where_spread": project(SMALL + '[population]\ncells = "a.csv"\nmask = "q.geojson"\n'),
    "ages_are_told": project(SMALL + '[population]\nfrom = "indicators"\nage_group = "0-3"\n'),
    "section_needed": project(SMALL + '[redundancy]\nkinds = ["schule"]\nminutes = 10\n'),
    "minutes_not_measured": project(SMALL + COVERAGE + '[redundancy]\nkinds = ["schule"]\nminutes = 12.5\n'),
    "weights_unfit": project(SMALL + COVERAGE + 'sharing = "2sfca"\nweights = [0.5, 1]\n'),
    "redundancy_unmeasured": project(SMALL + COVERAGE + '[redundancy]\nkinds = ["hze_ambulant"]\nminutes = 5\n'),
    "kind_not_walked": project(SMALL + COVERAGE + '[[siting]]\nkind = "hze_ambulant"\nminutes = 5\n'),
    "kind_unmeasured": project(SMALL + COVERAGE + '[[siting]]\nkind = "schule"\nminutes = 5\n'),
    "suppose_nothing": project(SMALL + COVERAGE + '[[suppose]]\nkind = "spielplatz"\nminutes = 5\n'),
    "suppose_code_twice": project(
        SMALL + COVERAGE + 2 * '[[suppose]]\nkind = "spielplatz"\nminutes = 5\ncode = "a"\nfewer_places = 0.5\n'
    ),
    "suppose_not_scored": project(
        SMALL
        + COVERAGE
        + '[[suppose]]\nkind = "spielplatz"\nminutes = 5\nfewer_places = 0.5\ndimension = "robustness"\n'
        + '[index]\nnormalise = "minmax"\naggregate = "arithmetic"\n[index.weights]\nrobustness = 1\n'
    ),
    "open_at_unreadable": project(
        SMALL + COVERAGE + '[[suppose]]\nkind = "spielplatz"\nminutes = 5\nopen_at = "Samstag, 10 Uhr"\n'
    ),
    "overlay_elsewhere": project(SMALL + '[[map]]\nshows = "index"\ngaps = true\n'),
    "overlay_no_streets": project(SMALL + COVERAGE + '[[map]]\nshows = "coverage"\nkind = "schule"\nstreets = true\n'),
    "siting_without_ways": project(
        SMALL
        + COVERAGE.replace('"straight"', '"table"')
        + '[target_groups]\nschule = "6-15"\n[[siting]]\nkind = "schule"\nminutes = 5\n'
    ),
    "no_weights": project(SMALL + '[index]\nnormalise = "minmax"\naggregate = "geometric"\n[index.weights]\n'),
    "changes_from_later": project(SMALL + "[report]\nchanges_from = 2024\n"),
    "shock_after_year": project(SMALL + '[shock]\nyear = 2030\nname = "x"\nindicator = "arbeitslose"\n'),
    "internal_unstated": lambda folder: make_internal(project(SMALL)(folder)),
    "internal_not_smaller": project(SMALL + "[disclosure.internal]\nsmallest = 3\n"),
    "reason_not_context": project(SMALL + '[reasons]\nhze_faelle = { text = "x", direction = -1 }\n'),
    "context_scored": project(SMALL + '[reasons]\nauslaendisch = { text = "Begründung.", direction = -1 }\n'),
    "setting_idle": project(SMALL + '[streets]\nfile = "x.osm.pbf"\n' + COVERAGE),
    "breaks_unordered": project(SMALL + '[[map]]\nshows = "index"\nbreaks = [20, 10]\n'),
    "breaks_sides": project(SMALL + '[[map]]\nshows = "wanderungssaldo"\nbreaks = [1, 2, 3]\n'),
    "breaks_beside": project(SMALL + '[[map]]\nshows = "index"\nbreaks = [20, 40]\nclasses = 3\n'),
    "colours_count": project(SMALL + '[[map]]\nshows = "index"\nbreaks = [20]\ncolours = ["#ffffff"]\n'),
    "colours_alike": project(SMALL + '[[map]]\nshows = "index"\nbreaks = [20]\ncolours = ["#ffffff", "#fefefe"]\n'),
    "colours_unordered": project(
        SMALL + '[[map]]\nshows = "index"\nbreaks = [20, 40]\ncolours = ["#ffffff", "#000000", "#bbbbbb"]\n'
    ),
    "colours_unreadable": project(
        SMALL + '[[map]]\nshows = "index"\nbreaks = [20]\ncolours = ["#ffffff", "#808080"]\n'
    ),
    "unknown_map": project(SMALL + '[[map]]\nshows = "xyz"\n'),
    "unknown_map_similar": project(SMALL + '[[map]]\nshows = "indx"\n'),
    **CROSSWALK_CASES,
    **DISTANCE_CASES,
    **FOLDER_CASES,
    **GENESIS_CASES,
    **INTAKE_CASES,
    **OSM_CASES,
    **READING_CASES,
}
"""Input by the id of what it must be told."""
