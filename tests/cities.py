"""Invented cities of real size: many areas, long names, a hole, an enclave, two model regions, larger units."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from tests.load_data import CRS, SOUTH, WEST, make_geojson

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

FIRST = (
    "Alt", "Neu", "Groß", "Klein", "Ober", "Unter", "Wester", "Oster", "Kirch", "Mühlen", "Linden", "Eichen", "Birken", "Erlen",
    "Buchen", "Rosen", "Schul", "Hafen", "Werft", "Garten", "Wiesen", "Brunnen", "Kloster", "Markt",
)  # fmt: skip
LAST = ("dorf", "feld", "viertel", "siedlung", "hagen", "vorstadt", "rode", "damm", "hof", "winkel", "stadt", "kamp")
SECOND = ("Nord", "Süd", "Ost", "West", "Am Bahnhof", "Alte Ziegelei", "Krankenhausviertel", "Großwohnsiedlung")

BENDS = (0.1, 0.05, 0.025, 0.0125)
"""So far a midpoint moves aside at most, of the length of its side; the first with which no border crosses another is taken."""

SHORT = 10
"""Metres up to which a side stays straight."""

MOST = 2000
"""So many names are made of words alone."""


def make_areas(count: int, *, seed: int = 1, pieces: int = 1) -> list[tuple[dict[str, str], BaseGeometry]]:
    """Areas that cover a round city without gaps, with names of 4 to 40 letters.

    `pieces`, a power of two: so many has each straight side, which then winds as official boundaries do.
    """
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    radius = 500 * count**0.5
    middle = shapely.Point(WEST + 10_000, SOUTH + 10_000)
    city = middle.buffer(radius, quad_segs=16)
    shapely.prepare(city)
    seeds: list[shapely.Point] = []
    while len(seeds) < count:
        point = shapely.Point(middle.x + chance.uniform(-radius, radius), middle.y + chance.uniform(-radius, radius))
        if city.contains(point):
            seeds.append(point)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=city)
    areas = [shapely.intersection(cell, city, grid_size=0.01) for cell in shapely.get_parts(cells)]
    names: dict[str, None] = {}
    while len(names) < count:
        name = chance.choice(FIRST) + chance.choice(LAST)
        name += chance.choice(("", "", f"-{chance.choice(SECOND)}", f" {chance.choice(SECOND)}"))
        names.setdefault(name if len(names) < MOST else f"{name} {len(names)}")  # there are no more without a number
    areas = sorted(areas, key=lambda area: (-area.centroid.y, area.centroid.x))
    enclave = shapely.set_precision(affinity.scale(areas[-1], 0.15, 0.15), 0.01)
    areas[-1], areas[-2] = enclave, shapely.union(areas[-2], shapely.difference(areas[-1], enclave), grid_size=0.01)
    if pieces > 1:
        areas = wind_borders(areas, pieces=pieces, seed=seed)
    return [
        ({"code": f"{number:03d}", "name": name, "stadtteil": unit}, area)
        for number, (name, unit, area) in enumerate(
            zip(names, group_areas(areas, seed=seed), areas, strict=True), start=1
        )
    ]


def group_areas(areas: Sequence[BaseGeometry], *, seed: int) -> list[str]:
    """Name of the larger unit of each area, that whose middle is nearest: 14 of 542, 42 of 5,000."""
    chance = random.Random(f"units {seed}")  # noqa: S311  no secret hangs on it
    middles = chance.sample([area.centroid for area in areas], max(2, round(0.6 * len(areas) ** 0.5)))
    names: dict[str, None] = {}
    while len(names) < len(middles):
        ending = chance.choice(("", "", "", "", f"-{chance.choice(SECOND)}", f" {chance.choice(SECOND)}"))
        names[chance.choice(FIRST) + chance.choice(LAST) + ending] = None
    nearest = shapely.STRtree(middles).nearest([area.centroid for area in areas])
    return [[*names][at] for at in nearest]


Point = tuple[float, float]


def wind_borders(areas: Sequence[BaseGeometry], *, pieces: int, seed: int) -> list[BaseGeometry]:
    """Polygons whose sides wind: each midpoint is moved aside, again and again; neighbours keep one border."""
    tries = (_wind_all(areas, pieces, f"{seed}", bend) for bend in BENDS)
    return next(one for one in tries if shapely.coverage_is_valid(one) and all(shapely.is_valid(one)))


def _wind_all(areas: Sequence[BaseGeometry], pieces: int, seed: str, bend: float) -> list[BaseGeometry]:
    @cache
    def wind(a: Point, b: Point) -> list[Point]:
        if a > b:
            return wind(b, a)[::-1]
        chance = random.Random(f"{seed} {a} {b}")  # noqa: S311  no secret hangs on it
        line = [a, b]
        while len(line) <= pieces and dist(a, b) > SHORT:
            moved = [_move_aside(one, other, chance.uniform(-bend, bend)) for one, other in pairwise(line)]
            line = [point for both in zip(line, [*moved, b], strict=True) for point in both][:-1]
        return line

    def wind_ring(ring: shapely.LinearRing) -> list[Point]:
        return [point for a, b in pairwise(ring.coords) for point in wind(a, b)[:-1]]

    def wind_area(area: BaseGeometry) -> BaseGeometry:
        rings = [[wind_ring(ring) for ring in shapely.get_rings(part)] for part in shapely.get_parts(area)]
        return shapely.union_all([shapely.Polygon(outer, holes) for outer, *holes in rings])

    return [wind_area(area) for area in areas]


def _move_aside(one: Point, other: Point, by: float) -> Point:
    (x, y), (u, v) = one, other
    return round((x + u) / 2 - by * (v - y), 2), round((y + v) / 2 + by * (u - x), 2)


OWN = """[[indicator]]
code = "merkmal_{n}"
name = {{ de = "Wohnlagenmerkmal {n} im Durchschnitt der Häuser", en = "Feature {n} of the houses on average" }}
short = {{ de = "Merkmal {n}", en = "Feature {n}" }}
unit = {{ de = "Euro je m²", en = "euros per m²" }}
adds = false
numerator = "none"
digits = 2
direction = {sign}
"""


def write_city(
    folder: Path,
    *,
    count: int,
    years: tuple[int, ...] = (2022, 2023, 2024),
    seed: int = 1,
    more: int = 0,
    pieces: int = 1,
) -> Path:
    """Project of a city with a rate and a count for each area and year; the last two areas are model regions.

    `more` are indicators of its own catalogue, which count no persons.
    """
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    areas = make_areas(count, seed=seed, pieces=pieces)
    (folder / "gebiete.geojson").write_text(make_geojson(areas, crs=CRS), encoding="utf-8")
    own = [f"merkmal_{n}" for n in range(1, more + 1)]
    rows = [";".join(["code;Jahr;Einwohner;Arbeitslose;Erwerbsfähige", *own])]
    for facts, _ in areas:
        people = chance.randint(800, 9000)
        for year in years:
            able = round(people * 0.6)
            rows.append(
                f"{facts['code']};{year};{people + year - 2000};{round(able * chance.uniform(0.03, 0.2))};{able}"
            )
            rows[-1] += "".join(f";{chance.uniform(3, 30):.2f}".replace(".", ",") for _ in own)
    (folder / "zahlen.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "project.toml").write_text(
        f"""title = "Atlas"
place = "Neustadt"
year = {years[-1]}
[quarters]
file = "gebiete.geojson"
key = "code"
parent = "stadtteil"
level = "Ortsteil"
[groups]
modellregion = ["{count - 1:03d}", "{count:03d}"]
[compare]
group = "modellregion"
[[indicators]]
file = "zahlen.csv"
form = "wide"
key = "code"
year_column = "Jahr"
[indicators.columns]
bevoelkerung = "Einwohner"
arbeitslose = {{ numerator = "Arbeitslose", denominator = "Erwerbsfähige" }}
{"".join(f'{code} = "{code}"{chr(10)}' for code in own)}[[map]]
shows = "arbeitslose"
{"[catalogue]" + chr(10) + 'indicators = "merkmale.toml"' if own else ""}
""",
        encoding="utf-8",
    )
    if own:
        texts = [OWN.format(n=n, sign=(-1) ** n) for n in range(1, more + 1)]
        (folder / "merkmale.toml").write_text("\n".join(texts), encoding="utf-8")
    return folder
