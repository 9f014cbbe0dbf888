"""Paths as people have them, as the settings of a loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from sro_geo.load.inputs import IndicatorFile, OfferFile, PopulationFile, QuartersFile, RateColumns
from sro_geo.load.reading import DataFile, find_file

Order = TypeVar("Order", QuartersFile, IndicatorFile, OfferFile, PopulationFile)

_FILES = ("keys", "addresses", "mask")
"""Settings that name a further file."""


def take_path(given: Order | str | Path, form: type[Order], /, **stated: Any) -> Order:
    """Settings as they are, or those of a path.

    Parameters
    ----------
    given : Order, str or Path
        Settings, or the path of a file.
    form : type
        Which settings: `QuartersFile`, `IndicatorFile`, `OfferFile`, `RasterFile` or `PopulationFile` (the path is that of its cells).
    **stated
        Fields of the settings. What names a further file may be a path, and a column of an indicator a head alone.

    Raises
    ------
    DataError
        If the file may not be read.
    TypeError
        If fields are stated beside finished settings, or there is no such field.

    Examples
    --------
    >>> from sro_geo import find_shipped
    >>> path = find_shipped("geodata/musterstadt/kennzahlen.csv")
    >>> take_path(path, IndicatorFile, form="wide", columns={"bevoelkerung": "Einwohner"}).columns["bevoelkerung"].value
    'Einwohner'
    """
    if isinstance(given, form):
        if stated:
            message = f"{', '.join(stated)}: `{form.__name__}` holds its settings itself"
            raise TypeError(message)
        return given
    fields = {
        name: open_path(value) if name in _FILES and value is not None else value for name, value in stated.items()
    }
    if form is IndicatorFile and "columns" in fields:
        heads: Any = stated["columns"]
        named = {code: RateColumns(value=one) if isinstance(one, str) else one for code, one in heads.items()}
        fields["columns"] = named
    path: Any = given
    make: Any = form
    made: Order = make(**{"cells" if form is PopulationFile else "file": open_path(path), **fields})
    return made


def open_path(given: DataFile | str | Path) -> DataFile:
    """File at a path, with what lies beside it."""
    if isinstance(given, DataFile):
        return given
    path = Path(given)
    return find_file(path.name, folder=path.resolve().parent)
