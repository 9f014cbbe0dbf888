"""What a run tells, read back from its files: numbers of texts, views of the page, tables, layers, figures."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from sro_geo.pipeline.checking import check_project
from sro_geo.render.pages import read_page
from sro_geo.report.quality import describe_quality, describe_verdict
from sro_geo.report.shown import list_codes
from sro_geo.text.speaker import Speaker
from tests.pdf_text import read_pdf
from tests.svg_text import read_svg

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from sro_geo.model.quality import Quality
    from sro_geo.model.study import Study

NUMBER = r"[+−]?\d[\d.]*(?:,\d+)?"
"""A German number."""

SCORES = ("index", "robustness", "redundancy", "recovery")
_CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}\b")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A study, and the folder that was written of it."""

    name: str
    study: Study
    folder: Path
    page: dict[str, Any]
    views: tuple[tuple[str, dict[str, Any], Any], ...]
    """Code, view of the page, and the table's values of each thing that is shown."""

    def read_table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def read_layer(self, name: str) -> gpd.GeoDataFrame:
        return gpd.read_file(self.folder / "study.gpkg", layer=name)

    def read_figure(self, code: str) -> list[str]:
        """Texts of a figure in the order in which they are drawn."""
        text = (self.folder / "figures" / f"{code}.svg").read_text(encoding="utf-8")
        return [found.replace("\u00a0", " ") for found in read_svg(text)]


def read_told(name: str, study: Study, folder: Path) -> Told:
    page = read_page((folder / "index.html").read_text(encoding="utf-8"))
    for view in page["views"]:  # the page's big numbers are the labels of its map
        view["values"] = dict(zip(view["picture"]["quarter_ids"], view["picture"]["labels"], strict=True))
    codes = [(view["picture"]["slug"], view) for view in page["views"]]
    views = tuple((code, view, list_values(study, code)) for code, view in codes)
    return Told(name=name, study=study, folder=folder, page=page, views=views)


def list_values(study: Study, code: str) -> Any:
    """Value, bounds and status of each quarter, as the study's tables hold them."""
    if code in SCORES:
        assert study.scores is not None
        rows = study.scores.dimensions
        chosen = study.scores.index if code == "index" else rows[rows["dimension"] == code].set_index("quarter_id")
        frame: pd.DataFrame = chosen.rename(columns={"score": "value", "worst": "low", "best": "high"})
    else:
        rows = study.indicators
        frame = rows[(rows["indicator"] == code) & (rows["year"] == study.about.year)].set_index("quarter_id")
    table = frame.reindex(study.quarters.index)[["value", "low", "high", "status", "example"]]
    return table.assign(status=table["status"].astype(object).where(table["status"].notna(), "missing"))


def show_one(study: Study) -> Study:
    """The study with the first of its maps alone, where no other file than the page and the tables is looked at."""
    return replace(study, about=replace(study.about, maps=tuple(list_codes(study)[:1])))


def read_written(folder: Path) -> dict[str, str]:
    """Every file of a folder but its images as text, by its path in there, without checksums."""
    texts = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".gpkg":
            with closing(sqlite3.connect(path)) as database:
                lines = [line.decode() if isinstance(line, bytes) else line for line in database.iterdump()]
            texts[name] = "\n".join(lines)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                texts[name] = "\n".join(parts.read(part).decode() for part in parts.namelist())
        elif path.suffix == ".pdf":
            texts[name] = "\n".join(read_pdf(path.read_bytes()))
        elif path.is_file() and path.suffix != ".png":
            texts[name] = spread_page(path.read_text(encoding="utf-8"))
    return {name: drop_checksums(text) for name, text in texts.items()}


def spread_page(text: str) -> str:
    """A page with what it holds compressed told behind it, in whose letters any number may stand; any other text as it is."""
    if 'id="sro-data"' not in text:
        return text
    bare = re.sub(r'(<script type="text/plain"[^>]*>)[^<]*', r"\1", text)
    return f"{bare}\n{json.dumps(read_page(text), ensure_ascii=False)}"


def read_check(project: Path) -> str:
    """Everything that a check tells of a project, without checksums."""
    return tell_check(check_project(project))


def tell_check(quality: Quality) -> str:
    """A check as text, without checksums."""
    voice = Speaker(quality.language)
    texts = [describe_verdict(quality), voice.problems(quality.problems), describe_quality(quality)]
    return drop_checksums("\n".join(texts))


def drop_checksums(text: str) -> str:
    """Text without checksums, in which any number may stand by chance."""
    return _CHECKSUM.sub("", text)


def read_number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def write_sign(number: Decimal) -> str:
    """What a number begins with that carries its sign."""
    return "+" if number > 0 else "\u2212" if number < 0 else "0"


def find_numbers(text: str) -> list[Decimal]:
    return [read_number(found.rstrip(".")) for found in re.findall(NUMBER, text)]


def round_up(value: float, *, digits: int) -> set[Decimal]:
    """A value rounded half up: as it stands, and without the noise of arithmetic behind its tenth digit."""
    exact = Decimal(repr(float(value)))
    step = Decimal(1).scaleb(-digits)
    return {one.quantize(step, rounding=ROUND_HALF_UP) for one in (exact, Context(prec=10).create_decimal(exact))}
