"""The same figures as flat files of GENESIS in the old form and in the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OLD = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
    "1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;"
    "BEVSTD__Bevoelkerungsstand__Anzahl;ERWP10__Arbeitslosenquote__Prozent"
)
NEW = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;1_variable_attribute_code;"
    "1_variable_attribute_label;2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label;value_q"
)
Case = tuple[str, str, str, str]
CASES: Sequence[Case] = (
    ("01051001", "GESM", "600", "6,5"),
    ("01051001", "", "1210", "5,9"),
    ("01051002", "GESM", "-", "."),
    ("01051002", "", "800", "12,25"),
)
"""Municipality, sex (empty: all), persons, rate. A dash is a true zero, a point is secret."""

LABELS = {
    "GESM": "männlich", "GESW": "weiblich", "": "Insgesamt", "ALT000B03": "unter 3 Jahre", "ALT003B18": "3 bis unter 18 Jahre",
    "ALT018B75": "18 bis unter 75 Jahre", "ALT075UM": "75 Jahre und mehr",
}  # fmt: skip
SIGNS = ("-", ".", "/", "x", "...")


SEX, AGE = "GES;Geschlecht", "ALTX20;Altersgruppen (20)"
"""What divides the values."""


def make_old(cases: Sequence[Case] = CASES, *, time: str = "31.12.2023", feature: str = SEX) -> str:
    """Old form: the signs stand in the cells."""
    rows = [
        f"12411;Fortschreibung;STAG;Stichtag;{time};GEMEIN;Gemeinden;{key};Ort {key};{feature};{sex};{LABELS[sex]};{n};{rate}"
        for key, sex, n, rate in cases
    ]
    return "\n".join([OLD, *rows, ""])


def make_new(cases: Sequence[Case] = CASES, *, time: str = "2023-12-31", feature: str = SEX) -> str:
    """New form, unsorted as it is delivered."""
    rows = [
        f"12411;Fortschreibung;STAG;Stichtag;{time};GEMEIN;Gemeinden;{key};Ort {key};{feature};{sex};{LABELS[sex]};"
        f"{cell};{unit};{code};{label};{'' if cell in SIGNS else 'e'}"
        for key, sex, n, rate in reversed(cases)
        for code, label, cell, unit in (
            ("ERWP10", "Arbeitslosenquote", rate, "%"),
            ("BEVSTD", "Bevölkerungsstand", n, "Anzahl"),
        )
    ]
    return "\n".join([NEW, *rows, ""])
