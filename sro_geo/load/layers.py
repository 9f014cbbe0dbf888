"""A layer of a vector file as plain arrays: what the process that reads does; it knows pyogrio and numpy only."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyogrio
import pyogrio.raw
from pyogrio.errors import DataLayerError, DataSourceError

from sro_geo.errors import DataError, Problem
from sro_geo.load.jsontext import DoubledKey, ReferenceElsewhere, choose_driver

if TYPE_CHECKING:
    from sro_geo.load.wire import Answer

GEOMETRY = "geometry"
"""Array of the shapes (WKB); the columns are called by their number."""


def read_layer(path: str, *, name: str, kind: str, layer: str | None) -> Answer:
    """Facts (`layer`, `crs`, `heads`, `warnings`) and arrays of a layer.

    Raises
    ------
    DataError
        If the file cannot be read, refers to others, or has no or several layers.
    """
    address = f"{_choose_driver(path)}:{path}" if kind == "json" else path
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            chosen = _choose_layer(address, layer)
            meta, _, shapes, columns = pyogrio.raw.read(address, layer=chosen, datetime_as_string=True)
        except UnicodeDecodeError as error:
            raise DataError(Problem(cause="vector_not_utf8")) from error
        except (DataSourceError, DataLayerError) as error:
            raise DataError(
                Problem(cause="vector_broken", values={"reason": _shorten(error, address, name)})
            ) from error
    facts = {
        "layer": chosen,
        "crs": meta["crs"],
        "heads": [str(head) for head in meta["fields"]],
        "warnings": [_shorten(warning.message, address, name) for warning in caught],
    }
    return facts, {GEOMETRY: shapes, **{str(at): _as_plain(column) for at, column in enumerate(columns)}}


def _choose_driver(path: str) -> str:
    try:
        return choose_driver(Path(path).read_bytes())
    except ReferenceElsewhere as error:
        raise DataError(Problem(cause="file_refers_elsewhere")) from error
    except DoubledKey as error:
        raise DataError(Problem(cause="json_key_doubled", values={"key": str(error)})) from error
    except RecursionError as error:
        raise DataError(Problem(cause="json_too_deep")) from error
    except UnicodeDecodeError as error:
        raise DataError(Problem(cause="vector_not_utf8")) from error
    except ValueError as error:
        raise DataError(Problem(cause="vector_broken", values={"reason": str(error)})) from error


def _choose_layer(address: str, layer: str | None) -> str:
    layers = [str(name) for name, geometry in pyogrio.list_layers(address) if geometry is not None]
    if not layers:
        raise DataError(Problem(cause="no_geometry"))
    if layer is None and len(layers) > 1:
        raise DataError(Problem(cause="layer_not_named", values={"layers": layers}))
    if layer is not None and layer not in layers:
        raise DataError(Problem(cause="layer_missing", values={"layer": layer, "layers": layers}))
    return layers[0] if layer is None else layer


def _as_plain(column: np.ndarray) -> np.ndarray:
    """Numbers, or texts with None where there is nothing; a list in a cell becomes its JSON text."""
    if column.dtype.kind in "biuf":
        return column
    plain = np.empty(len(column), dtype=object)
    plain[:] = [_as_text(cell) for cell in column]
    return plain


def _as_text(cell: object) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return json.dumps(cell.tolist(), ensure_ascii=False) if isinstance(cell, np.ndarray) else str(cell)


def _shorten(told: Exception | str, address: str, name: str) -> str:
    """First sentence of the library's own text, with the file's name for the path of the copy."""
    return str(told).replace(address, name).split("\n")[0].split(";")[0]
