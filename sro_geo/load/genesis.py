"""Flat files of GENESIS (ffcsv), old and new form, as wide tables: one row for each area and time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.errors import stop_at
from sro_geo.load.cells import clean_column, clean_text
from sro_geo.load.numbers import SIGNS
from sro_geo.load.telling import refuse, tell, tell_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.errors import Problem
    from sro_geo.load.inputs import IndicatorFile
    from sro_geo.load.tables import Table
    from sro_geo.model.catalogue import IndicatorSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Heads of a form; `{}` stands for the number of a feature."""

    time: str
    feature: str
    feature_label: str
    code: str
    label: str


_OLD = _Form(
    time="Zeit",
    feature="{}_Merkmal_Code",
    feature_label="{}_Merkmal_Label",
    code="{}_Auspraegung_Code",
    label="{}_Auspraegung_Label",
)
"""Up to 2024: a column for each variable."""

_NEW = _Form(
    time="time",
    feature="{}_variable_code",
    feature_label="{}_variable_label",
    code="{}_variable_attribute_code",
    label="{}_variable_attribute_label",
)
"""Since 2025: a row for each value, which says what it is."""

_VALUE, _VARIABLE, _CALLED, _UNIT, _MARK = (
    "value", "value_variable_code", "value_variable_label", "value_unit", "value_q",
)  # fmt: skip
_YEAR = re.compile(r"(?:\d{2}\.\d{2}\.)?((?:19|20)\d{2})(?:-\d{2}-\d{2})?")
_JOINT, _QUALITY = "__", "q"
_SURE = ("", "e", "r")
"""Marks of quality that change nothing: none, final, revised."""

_UNSURE = ("p", "s", "()", "( )")
"""Preliminary, estimated, not very sure: the number is shown in brackets."""

_PERCENT = re.compile(r"%|v\. ?h\.|prozent.*|percent.*", re.IGNORECASE)
_MANY = re.compile(r"(?:in )?(?:1[ .]?000|tsd|tausend|thous|mill|mio|mrd|bill).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfolded:
    """A flat file as a wide table.

    Attributes
    ----------
    table : Table
        One row for each area and time; its row is that of the first value. Columns: codes of the areas under the code of
        their feature, the year, and one column for each variable and attribute: "BEVSTD" for all, "BEVSTD GES=GESM" for men.
    time : str
        Head of the year.
    labels, units : mapping of str to str
        What the file calls such a column, and its unit.
    """

    table: Table
    time: str
    labels: Mapping[str, str]
    units: Mapping[str, str]


def is_genesis(heads: Iterable[str]) -> bool:
    """Whether these are the heads of a flat file."""
    return _find_form(heads) is not None


def is_many(unit: str) -> bool:
    """Whether a unit stands for a thousand of something, or more."""
    return bool(_MANY.fullmatch(unit))


def settle_genesis(
    table: Table, order: IndicatorFile, *, specs: Mapping[str, IndicatorSpec]
) -> tuple[Table, IndicatorFile]:
    """Table and settings as of a wide table; any other table, and one whose own heads the project names, stays as it is.

    Raises
    ------
    DataError
        If the project does not say which feature is the area, states another year than the file, or a column's unit is not
        that of its indicator.
    """
    if not is_genesis(table.frame.columns) or order.key in table.frame.columns:
        return table, order
    features = list_features(table)
    if order.form != "wide" or order.key is None or order.key not in features:
        told = [f"{code} ({label})" for code, label in features.items()]
        raise refuse(table.place, "genesis_unsettled", features=told)
    found = unfold_genesis(table, key=order.key)
    years = clean_column(found.table.frame[found.time]).unique()
    other = sorted(year for year in years if _YEAR.fullmatch(year) and year != str(order.year))
    problems = _find_other_units(found, order, specs=specs)
    if order.year is not None and other:
        problems.append(tell(table.place, "genesis_year_differs", found=other, year=order.year))
    stop_at(problems)
    units = list(dict.fromkeys(f"{head.partition(' ')[0]}: {unit}" for head, unit in found.units.items()))
    note = tell(table.place, "genesis_read", key=order.key, label=features[order.key], units=units)
    year_column = order.year_column or (found.time if order.year is None else None)
    return replace(found.table, notes=(*found.table.notes, note)), replace(order, year_column=year_column)


def list_features(table: Table) -> dict[str, str]:
    """What a flat file divides its values by: label by code, areas among them."""
    form = _find_form(table.frame.columns)
    assert form is not None  # noqa: S101  the caller looked
    found: dict[str, str] = {}
    for number in _list_numbers(table, form):
        codes, labels = (_read(table, head.format(number)) for head in (form.feature, form.feature_label))
        found |= dict(zip(codes, labels, strict=True))
    return {code: label for code, label in found.items() if code}


def unfold_genesis(table: Table, *, key: str) -> Unfolded:
    """Wide table of a flat file.

    Parameters
    ----------
    table : Table
        Raw cells.
    key : str
        Code of the feature that is the area.

    Notes
    -----
    A feature without an attribute stands for all of it. Rows of other areas (a state, the country) are left out and told.
    A value that comes twice for the same case begins another row, so that the check finds it. Marks of quality beside a
    value are read as if they stood in its cell.
    """
    form = _find_form(table.frame.columns)
    assert form is not None  # noqa: S101  the caller looked
    codes, labels = _read_features(table, form)
    areas, time = codes.pop(key), _read(table, form.time)
    labels = labels[codes.columns].where(codes != "", "")
    values = _list_old(table) if form is _OLD else _list_new(table)
    values = values.assign(area=values["row"].map(areas), time=values["row"].map(time))
    values["head"] = values["variable"] + values["row"].map(_join(codes, form=" {0}={1}"))
    values["label"] += values["row"].map(_join(labels, form=", {1}"))
    values = values[values["area"] != ""]
    values["again"] = values.groupby(["area", "time", "head"]).cumcount()
    values["case"] = values.groupby(["area", "time", "again"], sort=False).ngroup()
    cases = values.groupby("case").first()
    columns = {head: part.set_index("case")["cell"] for head, part in values.groupby("head", sort=False)}
    years = [_find_year(word) for word in cases["time"]]
    frame = pd.DataFrame({key: cases["area"], form.time: years, **columns}, index=cases.index, dtype=object)
    frame = frame.where(frame.notna(), None).set_axis(cases["row"].to_list())
    elsewhere = areas.index[areas == ""]
    notes = [tell_rows(table.place, elsewhere, "genesis_rows_elsewhere", key=key)] if len(elsewhere) else []
    told = values.groupby("head", sort=False).first()
    return Unfolded(
        table=replace(table, frame=frame, notes=(*table.notes, *notes)),
        time=form.time,
        labels=dict(zip(told.index, told["label"], strict=True)),
        units=dict(zip(told.index, told["unit"], strict=True)),
    )


def _find_form(heads: Iterable[str]) -> _Form | None:
    known = set(heads)
    for form, further in ((_OLD, ()), (_NEW, (_VALUE, _VARIABLE))):
        first = (head.format(1) for head in (form.feature, form.feature_label, form.code, form.label))
        if known.issuperset([form.time, *first, *further]):
            return form
    return None


def _list_numbers(table: Table, form: _Form) -> list[int]:
    """Numbers of the features, which count from 1."""
    return [number for number in range(1, len(table.frame.columns)) if form.code.format(number) in table.frame]


def _read(table: Table, head: str) -> pd.Series:
    return clean_column(table.frame[head])


def _read_features(table: Table, form: _Form) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Code and label of the attribute of each row, by feature; empty where the feature is not divided or not there."""
    codes: dict[str, pd.Series] = {}
    labels: dict[str, pd.Series] = {}
    for number in _list_numbers(table, form):
        features, own, called = (_read(table, head.format(number)) for head in (form.feature, form.code, form.label))
        for feature in filter(None, features.unique()):
            here = features == feature
            codes[feature] = own.where(here, codes.get(feature, ""))
            labels[feature] = called.where(here, labels.get(feature, ""))
    return pd.DataFrame(codes, index=table.frame.index), pd.DataFrame(labels, index=table.frame.index)


def _join(parts: pd.DataFrame, *, form: str) -> pd.Series:
    """One text for each row of what its features say."""
    joined = pd.Series("", index=parts.index, dtype="str")
    for feature in parts.columns:
        joined += [form.format(feature, word) if word else "" for word in parts[feature]]
    return joined


def _list_old(table: Table) -> pd.DataFrame:
    """Values of the old form: each variable has a column "CODE__Label__Unit", and one of marks that ends in "__q"."""
    heads = [head for head in table.frame.columns if _JOINT in head and not head.endswith(_JOINT + _QUALITY)]
    codes = [head.split(_JOINT)[0] for head in heads]
    parts = []
    for head, code in zip(heads, codes, strict=True):
        called, _, unit = head.rpartition(_JOINT)
        marks = next((one for one in (head, called) if f"{one}{_JOINT}{_QUALITY}" in table.frame), None)
        cells = table.frame[head]
        told = list(cells) if marks is None else _add_marks(cells, _read(table, f"{marks}{_JOINT}{_QUALITY}"))
        part = pd.DataFrame({"row": table.frame.index, "cell": told, "unit": unit.replace("_", " ")})
        part["variable"] = code if codes.count(code) == 1 else f"{code}{_JOINT}{unit}"
        part["label"] = called.rpartition(_JOINT)[2].replace("_", " ")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _list_new(table: Table) -> pd.DataFrame:
    """Values of the new form, one to a row."""
    nothing = pd.Series("", index=table.frame.index, dtype="str")
    variable, label, unit, mark = (
        _read(table, head) if head in table.frame else nothing for head in (_VARIABLE, _CALLED, _UNIT, _MARK)
    )
    several = unit.groupby(variable).transform("nunique") > 1
    return pd.DataFrame(
        {
            "row": table.frame.index,
            "cell": _add_marks(table.frame[_VALUE], mark),
            "unit": unit.to_numpy(),
            "variable": variable.where(~several, variable + _JOINT + unit.str.replace(" ", "_")).to_numpy(),
            "label": label.to_numpy(),
        }
    )


def _add_marks(cells: pd.Series, marks: pd.Series) -> list[object]:
    """Cells with what the marks beside them say: a sign for a number that is not there, brackets round an unsure one."""
    return [_add_mark(cell, mark) for cell, mark in zip(cells, marks, strict=True)]


def _add_mark(cell: object, mark: str) -> object:
    text = clean_text(cell)
    if mark in _SURE or text == mark:
        return cell
    if mark in SIGNS and text in ("", "0"):
        return mark
    if mark in _UNSURE:
        return f"({text.strip('()')})" if text[-1:].isdigit() else cell
    return f"{text} {mark}"


def _find_year(time: str) -> str:
    """Year of a day or year; what is neither stays as it is, so that the reader refuses it."""
    found = _YEAR.fullmatch(time)
    return time if found is None else found[1]


def _find_other_units(found: Unfolded, order: IndicatorFile, *, specs: Mapping[str, IndicatorSpec]) -> list[Problem]:
    """Counts in thousands or percent, and shares that are none."""
    problems = []
    for code, columns in order.columns.items():
        wanted = specs[code].unit if code in specs else ""
        parts = [(columns.value, wanted), (columns.numerator, "persons"), (columns.denominator, "persons")]
        for head, unit in parts:
            told = found.units.get(head or "", "")
            share, many = bool(_PERCENT.fullmatch(told)), is_many(told)
            if (unit == "persons" and (share or many)) or (unit == "percent" and told and not share):
                problems.append(tell(found.table.place, "genesis_unit_differs", code=code, column=head, unit=told))
    return problems
