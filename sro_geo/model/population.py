"""Who lives where: persons by cell and age group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.errors import stop_at
from sro_geo.model.ages import AgeGroup, find_bands, is_age_group, parse_age_group
from sro_geo.model.schema import (
    find_duplicates,
    find_foreign_crs,
    find_missing_columns,
    find_unknown_codes,
    find_untidy_numbers,
    report,
)
from sro_geo.model.status import ESTIMATED, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    import geopandas as gpd

    from sro_geo.model.quarters import Quarters


_GAPS = ["quarter_id", "age_group", "status"]


@dataclass(frozen=True, kw_only=True)  # no slots: what many measures ask for is worked out once
class Population:
    """Checked population.

    Attributes
    ----------
    persons : DataFrame
        Long: cell_id, age_group, persons (≥ 0), quarter_id, status, example.
    cells : GeoDataFrame
        Index `cell_id`; points in the quarters' CRS; column quarter_id.
    gaps : DataFrame
        quarter_id, age_group, status: groups of a quarter whose persons are not known at all.
    """

    persons: pd.DataFrame
    cells: gpd.GeoDataFrame
    gaps: pd.DataFrame

    @cached_property
    def by_group(self) -> pd.DataFrame:
        """Persons, cells × age groups; 0 where a cell has none of a group."""
        group, groups = pd.factorize(self.persons["age_group"], sort=True)
        wide = np.zeros((len(self.cells), len(groups)))
        wide[self.cells.index.get_indexer(self.persons["cell_id"]), group] = self.persons["persons"]
        return pd.DataFrame(wide, index=self.cells.index, columns=pd.Index(groups, name="age_group"))

    @cached_property
    def marks(self) -> pd.DataFrame:
        """By quarter and age group: whether any number is estimated, or invented."""
        rows = self.persons[["quarter_id", "age_group"]]
        told = rows.assign(estimated=self.persons["status"] == ESTIMATED, example=self.persons["example"].astype(bool))
        return told.groupby(["quarter_id", "age_group"]).any()

    @cached_property
    def bands(self) -> tuple[AgeGroup, ...]:
        """Age groups that the population holds, in order."""
        return tuple(sorted(parse_age_group(text) for text in self.persons["age_group"].unique()))


def as_population(
    persons: pd.DataFrame, cells: gpd.GeoDataFrame, *, quarters: Quarters, gaps: pd.DataFrame | None = None
) -> Population:
    """Check cells and persons and return them as `Population`.

    Parameters
    ----------
    persons : DataFrame
        Columns cell_id, age_group, persons, status, example, source, row.
    cells : GeoDataFrame
        Index `cell_id`; column quarter_id; point geometry in the quarters' CRS.
    quarters : Quarters
        Boundaries that `quarter_id` refers to.
    gaps : DataFrame or None
        As in `Population`; None where every group of every quarter is known.

    Raises
    ------
    DataError
        With all problems at once.

    Examples
    --------
    >>> import pandas as pd
    >>> from sro_geo import as_population, find_shipped, read_boundaries, read_project
    >>> quarters = read_boundaries(read_project(find_shipped("analyses/musterstadt")).quarters).quarters
    >>> middles = quarters.assign(quarter_id=quarters.index, geometry=quarters.representative_point())
    >>> cells = middles.loc[["08", "09"]].rename_axis("cell_id")
    >>> marks = {"status": "observed", "example": True, "source": "own count", "row": None}
    >>> counted = pd.DataFrame({"cell_id": ["08", "09"], "age_group": "6-15", "persons": [300, 277]})
    >>> population = as_population(counted.assign(**marks), cells, quarters=quarters)
    >>> population.persons.groupby("quarter_id")["persons"].sum().to_dict()
    {'08': 300, '09': 277}
    """
    columns = ["cell_id", "age_group", "persons", "status", "example", "source", "row"]
    problems = find_missing_columns(persons, columns, table="population")
    stop_at(problems or find_foreign_crs(cells, quarters, table="population"))
    problems += find_unknown_codes(cells.reset_index(), "quarter_id", list(quarters.index), cause="unknown_quarter")
    problems += find_duplicates(cells.reset_index(), ["cell_id"], table="population")
    ordered = cells.sort_index()
    cell = (
        ordered.index.get_indexer(persons["cell_id"]) if ordered.index.is_unique else np.zeros(len(persons), dtype=int)
    )
    if (cell < 0).any():
        problems += find_unknown_codes(persons, "cell_id", set(cells.index), cause="unknown_cell")
    ages = [group for group in persons["age_group"].unique() if is_age_group(group)]
    problems += report(persons, ~persons["age_group"].isin(ages), "unknown_age_group", column="age_group")
    problems += find_untidy_numbers(persons, "persons")
    problems += report(persons, persons["persons"].isna(), "persons_missing", column="persons")
    group = pd.factorize(persons["age_group"], sort=True)[0]
    order = np.lexsort((group, cell))
    if ((np.diff(cell[order]) == 0) & (np.diff(group[order]) == 0)).any():
        problems += find_duplicates(persons, ["cell_id", "age_group"], table="population")
    stop_at(problems)
    joined = persons[columns].assign(quarter_id=ordered["quarter_id"].to_numpy()[cell])
    return Population(
        persons=joined.iloc[order].reset_index(drop=True),
        cells=ordered[["quarter_id", "geometry"]],
        gaps=pd.DataFrame(columns=_GAPS, dtype="str") if gaps is None else gaps[_GAPS],
    )


def count_persons(population: Population, *, target_group: str) -> pd.Series | None:
    """Persons of a target group in each cell, on the cells' index; None where the bands do not make it up.

    Cells without anybody of the group have 0.
    """
    target = parse_age_group(target_group)
    bands = find_bands(target, population.bands)
    if bands is None:
        return None
    return population.by_group[[str(band) for band in bands]].sum(axis=1).rename(target_group)


def find_status(population: Population) -> str:
    """Status of what is counted of the persons: as good as these are known."""
    return ESTIMATED if population.marks["estimated"].any() else OBSERVED


def find_gaps(population: Population, *, target_group: str) -> dict[str, str]:
    """Quarters in which a part of the target group is not known, and why; a withheld part goes before a missing one."""
    bands = find_bands(parse_age_group(target_group), population.bands) or ()
    rows = population.gaps[population.gaps["age_group"].isin([str(band) for band in bands])]
    withheld = rows.sort_values("status", key=lambda status: status != SUPPRESSED, kind="stable")
    return {str(q): str(s) for q, s in withheld.groupby("quarter_id")["status"].first().items()}
