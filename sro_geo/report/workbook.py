"""The study's tables as one workbook for an office: texts stay texts, numbers stay numbers, nothing in it is a formula."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter

from sro_geo.model.grid import lay_grid
from sro_geo.model.indicators import WRITTEN_DIGITS
from sro_geo.model.quarters import name_parents
from sro_geo.model.status import LATER, NOT_APPLICABLE, SUPPRESSED
from sro_geo.report.shown import list_codes
from sro_geo.report.tables import DIGITS, TOLD
from sro_geo.report.warnings import list_notices, list_warnings, tell_internal, tell_invented
from sro_geo.text.numbers import round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker

WORKBOOK = "tables.xlsx"

FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the format knows no time zone; the same input gives the same file

LONGEST = 32_767
"""Signs that a cell may hold; a longer text is cut, and whole in the CSV beside it."""

SIGNS = {SUPPRESSED: "•", LATER: "…", NOT_APPLICABLE: "x"}
"""Signs of official statistics for values that are not there; `MISSING` stands for all others."""

MISSING = "."

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST, _NARROWEST, _MOST_SHOWN = 60, 8, 2

_SIGNED = ("change", "difference", "contribution")
_OF_INDICATOR = {
    "value", "low", "high", "before", "after", "change", "group", "rest", "group_low", "rest_low", "group_high", "rest_high",
    "difference",
}  # fmt: skip
"""Columns in the unit of the row's indicator."""

_BOLD: dict[str, Any] = {"bold": True, "text_wrap": True, "valign": "top"}


def format_workbook(study: Study, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Workbook: how to read it, every value of the year by quarter, then each of the tables on a sheet.

    Parameters
    ----------
    study : Study
        A finished study.
    tables : mapping of str to DataFrame
        As `list_tables` gives them.

    Notes
    -----
    Numbers are numbers, rounded like those of the CSV; keys, names and everything else are text. The same study gives
    the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": FIXED_TIME, "title": study.about.title})
    voice = speak_of(study.about)
    dressed = {name: _dress(study, table) for name, table in tables.items()}
    _write_guide(book, study, dressed)
    _write_overview(book, study)
    for name, table in dressed.items():
        heads = [voice.say(f"column_{column}") for column in table.columns]
        columns = [_format_column(table[column], voice=voice) for column in table.columns]
        named = table["indicator"] if "indicator" in table.columns else [""] * len(table)
        specs = [study.specs.get(code) for code in named]
        formats = [
            _choose_formats(str(column), cells, specs) for column, cells in zip(table.columns, columns, strict=True)
        ]
        _write_sheet(book, voice.say(f"sheet_{name}"), heads=heads, columns=columns, formats=formats)
    book.close()
    return out.getvalue()


def _dress(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Table with names beside its codes: first of quarter and larger unit, of the indicator and its unit. Before all, the notice."""
    voice = speak_of(study.about)
    lowest = voice.number(study.method.lowest if study.method else 0)
    if "name" in table.columns:
        first = [column for column in ("quarter_id", "name", "parent") if column in table.columns]
        table = table[[*first, *table.columns.drop(first)]]
    if "kind" in table.columns:
        table = table.assign(kind=[study.kinds[kind].name[voice.language] for kind in table["kind"]])
    for column in ("indicator", "part"):
        if column in table.columns:
            specs = table[column].map(study.specs.get)
            at = int(table.columns.get_indexer(pd.Index([column]))[0]) + 1
            table = table.copy()
            table.insert(at, "title", [spec.name[voice.language] if spec else "" for spec in specs])
            table.insert(
                at + 1,
                "unit",
                [
                    voice.unit(f"heading_{spec.unit}", own=spec.unit_text, lowest=lowest) if spec else ""
                    for spec in specs
                ],
            )
    return table[[*table.columns.intersection(["notice"]), *table.columns.difference(["notice"], sort=False)]]


def _write_guide(book: xlsxwriter.Workbook, study: Study, tables: Mapping[str, pd.DataFrame]) -> None:
    """First sheet: what this is, which sheet holds what, what the signs mean, limits and sources."""
    voice = speak_of(study.about)
    example = tell_invented(study, town="example_town", offers="example_offers", some="example_some")
    invented = study.about.example or any(bool(given["example"].any()) for given in (study.offers, study.indicators))
    sheet, bold, wrap = (
        book.add_worksheet(voice.say("sheet_guide")),
        book.add_format(_BOLD),
        book.add_format({"text_wrap": True}),
    )
    blocks: list[tuple[str, Iterable[str]]] = [
        (study.about.title, filter(None, [tell_internal(study), example if invented else ""])),
        (
            voice.say("guide_sheets"),
            [f"{voice.say(f'sheet_{name}')}: {voice.say(f'about_{name}')}" for name in ("overview", *tables)],
        ),
        (
            voice.say("guide_signs"),
            [voice.say(f"guide_{reason}", sign=sign) for reason, sign in {**SIGNS, "missing": MISSING}.items()],
        ),
        (voice.say("page_notices"), list_notices(study, invented=invented)),
        (voice.say("page_warnings"), list_warnings(study)),
        (
            voice.say("page_sources"),
            [", ".join(filter(None, [s.title, s.publisher, s.date, s.licence])) for s in study.sources if s.publisher],
        ),
    ]
    row = 0
    for head, lines in blocks:
        sheet.write_string(row, 0, head, bold)
        for line in dict.fromkeys(lines):
            row += 1
            sheet.write_string(row, 0, line[:LONGEST], wrap)
        row += 2
    sheet.set_column(0, 0, 110)


def _write_overview(book: xlsxwriter.Workbook, study: Study) -> None:
    """Second sheet: quarters by indicators of the year, and the city; signs where a value is not there."""
    voice, codes = speak_of(study.about), list_codes(study)
    grid = lay_grid(study.indicators, codes=codes, year=study.about.year, quarter_ids=list(study.quarters.index))
    specs = [study.specs[code] for code in codes]
    heads = [
        f"{spec.name[voice.language]} ({voice.unit(f'unit_{spec.unit}', own=spec.unit_text)})".removesuffix(" ()")
        for spec in specs
    ]
    values = [
        [*_sign(grid.value[:, i], grid.status[:, i]), *_sign(*([study.city[c].get(code)] for c in ("value", "status")))]
        for i, code in enumerate(codes)
    ]
    places = [*study.quarters["name"].astype(str), study.about.place]
    mark = {voice.say("column_notice"): [tell_internal(study)] * len(places)} if study.about.internal else {}
    parents = name_parents(study.quarters)
    units = [parents.get(str(key), "") for key in study.quarters.index]
    larger = {voice.say("column_parent"): [*units, ""]} if parents else {}
    _write_sheet(
        book,
        voice.say("sheet_overview"),
        heads=[*mark, voice.say("column_quarter_id"), voice.say("column_name"), *larger, *heads],
        columns=[*mark.values(), [*map(str, study.quarters.index), ""], places, *larger.values(), *values],
        formats=[
            [form] * len(places)
            for form in [*[""] * len([*mark, *larger]), "", "", *(_name_format(spec.digits) for spec in specs)]
        ],
    )


def _sign(values: Iterable[Any], statuses: Iterable[Any]) -> list[Any]:
    """Numbers, and a sign where there is none."""
    return [
        SIGNS.get(str(status), MISSING)
        if value is None or pd.isna(value)
        else round_half_up(float(value), digits=WRITTEN_DIGITS)
        for value, status in zip(values, statuses, strict=True)
    ]


def _format_column(column: pd.Series, *, voice: Speaker) -> list[Any]:
    digits, cells = DIGITS.get(str(column.name), WRITTEN_DIGITS), column.astype(object)
    told = cells.map(voice.say, na_action="ignore") if column.name in TOLD else cells
    return [_show_cell(value, digits=digits, voice=voice) for value in told]


def _show_cell(value: Any, *, digits: int, voice: Speaker) -> str | float | None:
    if isinstance(value, bool):
        return voice.say("yes" if value else "no")
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return round_half_up(float(value), digits=digits) if isinstance(value, float) else float(value)


def _choose_formats(column: str, cells: Sequence[Any], specs: Sequence[IndicatorSpec | None]) -> list[str]:
    """Format of each of a column's numbers: those of an indicator as its maps show them, others with the decimals that they have.

    The cells hold more than they show. Years, rows and ranks are no amounts.
    """
    if column in ("year", "since", "row", "rank_low", "rank_high"):
        return ["0"] * len(cells)
    usual = min(_count_decimals(cells), WRITTEN_DIGITS if column in ("lon", "lat") else _MOST_SHOWN)
    digits = [spec.digits if spec and column in _OF_INDICATOR else usual for spec in specs]
    return [_sign_format(cell, own, signed=column in _SIGNED) for cell, own in zip(cells, digits, strict=True)]


def _sign_format(cell: Any, digits: int, *, signed: bool) -> str:
    """Format of one number; what shows no other digit than zeros shows no sign, either."""
    form = _name_format(digits)
    if isinstance(cell, float) and (signed or cell < 0) and not round_half_up(cell, digits=digits):
        return '"0"'
    return f"+{form};−{form};0" if signed else form


def _count_decimals(cells: Iterable[Any]) -> int:
    """Decimals that the numbers of a column have, as they are written."""
    numbers = [cell for cell in cells if isinstance(cell, float)]
    digits = range(WRITTEN_DIGITS)
    return next((n for n in digits if all(round_half_up(one, digits=n) == one for one in numbers)), WRITTEN_DIGITS)


def _name_format(digits: int) -> str:
    """Thousands and so many decimals; a spreadsheet shows the marks of its own language."""
    return "#,##0" + ("." + "0" * digits if digits else "")


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    *,
    heads: Sequence[str],
    columns: Sequence[Sequence[Any]],
    formats: Sequence[Sequence[str]],
) -> None:
    """One sheet with a fixed head and filters."""
    sheet, bold = book.add_worksheet(name), book.add_format(_BOLD)
    sheet.freeze_panes(1, 0)
    numbers = {
        form: book.add_format({"num_format": form}) for form in sorted({one for own in formats for one in own if one})
    }
    for at, (head, cells, forms) in enumerate(zip(heads, columns, formats, strict=True)):
        sheet.write_string(0, at, head, bold)
        for row, (value, form) in enumerate(zip(cells, forms, strict=True), start=1):
            if isinstance(value, str):
                sheet.write_string(row, at, value[:LONGEST])
            elif value is not None:
                sheet.write_number(row, at, value, numbers.get(form))
        longest = max(
            [len(word) for word in head.split()] + [len(cell) for cell in cells if isinstance(cell, str)], default=0
        )
        sheet.set_column(at, at, min(_WIDEST, max(_NARROWEST, longest + 2)))
    if heads:
        sheet.autofilter(0, 0, max((len(cells) for cells in columns), default=0), len(heads) - 1)
