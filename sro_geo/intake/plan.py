"""What was found in the raw files, put together: boundaries, tables, offers and the keys that join them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.intake.columns import divide_years, find_named_years, find_year_column, list_numbers, take_day
from sro_geo.intake.flat import unfold
from sro_geo.intake.found import Found
from sro_geo.intake.joining import KEY_HEADS, choose_name, list_keys, names_places, numbers_rows, rank_head
from sro_geo.intake.listings import lists_keys, proves_numbers
from sro_geo.intake.looking import choose_streets, look_at_all
from sro_geo.intake.sites import find_houses, find_sites, is_addressed
from sro_geo.load.heads import fold_head
from sro_geo.load.words import INDICATOR_COLUMNS, find_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sro_geo.intake.joining import Areas, Fit
    from sro_geo.intake.looking import Look
    from sro_geo.model.catalogue import OfferKind


KEYS_FILE = "schluessel.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Boundaries that a project has already.

    Attributes
    ----------
    areas : Areas
        Boundaries.
    key, name : str, str or None
        Their columns.
    ids : tuple of str
        What the quarters are called in the project, in the boundaries' order.
    keys_file : str
        Key table for what is added.
    """

    areas: Areas
    key: str
    name: str | None
    ids: tuple[str, ...]
    keys_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that the project file is made of.

    Attributes
    ----------
    areas : Areas
        Boundaries.
    key, name : str, str or None
        Their columns.
    ids : tuple of str
        What the quarters are called in the project, in the boundaries' order.
    numbered : bool
        Whether these are numbers that tables use and the boundaries only hold within a word.
    forms : mapping of str to int
        Further words for quarters: place in the boundaries.
    tables, offers : tuple of Found
        What is used.
    unused : tuple of Look
        Tables in which no column names the quarters, and rasters: only a person knows what they hold.
    listing : Look or None
        Table of keys that proves which number means which quarter.
    keys_file : str
        Key table.
    given : bool
        Whether the project has its boundaries already.
    grids : tuple of Look
        Of the Zensus.
    streets : Look or None
        Streets that ways go along.
    houses : Look or None
        List of house coordinates that gives offers their points.
    """

    areas: Areas
    key: str
    name: str | None
    ids: tuple[str, ...]
    numbered: bool
    forms: Mapping[str, int]
    tables: tuple[Found, ...]
    offers: tuple[Found, ...]
    unused: tuple[Look, ...]
    listing: Look | None
    keys_file: str = KEYS_FILE
    given: bool = False
    grids: tuple[Look, ...] = ()
    streets: Look | None = None
    houses: Look | None = None


def make_plan(paths: Sequence[Path], *, kinds: Mapping[str, OfferKind], given: Given | None = None) -> Plan:
    """Plan of a project from its raw files, or of what is added to one whose boundaries are given.

    Raises
    ------
    DataError
        With all problems of all files that cannot be read; if not one holds areas, or no column of theirs can be their key.
    """
    looks = look_at_all(paths)
    areas = _choose_areas([*looks, *([given.areas.look] if given else [])])
    rest = [look for look in looks if look.holds not in {"grid", "streets", "raster"} and look is not areas.look]
    houses = find_houses(rest)
    found = [
        one for look in rest if look is not houses for one in _find(look, areas, kinds=kinds, houses=houses is not None)
    ]
    addressed = any(one.sites is not None and one.sites.addressed for one in found)
    listings = [one for one in found if lists_keys(one, areas)]
    placed = [one for one in found if one.fit is not None or (one.sites and (one.sites.located or one.sites.addressed))]
    usable = [one for one in placed if one not in listings]
    key = given.key if given else _choose_key(areas, usable)
    settled = [replace(one, fit=_choose_fit(one, key=key)) for one in usable]
    numbered = any(one.fit is not None and one.fit.how == "number" for one in settled)
    ids = given.ids if given else _number_ids(areas, settled, key=key) if numbered else areas.keys[key]
    forms = _join_forms([*settled, *listings], areas, ids)
    return Plan(
        areas=areas,
        key=key,
        name=given.name if given else choose_name(areas, key=key),
        ids=ids,
        numbered=numbered and given is None,
        forms={form: place for form, place in forms.items() if ids[place] != form},
        tables=tuple(one for one in settled if one.sites is None),
        offers=tuple(one for one in settled if one.sites is not None),
        unused=(
            *(one.look for one in found if one not in placed),
            *(look for look in looks if look.holds == "raster" or (look is houses and not addressed)),
        ),
        listing=next((one.look for one in listings if proves_numbers(one)), None),
        keys_file=given.keys_file if given else KEYS_FILE,
        given=given is not None,
        grids=tuple(look for look in looks if look.holds == "grid"),
        streets=choose_streets(looks),
        houses=houses if addressed else None,
    )


def _choose_areas(looks: Iterable[Look]) -> Areas:
    areal = [look for look in looks if look.holds == "areas"]
    if len(areal) != 1:
        cause = "intake_several_areas" if areal else "intake_no_areas"
        raise DataError(Problem(cause=cause, values={"files": [look.path.name for look in areal]}))
    areas = list_keys(areal[0])
    if not areas.keys:
        raise DataError(Problem(cause="intake_no_key", values={"name": areal[0].path.name, "known": areal[0].heads}))
    return areas


def _find(look: Look, areas: Areas, *, kinds: Mapping[str, OfferKind], houses: bool) -> list[Found]:
    """What a file holds; more than one table where its heads hold different years."""
    look, ways = unfold(look, areas)
    listed = is_addressed(look)  # what numbers its rows is no quarter
    fits = tuple(fit for fit in ways if not (listed and numbers_rows(look, fit.column)))
    year = find_year_column(look)
    sites = None if year else find_sites(look, kinds=kinds, keyed=fits[0].column if fits else None, houses=houses)
    if sites is not None:
        own = next((fit for fit in fits if fit.column == sites.columns.get("quarter_id", fit.column)), None)
        return [Found(look=look, fit=None if sites.located else own, sites=sites, fits=fits)]
    if not fits:
        return [Found(look=look, fit=None, sites=None)]
    look = take_day(look)
    year = find_year_column(look)
    naming = [fit.column for fit in fits if fit.how != "number" or names_places(fit.column, areas)]
    long = find_columns(look.heads, stated={}, aliases=INDICATOR_COLUMNS)
    codes = long.get("indicator") if "value" in long else None
    numbers = list_numbers(look, without=[*naming, *([year] if year else [])])
    years = () if year else find_named_years(look)
    kept = [column for column in numbers if codes is None or column.head == long["value"]]
    one = Found(look=look, fit=fits[0], sites=None, year_column=year, codes=codes, fits=fits)
    parts = {(): kept} if year or codes else divide_years(kept) or {(): kept}
    return [replace(one, numbers=tuple(part), years=own or years) for own, part in parts.items()]


def _choose_key(areas: Areas, found: Sequence[Found]) -> str:
    """Column of the boundaries that most files use as it stands; else the one that is called like a key, and the shortest."""
    used = Counter(
        key for one in found if one.fit is not None for key in {fit.key for fit in one.fits if fit.how == "exact"}
    )

    def order(key: str) -> tuple[int, int, float]:
        words = areas.keys[key]
        return -used[key], rank_head(key, KEY_HEADS), sum(map(len, words)) / len(words)

    return min(areas.keys, key=order)


def _choose_fit(one: Found, *, key: str) -> Fit | None:
    """The surest fit; where that of the boundaries' key means the same, this one.

    Raises
    ------
    DataError
        If two columns of the boundaries hold the same words for different quarters, and neither is called like the file's.
    """
    if one.fit is None:
        return None
    fits = [fit for fit in one.fits if one.sites is None or fit.column == one.fit.column]
    first = fits[0]
    rivals = [fit for fit in fits if (fit.column, fit.how) == (first.column, first.how) and fit.key != first.key]
    other = next((fit for fit in rivals if fit.quarters != first.quarters), None)
    if other is not None and fold_head(first.column) != fold_head(first.key):
        columns = [first.key, other.key]
        values = {"name": one.look.path.name, "column": first.column, "columns": columns}
        raise DataError(Problem(cause="intake_key_ambiguous", values=values, places=(one.look.table.place,)))
    same = [fit for fit in fits if fit.how == "exact" and fit.key == key and fit.quarters == first.quarters]
    return (same or fits)[0]


def _join_forms(found: Sequence[Found], areas: Areas, ids: Sequence[str]) -> dict[str, int]:
    """Quarter by every word that a file has for it.

    Raises
    ------
    DataError
        If a word means one quarter here and another there: one key table would join one of the files wrongly.
    """
    forms = {word: (place, areas.look.path.name) for place, word in enumerate(ids)}
    problems = []
    for one in found:
        for word, place in ({} if one.fit is None else one.fit.quarters).items():
            other, file = forms.setdefault(word, (place, one.look.path.name))
            if other != place:
                values = {"word": word, "name": one.look.path.name, "other": file}
                problems.append(Problem(cause="intake_word_twice", values=values, places=(one.look.table.place,)))
                break
    stop_at(problems)
    return {word: place for word, (place, _) in forms.items()}


def _number_ids(areas: Areas, found: Sequence[Found], *, key: str) -> tuple[str, ...]:
    """What the tables call each quarter by its number; where none does, the boundaries' own word."""
    words: dict[int, Counter[str]] = {}
    for one in found:
        if one.fit is not None and one.fit.how == "number":
            for word, place in one.fit.quarters.items():
                words.setdefault(place, Counter())[word] += 1
    own = areas.keys[key]
    return tuple(words[place].most_common(1)[0][0] if place in words else own[place] for place in range(areas.count))
