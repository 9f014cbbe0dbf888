"""What was taken from each file of a project, counted in the tables that were made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sro_geo.model.ages import lies_within, parse_age_group
from sro_geo.model.quality import FileRead
from sro_geo.pipeline.reading import list_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from sro_geo.load.indicators import IndicatorTables
    from sro_geo.model.population import Population
    from sro_geo.pipeline.reading import Parts
    from sro_geo.project import Project

ROUNDED = 100
"""Sums of persons are told to so many, and only where no quarter counts too few of an age group to be shown."""


def count_files(project: Project, parts: Parts) -> tuple[FileRead, ...]:
    """Every file that a project names, in its order, with what was taken from it."""
    sources = {source.file: source for source in list_sources(project, parts)}
    roles: dict[str, list[str]] = {}
    sheets: dict[str, list[str]] = {}
    for role, file, sheet in _list_named(project):
        roles.setdefault(file, []).append(role)
        sheets.setdefault(file, []).extend([sheet] if sheet else [])
    return tuple(
        _look_at(
            FileRead(
                name=name,
                roles=tuple(dict.fromkeys(own)),
                source=sources.get(name),
                sheets=tuple(dict.fromkeys(sheets[name])),
            ),
            parts,
            smallest=project.smallest,
        )
        for name, own in roles.items()
    )


def _list_named(project: Project) -> Iterator[tuple[str, str, str | None]]:
    """Role, file, and sheet or layer, of all that a project reads, in the order of a project file."""
    yield from (("catalogue", source.file, None) for source in project.catalogue.sources)
    yield "quarters", project.quarters.file.name, project.quarters.layer
    for role, file in (("water", project.water), ("barrier", project.barrier), ("streets", project.streets)):
        if file is not None:
            yield role, file.name, None
    yield from (("indicators", order.file.name, order.sheet) for order in project.indicators)
    yield from (("rasters", order.file.name, None) for order in project.rasters)
    yield from (("crosswalk", order.file.name, order.sheet) for order in project.crosswalks)
    yield from (("offers", order.file.name, order.sheet or order.layer) for order in project.offers)
    sited = (order.candidates for order in project.siting if order.candidates is not None)
    yield from (("sites", order.file.name, None) for order in sited)
    keyed: list[Any] = [project.quarters, *project.indicators, *project.offers]
    if project.population is not None:
        keyed.append(project.population)
        order = project.population
        people = {"population": order.cells or order.raster or order.zensus, "mask": order.mask}
        yield from ((role, file.name, None) for role, file in people.items() if file is not None)
    if project.distances is not None:
        yield "distances", project.distances.file.name, project.distances.sheet
    yield from (("keys", order.keys.name, None) for order in keyed if order.keys is not None)
    yield from (("addresses", order.addresses.name, None) for order in project.offers if order.addresses is not None)
    yield from (("earlier", file.name, None) for file in project.earlier)


def _look_at(file: FileRead, parts: Parts, *, smallest: int) -> FileRead:
    counts: dict[str, int] = {}
    statuses: dict[str, int] = {}
    years: list[int] = []
    if "quarters" in file.roles and parts.bounds is not None:
        counts["quarters"] = len(parts.bounds.quarters)
    for role, layer in (("water", parts.water), ("barrier", parts.barrier)):
        if role in file.roles and layer is not None:
            counts[role] = len(layer.frame)
    if "streets" in file.roles and parts.streets is not None:
        counts["streets"] = round(parts.streets.streets.metres.sum() / 1000)
    if {"indicators", "rasters"} & {*file.roles} and parts.values is not None:
        own = _list_rows(parts.values, file.name)
        counts |= {"rows": own["row"].nunique()} if "indicators" in file.roles else {}
        counts |= {"values": len(own), "indicators": own["indicator"].nunique()} if file.source else {}
        statuses = {str(status): int(n) for status, n in own["status"].value_counts().sort_index().items()}
        years = sorted(int(year) for year in own["year"].unique())
    if "distances" in file.roles and parts.distances is not None:
        counts["ways"] = len(parts.distances.distances.pairs)
    if "offers" in file.roles and parts.offers is not None:
        counts["offers"] = int((parts.offers.offers["source"] == file.name).sum())
    if "sites" in file.roles:
        found = [number for number, one in parts.sites.items() if file.name in {s.file for s in one.sources}]
        counts["sites"] = max((len(parts.sites[number].sites) for number in found), default=0)
    if "population" in file.roles and parts.people is not None:
        counts |= _count_people(parts.people.population, smallest=smallest)
    return replace(file, counts=counts, statuses=statuses, years=tuple(years))


def _list_rows(values: IndicatorTables, name: str) -> pd.DataFrame:
    """Values of a file as read: those of old quarters before they were carried."""
    tables = (table[table["source"] == name] for table in (*values.old.values(), values.indicators))
    return next((own for own in tables if len(own)), values.indicators.iloc[:0])


def _count_people(population: Population, *, smallest: int) -> dict[str, int]:
    """Cells and persons, nobody twice: of age groups that lie within another only the wider counts.

    Beside sums of quarters that are shown, a sum could give one away that is not.
    """
    sums = population.persons.groupby(["quarter_id", "age_group"])["persons"].sum()
    counts = {"cells": len(population.cells)}
    if ((sums > 0) & (sums < smallest)).any():
        return counts
    ages = {group: parse_age_group(group) for group in population.persons["age_group"].unique()}
    inner = [
        one for one in ages if any(ages[one] != other and lies_within(ages[one], other) for other in ages.values())
    ]
    total = float(sums.drop(index=inner, level="age_group").sum())
    return {**counts, "persons": round(total / ROUNDED) * ROUNDED}
