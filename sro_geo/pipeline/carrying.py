"""Values of other vintages and levels brought to the quarters, protected before they are."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.known import Known
from sro_geo.disclose.primary import suppress_small
from sro_geo.errors import Place, Problem
from sro_geo.model.crosswalk import carry_values, rename_values
from sro_geo.model.indicators import KEY, Indicators, as_indicators, join_indicators, list_suppressed
from sro_geo.model.status import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.crosswalk import Bridge, Bridges
    from sro_geo.load.indicators import IndicatorTables
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.crosswalk import Made
    from sro_geo.model.indicators import Key
    from sro_geo.project import Project

_NUMBERS = ["value", "numerator", "denominator"]


def carry_all(
    project: Project, values: IndicatorTables, bridges: Bridges, *, quarter_ids: Sequence[str]
) -> IndicatorTables:
    """Tables with the values of all crosswalks among the others.

    Raises
    ------
    DataError
        If a value stands in the tables of two vintages.

    Notes
    -----
    The old values may have been published, so whoever knows all parts of a sum but one knows that one, too. That is why small
    counts, and what protects them, are taken out of the old quarters *before* anything is added: a value of a new quarter with
    such a part is withheld. What is carried is made of numbers alone that the old quarters show. Old quarters that only changed
    their key keep their true rows, which are protected like all others.
    """
    specs = project.catalogue.specs
    tables, made, notes = [values.indicators], dict(values.made), list(values.notes)
    for vintage, old in values.old.items():
        bridge = bridges.by_vintage[vintage]
        shown = protect_old(old, specs=specs, smallest=project.smallest, most=project.source_most)
        carried = carry_values(shown, bridge.shares, specs=specs, by_area=bridge.order.by_area)
        frame = pd.concat([rename_values(old, bridge.shares), carried.frame], ignore_index=True)
        frame["example"] = frame["example"].astype(bool) | bridge.example
        tables.append(as_indicators(frame, specs=specs, quarter_ids=quarter_ids))
        made |= carried.made
        notes += _tell_carried(old, tables[-1], bridge)
        place = Place(file=bridge.order.file.name)
        notes += [replace(note, values={**note.values, "vintage": vintage}, places=(place,)) for note in carried.notes]
    return replace(values, indicators=join_indicators(*tables), made=made, notes=tuple(notes))


def protect_old(old: Indicators, *, specs: Mapping[str, IndicatorSpec], smallest: int, most: float) -> Indicators:
    """Values of old quarters without small counts; one that lost numerator or denominator is withheld as a whole.

    Parameters
    ----------
    old : Indicators
        As read.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    smallest : int
        Smallest count that may be shown.
    most : float
        What everybody knows that a count withheld by a file is at most.
    """
    few = list_suppressed(old) if math.isfinite(most) else frozenset()
    shown, _ = suppress_small(old, specs=specs, smallest=smallest, known=Known(few=few, most=most))
    lost = (old[_NUMBERS].notna() & shown[_NUMBERS].isna()).any(axis=1)
    status = shown["status"].mask(lost, SUPPRESSED)
    numbers = {column: shown[column].mask(lost) for column in ("value", "low", "high", "numerator")}
    return Indicators(shown.assign(status=status, **numbers))


def list_made(made: Mapping[Key, Made], *, true: Indicators, shown: Indicators) -> dict[Key, Made]:
    """What carried values were made of, without those that lost any number: a part would tell of it."""
    whole = (shown[_NUMBERS].isna() == true[_NUMBERS].isna()).all(axis=1) & shown["value"].notna()
    keys = {(str(q), str(code), int(year)) for q, code, year in shown.loc[whole, KEY].itertuples(index=False)}
    return {key: one for key, one in made.items() if key in keys}


def _tell_carried(old: Indicators, new: Indicators, bridge: Bridge) -> list[Problem]:
    """Note for each file whose values were carried."""
    areas = {"old": len(bridge.quarter_ids), "new": new["quarter_id"].nunique()}
    facts = {"table": bridge.order.file.name, "vintage": bridge.order.vintage, **areas}
    return [
        Problem(cause="values_carried", values={"name": str(file), **facts}, places=(Place(file=str(file)),))
        for file in dict.fromkeys(old["source"])
    ]
