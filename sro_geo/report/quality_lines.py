"""What the quality report says of verdict, files and questions; the same in text, JSON and page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sro_geo.model.status import OBSERVED
from sro_geo.text.numbers import write_ranges
from sro_geo.text.speaker import Speaker, speak_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sro_geo.errors import Problem
    from sro_geo.model.quality import FileRead, Quality
    from sro_geo.model.source import Source

SECTIONS = ("empty", "dropped", "notes")
"""Notes of a report by their sort, in the order in which they are told."""


_DIGITS = 16
"""So many digits of a checksum are told: enough to tell two files apart."""

_MARKS = {";": "semicolon", ",": "comma", "\t": "tab"}
"""Delimiters that have a name."""


def gather_notes(quality: Quality) -> dict[str, list[str]]:
    """Blocks of each section of notes; those of one cause stand in one block."""
    voice = speak_of(quality)
    return {section: voice.gather(getattr(quality, section)) for section in SECTIONS}


def tell_verdict(quality: Quality) -> str:
    """The first line: what a person must do, and how many notes there are."""
    voice, remarks = speak_of(quality), sum(map(len, gather_notes(quality).values()))
    parts = [voice.say("quality_errors", n=len(quality.problems))] if quality.problems else []
    parts += [voice.say("quality_open", n=len(quality.questions))] if quality.questions else []
    parts = parts or [voice.say("quality_fine")]
    return " ".join([*parts, voice.say("quality_remarks", n=remarks)] if remarks else parts)


def tell_file(file: FileRead, voice: Speaker) -> tuple[str, list[str]]:
    """Role and content of a file in a line; then what its values are, where it is from, how it was read."""
    counts = [voice.say(f"quality_count_{key}", n=n) for key, n in file.counts.items()]
    span = "quality_in_year" if len(file.years) == 1 else "quality_in_years"
    years = [voice.say(span, years=write_ranges(file.years))] if file.years else []
    sheets = [voice.say("in_part", name=", ".join(file.sheets))] if file.sheets else []
    content = ", ".join([*sheets, *counts, *years])
    role = voice.join([voice.say(f"quality_role_{role}") for role in file.roles])
    return role, [line for line in (content, _tell_statuses(file, voice), _tell_source(file, voice)) if line]


def _tell_statuses(file: FileRead, voice: Speaker) -> str:
    """How many values have which status; empty where all are observed."""
    if set(file.statuses) <= {OBSERVED}:
        return ""
    found = [voice.say("quality_status", n=voice.number(n), status=voice.say(s)) for s, n in file.statuses.items()]
    return voice.say("quality_of_which", found=", ".join(found))


def _tell_source(file: FileRead, voice: Speaker) -> str:
    source = file.source
    if source is None:
        return voice.say("quality_unread")
    date = voice.say("state", date=voice.date(source.date)) if source.date else ""
    stated = [fact for fact in (source.publisher, source.licence, date) if fact]
    mark = _MARKS.get(source.delimiter)
    delimiter = source.delimiter if mark is None else voice.say(f"quality_delimiter_{mark}")
    digest = " ".join(source.sha256[start : start + 4] for start in range(0, _DIGITS, 4))
    facts = [
        "; ".join(stated) or voice.say("quality_no_source"),
        voice.say("example") if source.example else "",
        voice.say("quality_form", encoding=source.encoding, delimiter=delimiter) if source.encoding else "",
        voice.say("quality_digest", digest=digest),
    ]
    return "; ".join(fact for fact in facts if fact)


def tell_answer(question: Problem, *, sources: Iterable[Source | None] = ()) -> list[str]:
    """Lines that answer a question in the project file, for what the file holds now; an empty reason is refused."""
    file = next((place.file for place in question.places), None)
    named = [] if file is None else [f"file = {json.dumps(file, ensure_ascii=False)}"]
    named += [f'checksum = "{one.sha256[:_DIGITS]}"' for one in sources if one is not None and one.file == file][:1]
    return ["[[decided]]", f'question = "{question.cause}"', *named, 'reason = ""']
