"""Cut off or flipped anywhere, a good file is read or refused in our own words; nothing else happens."""

import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sro_geo.errors import SroGeoError
from sro_geo.project import find_shipped
from tests.bad_input.cases import (
    CELLS,
    OFFER,
    SMALL,
    Case,
    book,
    cells,
    indicators,
    lay_raster,
    offers,
    population,
    project,
    quarters,
)
from tests.bad_input.osm_cases import read_town
from tests.load_data import make_squares

ROUNDS = 30
PROJECT = f"""{SMALL}
[[indicators]]  # Zahlen
file = "a.csv"
years = [2019, 2020]
form = "wide"
key = "a"

[indicators.columns]
geborene = "b {{year}}"

[groups]
nord = ["01"]

[disclosure]
smallest = 5
"""


def whole_book(folder: Path) -> bytes:
    book({"Werte": [["code", "geborene"], ["01", 5], ["02", 7]]})(folder)
    return (folder / "mappe.xlsx").read_bytes()


def whole_raster(folder: Path) -> bytes:
    return lay_raster(folder, cells=10, value=2).path.read_bytes()


def read_bytes_as(kind: str) -> Callable[[bytes], Case]:
    """Reader of content of a kind."""
    from sro_geo.load.boundaries import read_boundaries
    from sro_geo.load.indicators import read_indicators
    from sro_geo.load.inputs import IndicatorFile, PopulationFile, RasterFile, RateColumns
    from sro_geo.load.osm import read_streets
    from sro_geo.load.zones import read_rasters
    from tests.load_data import CATALOGUE, write

    def read_book(content: bytes) -> Case:
        def read(folder: Path) -> object:
            order = IndicatorFile(
                file=write(folder, "m.xlsx", content),
                form="wide",
                year=2024,
                columns={"geborene": RateColumns(value="geborene")},
            )
            return read_indicators([order], specs=CATALOGUE.specs, quarter_ids=["01", "02"])

        return read

    def read_raster(content: bytes) -> Case:
        return population(lambda folder: PopulationFile(raster=write(folder, "r.tif", content), age_group="0-6"))

    def read_town_streets(content: bytes) -> Case:
        quarters = read_boundaries(find_shipped("geodata/musterstadt/quartiere.geojson"), key="quartier").quarters
        return lambda folder: read_streets(write(folder, "w.pbf", content), quarters=quarters, halo_metres=500)

    def read_ground(content: bytes) -> Case:
        quarters = read_boundaries(find_shipped("geodata/musterstadt/quartiere.geojson"), key="quartier").quarters
        way: Any = {"specs": CATALOGUE.specs, "quarters": quarters}
        return lambda folder: read_rasters(
            RasterFile(file=write(folder, "r.tif", content), indicator="versiegelung", year=2024), **way
        )

    readers: dict[str, Callable[[bytes], Case]] = {
        "indicators": indicators,
        "offers": offers,
        "cells": lambda content: cells(content.decode("latin-1").removeprefix(CELLS)),
        "quarters": quarters,
        "project": lambda content: project(content.decode("latin-1")),
        "book": read_book,
        "raster": read_raster,
        "ground": read_ground,
        "streets": read_town_streets,
    }
    return readers[kind]


GOOD: dict[str, Callable[[Path], bytes]] = {
    "indicators": lambda _: (
        b"quartier;kennzahl;jahr;wert;status\n01;geborene;2024;15;\n01;arbeitslose;2024;1,5;\n02;geborene;2024;;geheim\n"
    ),
    "offers": lambda _: (OFFER + 'A1,schule,"Schule, groß",300100,6000100,01,2000-08-01,5,\n').encode(),
    "cells": lambda _: (CELLS + "a,300100,6000100,0-3,4\n").encode(),
    "quarters": lambda _: make_squares().encode(),
    "project": lambda _: PROJECT.encode(),
    "book": whole_book,
    "raster": whole_raster,
    "ground": lambda _: find_shipped("geodata/musterstadt/versiegelung.tif").read_bytes(),
    "streets": lambda _: read_town(),
}


def damage(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    if chance.random() < 0.4:
        return content[: max(1, at)]
    changed = bytearray(content)
    for place in (at, chance.randrange(len(content))):
        changed[place] = chance.choice((chance.randrange(256), changed[place] ^ 1, 0x22, 0x2C, 0x7B))
    return bytes(changed)


def repack(content: bytes, chance: random.Random) -> bytes:
    """The same PBF, one of its blobs damaged below its compression, where no check sum sees it.

    References
    ----------
    OpenStreetMap Wiki, "PBF Format": length, BlobHeader (type 1, size 3), Blob (raw_size 2, zlib_data 3).
    """
    packed, at, chosen = b"", 0, chance.randrange(content.count(b"OSMData") + 1)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        head = content[at + 4 : at + 4 + length]
        mark = head.rindex(b"\x18")  # field 3, the last one: size of the blob
        size = sum((byte & 127) << 7 * place for place, byte in enumerate(head[mark + 1 :]))
        blob = content[at + 4 + length : at + 4 + length + size]
        data = zlib.decompress(blob[blob.index(b"\x78\x9c") :])
        data, chosen = damage(data, chance) if chosen == 0 else data, chosen - 1
        squeezed = zlib.compress(data)
        blob = b"\x10" + varint(len(data)) + b"\x1a" + varint(len(squeezed)) + squeezed
        head = head[: mark + 1] + varint(len(blob))
        packed += struct.pack(">I", len(head)) + head + blob
        at += 4 + length + size
    return packed


def varint(number: int) -> bytes:
    """Number as protobuf writes it."""
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def test_what_is_damaged_below_its_compression_is_read_or_refused(tmp_path: Path) -> None:
    chance, refused = random.Random("repacked"), 0  # noqa: S311  damage, no secret
    read = read_bytes_as("streets")
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            read(repack(read_town(), chance))(folder)
        except SroGeoError:
            refused += 1
    assert refused


@pytest.mark.parametrize("kind", list(GOOD))
def test_what_is_damaged_was_good(tmp_path: Path, kind: str) -> None:
    """A file that is refused as it is would be tried up to its first fault only."""
    (tmp_path / "whole").mkdir()
    read_bytes_as(kind)(GOOD[kind](tmp_path / "whole"))(tmp_path)


@pytest.mark.filterwarnings("default")  # what GDAL remarks on a damaged file is no fault of ours
@pytest.mark.parametrize("kind", list(GOOD))
def test_damaged_files_are_read_or_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "whole").mkdir()
    content, chance = GOOD[kind](tmp_path / "whole"), random.Random(kind)  # noqa: S311  damage, no secret
    refused: list[SroGeoError] = []
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            read_bytes_as(kind)(damage(content, chance))(folder)
        except SroGeoError as error:
            refused.append(error)
    assert refused
    assert all(error.problems for error in refused)
