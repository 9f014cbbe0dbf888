"""The report on a project's data for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sro_geo.report.quality_lines import SECTIONS, tell_answer, tell_verdict
from sro_geo.text.secrets import redact_all
from sro_geo.text.speaker import Speaker, speak_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.errors import Problem
    from sro_geo.model.quality import Quality

FORM = 1
"""Number of this form: it rises when a field goes or means something else, not when one comes."""


def format_quality(quality: Quality) -> str:
    """Report as JSON, fields in a fixed order, without clock and machine.

    Fields: form, title, language, open (whether a person must do something), verdict; problems, questions, decided, empty,
    dropped and notes, each a list of cause, text, places (file, part, row, column) and, for questions, the lines that answer
    them, for what is decided the reason; files, each with name, roles, read, sheets, counts, years, statuses and source.
    """
    voice, sources = speak_of(quality), [file.source for file in quality.files]
    content: dict[str, Any] = {
        "form": FORM,
        "title": quality.title,
        "language": quality.language,
        "open": quality.open,
        "verdict": tell_verdict(quality),
        "problems": [_tell(problem, voice) for problem in quality.problems],
        "questions": [
            _tell(one, voice, answer="\n".join(tell_answer(one, sources=sources))) for one in quality.questions
        ],
        "decided": [_tell(one, voice, reason=answer.reason) for one, answer in quality.decided],
        **{section: [_tell(note, voice) for note in getattr(quality, section)] for section in SECTIONS},
        "files": [{**asdict(file), "read": file.source is not None} for file in quality.files],
    }
    return json.dumps(redact_all(json.loads(json.dumps(content))), ensure_ascii=False, indent=1) + "\n"


def _tell(problem: Problem, voice: Speaker, **more: str) -> Mapping[str, object]:
    places = [asdict(place) for place in problem.places]
    return {"cause": problem.cause, "text": voice.problem(problem), "places": places, **more}
