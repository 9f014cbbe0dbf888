"""Flat files of GENESIS among the raw files: which of their features is the areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.intake.joining import find_fits
from sro_geo.load.genesis import is_genesis, list_features, unfold_genesis

if TYPE_CHECKING:
    from sro_geo.intake.joining import Areas, Fit
    from sro_geo.intake.looking import Look


def unfold(look: Look, areas: Areas) -> tuple[Look, list[Fit]]:
    """Table as the loader reads it, and every way in which it names the quarters.

    Of a flat file only the feature counts whose codes are those of the quarters; it may name any number of other areas, since
    offices deliver whole states. Any other table stays as it is.
    """
    if not is_genesis(look.heads):
        return look, find_fits(look, areas)
    for feature in list_features(look.table):
        found = unfold_genesis(look.table, key=feature)
        flat = replace(look, table=found.table, labels=found.labels, units=found.units, notes=found.table.notes)
        fits = [fit for fit in find_fits(flat, areas, least_joined=0.0) if fit.column == feature and fit.how == "exact"]
        if fits:
            return flat, fits
    return look, []
