"""Which file lists offers, of what kind, and which columns say where they are and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd

from sro_geo.errors import DataError
from sro_geo.load.agegroups import EVERYBODY, name_age_group
from sro_geo.load.heads import fold_head
from sro_geo.load.placing import list_fitting
from sro_geo.load.points import read_points
from sro_geo.load.vectors import to_metric
from sro_geo.load.words import OFFER_COLUMNS, find_columns, name_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.intake.looking import Look
    from sro_geo.model.catalogue import OfferKind

_LIST = re.compile(r"(?:liste|verzeichnis|standorte)$")

_PLACES = re.compile(r"(?:anzahl_)?(?:plaetze|platzzahl|kapazitaet|betreuungsplaetze)_(?:im_|in_der_|fuer_)?(\w+)")
_AGES = {
    **dict.fromkeys(["krippe", "kinderkrippe", "krippenkinder"], "0-3"),
    **dict.fromkeys(["kindergarten", "kita", "ue3", "elementar", "kindergartenkinder"], "3-6"),
    **dict.fromkeys(["hort", "hortkinder"], "6-10"),
}  # fmt: skip
"""What such places usually are for; the ages differ from state to state."""

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
    addressed : bool
        Whether a list of house coordinates gives them points.
    bands : mapping of str to str
        Head by column of the places of an age group that a word like "Krippe" stands for; whether it does is not sure.
    """

    columns: Mapping[str, str]
    kind: str | None
    located: bool
    addressed: bool = False
    bands: Mapping[str, str] = field(default_factory=dict)


def find_sites(look: Look, *, kinds: Mapping[str, OfferKind], keyed: str | None, houses: bool) -> Sites | None:
    """What a file of offers says, or None where it is none.

    Offers have a point each, or with a list of `houses` an address, or a column `keyed` that names their quarters and a kind
    that the file's name tells; and a name, which is no number: how many Kitas there are may stand below "Kita", too.
    """
    columns, located = _find_columns(look), is_located(look)
    kind = find_kind(look.path.stem, kinds=kinds) or find_kind(look.table.part or "", kinds=kinds)
    named = "name" in columns and not look.read_column(columns["name"]).str.fullmatch(r"[\d.,\s]*").all()
    addressed = houses and not located and is_addressed(look)
    if not named or not (located or addressed or (keyed is not None and kind is not None)):
        return None
    if keyed is not None and not located:
        columns["quarter_id"] = keyed
    if look.holds == "points":
        columns = {column: head for column, head in columns.items() if column not in ("lon", "lat", "x", "y")}
    sure, bands = _find_bands(look.heads)
    columns |= sure
    kind = None if "kind" in columns else kind
    return Sites(columns=columns, kind=kind, located=located, addressed=addressed, bands=bands)


def _find_bands(heads: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Columns of places by age group: those whose heads tell the age, and those that a word stands for.

    Examples
    --------
    >>> _find_bands(["Plätze U3", "Plätze 3 bis unter 6", "Plätze Hort", "Plätze"])
    ({'places_0_3': 'Plätze U3', 'places_3_6': 'Plätze 3 bis unter 6'}, {'places_6_10': 'Plätze Hort'})
    """
    sure, likely = {}, {}
    for head in heads:
        if (found := _PLACES.fullmatch(fold_head(head))) is None:
            continue
        group = name_age_group(found[1])
        if group not in {None, EVERYBODY}:
            sure[_name_band(str(group))] = head
        elif found[1] in _AGES:
            likely[_name_band(_AGES[found[1]])] = head
    return sure, {column: head for column, head in likely.items() if column not in sure}


def _name_band(group: str) -> str:
    return f"places_{group.replace('-', '_').replace('+', '_plus')}"


def find_system(look: Look, areas: Look) -> str | None:
    """Reference system that alone puts all points into the city, where that of the boundaries, which counts else, does not.

    Nothing can be said where the boundaries' own is a question.
    """
    columns = _find_columns(look)
    if areas.shapes is None or areas.lies or look.holds == "points" or not {"x", "y"} <= set(columns):
        return None
    stated = areas.shapes.to_crs(areas.crs) if areas.crs.startswith("EPSG:") else areas.shapes
    default = to_metric(gpd.GeoDataFrame(geometry=stated)).crs.to_string()
    try:
        points = read_points(look.table, columns, crs=None, default_crs=default)
    except DataError:
        return None  # the check tells what is wrong with the coordinates
    fits = list_fitting(points, bounds=areas.shapes.total_bounds)
    return fits[0] if len(fits) == 1 and fits[0] != default else None


def is_located(look: Look) -> bool:
    """Whether each row has a point."""
    columns = _find_columns(look)
    return look.holds == "points" or any(x in columns and y in columns for x, y in _LOCATED)


def is_addressed(look: Look) -> bool:
    """Whether each row has a name and an address."""
    columns = _find_columns(look)
    return "name" in columns and ("address" in columns or "street" in columns)


def lists_houses(look: Look) -> bool:
    """Whether it is a list of house coordinates: numbers in a column of their own, and no places."""
    columns = _find_columns(look)
    return {"street", "house_number"} <= set(columns) and not any(column.startswith("places") for column in columns)


def find_houses(looks: Iterable[Look]) -> Look | None:
    """The list of house coordinates, where there is one only."""
    found = [look for look in looks if lists_houses(look) and is_located(look) and "name" not in _find_columns(look)]
    return found[0] if len(found) == 1 else None


def _find_columns(look: Look) -> dict[str, str]:
    """Head by column of offers."""
    return find_columns(look.heads, stated={}, aliases=OFFER_COLUMNS)


def find_kind(name: str, *, kinds: Mapping[str, OfferKind]) -> str | None:
    """Kind of offer that a file's name tells, where it tells one only.

    Examples
    --------
    >>> from sro_geo import read_catalogue
    >>> kinds = read_catalogue().kinds
    >>> (
    ...     find_kind("Kitas_2022", kinds=kinds),
    ...     find_kind("Spielplatzliste", kinds=kinds),
    ...     find_kind("adressen", kinds=kinds),
    ... )
    ('kindertageseinrichtung', 'spielplatz', None)
    """
    words = {_LIST.sub("", word) for word in re.split(r"_|(?<=\D)(?=\d)", fold_head(name))}
    called = {code: {code, *map(fold_head, names)} for code, names in name_kinds(kinds).items()}
    found = {code for code, own in called.items() if words & own}
    return found.pop() if len(found) == 1 else None
