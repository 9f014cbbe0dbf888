"""Make the invented town: `python make.py [FOLDER]` writes its files beside this script or into the folder.

The same files come out in every run: chance depends on a seed only, nothing on the clock or the locale.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cells import settle
from figures import list_figures
from ground import seal
from offers import HOURS, PAID, list_offers
from osm import write_osm
from output import write_cells, write_children, write_figures, write_offers, write_quarters, write_sealing, write_waters
from people import count_people
from shapes import build_shapes
from streets import build_network

PUBLISHER = "Statistikstelle Musterstadt (erfunden)"
NOTICE = (
    "Musterstadt und alle Werte sind erfunden. "
    "Sie zeigen, was der Atlas kann; sie sagen nichts über eine wirkliche Stadt."
)
TITLES = {
    "quartiere.geojson": "Quartiere von Musterstadt",
    "gewaesser.geojson": "Fluss, Brücken und Barriere in Musterstadt",
    "kennzahlen.csv": "Kennzahlen der Quartiere 2008 bis 2024",
    "angebote.csv": "Angebote für Kinder, Jugendliche und Familien",
    "bevoelkerung_zellen.csv": "Bevölkerung 2024 nach Altersgruppen in Zellen von 100 m",
    "bevoelkerung.tif": "Kinder unter 6 Jahren 2024 als Raster von 100 m",
    "versiegelung.tif": "Versiegelter Boden 2024 in Prozent als Raster von 50 m",
    "strassen.osm.pbf": "Wegenetz von Musterstadt",
}


def make(folder: Path) -> None:
    """Write all files of the town into the folder."""
    shapes, people = build_shapes(), count_people()
    cells, offers = settle(people, shapes), list_offers(shapes)
    write_quarters(folder / "quartiere.geojson", shapes)
    write_waters(folder / "gewaesser.geojson", shapes)
    write_figures(folder / "kennzahlen.csv", list_figures(people))
    write_offers(folder / "angebote.csv", offers, hours=HOURS, paid=PAID)
    write_cells(folder / "bevoelkerung_zellen.csv", cells)
    write_children(folder / "bevoelkerung.tif", cells)
    write_sealing(folder / "versiegelung.tif", seal(cells, shapes))
    write_osm(folder / "strassen.osm.pbf", network=build_network(shapes), offers=offers, cells=cells)
    write_sources(folder / "SOURCE.toml")


def write_sources(path: Path) -> None:
    """Write where each file comes from."""
    blocks = []
    for name, title in TITLES.items():
        lines = [
            "[[file]]",
            f'name = "{name}"',
            f'title = "{title}"',
            f'publisher = "{PUBLISHER}"',
            'licence = "CC0 1.0"',
            "date = 2024-12-31",
            'address = ""',
            "example = true",
            'note = "Erzeugt von make.py."',
            f'notice = "{NOTICE}"',
        ]
        blocks.append("\n".join(lines) + "\n")
    path.write_text("\n".join(blocks), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
