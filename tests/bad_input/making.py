"""Inputs of bad rows that no text file can be: archives, workbooks, databases, other letters, pipes."""

from __future__ import annotations

import io
import os
import zipfile
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
import pyogrio

from tests.load_data import CRS, NAMES, SHAPES, make_squares

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

VALUES = (
    ("quartier", "kennzahl", "jahr", "wert"),
    *((q, c, y, v) for y in (2023, 2024) for q in ("01", "02") for c, v in (("bevoelkerung", 1200), ("geborene", 12))),
)
"""A good long table of indicators."""

ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
LAYER = 'x"; DROP TABLE grenzen; --'
SHEET = "xl/worksheets/sheet1.xml"


def make_frame(**columns: Sequence[Any]) -> gpd.GeoDataFrame:
    """Both squares with code and name, and further columns."""
    facts: dict[str, Sequence[Any]] = {"code": list(SHAPES), "name": list(NAMES.values()), **columns}
    return gpd.GeoDataFrame(facts, geometry=list(SHAPES.values()), crs=CRS)


def write_shapefile(folder: Path, *, without: str = "", names: Sequence[str] = ("code", "name")) -> None:
    """Shapefile of the squares; `without` is the ending of a part that is left out."""
    frame = make_frame().rename(columns=dict(zip(("code", "name"), names, strict=True)))
    pyogrio.write_dataframe(frame, folder / "grenzen.shp")
    if without:
        (folder / f"grenzen{without}").unlink()


def write_geopackage(folder: Path, *layers: str) -> Path:
    """GeoPackage with the squares in each layer."""
    path = folder / "grenzen.gpkg"
    for layer in layers or ("quartiere",):
        pyogrio.write_dataframe(make_frame(), path, layer=layer)
    return path


def damage_geopackage(folder: Path, change: Callable[[bytes], bytes]) -> None:
    path = write_geopackage(folder)
    path.write_bytes(change(path.read_bytes()))


def write_log(folder: Path) -> None:
    """Changes beside a GeoPackage that are no changes."""
    write_geopackage(folder).with_name("grenzen.gpkg-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4096))


def write_odd_layer(folder: Path) -> None:
    frame = make_frame().rename(columns={"code": "code' OR '1'='1"})
    pyogrio.write_dataframe(frame, folder / "grenzen.gpkg", layer=LAYER, LAUNDER="NO")
    pyogrio.write_dataframe(frame.iloc[:1], folder / "grenzen.gpkg", layer="grenzen", append=True)


def make_zip(**members: str | bytes) -> bytes:
    """ZIP archive; `__` in a name stands for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", ".")), content, compress_type=zipfile.ZIP_DEFLATED)
    return held.getvalue()


def change_zip(content: bytes, *, first: int, entry: int, bits: int) -> bytes:
    """The same archive with bits of a byte turned in its first member's head, and in its entry at the end."""
    changed = bytearray(content)
    for at in (first, content.index(b"PK\x01\x02") + entry):
        changed[at] ^= bits
    return bytes(changed)


def write_zip_bomb(folder: Path) -> None:
    """A geo file of 100 MB packed into 97 KB."""
    info = zipfile.ZipInfo("grenzen.geojson")
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(folder / "grenzen.zip", "w") as archive, archive.open(info, "w") as member:
        for _ in range(100):
            member.write(bytes(1_000_000))


def make_book(rows: Sequence[Sequence[Any]] = VALUES, change: Callable[[Worksheet], object] | None = None) -> bytes:
    """XLSX with one sheet "Werte", changed by a function."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Werte"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def change_part(book: bytes, part: str, old: str, new: str) -> bytes:
    """The same workbook with a text in one of its XML files replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in given.namelist():
            content = given.read(name)
            changed.writestr(name, content.decode().replace(old, new, 1).encode() if name == part else content)
    return held.getvalue()


def hide(sheet: Worksheet) -> None:
    """Hide rows and a column, and add a hidden sheet."""
    for row in (3, 4, 5):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book = sheet.parent
    assert book is not None
    book.create_sheet("Alt").sheet_state = "veryHidden"


def make_ods(rows: str) -> bytes:
    """ODS with one sheet "Werte" of the given elements."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "manifest")
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", kind, zipfile.ZIP_STORED)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest{spaces}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        packed.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Werte">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return held.getvalue()


def make_row(*cells: str | float | None, facts: str = "") -> str:
    """Element of an ODS row; None is an empty cell, a text that begins with `<` stands as it is."""
    return f"<table:table-row{facts}>{''.join(map(_make_cell, cells))}</table:table-row>"


def _make_cell(cell: str | float | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        plain = f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        return cell if cell.startswith("<") else plain
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def put(name: str, make: Callable[[], bytes]) -> Callable[[Path], object]:
    """Function that writes a file of that content."""
    return lambda folder: (folder / name).write_bytes(make())


def change(name: str, old: str, new: str, *, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Function that replaces a text in a good file, and saves it in some encoding."""

    def write(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_bytes(text.replace(old, new).encode(encoding))

    return write


def replace_by(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Function that puts something else in the place of a good file."""

    def write(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return write


def grow(path: Path) -> None:
    """A file of 700 MB that takes no room."""
    with path.open("wb") as file:
        file.truncate(700_000_000)


def link_outside(path: Path) -> None:
    """A link out of the project's folder."""
    (path.parents[1] / "anderswo.geojson").write_text("{}", encoding="utf-8")
    path.symlink_to("../anderswo.geojson")


ARCHIVE = "grenzen.zip"
MANY = (
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    "</table:table-cell>"
)
FAULT = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
HEAD = "quartier;kennzahl;jahr;wert\n"

MAKERS: Mapping[str, Callable[[Path], object]] = {
    "014_layer_missing": lambda folder: write_geopackage(folder, "stadtteile", "bezirke"),
    "014_several_layers": lambda folder: write_geopackage(folder, "stadtteile", "bezirke"),
    "015_no_prj": lambda folder: write_shapefile(folder, without=".prj"),
    "016_no_shx": lambda folder: write_shapefile(folder, without=".shx"),
    "017_no_cpg": lambda folder: write_shapefile(folder, without=".cpg"),
    "018_ten_characters": lambda folder: write_shapefile(folder, names=("code", "stadtberei")),
    "019_several_in_zip": put(ARCHIVE, lambda: make_zip(stadtteile__geojson=make_squares(), bezirke__geojson="{}")),
    "020_evil_member": put(ARCHIVE, lambda: make_zip(**{"____/____/boese__geojson": make_squares()})),
    "021_zip_bomb": write_zip_bomb,
    "022_bad_check_sum": put(
        ARCHIVE, lambda: change_zip(make_zip(grenzen__geojson=make_squares()), first=14, entry=16, bits=0xFF)
    ),
    "022_encrypted_zip": put(
        ARCHIVE, lambda: change_zip(make_zip(grenzen__geojson=make_squares()), first=6, entry=8, bits=1)
    ),
    "022_nested_zip": put(ARCHIVE, lambda: make_zip(innen__zip=make_zip(grenzen__geojson=make_squares()))),
    "025_utf16_geojson": change("grenzen.geojson", "Nord", "Nord", encoding="utf-16"),
    "026_latin1_geojson": change("grenzen.geojson", "Süd", "Süd", encoding="latin-1"),
    "028_nested_arrays": put("grenzen.geojson", lambda: b'{"features": ' + b"[" * 200_000),
    "036_symlink": replace_by("grenzen.geojson", link_outside),
    "037_folder": lambda folder: (folder / "grenzen").mkdir(),
    "037_pipe": replace_by("grenzen.geojson", os.mkfifo),
    "038_corrupt_geopackage": lambda folder: damage_geopackage(
        folder, lambda old: old[:4096] + b"\x5a" * (len(old) - 4096)
    ),
    "038_truncated_geopackage": lambda folder: damage_geopackage(folder, lambda old: old[:-5000]),
    "038_geopackage_in_use": write_log,
    "038_locked_geopackage": write_geopackage,
    "044_file_too_large": replace_by("grenzen.geojson", grow),
    "045_windows_letters": change("angebote.csv", "Träger", "Träger", encoding="cp1252"),
    "048_numbers_as_text": put(
        "kennzahlen.xlsx", lambda: make_book([VALUES[0], *((q, "einpersonenhaushalte", 2024, "41,5") for q in SHAPES)])
    ),
    "053_hidden": put("kennzahlen.xlsx", lambda: make_book(change=hide)),
    "054_formula_without_value": put(
        "kennzahlen.xlsx", lambda: make_book([*VALUES[:-1], ("02", "geborene", 2024, "=D3+1")])
    ),
    "055_error_cells": put(
        "kennzahlen.xlsx",
        lambda: make_book([*VALUES[:-2], ("02", "bevoelkerung", 2024, "#DIV/0!"), ("02", "geborene", 2024, "#N/A")]),
    ),
    "054_zeros_of_a_program": put(
        "kennzahlen.xlsx",
        lambda: change_part(make_book([*VALUES[:-1], ("02", "geborene", 2024, "=D3+1")]), SHEET, "<v />", "<v>0</v>"),
    ),
    "055_errors_in_columns": put(
        "kennzahlen.xlsx",
        lambda: make_book([("quartier", "Einwohner", "je 1.000"), ("01", 1200, 10), ("02", 1300, "#DIV/0!")]),
    ),
    "055_errors_in_libreoffice": put(
        "kennzahlen.ods",
        lambda: make_ods(
            make_row("quartier", "Einwohner", "je 1.000") + make_row("01", 1200, 10) + make_row("02", 1300, FAULT)
        ),
    ),
    "056_binary_excel": put("kennzahlen.xlsb", lambda: make_zip(**{"xl/workbook__bin": b"\x83\x01\0"})),
    "056_old_excel": put("kennzahlen.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    "057_far_cell": put("kennzahlen.xlsx", lambda: change_part(make_book(), SHEET, "</sheetData>", FAR)),
    "057_repeated_cells": put(
        "kennzahlen.ods", lambda: make_ods(make_row(MANY, facts=' table:number-rows-repeated="1048576"'))
    ),
    "058_entities_in_workbook": put(
        "kennzahlen.xlsx", lambda: change_part(make_book(), SHEET, "<worksheet", f"{ENTITIES}<worksheet")
    ),
    "068_huge_cell": change("kennzahlen.csv", HEAD, f"{HEAD}01;geborene;2022;{'9' * 10_000_000}\n"),
    "068_too_many_columns": change("kennzahlen.csv", HEAD, f"{HEAD}01{';' * 1_000_000}1\n"),
    "069_invisible_characters": change("kennzahlen.csv", "01;geborene;2024", "0\u202e1;gebo\x07rene;2024"),
    "069_zero_bytes": change("kennzahlen.csv", "geborene", "gebo\0rene"),
    "090_sql_in_layer": write_odd_layer,
}
"""What makes the input of a row, by the name of its folder."""
