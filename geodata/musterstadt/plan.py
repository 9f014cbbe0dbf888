"""The hand-drawn plan of the invented Musterstadt: points in metres east and north of the town's own origin.

Nothing here is taken from a real place. The origin lies in open country, so that the coordinates look like
those that a town in EPSG:25833 has.
"""

from __future__ import annotations

from dataclasses import dataclass

EAST, NORTH = 400_000, 5_900_200
EPSG = 25833
SHOCK = 2018
YEARS = tuple(range(2008, 2025))
BANDS = ("0-3", "3-6", "6-15", "15-25", "25-65", "65+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter of the town.

    Attributes
    ----------
    quarter_id, name : str
        Key and name.
    opening : str
        How a sentence about the quarter begins, in German.
    inside : tuple of int
        A point inside it.
    """

    quarter_id: str
    name: str
    opening: str
    inside: tuple[int, int]


QUARTERS = tuple(
    Quarter(quarter_id=key, name=name, opening=opening, inside=inside)
    for key, name, opening, inside in (
        ("01", "Altstadt-Nord", "In der Altstadt-Nord", (1940, 2020)),
        ("02", "Am Wall", "Im Quartier Am Wall", (2380, 1500)),
        ("03", "Bahnhofsviertel", "Im Bahnhofsviertel", (1630, 1410)),
        ("04", "Gartenfeld", "Im Gartenfeld", (3150, 560)),
        ("05", "Hafenviertel", "Im Hafenviertel", (2050, 2620)),
        ("06", "Lindenau", "In Lindenau", (1630, 720)),
        ("07", "Mühlenberg", "Auf dem Mühlenberg", (1290, 2380)),
        ("08", "Neue Heide", "In Neue Heide", (3690, 1640)),
        ("09", "Ostufer", "Im Quartier Ostufer", (3070, 1210)),
        ("10", "Südring", "Am Südring", (2260, 300)),
        ("11", "Waldsiedlung", "In der Waldsiedlung", (3150, 2410)),
        ("12", "Westend", "Im Westend", (520, 2210)),
    )
)

# Points where three borders meet, and where a border reaches the river's middle line (r…).
NODES = {
    "a": (840, 2850), "b": (1570, 2940), "e1": (4010, 2270), "e2": (4060, 820), "s1": (1920, 30),
    "w1": (1280, 1000),
    "w2": (1020, 1720), "m1": (1680, 2290), "m2": (1360, 1860), "n1": (2010, 1590), "n2": (2470, 2190),
    "p1": (3360, 1930), "p2": (3390, 1100), "q1": (2160, 1110), "q2": (2040, 1020),
    "r0": (2450, 2920), "r1": (2560, 2220), "r2": (2670, 2050), "r3": (2600, 1080),
    "r4": (2500, 860), "r5": (2790, 20),
}  # fmt: skip

# Borders between two nodes, with the points between.
BORDERS = (
    ("w2", "a", (
        "930,1750 800,1770 720,1810 600,1810 530,1790 390,1800 280,1820 220,1900 150,1980 80,2020 "
        "30,2140 0,2270 60,2340 120,2430 140,2510 250,2660 290,2730 400,2770 480,2770 560,2800 720,2840"
    )),
    ("a", "b", "890,2880 980,2890 1070,2870 1170,2900 1310,2930 1390,2970 1490,2970"),
    ("b", "r0", "1650,2940 1710,2900 1830,2880 1910,2900 2020,2880 2160,2880 2240,2860 2350,2870"),
    ("r0", "e1", (
        "2550,2950 2660,2970 2810,2980 2910,2970 3000,2930 3180,2960 3260,2920 3330,2900 3430,2860 "
        "3480,2790 3580,2760 3670,2750 3770,2660 3860,2570 3890,2500 3940,2400 3990,2330"
    )),
    ("e1", "e2", (
        "4030,2180 4060,2090 4050,1980 4020,1910 4030,1850 4010,1770 3990,1670 4030,1570 4010,1460 "
        "3970,1400 3990,1280 4010,1150 4060,1070 4080,980 4060,910"
    )),
    ("e2", "r5", (
        "4050,730 3940,570 3930,490 3860,390 3770,310 3650,260 3570,240 3510,170 3430,110 3340,100 "
        "3280,70 3170,60 3080,80 2950,30"
    )),
    ("r5", "s1", "2570,10 2480,-20 2290,40 2210,10 2110,10 2020,10"),
    ("s1", "w1", (
        "1770,70 1610,130 1520,140 1440,250 1410,320 1360,370 1320,490 1310,540 1250,620 1260,710 "
        "1290,800"
    )),
    ("w1", "w2", (
        "1280,1040 1310,1100 1290,1210 1240,1280 1250,1340 1230,1450 1190,1500 1180,1530 1170,1600 "
        "1100,1670"
    )),
    ("a", "w2", (
        "850,2760 890,2680 910,2570 890,2490 930,2300 930,2240 980,2170 1010,2070 990,1990 1000,1890"
    )),
    ("w2", "m2", "1170,1800 1320,1840"),
    ("b", "m1", "1590,2850 1610,2690 1590,2610 1620,2510 1670,2440"),
    ("m1", "m2", "1590,2210 1530,2100 1510,2030 1450,1950"),
    ("m1", "n2", "1740,2280 1920,2290 1990,2250 2040,2240 2170,2230 2240,2200 2400,2210"),
    ("n2", "r1", ""),
    ("n2", "n1", "2420,2140 2400,2090 2340,2030 2300,1950 2270,1850 2180,1820 2110,1760 2060,1660"),
    ("m2", "n1", "1460,1800 1560,1750 1660,1770 1760,1720 1820,1660 1890,1640"),
    ("n1", "q1", "2040,1510 2060,1400 2080,1280 2140,1200"),
    ("q1", "r3", "2210,1100 2310,1110 2400,1100 2470,1080"),
    ("q1", "q2", ""),
    ("q2", "w1", "1960,1010 1700,1010 1630,1040 1490,1010 1440,980 1370,990"),
    ("q2", "s1", "2030,910 1980,810 1980,660 1970,560 1990,470 1990,370 1930,300 1930,190"),
    ("r2", "p1", "2880,2050 2960,1990 3140,1960 3200,1930 3260,1940"),
    ("p1", "e1", "3510,1990 3570,2030 3650,2050 3780,2190 3870,2190 3970,2230"),
    ("p1", "p2", "3390,1770 3340,1670 3370,1510 3370,1430 3410,1260 3390,1190"),
    ("r4", "p2", "2620,890 2750,930 2810,980 2950,990 3020,970 3150,1020 3240,1050"),
    ("p2", "e2", "3510,1070 3590,1040 3650,970 3750,920 3820,920 3900,880 3950,870"),
)  # fmt: skip

# The river's middle line from north to south; a name is a node, so that the quarters meet on it.
RIVER = (
    "2480,3060 r0 2420,2760 2410,2640 2420,2520 2470,2390 r1 r2 2740,1850 2750,1700 2750,1520 "
    "2720,1340 2660,1220 r3 2530,950 r4 2500,740 2530,550 2660,310 2740,160 r5 2820,-150"
)
RIVER_NAME = "Muster"
RIVER_WIDTH = 56

BRIDGES = {"Alte Brücke": ((2672, 1524), (2826, 1514)), "Südbrücke": ((2452, 530), (2612, 578))}
BRIDGE_GAP = 30


def parse_points(text: str) -> list[tuple[int, int]]:
    """Points written as `"x,y x,y"`; a name stands for a node.

    Examples
    --------
    >>> parse_points("10,-20 r3")
    [(10, -20), (2600, 1080)]
    """
    points = []
    for part in text.split():
        if part in NODES:
            points.append(NODES[part])
        else:
            x, y = part.split(",")
            points.append((int(x), int(y)))
    return points


def place(point: tuple[float, float]) -> tuple[int, int]:
    """Point of the plan in whole metres of EPSG:25833."""
    return round(point[0]) + EAST, round(point[1]) + NORTH
