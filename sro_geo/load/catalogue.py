"""The vocabulary as data: what indicators and kinds of offer mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.breaks import Breaks, tell_fault
from sro_geo.load.reading import DataFile
from sro_geo.load.seriesbreaks import SeriesBreaks, check_breaks, make_breaks
from sro_geo.load.sources import read_source
from sro_geo.load.toml import Strict, Words, check_content, find_line, read_toml, suggest
from sro_geo.load.units import DIVIDED, UNITS, read_unit
from sro_geo.model.ages import is_age_group, parse_age_group
from sro_geo.model.catalogue import UNIT_FACTOR, IndicatorSpec, OfferKind
from sro_geo.model.counts import is_count, parse_count
from sro_geo.text.levels import capital
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sro_geo.model.catalogue import Unit
    from sro_geo.model.source import Source

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Goalposts = Annotated[list[float], Field(min_length=2, max_length=2)]


class _Indicator(Strict):
    code: Code
    name: Words
    short: Words
    unit: Words
    adds: bool | None = None
    topic: Literal["social", "offers", "resilience"] = "social"
    direction: Literal[-1, 0, 1] = 0
    dimension: Literal["robustness", "redundancy", "recovery"] | None = None
    context: bool = False
    counted: Words | None = None
    numerator: str | None = None
    denominator: str | None = None
    goalposts: Goalposts | None = None
    breaks: Breaks = Field(default_factory=list)
    series_breaks: SeriesBreaks = Field(default_factory=list)
    digits: Annotated[int, Field(ge=0, le=6)] = 0
    signed: bool = False
    derived: bool = False
    computed: bool = False
    replace: bool = False


class _AgeGroups(Strict):
    bands: list[str]


class _Indicators(Strict):
    indicator: list[_Indicator] = Field(default_factory=list)
    age_groups: _AgeGroups = _AgeGroups(bands=[])


class _Kind(Strict):
    code: Code
    name: Words
    short: Words
    plural: Words
    none: Words
    also: list[str] = Field(default_factory=list)
    law: str = ""
    fields: list[str] = Field(default_factory=list)
    target_group: str | None = None
    reach: bool | None = None
    protected_address: bool = False
    by_area: bool = False
    symbol: Literal["circle", "triangle", "square", "diamond", "plus", "cross"] = "circle"
    replace: bool = False


class _Kinds(Strict):
    kind: list[_Kind] = Field(default_factory=list)


INDICATORS_FORM, KINDS_FORM = _Indicators, _Kinds
"""Forms of a planner's own files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What codes mean.

    Attributes
    ----------
    specs : mapping of str to IndicatorSpec
        Indicators by code, in the order of the files.
    kinds : mapping of str to OfferKind
        Kinds of offer by code, in the order of the files.
    notes : tuple of Problem
        Codes that the planner's own catalogue replaces, and rates of which it does not tell what the denominator counts.
    sources : tuple of Source
        The planner's own files.
    """

    specs: Mapping[str, IndicatorSpec]
    kinds: Mapping[str, OfferKind]
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_catalogue(*, indicators: DataFile | None = None, offer_kinds: DataFile | None = None) -> Catalogue:
    """Shipped catalogue with the planner's own files added.

    Parameters
    ----------
    indicators, offer_kinds : DataFile or None
        The planner's own files, in the form of the shipped ones.

    Raises
    ------
    DataError
        If a file has another form, names a code again without `replace = true`, or does not tell whether a `number`
        counts persons.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_catalogue, read_project
    >>> kinds, project = read_catalogue().kinds, read_project(find_shipped("analyses/musterstadt"))
    >>> [kinds[code].short["de"] for code in project.redundancy_kinds]
    ['Kita', 'Familienzentrum', 'Jugendtreff']
    """
    specs: dict[str, IndicatorSpec] = {}
    kinds: dict[str, OfferKind] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for file in (_find_shipped("indicators.toml"), indicators):
        if file is not None:
            problems += _take_indicators(file, specs=specs, notes=notes)
    for file in (_find_shipped("offer_kinds.toml"), offer_kinds):
        if file is not None:
            problems += _take_kinds(file, kinds=kinds, notes=notes)
    stop_at(problems)
    sources = tuple(read_source(file) for file in (indicators, offer_kinds) if file is not None)
    return Catalogue(specs=specs, kinds=kinds, notes=tuple(notes), sources=sources)


def _find_shipped(name: str) -> DataFile:
    return DataFile(path=Path(str(files("sro_geo"))) / "catalogue" / name, name=name)


def _take_indicators(file: DataFile, *, specs: dict[str, IndicatorSpec], notes: list[Problem]) -> list[Problem]:
    """Add a file's indicators to `specs`; return what is wrong."""
    try:
        text, content = read_toml(file)
        checked = check_content(_Indicators, content, text=text, file=file.name)
    except DataError as error:
        return list(error.problems)
    problems = [
        Problem(
            cause="wrong_age_group",
            values={"key": "age_groups.bands", "found": band},
            places=(_place(file, text, ["age_groups", "bands"]),),
        )
        for band in checked.age_groups.bands
        if not is_age_group(band)
    ]
    for number, entry in enumerate(checked.indicator):
        problems += _note_again(
            entry.code,
            specs,
            replaces=entry.replace,
            place=partial(_place, file, text, ["indicator", number, "code"]),
            notes=notes,
        )
        wrong = _check_counts(entry, file=file, text=text, number=number, notes=notes)
        problems += wrong
        if not wrong:
            specs[entry.code] = _make_spec(entry)
    if not problems:
        specs.update(
            {spec.code: spec for spec in map(_describe_band, checked.age_groups.bands) if spec.code not in specs}
        )
    return problems


def _take_kinds(file: DataFile, *, kinds: dict[str, OfferKind], notes: list[Problem]) -> list[Problem]:
    """Add a file's kinds to `kinds`; return what is wrong."""
    try:
        text, content = read_toml(file)
        checked = check_content(_Kinds, content, text=text, file=file.name)
    except DataError as error:
        return list(error.problems)
    problems = []
    for number, entry in enumerate(checked.kind):
        problems += _note_again(
            entry.code,
            kinds,
            replaces=entry.replace,
            place=partial(_place, file, text, ["kind", number, "code"]),
            notes=notes,
        )
        if entry.target_group is not None and not is_age_group(entry.target_group):
            values = {"key": f"kind.{number + 1}.target_group", "found": entry.target_group}
            place = _place(file, text, ["kind", number, "target_group"])
            problems.append(Problem(cause="wrong_age_group", values=values, places=(place,)))
        stated = entry.model_dump(exclude={"replace", "fields", "also", "reach"})
        kind = OfferKind(**stated, fields=tuple(entry.fields), also=tuple(entry.also))
        if kind.pointless and entry.reach:
            place = _place(file, text, ["kind", number, "reach"])
            problems.append(Problem(cause="kind_without_point", values={"code": entry.code}, places=(place,)))
        kinds[entry.code] = replace(kind, reach=not kind.pointless if entry.reach is None else entry.reach)
    return problems


def _note_again(
    code: str, known: Collection[str], *, replaces: bool, place: Callable[[], Place], notes: list[Problem]
) -> list[Problem]:
    """Report a code that is known already as a problem, or note it where it is replaced on purpose."""
    if code not in known:
        return []
    if not replaces:
        return [Problem(cause="code_known_already", values={"code": code}, places=(place(),))]
    notes.append(Problem(cause="code_replaced", values={"code": code}, places=(place(),)))
    return []


def _check_counts(entry: _Indicator, *, file: DataFile, text: str, number: int, notes: list[Problem]) -> list[Problem]:
    """Report what cannot be read as a count and numbers that may count persons or not; note untold denominators."""
    problems = []
    for key, stated in (("numerator", entry.numerator), ("denominator", entry.denominator)):
        if stated is not None and not is_count(stated):
            values = {"key": f"indicator.{number + 1}.{key}", "found": stated}
            place = _place(file, text, ["indicator", number, key])
            problems.append(Problem(cause="wrong_count", values=values, places=(place,)))
    values, find = {"code": entry.code}, partial(_place, file, text, ["indicator", number, "code"])
    unit = read_unit(entry.unit.de)
    problems += _check_unit(entry, unit, place=partial(_place, file, text, ["indicator", number, "unit"]))
    if entry.computed and (unit not in DIVIDED or not _counts(entry.numerator) or not _counts(entry.denominator)):
        place = _place(file, text, ["indicator", number, "computed"])
        problems.append(Problem(cause="computed_untold", values=values, places=(place,)))
    cuts = _place(file, text, ["indicator", number, "breaks"]) if entry.breaks else None
    problems += tell_fault(entry.breaks, signed=entry.signed, key=f"indicator.{number + 1}.breaks", place=cuts)
    where = partial(_place, file, text, ["indicator", number, "series_breaks"])
    problems += check_breaks(entry.series_breaks, code=entry.code, place=where)
    if unit == "number" and entry.numerator is None:
        problems.append(Problem(cause="number_untold", values=values, places=(find(),)))
    if unit in UNIT_FACTOR and entry.denominator is None and not entry.derived:
        notes.append(Problem(cause="denominator_untold", values=values, places=(find(),)))
    return problems


def _counts(stated: str | None) -> bool:
    """Whether a text tells what is counted, and it is something."""
    return stated is not None and is_count(stated) and parse_count(stated).persons


def _check_unit(entry: _Indicator, unit: Unit | None, *, place: Callable[[], Place]) -> list[Problem]:
    """Report words of which nobody knows what they mean, and a setting that a known unit leaves without effect."""
    settled = entry.numerator == "none" and entry.adds is not None
    if settled if unit is None else entry.adds is None:
        return []
    similar = suggest(entry.unit.de, list(UNITS))
    cause = "adds_idle" if unit is not None else "unit_untold" if similar is None else "unit_untold_similar"
    values = {"code": entry.code, "unit": entry.unit.de, "known": list(UNITS), "similar": similar}
    told = {"adds_idle": ("code", "unit"), "unit_untold": ("code", "unit", "known")}.get(cause, tuple(values))
    return [Problem(cause=cause, values={key: values[key] for key in told}, places=(place(),))]


def _make_spec(entry: _Indicator) -> IndicatorSpec:
    stated = entry.model_dump(exclude={"replace", "goalposts", "numerator", "denominator", "unit", "adds"})
    stated |= {"breaks": tuple(entry.breaks), "series_breaks": make_breaks(entry.series_breaks)}
    unit: Unit = read_unit(entry.unit.de) or ("number" if entry.adds else "own")
    words = None if entry.unit.de in UNITS else entry.unit.model_dump()
    posts = None if entry.goalposts is None else (entry.goalposts[0], entry.goalposts[1])
    above, below = (None if told is None else parse_count(told) for told in (entry.numerator, entry.denominator))
    return IndicatorSpec(**stated, unit=unit, unit_text=words, goalposts=posts, numerator=above, denominator=below)


def _describe_band(band: str) -> IndicatorSpec:
    group = parse_age_group(band)
    name = {voice.language: capital(voice.people(group.start, group.end)) for voice in SPEAKERS}
    code = f"alter_{band.replace('-', '_').replace('+', '_plus')}"
    return IndicatorSpec(code=code, name=name, short=name, unit="persons", context=True, age_group=band)


def _place(file: DataFile, text: str, path: list[int | str]) -> Place:
    return Place(file=file.name, row=find_line(text, path))
