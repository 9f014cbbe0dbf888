"""Offers from tables and vector files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from sro_geo.errors import DataError, Place, Problem, stop_at
from sro_geo.load.cells import clean_column
from sro_geo.load.dates import read_dates
from sro_geo.load.heads import fold_head
from sro_geo.load.inputs import OfferFile
from sro_geo.load.keys import read_keys
from sro_geo.load.paths import take_path
from sro_geo.load.places import read_places
from sro_geo.load.placing import bring_points, find_quarters
from sro_geo.load.sheets import OfferSheet, read_sheet
from sro_geo.load.telling import tell
from sro_geo.load.words import find_codes, name_kinds
from sro_geo.model.offers import COLUMNS, as_offers, as_places
from sro_geo.model.schema import report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.keys import Keys
    from sro_geo.model.catalogue import OfferKind
    from sro_geo.model.offers import Offers, Places
    from sro_geo.model.quarters import Quarters
    from sro_geo.model.source import Source

TEXTS = ("name", "provider", "site_id", "opening_times", "cost")
DATES = ("valid_from", "valid_to")
EXAMPLE_WORDS = ("beispiel", "example")

_PLACE_COLUMNS = ["offer_id", "age_group", "places", "source", "row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTables:
    """Offers as read.

    Attributes
    ----------
    offers : Offers
        Checked offers that are there at the end of the year.
    places : Places
        Their places.
    notes : tuple of Problem
        What was decided on the way: offers left out, outside the city, in another quarter than stated.
    sources : tuple of Source
        Files read.
    """

    offers: Offers
    places: Places
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    file: str
    heads: Mapping[str, str]
    frame: gpd.GeoDataFrame
    places: pd.DataFrame
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def read_offers(
    orders: Sequence[OfferFile | str | Path] | OfferFile | str | Path,
    *,
    kinds: Mapping[str, OfferKind],
    quarters: Quarters,
    year: int,
    target_groups: Mapping[str, str] | None = None,
    **stated: Any,
) -> OfferTables:
    """Offers of several files as one checked table, and their places.

    Parameters
    ----------
    orders : sequence of OfferFile, str or Path; or one of them
        Files and how they are laid out; of a path, the fields of `OfferFile` follow by name (`kind="schule"`).
    kinds : mapping of str to OfferKind
        The catalogue.
    quarters : Quarters
        Boundaries; a point without a stated quarter belongs to the one it lies in.
    year : int
        Offers that are not there at the end of this year are left out and noted.
    target_groups : mapping of str to str or None
        Age group by kind as the project states it; goes before the catalogue's.

    Raises
    ------
    DataError
        With the problems of all files at once.

    Notes
    -----
    An offer of a kind that is never a point loses its point and its `site_id`, and is named by its id in notes.
    An offer that people walk to but that has no point is left out and noted.

    Examples
    --------
    >>> from sro_geo import find_shipped, read_boundaries, read_offers, read_project
    >>> project = read_project(find_shipped("analyses/musterstadt"))
    >>> quarters, kinds = read_boundaries(project.quarters).quarters, project.catalogue.kinds
    >>> read = read_offers(project.offers, kinds=kinds, quarters=quarters, year=2024, target_groups={})
    >>> len(read.offers.query("kind == 'kindertageseinrichtung'"))
    16
    >>> [note.values["found"] for note in read.notes if note.cause == "offers_not_valid"]
    [['Kita Heideröschen']]
    """
    pieces: list[_Piece] = []
    problems: list[Problem] = []
    targets = {code: (target_groups or {}).get(code, kind.target_group) for code, kind in kinds.items()}
    given = [orders] if isinstance(orders, OfferFile | str | Path) else orders
    for one in given:
        try:
            order = take_path(one, OfferFile, **stated)
            pieces.append(_read_piece(order, kinds=kinds, quarters=quarters, year=year, targets=targets))
        except DataError as error:
            problems += error.problems
    empty = gpd.GeoDataFrame({column: [] for column in ("offer_id", *COLUMNS)}, geometry="geometry", crs=quarters.crs)
    try:
        frame = pd.concat([piece.frame for piece in pieces]) if pieces else empty
        offers = as_offers(frame, kinds=kinds, quarters=quarters)
    except DataError as error:
        raise DataError([*problems, *(_name_heads(problem, pieces) for problem in error.problems)]) from error
    stop_at(problems)
    places = [piece.places for piece in pieces] or [pd.DataFrame(columns=_PLACE_COLUMNS).astype({"places": "float64"})]
    return OfferTables(
        offers=offers,
        places=as_places(pd.concat(places, ignore_index=True), offers=offers),
        notes=tuple(note for piece in pieces for note in piece.notes),
        sources=tuple(dict.fromkeys(source for piece in pieces for source in piece.sources)),
    )


def _read_piece(
    order: OfferFile,
    *,
    kinds: Mapping[str, OfferKind],
    quarters: Quarters,
    year: int,
    targets: Mapping[str, str | None],
) -> _Piece:
    sheet = read_sheet(order, default_crs=quarters.crs.to_string(), kinds=kinds, quarters=quarters)
    keys = read_keys(order.keys, called=quarters["name"].to_dict())
    points = bring_points(sheet.points, quarters=quarters, file=sheet.table.file)
    frame = _name_nameless(_frame_offers(sheet, order, points, called=name_kinds(kinds)), kinds=kinds)
    hidden = frame["kind"].map(lambda code: code in kinds and kinds[code].pointless).astype(bool)
    frame = frame.assign(told=frame["name"].where(~hidden, frame["offer_id"]))
    quarter_id, quarter_notes = _settle_quarters(frame, keys=keys, quarters=quarters)
    frame = frame.assign(quarter_id=quarter_id)
    places, place_notes = read_places(sheet, order, offer_ids=frame["offer_id"], targets=frame["kind"].map(targets))
    frame, left_out = _leave_out(frame, kinds=kinds, year=year)
    words = _note_words(sheet, frame, kinds=kinds)
    notes = [*sheet.table.notes, *words, *quarter_notes, *place_notes, *left_out]
    if "offer_id" not in sheet.heads:
        notes.append(tell(Place(file=sheet.table.file), "offer_ids_made"))
    places = places[places["offer_id"].isin(frame["offer_id"])]
    if not sheet.numbered:
        places, notes = places.assign(row=None), [replace(note, places=(sheet.table.place,)) for note in notes]
    return _Piece(
        file=sheet.table.file,
        heads=sheet.heads,
        frame=frame,
        places=places,
        notes=tuple(notes),
        sources=(sheet.source, *sheet.more, *keys.sources),
    )


def _name_heads(problem: Problem, pieces: Sequence[_Piece]) -> Problem:
    """Problem at the heads that the files themselves have."""
    heads = {piece.file: piece.heads for piece in pieces}
    return replace(
        problem,
        places=tuple(
            replace(place, column=heads.get(place.file, {}).get(place.column or "", place.column))
            for place in problem.places
        ),
    )


def _note_words(sheet: OfferSheet, frame: gpd.GeoDataFrame, *, kinds: Mapping[str, OfferKind]) -> list[Problem]:
    """Words that are no name of the kind that they were taken for."""
    head = sheet.heads.get("kind")
    if head is None:
        return []
    texts = clean_column(sheet.table.frame.loc[frame.index, head])
    further = {code: {fold_head(word) for word in kind.also} - {code} for code, kind in kinds.items()}
    pairs = zip(texts, frame["kind"], strict=True)
    found = dict.fromkeys(f"{text} → {code}" for text, code in pairs if fold_head(text) in further.get(code, ()))
    place = replace(sheet.table.place, column=head)
    return [tell(place, "kinds_by_word", found=list(found))] if found else []


def _frame_offers(
    sheet: OfferSheet, order: OfferFile, points: gpd.GeoSeries, *, called: Mapping[str, list[str]]
) -> gpd.GeoDataFrame:
    table, heads = sheet.table, sheet.heads

    def text(column: str) -> pd.Series:
        return (
            clean_column(table.frame[heads[column]])
            if column in heads
            else pd.Series("", index=table.frame.index, dtype="str")
        )

    stem = PurePosixPath(table.file).stem
    made = pd.Series([f"{stem}-{row}" for row in table.frame.index], index=table.frame.index, dtype="str")
    stated, problems = text("status").str.lower(), []
    columns = {column: text(column) for column in TEXTS}
    for column in DATES:
        columns[column], wrong = read_dates(text(column), sheet.table.place, heads.get(column, column))
        problems += wrong
    frame = gpd.GeoDataFrame(
        {
            **columns,
            "offer_id": text("offer_id") if "offer_id" in heads else made,
            "kind": find_codes(text("kind"), called=called, words=order.words).where(
                text("kind") != "", order.kind or ""
            ),
            "stated_quarter": text("quarter_id"),
            "status": stated.where(~stated.isin(["", *EXAMPLE_WORDS]), "observed"),
            "example": stated.isin(EXAMPLE_WORDS) | sheet.source.example,
        },
        geometry=points,
        crs=points.crs,
    ).assign(source=table.file, row=table.frame.index if sheet.numbered else None)
    problems += report(frame, frame["offer_id"] == "", "offer_without_id", column="name")
    stop_at(problems)
    return frame


def _name_nameless(frame: gpd.GeoDataFrame, *, kinds: Mapping[str, OfferKind]) -> gpd.GeoDataFrame:
    """Offers of which only the number is known are called by their kind, too: "Spielplatz (way/12)"."""
    nameless = (frame["name"] == frame["offer_id"]) & frame["kind"].isin(list(kinds))
    called = {code: next(iter(kind.name.values())) for code, kind in kinds.items()}
    longer = frame["kind"].map(called).astype("str") + " (" + frame["offer_id"] + ")"
    return frame.assign(name=frame["name"].mask(nameless, longer))


def _settle_quarters(frame: gpd.GeoDataFrame, *, keys: Keys, quarters: Quarters) -> tuple[pd.Series, list[Problem]]:
    """Quarter as stated, else the one the point lies in."""
    ids = keys.find(frame["stated_quarter"], quarter_ids=quarters.index).astype(object)
    stated = ids.where(ids.isin(list(quarters.index)), None)
    inside = find_quarters(frame.geometry, quarters=quarters)
    settled = stated.where(stated.notna(), inside)
    lost = (frame["stated_quarter"] != "") & stated.isna()
    differs = stated.notna() & inside.notna() & (stated != inside)
    forms = list(dict.fromkeys(frame.loc[lost, "stated_quarter"]))
    notes = report(frame, lost, "offer_quarter_unknown", column="quarter_id", describe=lambda _: forms)
    notes += report(frame, differs, "offer_quarter_differs", column="name", describe=_name_offers)
    return settled, notes


def _leave_out(
    frame: gpd.GeoDataFrame, *, kinds: Mapping[str, OfferKind], year: int
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    last_day = f"{year}-12-31"
    gone = (frame["valid_from"] > last_day) | ((frame["valid_to"] != "") & (frame["valid_to"] < last_day))
    walked_to = frame["kind"].map(lambda code: code in kinds and kinds[code].reach).astype(bool)
    nowhere = ~gone & walked_to & (frame.geometry.isna() | frame.geometry.is_empty)
    notes = [
        replace(note, values={**note.values, "year": year})
        for note in report(frame, gone, "offers_not_valid", column="name", describe=_name_offers)
    ]
    notes += report(frame, nowhere, "offers_nowhere", column="name", describe=_name_offers)
    kept = frame[~gone & ~nowhere]
    notes += report(kept, kept["quarter_id"].isna(), "offers_outside", column="name", describe=_name_offers)
    return kept, [*notes, *_note_twice(kept)]


def _note_twice(frame: gpd.GeoDataFrame) -> list[Problem]:
    """Offers of one kind, name and point that have two numbers; of protected addresses nothing is told."""
    located = frame[~(frame.geometry.isna() | frame.geometry.is_empty) & (frame["told"] == frame["name"])]
    same = located.geometry.to_wkb().to_frame("point").assign(kind=located["kind"], name=located["name"])
    twice = same.duplicated(keep=False).reindex(frame.index, fill_value=False)
    return report(frame, twice, "offers_twice", column="name", describe=_name_offers)


def _name_offers(rows: pd.DataFrame) -> list[str]:
    return list(rows["told"])
