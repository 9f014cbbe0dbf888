"""About seventy invented offers: every kind, several at one site, several of one provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from dice import draw
from plan import parse_points, place

if TYPE_CHECKING:
    from shapes import Shapes

CITY, CHILDREN, FAMILY = "Stadt Musterstadt", "Musterkinder e. V.", "Familie am Fluss gGmbH"
YOUTH, BRIDGE, NEIGHBOURS = (
    "Jugendwerk Muster e. V.",
    "Brückenschlag gGmbH",
    "Nachbarschaft Musterstadt e. V.",
)

# Kind | name | provider | site, or the quarter where there is no point | places under 3, 3 to 6, 6 to 15 and
# not by age | from | to
OFFERS = f"""
kindertageseinrichtung|Kita Nordtor|{CITY}|1570,1880|36 70 . .
kindertageseinrichtung|Kita Kirchgasse|{CHILDREN}|1980,1790|30 66 . .
kindertageseinrichtung|Kita Am Wall|{FAMILY}|2510,1790|36 78 . .
kindertageseinrichtung|Kita Bahnhofstraße|{CITY}|1810,1200|48 96 . .
kindertageseinrichtung|Kita Gleis Eins|{CHILDREN}|1990,1180|24 60 . .
kindertageseinrichtung|Kita Gartenfeld|{FAMILY}|2820,310|30 54 . .|2013-08-01
kindertageseinrichtung|Kita Hafenkinder|{CITY}|2210,2410|42 88 . .
kindertageseinrichtung|Kita Lindenau|{CITY}|1500,450|36 84 . .
kindertageseinrichtung|Kita Lindenblüte|{BRIDGE}|1570,270|30 72 . .|2021-03-01
kindertageseinrichtung|Kita Windrad|{CHILDREN}|1330,2130|42 90 . .
kindertageseinrichtung|Kita Heideröschen|{CHILDREN}|3760,1500|30 66 . .|1996-08-01|2018-07-31
kindertageseinrichtung|Kita Ostufer|{CITY}|3240,1630|48 102 . .
kindertageseinrichtung|Kita Südring|{CITY}|2210,970|54 110 . .
kindertageseinrichtung|Kita Farbkreis|{BRIDGE}|2310,760|36 80 . .
kindertageseinrichtung|Kita Waldsiedlung|{CHILDREN}|2820,2620|24 48 . .
kindertageseinrichtung|Kita Westend|{CITY}|430,2580|42 92 . .
kindertageseinrichtung|Kita Pusteblume|{FAMILY}|340,1990|30 68 . .
kindertagespflege|Kindertagespflege Lindenau|{FAMILY}|06|15 . . .
kindertagespflege|Kindertagespflege Südring|{FAMILY}|10|20 . . .
kindertagespflege|Kindertagespflege Westend|{FAMILY}|12|15 . . .
jugendarbeit|Jugendtreff Westend|{YOUTH}|810,1940|. . 35 .
jugendarbeit|Jugendtreff Mühlenberg|{YOUTH}|1090,2660|. . 25 .
jugendarbeit|Jugendtreff Bahnhofsviertel|{CITY}|1440,1130|. . 40 .
jugendarbeit|Jugendtreff Lindenau|{YOUTH}|1750,350|. . 30 .
jugendarbeit|Jugendtreff Südring|{CITY}|2150,730|. . 45 .
jugendarbeit|Jugendtreff Neue Heide|{YOUTH}|3820,1410|. . 30 .
familienbildung|Familienzentrum Westend|{FAMILY}|760,2650|. . . 24
familienbildung|Familienzentrum Hafenviertel|{FAMILY}|2040,2380|. . . 30
familienbildung|Familienzentrum Lindenau|{NEIGHBOURS}|1860,480|. . . 20
familienbildung|Familienzentrum Ostufer|{FAMILY}|2990,1790|. . . 30
fruehe_hilfen|Willkommensbesuche Ostufer|{FAMILY}|2990,1790|. . . .
fruehe_hilfen|Elterncafé Hafenviertel|{FAMILY}|2040,2380|. . . 12
fruehe_hilfen|Familienhebammen Südring|{CITY}|2210,970|. . . .
erziehungsberatung|Beratungsstelle Am Wall|{BRIDGE}|2330,1480|. . . .
erziehungsberatung|Beratungsstelle Westend|{BRIDGE}|760,2650|. . . .
schule|Grundschule Altstadt|{CITY}|1830,2060|. . 160 .
schule|Grundschule Bahnhofsviertel|{CITY}|1560,1330|. . 240 .
schule|Grundschule Hafenviertel|{CITY}|1880,2650|. . 210 .
schule|Grundschule Ostufer|{CITY}|2930,1330|. . 230 .
schule|Grundschule Südring|{CITY}|2280,560|. . 280 .
schule|Grundschule Westend|{CITY}|560,2330|. . 250 .
schule|Regionalschule Lindenau|{CITY}|1680,690|. . 380 .
schule|Gesamtschule Mühlenberg|{CITY}|1250,2390|. . 420 .
schulsozialarbeit|Schulsozialarbeit Bahnhofsviertel|{BRIDGE}|1560,1330|. . . .
schulsozialarbeit|Schulsozialarbeit Ostufer|{BRIDGE}|2930,1330|. . . .
schulsozialarbeit|Schulsozialarbeit Südring|{YOUTH}|2280,560|. . . .
schulsozialarbeit|Schulsozialarbeit Lindenau|{YOUTH}|1680,690|. . . .
schulsozialarbeit|Schulsozialarbeit Mühlenberg|{YOUTH}|1250,2390|. . . .
jugendsozialarbeit|Jugendwerkstatt am Hafen|{YOUTH}|2250,2700|. . . 18
jugendsozialarbeit|Berufslotsen Bahnhofsviertel|{YOUTH}|1440,1130|. . . .
begegnungsstaette|Nachbarschaftshaus Neue Heide|{NEIGHBOURS}|3640,1740|. . . 60
begegnungsstaette|Stadtteiltreff Lindenau|{NEIGHBOURS}|1860,480|. . . 45
begegnungsstaette|Haus am Wall|{NEIGHBOURS}|2330,1480|. . . 50
hze_ambulant|Ambulante Hilfen Mitte|{BRIDGE}|2330,1480|. . . .
hze_ambulant|Ambulante Hilfen Ost|{FAMILY}|3640,1740|. . . .
hze_teilstationaer|Tagesgruppe Lindenau|{BRIDGE}|1680,690|. . 9 .
eingliederungshilfe|Lerntherapie Musterstadt|{BRIDGE}|1950,1420|. . . .
vollzeitpflege|Pflegekinderdienst|{CITY}|02|. . . .
hze_stationaer|Wohngruppe Eins|{BRIDGE}|07|. . . 8
inobhutnahme|Jugendschutzstelle|{CITY}|03|. . . 6
spielplatz|Spielplatz Nordtor|{CITY}|1690,2010|. . . .
spielplatz|Spielplatz Wallanlagen|{CITY}|2420,1310|. . . .
spielplatz|Spielplatz Bahnhofspark|{CITY}|1620,1480|. . . .
spielplatz|Spielplatz Gartenfeld|{CITY}|3080,480|. . . .
spielplatz|Spielplatz Kaikante|{CITY}|2140,2560|. . . .
spielplatz|Spielplatz Neue Heide|{CITY}|3560,1400|. . . .
spielplatz|Spielplatz Uferwiese|{CITY}|2880,1480|. . . .
spielplatz|Spielplatz Waldrand|{CITY}|3420,2520|. . . .
spielplatz|Spielplatz Westend|{CITY}|640,2120|. . . .
"""

HOURS = {
    "kindertageseinrichtung": "Mo-Fr 06:00-17:00",
    "kindertagespflege": "Mo-Fr 07:00-16:00",
    "jugendarbeit": "Mo-Fr 14:00-20:00",
    "familienbildung": "Mo-Do 09:00-16:00",
    "schule": "Mo-Fr 07:00-15:00",
    "begegnungsstaette": "Mo-Sa 10:00-18:00",
    "erziehungsberatung": "Mo-Do 09:00-17:00",
    "inobhutnahme": "Mo-So 00:00-24:00",
}
PAID = frozenset({"kindertageseinrichtung", "kindertagespflege"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer.

    Attributes
    ----------
    offer_id, kind, name, provider, quarter_id : str
        What it is and where.
    site_id : str
        Empty where there is no point.
    point : tuple of int or None
        In EPSG:25833.
    valid_from, valid_to : str
        ISO dates, the end empty where it is open.
    places : tuple of str
        Under 3, 3 to 6, 6 to 15, not by age; empty where not known.
    """

    offer_id: str
    kind: str
    name: str
    provider: str
    quarter_id: str
    site_id: str
    point: tuple[int, int] | None
    valid_from: str
    valid_to: str
    places: tuple[str, ...]


def list_offers(shapes: Shapes) -> list[Offer]:
    """All offers in the order of the list; sites are numbered as they first appear."""
    sites: dict[tuple[int, int], str] = {}
    return [
        _read_offer(line.split("|"), number, sites, shapes)
        for number, line in enumerate(OFFERS.strip().splitlines(), start=1)
    ]


def _read_offer(parts: list[str], number: int, sites: dict[tuple[int, int], str], shapes: Shapes) -> Offer:
    kind, name, provider, where, places = parts[:5]
    point = place(parse_points(where)[0]) if "," in where else None
    if point is not None:
        where = next(key for key, shape in shapes.quarters.items() if shape.contains(shapely.Point(point)))
        sites.setdefault(point, f"S{len(sites) + 1:02}")
    return Offer(
        offer_id=f"A{number:03}",
        kind=kind,
        name=name,
        provider=provider,
        quarter_id=where,
        site_id=sites[point] if point is not None else "",
        point=point,
        valid_from=parts[5] if len(parts) > 5 else f"{1994 + int(14 * draw('opened', name))}-08-01",
        valid_to=parts[6] if len(parts) > 6 else "",
        places=tuple(part.replace(".", "") for part in places.split()),
    )
