"""Which file lists offers, of what kind, and which columns say where they are and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.load.heads import fold_head
from sro_geo.load.words import OFFER_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.intake.looking import Look
    from sro_geo.model.catalogue import OfferKind

_LOCATED = (("lon", "lat"), ("x", "y"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """What is known of a file of offers.

    Attributes
    ----------
    columns : mapping of str to str
        Head by column of the model.
    kind : str or None
        Code of the kind that the file's name tells.
    located : bool
        Whether each offer has a point.
    """

    columns: Mapping[str, str]
    kind: str | None
    located: bool


def find_sites(look: Look, *, kinds: Mapping[str, OfferKind], keyed: str | None) -> Sites | None:
    """What a file of offers says, or None where it is none.

    Offers have a point each, or a column `keyed` that names their quarters and a kind that the file's name tells; and a
    name.
    """
    folded = {fold_head(head): head for head in reversed(look.heads)}
    columns = {
        column: folded[name] for column, names in OFFER_COLUMNS.items() for name in reversed(names) if name in folded
    }
    located = look.holds == "points" or any(x in columns and y in columns for x, y in _LOCATED)
    kind = find_kind(look.path.stem, kinds=kinds)
    if "name" not in columns or not (located or (keyed is not None and kind is not None)):
        return None
    if keyed is not None and not located:
        columns["quarter_id"] = keyed
    if look.holds == "points":
        columns = {column: head for column, head in columns.items() if column not in ("lon", "lat", "x", "y")}
    return Sites(columns=columns, kind=None if "kind" in columns else kind, located=located)


def find_kind(name: str, *, kinds: Mapping[str, OfferKind]) -> str | None:
    """Kind of offer that a file's name tells, where it tells one only.

    Examples
    --------
    >>> from sro_geo import read_catalogue
    >>> kinds = read_catalogue().kinds
    >>> find_kind("Kitas_2022", kinds=kinds), find_kind("spielplaetze", kinds=kinds), find_kind("adressen", kinds=kinds)
    ('kindertageseinrichtung', 'spielplatz', None)
    """
    words = set(re.split(r"_|(?<=\D)(?=\d)", fold_head(name)))
    found = {code for code, kind in kinds.items() if words & set(_list_words(kind))}
    return found.pop() if len(found) == 1 else None


def _list_words(kind: OfferKind) -> Iterable[str]:
    yield kind.code
    for names in (kind.short, kind.plural, kind.name):
        yield from (fold_head(name) for name in names.values())
