"""Numbers that page, figures and sheets tell of a quarter and the tables don't: tooltips are the labels of the page's data.

Nothing of `sro_geo` is used here.
"""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import TYPE_CHECKING, Any

from tests.attacker import WITHHELD, read_data, read_table
from tests.pdf_text import read_pdf
from tests.svg_text import read_svg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NUMBER = re.compile(r"(?<![\d.,])\d[\d.]*(?:,\d+)?(?![\d,])")
_UNSCRIPTED = re.compile(r'<section id="unscripted"(.*?)</section>', re.DOTALL)

Strange = tuple[str, str, str]
"""Where it stands, code, quarter and number."""


def read_page(folder: Path) -> Any:
    page = (folder / "index.html").read_text(encoding="utf-8")
    if (within := read_data(page)) is not None:
        return expand(within)
    (beside,) = re.findall(r'<script src="(data-\w+[.]js)">', page)
    told, _ = json.JSONDecoder().raw_decode((folder / beside).read_text(encoding="utf-8").partition("JSON.parse(")[2])
    return expand(json.loads(told))


def expand(value: Any) -> Any:
    """What the page says once for many, said for each: its script does the same."""
    if isinstance(value, list):
        return [expand(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "\u0001rows" in value:
        columns = {head: expand(cells) for head, cells in value["\u0001rows"].items()}
        return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    if "\u0001same" in value:
        return [expand(value["\u0001same"][0]) for _ in range(value["\u0001same"][1])]
    if "\u0001line" in value:
        return expand_line(value["\u0001line"])
    before, after, own = value.get("\u0001ends", ("", "", None))
    return (
        {key: expand(one) for key, one in value.items()}
        if own is None
        else {k: before + v + after for k, v in own.items()}
    )


def expand_line(steps: list[int]) -> list[list[float]]:
    line, x, y = [], 0, 0
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        line.append([x / 100_000, y / 100_000])
    return line


def list_numbers(texts: Iterable[str]) -> set[str]:
    return {found.rstrip(".") for text in texts for found in _NUMBER.findall(text.replace("\u00a0", " "))}


def list_strange(folder: Path) -> list[tuple[str, str, str, str]]:
    """Numbers of withheld cells in labels, big numbers and sentences, and numbers of a figure that the page doesn't tell."""
    page = read_page(folder)
    year = json.loads((folder / "protocol.json").read_text(encoding="utf-8"))["about"]["year"]
    rows = [row for row in read_table(folder, "indicators") if int(row["jahr"]) == year]
    hidden = {(row["kennzahl"], row["quartier"]) for row in rows if row["status"] in WITHHELD and not row["wert"]}
    found = []
    for view in page["views"]:
        picture = view["picture"]
        code, labels = picture["slug"], dict(zip(picture["quarter_ids"], picture["labels"], strict=True))
        names = [feature["properties"]["name"] for feature in page["ground"]["quarters"]["features"]]
        common = list_numbers(
            [picture["title"], picture["subtitle"], view["cityLabel"], view["lead"], *_tell_sides(view), *names]
        )
        for quarter, label in labels.items():
            if (code, quarter) in hidden:
                texts = {
                    "label": label,
                    "sentence": view["sentences"][quarter],
                }
                ranked = [one for one in view["ranking"] if one["quarter_id"] == quarter and one["value"] is not None]
                found += [("ranking", code, quarter, str(one["value"])) for one in ranked]
                for place, text in texts.items():
                    allowed = common if place == "sentence" else set()
                    found += [(place, code, quarter, number) for number in sorted(list_numbers([text]) - allowed)]
        found += [("figure", code, "", number) for number in sorted(_list_drawn(folder, view, page))]
    return [*found, *_list_unscripted(folder, page), *_list_printed(folder, page)]


def _list_unscripted(folder: Path, page: Any) -> list[tuple[str, str, str, str]]:
    """What a page shows where its script may not run: cells that are not the labels of their map, numbers that it doesn't tell."""
    views = {view["picture"]["name"]: view["picture"] for view in page["views"]}
    found = []
    for path in [folder / "index.html", *sorted((folder / "maps").glob("*.html"))]:
        (told,) = _UNSCRIPTED.findall(path.read_text(encoding="utf-8"))
        text, _, table = told.partition("<table")
        heads = [unescape(head) for head in re.findall(r'<th scope="col">([^<]*)', table)]
        first = next(view["picture"] for view in page["views"] if view["picture"]["name"] == heads[1])
        drawn = re.findall(r">([^<]+)<", text)
        found += [("unscripted", first["slug"], "", n) for n in sorted(_list_untold(drawn, first, page))]
        rows = re.findall(r"<th>(.*?)(?=<tr>|$)", table.partition("<tbody>")[2], re.DOTALL)
        assert len(rows) == len(first["labels"])
        for at, row in enumerate(rows):
            cells = [unescape(cell) for cell in re.findall(r"<td>([^<]*)", row)]
            wanted = [views[head]["labels"][at] for head in heads[1:]]
            found += [
                ("unscripted", first["slug"], str(at), cell)
                for cell, label in zip(cells, wanted, strict=True)
                if cell != label
            ]
    return found


def _list_printed(folder: Path, page: Any) -> list[tuple[str, str, str, str]]:
    """Numbers on the sheet of a quarter that the page doesn't tell of it, of the city or of all."""
    sheets = sorted((folder / "steckbriefe").glob("*.pdf"))
    html = re.sub(
        rf"<script.*?</script>|<style.*?</style>|{_UNSCRIPTED.pattern}",
        "",
        (folder / "index.html").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    common = [
        unescape(html),
        *page["words"].values(),
        page["place"],
        page["shock"]["name"],
        str(page["shock"]["year"]),
        "0 100",
    ]
    for view in page["views"]:
        picture = view["picture"]
        common += [
            picture["name"],
            picture["subtitle"],
            view["cityValue"],
            view["rankingHead"],
            *(one["label"] for one in picture["unknown"]),
        ]
        common += [str(year) for year in (view["series"] or {"years": ()})["years"]]
    found = []
    for sheet in sheets:
        texts = read_pdf(sheet.read_bytes())
        names = {quarter: profile for quarter, profile in page["profiles"].items() if profile["name"] in texts}
        told = [text for quarter in names for text in _tell_quarter(page, quarter)]
        found += [("sheet", "", sheet.stem, n) for n in sorted(list_numbers(texts) - list_numbers([*common, *told]))]
    return found


def _tell_quarter(page: Any, quarter: str) -> list[str]:
    """What the page tells of a quarter: finished texts, and numbers as its script writes them."""
    profile = page["profiles"][quarter]
    texts = [profile[key] for key in ("name", "people", "indexText", "partsNote", "similar")]
    for part in profile["parts"]:
        texts += [part["number"], _write(part["contribution"], 1)]
    for view in page["views"]:
        picture = view["picture"]
        texts += [
            view["sentences"][quarter],
            view["places"][quarter],
            picture["labels"][picture["quarter_ids"].index(quarter)],
        ]
        for row in view["ranking"]:
            if row["quarter_id"] == quarter:
                texts += [_write(row[end], view["digits"]) for end in ("value", "low", "high")]
    return texts


def _write(number: float | None, digits: int) -> str:
    """A number in German, rounded half up."""
    if number is None:
        return ""
    rounded = Decimal(repr(abs(number))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded:,}".translate(str.maketrans(",.", ".,"))


def _tell_sides(view: Any) -> list[str]:
    contrast = view["contrast"]
    return [] if contrast is None else [contrast["group"]["value"], contrast["rest"]["value"], contrast["difference"]]


def _list_drawn(folder: Path, view: Any, page: Any) -> set[str]:
    """Numbers of a figure that its view doesn't tell; of a legend's counts, its scale bar and its checksum nothing is said."""
    picture, path = view["picture"], folder / "figures" / f"{view['picture']['slug']}.svg"
    if not path.is_file():
        return set()
    return _list_untold(read_svg(path.read_text(encoding="utf-8")), picture, page)


def _list_untold(drawn: Iterable[str], picture: Any, page: Any) -> set[str]:
    """Numbers of texts that the page doesn't tell of a map."""
    said = [unescape(text) for text in drawn]
    sizes = [size for kind in page["ground"]["sizes"].values() for size in kind]
    ranges = {page["words"]["page_from"].format(least=a) if b is None else f"{a}–{b}" for a, b, _ in sizes}
    said = [
        text
        for text in said
        if text not in ranges and picture["digest"] not in text and not re.fullmatch(r"[\d,.]+\u00a0?\s?k?m", text)
    ]
    legend = [*picture["classes"], *picture["unknown"]]
    told = [
        *picture["labels"],
        picture["title"],
        picture["subtitle"],
        picture["heading"],
        picture["example"],
        picture["source"],
    ]
    told += [
        *picture["notices"],
        *picture["warnings"],
        *(one["label"] for one in legend),
        *(str(one["count"]) for one in legend),
    ]
    told += [feature["properties"]["name"] for feature in page["ground"]["quarters"]["features"]]
    told += map(str, page["labels"]["numbers"])  # where a quarter lies, whatever its value
    return list_numbers(said) - list_numbers(told)
