"""What earlier editions told: their tables through the door of every file, matched with what is read now."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from sro_geo.disclose.known import NOTHING, Known, match_earlier
from sro_geo.errors import DataError, Problem, stop_at
from sro_geo.load.inputs import IndicatorFile
from sro_geo.load.layouts import lay_out
from sro_geo.load.sources import read_source
from sro_geo.load.tables import read_table
from sro_geo.load.telling import refuse
from sro_geo.model.indicators import COLUMNS, Indicators, list_suppressed
from sro_geo.model.status import STATUSES
from sro_geo.report.digest import digest_file
from sro_geo.report.mark import PROTOCOL, is_internal, read_mark
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.reading import DataFile
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.source import Source
    from sro_geo.project import Project

_STATUSES = {voice.say(status).lower(): status for voice in SPEAKERS for status in STATUSES}
"""Status by the word that an edition writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What readers know beside the tables.

    Attributes
    ----------
    known : Known
        For the protection.
    notes : tuple of Problem
        Numbers that were revised since.
    sources : tuple of Source
        Tables of earlier editions.
    """

    known: Known
    notes: tuple[Problem, ...]
    sources: tuple[Source, ...]


def find_public(
    project: Project, indicators: Indicators, *, specs: Mapping[str, IndicatorSpec], quarter_ids: Sequence[str]
) -> Public:
    """What the project says of its files' secrets, and what earlier editions told of the same quarters.

    Parameters
    ----------
    project : Project
        Names the editions.
    indicators : Indicators
        As read, not protected.
    specs : mapping of str to IndicatorSpec
        The catalogue.
    quarter_ids : sequence of str
        Keys of the boundaries.

    Raises
    ------
    DataError
        If an edition is none of ours, was changed since, or has other quarters or boundaries; all of them at once.
    """
    frames: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for file in project.earlier:
        try:
            edition = _read_edition(file, specs=specs, quarter_ids=quarter_ids, vintage=project.quarters.vintage)
            frames.append(edition)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    known, revised = NOTHING, 0
    if frames:
        earlier = Indicators(pd.concat(frames, ignore_index=True))
        known, revised = match_earlier(indicators, earlier, specs=specs)
    given = Indicators(indicators[indicators["row"].notna()])  # one that a crosswalk made may be large
    few = list_suppressed(given) if math.isfinite(project.source_most) else frozenset()
    return Public(
        known=replace(known, few=few, most=project.source_most),
        notes=(Problem(cause="earlier_revised", values={"count": revised}),) if revised else (),
        sources=tuple(read_source(file) for file in project.earlier),
    )


def _read_edition(
    file: DataFile, *, specs: Mapping[str, IndicatorSpec], quarter_ids: Sequence[str], vintage: str
) -> pd.DataFrame:
    """Given numbers of an edition, as they were shown; what it computed itself is left out."""
    _check_folder(file, vintage=vintage)
    table = read_table(file)
    laid = lay_out(table, IndicatorFile(file=file, decimal="."))
    stop_at(laid.problems)
    frame = laid.frame.assign(quarter_id=laid.frame["row"].map(table.frame[laid.key].astype(str)), source=file.name)
    if other := sorted({*frame["quarter_id"]} ^ {*quarter_ids}):
        raise refuse(file.place, "earlier_other_quarters", name=file.name, found=other)
    status = frame["status"].map(lambda word: _STATUSES.get(word, word) or "observed")
    given = frame["indicator"].map(lambda code: code in specs and not specs[code].derived).astype(bool)
    ends = {"low": frame["value"], "high": frame["value"]}
    return frame.assign(status=status, **ends).loc[given, COLUMNS]


def _check_folder(file: DataFile, *, vintage: str) -> None:
    """Refuse an edition that is none of ours, was changed since, is for the office alone, or has other boundaries."""
    folder = file.path.parents[1]
    files = read_mark(folder)
    if files is None:
        raise refuse(file.place, "earlier_not_ours", name=file.name)
    protocol = folder / PROTOCOL
    for path in (file.path, protocol):
        if not path.is_file() or files.get(path.relative_to(folder).as_posix()) != digest_file(path):
            raise refuse(file.place, "earlier_changed", name=file.name)
    if is_internal(folder):
        raise refuse(file.place, "earlier_internal", name=file.name)
    settings = json.loads(protocol.read_bytes())["settings"]
    then = str(settings["quarters"].get("vintage", ""))
    if then != vintage:
        raise refuse(file.place, "earlier_other_vintage", name=file.name, then=then or "?", now=vintage or "?")
