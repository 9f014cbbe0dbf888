"""The study's tables as CSV: UTF-8, RFC 4180, decimal point, rounded to stated digits."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.model.indicators import KEY, WRITTEN_DIGITS
from sro_geo.model.quarters import name_parents
from sro_geo.report.changes import list_changes
from sro_geo.report.warnings import tell_internal
from sro_geo.text.numbers import round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sro_geo.errors import Problem
    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker

DIGITS = {
    "value": 4,
    "numerator": 1,
    "denominator": 1,
    "reached": 1,
    "persons": 1,
    "places": 1,
    "lose": 0,
    "farther": 0,
    "more_metres": 0,
    "unplaced": 0,
    "lose_choice": 0,
    "gain": 0,
    "gives_up": 0,
    "gap": 0,
    "ties": 0,
}
"""Decimals by column; all other numbers have `WRITTEN_DIGITS`. Counts are modelled in part, hence one decimal."""

HEADS = {
    "quarter_id": "quartier", "name": "name", "parent": "gehoert_zu", "indicator": "kennzahl", "year": "jahr", "value": "wert",
    "numerator": "zaehler", "denominator": "nenner", "status": "status", "example": "beispiel", "source": "quelle",
    "row": "zeile", "score": "punkte", "worst": "mindestens", "best": "hoechstens", "known": "anteil_bekannt",
    "rank_low": "rang_von", "rank_high": "rang_bis", "dimension": "dimension", "reference": "stadt",
    "contribution": "beitrag", "part": "teil", "scaled": "punkte", "weight": "gewicht", "kind": "angebotsart",
    "minutes": "minuten", "reached": "erreicht", "persons": "menschen", "share": "anteil",
    "mean_offers": "angebote_im_mittel", "target_group": "altersgruppe", "places": "plaetze", "rate": "plaetze_je_person",
    "group": "gruppe", "rest": "uebrige", "difference": "unterschied", "group_quarters": "gruppe_quartiere",
    "rest_quarters": "uebrige_quartiere", "group_size": "gruppe_nenner", "rest_size": "uebrige_nenner",
    "group_low": "gruppe_mindestens", "group_high": "gruppe_hoechstens", "group_known": "gruppe_quartiere_vollstaendig",
    "rest_low": "uebrige_mindestens", "rest_high": "uebrige_hoechstens", "rest_known": "uebrige_quartiere_vollstaendig",
    "area": "gebiet", "quarters": "quartiere", "known_quarters": "quartiere_vollstaendig",
    "low": "mindestens", "high": "hoechstens", "title": "bezeichnung", "exact": "genau", "reason": "grund", "safe": "sicher",
    "split": "anteil_geteilt", "offer": "angebot", "other": "zweites_angebot", "provider": "traeger",
    "lose": "verlieren_das_letzte",
    "two": "mindestens_zwei", "three": "mindestens_drei", "two_providers": "mindestens_zwei_traeger",
    "unplaced": "ohne_platz", "farther": "gehen_weiter", "more_metres": "meter_mehr_im_mittel",
    "lose_choice": "verlieren_die_wahl", "places_before": "plaetze_je_100_vorher", "places_after": "plaetze_je_100_nachher",
    "metres": "meter", "supposed": "angenommen",
    "order": "auftrag", "problem": "gesucht", "plan": "loesung", "site": "standort", "lon": "laenge", "lat": "breite",
    "gain": "kommen_hinzu", "gives_up": "weniger_als_beste", "proven": "nachgewiesen", "gap": "hoechstens_prozent_unter_bester",
    "ties": "ebenso_gute", "ties_complete": "ebenso_gute_vollstaendig",
    "since": "jahr_von", "before": "vorher", "after": "nachher", "change": "veraenderung",
    "breaks": "bruch_der_zeitreihe",
    "cause": "anlass", "sentence": "satz", "file": "datei", "notice": "hinweis",
}  # fmt: skip
"""German head of each column; an English study keeps the names of the code."""


def list_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Every table of the output folder, by file name without ending, as it is written.

    Rows of a quarter name it and, where the project knows any, the larger unit that it belongs to. One for the office
    alone says so in a last column of each.
    """
    tables = {
        "indicators": _list_indicators(study),
        "coverage": _list_coverage(study),
        "supply": _list_supply(study),
        "choices": study.choices,
        "closures": study.closures,
        **{
            key: one
            for key, one in (("siting", study.siting), ("supposed", study.supposed), ("curves", study.curves))
            if len(one)
        },
        "areas": study.areas.assign(year=study.about.year),
        "comparison": study.comparison,
        "changes": list_changes(study),
        "quality": _list_notes(study.notes, voice=speak_of(study.about)),
    }
    if study.scores is not None:
        tables["scores"] = study.scores.index.reset_index()
        tables["dimensions"] = study.scores.dimensions
        tables["contributions"] = study.scores.contributions
    mark = {"notice": tell_internal(study)} if study.about.internal else {}
    return {
        key: frame.assign(**(_name_quarters(frame, study) if "quarter_id" in frame.columns else {}), **mark)
        for key, frame in tables.items()
    }


def _name_quarters(frame: pd.DataFrame, study: Study) -> dict[str, pd.Series]:
    """Name of each row's quarter and, where the project knows any, of the larger unit that it belongs to."""
    parents, keys = name_parents(study.quarters), frame["quarter_id"]
    return {"name": keys.map(study.quarters["name"]), **({"parent": keys.map(parents)} if parents else {})}


def format_csv(frame: pd.DataFrame, *, voice: Speaker) -> str:
    """Table as text.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers never do.
    Missing values are empty; the status beside them says why.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([HEADS.get(c, c) if voice.language == "de" else c for c in map(str, frame.columns)])
    columns = [_format_column(frame[column], voice=voice) for column in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def guard_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guard_text("=1+1")
    "'=1+1"
    >>> guard_text("Groß Klein")
    'Groß Klein'
    """
    return _FORMULA.sub(r"\1'\2", text)


_FORMULA = re.compile(r"(^|;)([=+\-@\t\r\n])")
"""What begins a formula, also behind a semicolon: a spreadsheet may cut the line there."""


def _format_column(column: pd.Series, *, voice: Speaker) -> Iterable[str]:
    digits = DIGITS.get(str(column.name), WRITTEN_DIGITS)
    values = column.astype(object)
    if column.name in TOLD:
        values = values.map(voice.say, na_action="ignore")
    return [_format_cell(value, digits=digits, voice=voice) for value in values]


def _format_cell(value: object, *, digits: int, voice: Speaker) -> str:
    if isinstance(value, bool):
        return voice.say("yes" if value else "no")
    if isinstance(value, str):
        return guard_text(value)
    if value is None or pd.isna(value):  # type: ignore[call-overload]  # a cell is a scalar
        return ""
    if isinstance(value, float):
        return f"{round_half_up(value, digits=digits):.{digits}f}"
    return str(value)


TOLD = ("status", "dimension", "area", "problem")
"""Columns whose few codes are told in words; indicators and kinds keep theirs."""


def _list_indicators(study: Study) -> pd.DataFrame:
    """Indicators; where a crosswalk brought any, with the part of each value that comes from divided quarters."""
    if all(np.isnan(made.split) for made in study.made.values()):
        return study.indicators
    keys = list(zip(*(study.indicators[column] for column in KEY), strict=True))
    return study.indicators.assign(split=[study.made[key].split if key in study.made else np.nan for key in keys])


def _list_coverage(study: Study) -> pd.DataFrame:
    frames = [
        c.table.assign(
            kind=kind,
            target_group=c.target_group,
            share=c.table["reached"] / c.table["persons"].where(c.table["persons"] > 0),
        )
        for kind, c in study.coverages.items()
    ]
    columns = [
        "quarter_id",
        "kind",
        "target_group",
        "minutes",
        "reached",
        "persons",
        "share",
        "mean_offers",
        "status",
        "example",
    ]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _list_supply(study: Study) -> pd.DataFrame:
    frames = [
        s.table.reset_index().assign(kind=kind, target_group=s.target_group) for kind, s in study.supplies.items()
    ]
    columns = ["quarter_id", "kind", "target_group", "places", "persons", "rate", "status", "example"]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _list_notes(notes: Iterable[Problem], *, voice: Speaker) -> pd.DataFrame:
    rows: list[Mapping[str, object]] = [
        {
            "cause": note.cause,
            "sentence": voice.note(note),
            "file": ", ".join(dict.fromkeys(place.file for place in note.places)),
        }
        for note in notes
    ]
    return pd.DataFrame(rows, columns=["cause", "sentence", "file"])
