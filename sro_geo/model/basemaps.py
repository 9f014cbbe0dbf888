"""Maps of others to lie below ours: whose they are, and which server would be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BasemapName = Literal["orka-mv", "basemap-de", "topplus-open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """A map in tiles of Web Mercator.

    Attributes
    ----------
    name : str
        What it is called.
    server : str
        Who is asked for its tiles, and so hears of every reader who wants to see it.
    tiles : str
        Address of a tile on the server, by `{z}`, `{x}` and `{y}`.
    credit : str
        What must stand beside it.
    """

    name: str
    server: str
    tiles: str
    credit: str


BASEMAPS: dict[BasemapName, Basemap] = {
    "orka-mv": Basemap(
        name="ORKa.MV",
        server="https://www.orka-mv.de",
        tiles="/geodienste/orkamv/tiles/1.0.0/orkamv/GLOBAL_WEBMERCATOR/{z}/{x}/{y}.png",
        credit="Kartenbild © Hanse- und Universitätsstadt Rostock (CC BY 4.0), Kartendaten © OpenStreetMap (ODbL) und LkKfS-MV",
    ),
    "basemap-de": Basemap(
        name="basemap.de",
        server="https://sgx.geodatenzentrum.de",
        tiles="/wmts_basemapde/tile/1.0.0/de_basemapde_web_raster_grau/default/GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png",
        credit="© GeoBasis-DE / BKG (CC BY 4.0)",
    ),
    "topplus-open": Basemap(
        name="TopPlusOpen",
        server="https://sgx.geodatenzentrum.de",
        tiles="/wmts_topplus_open/tile/1.0.0/web_grau/default/WEBMERCATOR/{z}/{y}/{x}.png",
        credit="© BKG (dl-de/by-2-0)",
    ),
}
"""Addresses as the services state them; no server is asked unless a reader clicks."""
