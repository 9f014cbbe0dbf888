"""Age groups as heads of columns write them."""

from __future__ import annotations

import re

from sro_geo.load.heads import fold_head
from sro_geo.model.ages import is_age_group

EVERYBODY = "0+"
TOTALS = frozenset({
    "einwohner", "insgesamt", "insgesamt_bevoelkerung", "bevoelkerung_insgesamt", "einwohner_insgesamt", "bevoelkerung",
    "bevoelkerungszahl", "einwohnerzahl", "personen", "persons", "population", "bewohner",
})  # fmt: skip
"""Heads of everybody, folded."""

_UNDER = re.compile(r"(?:unter|under|u)_?(\d{1,3})(?:_jahren?|_years?|_jaehrige)?")
_UPWARDS = re.compile(
    r"(?:a|ab_?)?(\d{1,3})_?(?:undaelter|und_aelter|u_aelter|u_ae|plus|and_older)(?:_jahren?)?|ab_?(\d{1,3})(?:_jahren?)?"
)
_BELOW = re.compile(r"(?:a|von_)?(\d{1,3})_?bis_?unter_?(\d{1,3})(?:_jahren?)?")
_WITHIN = re.compile(r"(?:a|von_)?(\d{1,3})_?bis_?(\d{1,3})(?:_jahren?)?")


def name_age_group(head: str) -> str | None:
    """Age group that a head of the Zensus stands for, None where it stands for none; "3 bis 5" holds those who are 5.

    Examples
    --------
    >>> [name_age_group(head) for head in ("Unter18", "a18bis29", "a65undaelter", "0 bis unter 3 Jahre", "3-6", "65+")]
    ['0-18', '18-30', '65+', '0-3', '3-6', '65+']
    >>> name_age_group("Einwohner"), name_age_group("unter18_A"), name_age_group("Wohnungen")
    ('0+', None, None)
    """
    if "|" not in head and is_age_group(head):
        return head.strip()
    name = fold_head(head)
    if name in TOTALS:
        return EVERYBODY
    if found := _UNDER.fullmatch(name):
        group = f"0-{int(found[1])}"
    elif found := _UPWARDS.fullmatch(name):
        group = f"{int(found[1] or found[2])}+"
    elif found := _BELOW.fullmatch(name):
        group = f"{int(found[1])}-{int(found[2])}"
    elif found := _WITHIN.fullmatch(name):
        group = f"{int(found[1])}-{int(found[2]) + 1}"
    else:
        return None
    return group if is_age_group(group) else None
