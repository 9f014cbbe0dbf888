"""The study as a GeoPackage that QGIS opens coloured."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError, FeatureError

from sro_geo.model.grid import lay_grid
from sro_geo.model.quarters import name_parents
from sro_geo.report.pooled import list_members, name_areas
from sro_geo.report.warnings import tell_internal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sro_geo.model.picture import Ground, Picture
    from sro_geo.model.study import Study

FIXED_TIME = "2000-01-01T00:00:00.000Z"
"""Stands wherever the format wants a time: the same input gives the same file."""

QUARTERS, AREAS, OFFERS, WATER = "quartiere", "gebiete", "angebote", "gewaesser"
_DIGITS = 4
_PROBE_BYTES = 16_000_000


def write_geopackage(study: Study, path: Path, *, ground: Ground, picture: Picture) -> None:
    """Write quarters, and city, group and rest, with the year's values; offers that may be shown, and water.

    Parameters
    ----------
    study : Study
        What was computed; only protected values are written.
    path : Path
        File to write.
    ground : Ground
        Points that may be shown and water.
    picture : Picture
        Map whose classes colour the quarters in QGIS.

    Raises
    ------
    OSError
        If it cannot be written; in the system's own words, where it has any.
    """
    layers = _list_layers(study, ground, picture)
    try:
        _write_layers(layers, path)
        _write_style(picture, path)
        _check_indexes(path, count=len(layers))
    except (DataSourceError, FeatureError, sqlite3.Error) as error:
        raise _find_reason(error, path) from error


def _write_layers(layers: Mapping[str, gpd.GeoDataFrame], path: Path) -> None:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_TIME})
    try:
        for name, layer in layers.items():
            layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", index=False, LAUNDER="NO")
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_style(picture: Picture, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES_TABLE)
        database.execute(
            "INSERT INTO layer_styles VALUES (1, '', '', ?, 'geom', ?, ?, NULL, 1, ?, '', NULL, ?)",
            (QUARTERS, picture.title, _make_style(picture), picture.title, FIXED_TIME),
        )
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?, ?, ?, '', ?)",
            ("layer_styles", "attributes", "layer_styles", FIXED_TIME),
        )


def _check_indexes(path: Path, *, count: int) -> None:
    """Refuse a file without a layer's spatial index: on a full disk GDAL leaves out the last one and says nothing."""
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
        (found,) = database.execute(query).fetchone()
    if found != count:
        raise DataSourceError(f"{found} of {count} spatial indexes written")


def _find_reason(error: Exception, path: Path) -> OSError:
    """What the system says when it is asked to write more: GDAL and SQLite name what they missed next."""
    try:
        path.with_name("probe").write_bytes(bytes(_PROBE_BYTES))
    except OSError as reason:
        return reason
    return OSError(str(error).rpartition(": ")[2])


def _list_layers(study: Study, ground: Ground, picture: Picture) -> dict[str, gpd.GeoDataFrame]:
    frame = study.quarters.rename_axis("quarter_id").reset_index()[["quarter_id", "name", "geometry"]]
    parents = name_parents(study.quarters)
    larger = {"parent": [parents.get(str(key)) for key in frame["quarter_id"]]} if parents else {}
    columns: dict[str, object] = {
        **larger,
        "example": study.about.example,
        "map_class": pd.Series(picture.placed, index=picture.quarter_ids).reindex(study.quarters.index).to_numpy(),
        "map_label": pd.Series(picture.labels, index=picture.quarter_ids).reindex(study.quarters.index).to_numpy(),
    }
    codes = sorted(study.indicators["indicator"].unique())
    grid = lay_grid(study.indicators, codes=codes, year=study.about.year, quarter_ids=list(study.quarters.index))
    for number, code in enumerate(codes):
        if np.isfinite(grid.value[:, number]).any():
            columns[code] = grid.value[:, number].round(_DIGITS)
            columns[f"{code}_status"] = grid.status[:, number]
            columns[f"{code}_example"] = grid.example[:, number]
    quarters = pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)  # in one go: there may be hundreds
    layers = {
        QUARTERS: gpd.GeoDataFrame(quarters, geometry="geometry", crs=study.quarters.crs),
        AREAS: _lay_areas(study),
    }
    if not ground.offers.empty:
        told = ["kind", "name", "provider", "quarter_id", "example", "geometry"]
        layers[OFFERS] = ground.offers[told].reset_index(drop=True)
    if ground.water is not None:
        layers[WATER] = ground.water[["name", "art", "geometry"]].reset_index(drop=True)
    mark = {"notice": tell_internal(study)} if study.about.internal else {}
    return {name: layer.assign(**mark) for name, layer in layers.items()}


def _lay_areas(study: Study) -> gpd.GeoDataFrame:
    """City, group and rest, each in one shape, with their values and what unknown parts admit."""
    members, names = list_members(study), name_areas(study)
    shapes = [shapely.union_all(study.quarters.geometry.loc[list(ids)].to_numpy()) for ids in members.values()]
    columns: dict[str, object] = {
        "area": list(members),
        "name": [names[area][0] for area in members],
        "example": study.about.example,
    }
    for code, rows in study.areas.groupby("indicator", sort=True):
        own = rows.set_index("area").reindex(list(members))
        if own["value"].notna().any():
            ends = {"": "value", "_low": "low", "_high": "high"}
            columns |= {f"{code}{end}": own[column].round(_DIGITS).to_numpy() for end, column in ends.items()}
            columns[f"{code}_status"] = own["status"].to_numpy()
            columns[f"{code}_example"] = own["example"].fillna(value=False).astype(bool).to_numpy()
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=study.quarters.crs)


def _make_style(picture: Picture) -> str:
    """QGIS style: one category for each class of the map, hatched grey where the value is unknown."""
    shown = [(str(i), c.label, c.fill) for i, c in enumerate(picture.classes)]
    shown += [(str(-1 - i), u.label, "#8a929a") for i, u in enumerate(picture.unknown)]
    categories = "".join(
        f'<category value="{value}" symbol="{i}" label={quoteattr(label)} render="true" type="integer"/>'
        for i, (value, label, _) in enumerate(shown)
    )
    symbols = "".join(
        f'<symbol name="{i}" type="fill" alpha="1"><layer class="SimpleFill" enabled="1"><Option type="Map">'
        f'<Option name="color" type="QString" value="{_rgba(fill)}"/>'
        f'<Option name="outline_color" type="QString" value="{_rgba("#6c747c")}"/>'
        '<Option name="outline_width" type="QString" value="0.26"/>'
        f'<Option name="style" type="QString" value="{"solid" if int(value) >= 0 else "b_diagonal"}"/>'
        "</Option></layer></symbol>"
        for i, (value, _, fill) in enumerate(shown)
    )
    return (
        '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM"><qgis version="3.28.0" styleCategories="Symbology">'
        '<renderer-v2 type="categorizedSymbol" attr="map_class" enableorderby="0" forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


_STYLES_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT,
    styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT,
    update_time DATETIME
)
"""
