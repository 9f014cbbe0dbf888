"""Problems and notes of the loaders: what is met in a file, with the file and its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Problem
from sro_geo.model.schema import MOST_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.errors import Place


def tell(place: Place, cause: str, **values: object) -> Problem:
    """What is wrong with a file, or worth a note; the message gets the file's `name`."""
    return Problem(cause=cause, values={"name": place.file, **values}, places=(place,))


def tell_rows(place: Place, rows: Iterable[object], cause: str, **values: object) -> Problem:
    """The same for rows of a file, of which the first few are named; the message gets their `count`, too."""
    numbers = [int(str(row)) for row in rows]
    places = tuple(replace(place, row=number) for number in numbers[:MOST_PLACES])
    return Problem(cause=cause, values={"name": place.file, "count": len(numbers), **values}, places=places)


def refuse(place: Place, cause: str, **values: object) -> DataError:
    """The error of one problem with a file."""
    return DataError(tell(place, cause, **values))
