"""What a map shows, before any drawing library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import shapely

    from sro_geo.model.basemaps import Basemap
    from sro_geo.model.quarters import Quarters

Method = Literal["quantile", "equal", "jenks", "deviation"]
Offers = Literal["none", "chosen", "all", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendClass:
    """One class of the legend, from low to high.

    Attributes
    ----------
    label : str
        Its range in words ("20 bis unter 30").
    fill, ink : str
        Colour of the area and of text on it, `#rrggbb`.
    count : int
        Number of quarters in it.
    """

    label: str
    fill: str
    ink: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendUnknown:
    """One reason for an unknown value.

    Attributes
    ----------
    label : str
        "keine Angabe", "geheim", "zu wenige Angaben" …
    short : str
        The same where there is little room ("k. A.").
    pattern : str
        `lines`, `dots`, `bars` or `blank` on white.
    count : int
        Number of quarters.
    """

    label: str
    short: str
    pattern: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStyle:
    """How a project wants one of its maps drawn.

    Attributes
    ----------
    classes : int or None
        Number of classes.
    method : {"quantile", "equal", "jenks", "deviation"} or None
        How they are cut.
    breaks : tuple of float
        Their cuts, where these are stated.
    colours : tuple of str
        Colours of their own, from low to high, as `#rrggbb`.
    offers : {"none", "chosen", "all", ""}
        As in `Picture`.
    """

    classes: int | None = None
    method: Method | None = None
    breaks: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()
    offers: Offers = ""


USUAL_STYLE = MapStyle()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One finished map, the same for page, figure and report.

    Attributes
    ----------
    slug : str
        Name for files: ASCII, lower case.
    topic, name : str
        Where a chooser puts it and what it calls it there.
    title, subtitle, heading : str
        Map title, line below it, head of the legend.
    quarter_ids, quarter_names : tuple of str
        In the order of all the other tuples.
    classes : tuple of LegendClass
        From low to high.
    unknown : tuple of LegendUnknown
        Reasons that occur.
    breaks : tuple of float
        Cuts between the classes, from low to high: a class holds its lower one.
    placed : tuple of int
        Class of each quarter; −1 is the first of `unknown`, −2 the second.
    labels : tuple of str
        Value of each quarter as text ("38 %", "geheim", "(54)").
    outlined : tuple of str
        Ids of the model regions.
    offer_kind : str or None
        Kind whose points are drawn solid.
    offers : {"none", "chosen", "all", ""}
        Kinds whose points are drawn at first; empty for what is usual.
    notices, warnings : tuple of str
        Sentences that must stand by the map.
    example : str
        Sentence that the figures are invented; empty where they are not.
    source : str
        Source note.
    digest : str
        Checksum of all this, to be printed small.
    """

    slug: str
    topic: str
    name: str
    title: str
    subtitle: str
    heading: str
    quarter_ids: tuple[str, ...]
    quarter_names: tuple[str, ...]
    classes: tuple[LegendClass, ...]
    unknown: tuple[LegendUnknown, ...]
    breaks: tuple[float, ...]
    placed: tuple[int, ...]
    labels: tuple[str, ...]
    outlined: tuple[str, ...]
    offer_kind: str | None
    offers: Offers
    notices: tuple[str, ...]
    warnings: tuple[str, ...]
    example: str
    source: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSymbol:
    """How a kind of offer is drawn.

    Attributes
    ----------
    kind, name, plural, symbol : str
        Code, short name, plural, `circle` `triangle` `square` `diamond` `plus` or `cross`.
    """

    kind: str
    name: str
    plural: str
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What lies on the map of a kind and a walk, in the quarters' metres.

    Attributes
    ----------
    gaps : geometry or None
        Areas in which enough of the target group have no offer within it.
    reached : geometry or None
        Parts of the streets from which there is one, as lines.
    """

    gaps: shapely.Geometry | None
    reached: shapely.Geometry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlays:
    """What lies on some maps, by their slug, and the streets that maps with reached ones show beneath these."""

    streets: shapely.Geometry | None = None
    by_map: Mapping[str, Overlay] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all maps of a study share.

    Attributes
    ----------
    quarters : Quarters
        Boundaries in metres.
    outlined : tuple of str
        Ids of the model regions.
    water : GeoDataFrame or None
        Rivers and sea: columns name, art (`fluss`, `bruecke`, `wasser`), geometry in the quarters' CRS.
    offers : GeoDataFrame
        Points that may be shown: columns kind, name, provider, quarter_id; never a protected address.
    symbols : tuple of OfferSymbol
        The kinds that have points, in the catalogue's order.
    overlays : Overlays
        What lies on some maps.
    basemap : Basemap or None
        Map of somebody else that a reader may lay below.
    """

    quarters: Quarters
    outlined: tuple[str, ...]
    water: gpd.GeoDataFrame | None
    offers: gpd.GeoDataFrame
    symbols: tuple[OfferSymbol, ...]
    overlays: Overlays = Overlays()
    basemap: Basemap | None = None
