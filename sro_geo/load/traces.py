"""Traces of persons in cells: personal e-mail addresses, dates of birth, account numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sro_geo.load.cells import clean_text, number_cells
from sro_geo.load.heads import fold_head

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

_ADDRESS = re.compile(r"([A-Za-z0-9._%+\-äöüÄÖÜß]+)@([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_FREE_MAIL = re.compile(
    r"(?:^|\.)(?:gmx|web|t-online|gmail|googlemail|yahoo|hotmail|outlook|live|freenet|icloud|me|posteo|mail|mailbox|aol|arcor"
    r"|online|proton|protonmail|email)\.(?:de|com|net|org|me|ch|at)$",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"info\w*|kita\w*|kiga\w*|kinder(?:garten|krippe|haus|laden|hort|nest|land|welt|tages\w*)\w*|kinder|krippe\w*|hort\w*|\w*schule\w*"
    r"|schul(?:leitung|sekretariat|amt|verwaltung)|gymnasium\w*|kontakt|contact|verwaltung\w*|sekretariat\w*|buero|office|\w*leitung"
    r"|post|poststelle|mail|email|tagesstaette\w*|\w*zentrum\w*|\w{3,}haus|haus|\w*treff|stadt|gemeinde\w*|\w*verein|service\w*|team\w*"
    r"|jugend\w*|familien\w*|\w*beratung\w*|\w*hilfen?|anmeldung\w*|redaktion|presse|admin|webmaster|projekt\w*|\w*amt|rathaus"
    r"|spiel\w+|awo|drk|caritas|diakonie|kirche\w*|pfarr\w*|ev|kath|asb|johanniter|malteser|lebenshilfe|\w*pflege|betreuung\w*|bildung\w*"
    r"|oga|ogs|gs|kdw|datenschutz|bewerbung\w*|noreply"
)
"""Words of a mailbox that belongs to a house and not to a person; each must match to the end ("schule", not "schulz")."""

_CONTACT = re.compile(r"ansprech|kontakt|contact|leit|leader|person|inhaber|verantwort|mitarbeit")
"""Heads of columns that explain no private mailbox."""

_FULL_NAME = re.compile(r"[a-zäöüß-]+[._][a-zäöüß-]{2,}")
_BORN = re.compile(
    r"(?:\bgeb(?:oren)?\b\.?\s*(?:am\s*)?:?|(?:^|\s)\*)\s*\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b", re.IGNORECASE
)
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){4}(?: ?[A-Z0-9]{1,4})?(?: ?[A-Z0-9]{1,3})?)\b")
_DATE = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?)")
_OTHER_DATE = re.compile(
    r"gueltig|valid|von|bis|seit|ab|stand|datum|date|eroeffn|offen|open|beginn|begin|ende|end|inbetrieb|aender|update|updat"
    r"|gruend|bau|start|creat|erstell|modif|zeit|time|tag|day|monat|month|jahr|year|stichtag|frist|meldung|import|export|version|bescheid"
)
_MOST_CELLS = 2000
"""So many rows of a column are looked at for dates; a case list shows itself in the first of them."""

_FEWEST_DATES = 5
_SHORTEST = 6
"""Characters; no shorter cell can be an address, a number of a telephone or a date of birth."""

_LONGEST = 1000
"""So many signs of a cell are looked at; patterns on longer ones would take too long."""


Kind = Literal["addresses", "births", "accounts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where cells of one column look like a person's.

    Attributes
    ----------
    kind : {"addresses", "births", "accounts"}
        E-mail addresses, dates of birth, account numbers.
    column : str
        Head.
    rows : tuple of int
        Rows as a spreadsheet counts.
    """

    kind: Kind
    column: str
    rows: tuple[int, ...]


def find_traces(frame: pd.DataFrame) -> list[Trace]:
    """Columns with cells that look like a person's, one trace for each kind."""
    traces = []
    for column in frame.columns:
        cells = frame[column]
        texts = {cell for cell in number_cells(cells)[1] if isinstance(cell, str) and len(cell) >= _SHORTEST}
        mailed = _list_rows(cells, {text for text in texts if "@" in text[:_LONGEST]})
        found: dict[Kind, list[int]] = {
            "addresses": [row for row in mailed if _has_personal_address(cells[row][:_LONGEST], frame, row)],
            "accounts": _list_rows(cells, {text for text in texts if _has_account(text[:_LONGEST])}),
            "births": _list_rows(cells, {text for text in texts if _BORN.search(text[:_LONGEST])})
            or _find_births(cells),
        }
        traces += [Trace(kind=kind, column=str(column), rows=tuple(rows)) for kind, rows in found.items() if rows]
    return traces


def _list_rows(cells: pd.Series, texts: Collection[str]) -> list[int]:
    """Rows of the cells that hold one of the texts."""
    return [int(str(row)) for row, cell in cells.items() if isinstance(cell, str) and cell in texts] if texts else []


def _has_personal_address(cell: str, frame: pd.DataFrame, row: int) -> bool:
    """Whether an address is a person's: a first and last name, or a private mailbox that nothing in the row explains."""
    for local, domain in _ADDRESS.findall(cell):
        words = [word for word in re.split(r"[\d_]+", fold_head(local)) if word]
        if not words or any(_INSTITUTION.fullmatch(word) for word in words) or _is_explained(words, frame, row):
            continue
        if _FULL_NAME.fullmatch(local.casefold()) or _FREE_MAIL.search(domain):
            return True
    return False


def _is_explained(words: Sequence[str], frame: pd.DataFrame, row: int) -> bool:
    """Whether the row's own name (a house, a provider) holds a word of the mailbox."""
    told = [head for head in frame.columns if not _CONTACT.search(fold_head(str(head)))]
    texts = [clean_text(frame.loc[row, head]) for head in told]
    others = fold_head(" ".join(text for text in texts if "@" not in text))
    return any(len(word) > 2 and word in others for word in words)  # noqa: PLR2004  short pieces stand everywhere


def _has_account(cell: str) -> bool:
    return any(_is_account(found.replace(" ", "")) for found in _IBAN.findall(cell))


def _is_account(number: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616)."""
    turned = number[4:] + number[:4]
    return 15 <= len(number) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1  # noqa: PLR2004  ISO 13616


def _find_births(cells: pd.Series) -> list[int]:
    """Rows of a column of many different days whose head tells of no other date."""
    if _OTHER_DATE.search(fold_head(str(cells.name))):
        return []
    first = cells.head(_MOST_CELLS).dropna()
    most = len(first) - max(_FEWEST_DATES, 0.8 * len(first))  # so many cells may be something else
    days: dict[int, tuple[int, int, int]] = {}
    for read, (row, cell) in enumerate(first.items()):
        if (day := _read_day(cell)) is not None:
            days[int(str(row))] = day
        if read + 1 - len(days) > most:
            return []
    years = {day[0] for day in days.values()}
    firsts = sum(day[2] == 1 for day in days.values())
    scattered = len(set(days.values())) > len(days) / 2 and firsts < len(days) / 2 and len(years) > 1
    return sorted(days) if scattered else []


def _read_day(cell: object) -> tuple[int, int, int] | None:
    match = _DATE.fullmatch(clean_text(cell))
    if match is None:
        return None
    german: Sequence[str | None] = match.group(3, 2, 1)
    year, month, day = german if german[0] else match.group(4, 5, 6)
    read = int(year or 0), int(month or 0), int(day or 0)
    return read if 1900 <= read[0] <= 2100 and 1 <= read[1] <= 12 and 1 <= read[2] <= 31 else None  # noqa: PLR2004  a date
