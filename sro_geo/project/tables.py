"""Sections of a project file that name tables, as the loaders' settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sro_geo.load.cities import find_city, list_similar
from sro_geo.load.inputs import IndicatorFile, OfferFile, PopulationFile, QuartersFile, RasterFile, RateColumns
from sro_geo.load.location import GERMANY, surround
from sro_geo.load.sheets import is_band
from sro_geo.load.words import INDICATOR_COLUMNS, OFFER_COLUMNS
from sro_geo.model.ages import is_age_group
from sro_geo.project.finding import complain, complain_unknown, take_file
from sro_geo.project.values import SitingOrder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.reading import DataFile
    from sro_geo.load.toml import Step
    from sro_geo.project.finding import Desk
    from sro_geo.project.measures import Siting
    from sro_geo.project.schema import Columns, Indicators, Offers, Population, Quarters, Rasters

SLOT = "{year}"
STATUSES = {
    None: "observed",
    "geschaetzt": "estimated",
    "estimated": "estimated",
    "beispiel": "example",
    "example": "example",
}


def take_quarters(stated: Quarters, *, language: str, desk: Desk) -> QuartersFile | None:
    """Take the settings of the boundaries; None where the file may not be read.

    A German project lies in Germany unless it says near which city or point it does.
    """
    file = take_file(desk, ["quarters", "file"], stated.file)
    keys = take_file(desk, ["quarters", "keys"], stated.keys)
    if file is None or _lacks(stated.keys, keys):
        return None
    near: object = stated.near
    if isinstance(near, str) and find_city(near) is None:
        similar = list_similar(near)
        told = {"found": near, "similar": similar} if similar else {"found": near}
        complain(desk, "unknown_city_similar" if similar else "unknown_city", ["quarters", "near"], **told)
    rest = stated.model_dump(exclude={"file", "keys", "axes", "near"}, warnings=False)
    box = find_box(stated, language=language)
    return QuartersFile(file=file, keys=keys, swapped=stated.axes == "swapped", box=box, **rest)


def find_box(stated: Quarters, *, language: str) -> tuple[float, float, float, float] | None:
    """West, south, east and north in degrees within which all boundaries lie; None where nothing is expected."""
    near: object = stated.near
    point = find_city(near) if isinstance(near, str) else (stated.near[0], stated.near[1]) if stated.near else None
    return surround(point) if point else GERMANY if language == "de" else None


def take_indicators(
    stated: Sequence[Indicators], *, codes: Sequence[str], words: Mapping[str, str], desk: Desk
) -> tuple[IndicatorFile, ...]:
    """Take the settings of each table of indicators; `{year}` in a file's name or a head makes one for each year."""
    return tuple(
        replace(order, words=words, vintage=section.vintage or "")
        for number, section in enumerate(stated)
        for order in _take_section(section, ["indicators", number], codes=codes, desk=desk)
    )


def _take_section(stated: Indicators, path: list[Step], *, codes: Sequence[str], desk: Desk) -> list[IndicatorFile]:
    _check_columns(stated, path, codes=codes, desk=desk)
    if not _check_slots(stated, path, desk=desk):
        return []
    if stated.years is not None and stated.year is not None:
        complain(desk, "year_and_years", [*path, "year"])
    keys = take_file(desk, [*path, "keys"], stated.keys)
    wide = stated.form == "wide"
    rest = stated.model_dump(
        include={"form", "key", "year_column", "day", "sheet", "header_row", "decimal", "shares", "drop"}
    )
    orders = []
    years: list[int | None] = [stated.year] if stated.years is None else [*stated.years]
    for year in years:
        file = take_file(desk, [*path, "file"], stated.file.replace(SLOT, str(year)))
        if file is not None and not _lacks(stated.keys, keys):
            orders.append(
                IndicatorFile(
                    file=file,
                    year=year,
                    keys=keys,
                    columns={code: RateColumns(**_fill(c, year)) for code, c in stated.columns.items()} if wide else {},
                    heads={}
                    if wide
                    else {column: _fill(c, year)["value"] or "" for column, c in stated.columns.items()},
                    status=STATUSES[stated.status],
                    **rest,
                )
            )
    return orders


def take_rasters(stated: Sequence[Rasters], *, codes: Sequence[str], desk: Desk) -> tuple[RasterFile, ...]:
    """Take the settings of each raster of an indicator."""
    orders = []
    for number, section in enumerate(stated):
        if section.indicator not in codes:
            path: list[Step] = ["rasters", number, "indicator"]
            complain_unknown(desk, "project_unknown_indicator", path, found=section.indicator, known=codes)
        file = take_file(desk, ["rasters", number, "file"], section.file)
        if file is not None:
            orders.append(RasterFile(file=file, **section.model_dump(exclude={"file"})))
    return tuple(orders)


def _check_slots(stated: Indicators, path: list[Step], *, desk: Desk) -> bool:
    """Whether `{year}` stands where years are stated: in the file's name or in every head, so that no number counts twice."""
    heads = {name: [head for head in c.model_dump().values() if head] for name, c in stated.columns.items()}
    slotted = [name for name, some in heads.items() if any(SLOT in head for head in some)]
    if stated.years is None:
        wrong = [["file"]] if SLOT in stated.file else [["columns", name] for name in slotted[:1]]
    elif SLOT in stated.file:
        return True
    else:
        whole = [name for name, some in heads.items() if all(SLOT in head for head in some)]
        wrong = [["columns", name] for name in heads if name not in whole][:1] if slotted else [["years"]]
    for where in wrong:
        complain(desk, "slot_without_years" if stated.years is None else "years_without_slot", [*path, *where])
    return not wrong


def _fill(columns: Columns, year: int | None) -> dict[str, str | None]:
    """Columns of a year: `{year}` in a head stands for it."""
    return {part: head and head.replace(SLOT, str(year)) for part, head in columns.model_dump().items()}


def _check_columns(stated: Indicators, path: list[Step], *, codes: Sequence[str], desk: Desk) -> None:
    if stated.form == "wide" and not stated.columns:
        complain(desk, "wide_without_columns", path)
    for name, columns in stated.columns.items():
        here = [*path, "columns", name]
        if stated.form == "wide" and name not in codes:
            complain_unknown(desk, "project_unknown_indicator", here, found=name, known=codes)
        elif stated.form == "long" and name not in INDICATOR_COLUMNS:
            complain_unknown(desk, "unknown_column", here, found=name, known=INDICATOR_COLUMNS)
        elif stated.form == "long" and (columns.value is None or columns.numerator or columns.denominator):
            complain(desk, "wrong_type_text", here, found=str(columns.model_dump(exclude_none=True)))


def take_offers(
    stated: Sequence[Offers], *, kinds: Sequence[str], words: Mapping[str, str], desk: Desk
) -> tuple[OfferFile, ...]:
    """Take the settings of each table of offers."""
    orders = []
    for number, section in enumerate(stated):
        path: list[Step] = ["offers", number]
        for column in section.columns:
            if column not in OFFER_COLUMNS and not is_band(column):
                complain_unknown(desk, "unknown_column", [*path, "columns", column], found=column, known=OFFER_COLUMNS)
        if section.kind is not None and section.kind not in kinds:
            complain_unknown(desk, "project_unknown_kind", [*path, "kind"], found=section.kind, known=kinds)
        for group in section.age_columns:
            check_age_group(group, [*path, "age_columns", group], desk=desk)
        file = take_file(desk, [*path, "file"], section.file)
        keys = take_file(desk, [*path, "keys"], section.keys)
        addresses = take_file(desk, [*path, "addresses"], section.addresses)
        if file is not None and not _lacks(section.keys, keys) and not _lacks(section.addresses, addresses):
            ages = {group: tuple(columns) for group, columns in section.age_columns.items()}
            rest = section.model_dump(exclude={"file", "keys", "addresses", "age_columns"})
            order = OfferFile(file=file, keys=keys, addresses=addresses, age_columns=ages, words=words, **rest)
            orders.append(order)
    return tuple(orders)


def take_siting(stated: Sequence[Siting], *, words: Mapping[str, str], desk: Desk) -> tuple[SitingOrder, ...]:
    """Take the orders of further offers, each with the file of its candidates."""
    orders = []
    for number, section in enumerate(stated):
        path: list[Step] = ["siting", number]
        layout = section.model_dump(include={"crs", "decimal"})
        if section.candidates is None and any(layout.values()):
            complain(desk, "missing_key", [*path, "candidates"])
        file = take_file(desk, [*path, "candidates"], section.candidates)
        sites = None if file is None else OfferFile(file=file, kind=section.kind, words=words, **layout)
        orders.append(SitingOrder(candidates=sites, **section.model_dump(exclude={"candidates", *layout})))
    return tuple(orders)


def take_population(stated: Population | None, *, words: Mapping[str, str], desk: Desk) -> PopulationFile | None:
    """Take the settings of the population."""
    if stated is None:
        return None
    ways = {"cells": stated.cells, "raster": stated.raster, "zensus": stated.zensus, "from": stated.source}
    named = [name for name, given in ways.items() if given]
    if len(named) != 1:
        complain(desk, "population_one_of", ["population"], found=len(named))
    for key in ("cell_metres", "mask"):
        if named in (["cells"], ["raster"], ["zensus"]) and getattr(stated, key) is not None:
            complain(desk, "only_where_spread", ["population", key])
    if stated.raster is not None and stated.age_group is None:
        complain(desk, "missing_key", ["population", "age_group"])
    if stated.age_group is not None:
        check_age_group(stated.age_group, ["population", "age_group"], desk=desk)
        if named in (["zensus"], ["from"]):
            complain(desk, "ages_are_told", ["population", "age_group"])
    rest = stated.model_dump(include={"age_group", "cell_metres", "crs", "drop"})
    return PopulationFile(
        cells=take_file(desk, ["population", "cells"], stated.cells),
        raster=take_file(desk, ["population", "raster"], stated.raster),
        zensus=take_file(desk, ["population", "zensus"], stated.zensus),
        keys=take_file(desk, ["population", "keys"], stated.keys),
        mask=take_file(desk, ["population", "mask"], stated.mask),
        words=words,
        **rest,
    )


def _lacks(stated: str | None, found: DataFile | None) -> bool:
    """Whether a table cannot be joined because its key table may not be read."""
    return stated is not None and found is None


def check_age_group(text: str, path: Sequence[Step], *, desk: Desk) -> None:
    """Gather a problem where a text is no single age group."""
    if "|" in text or not is_age_group(text):
        complain(desk, "wrong_age_group", path, found=text)
