"""What was read, from where, and what a person must look at, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.report.quality_lines import gather_notes, tell_answer, tell_file, tell_verdict
from sro_geo.text.speaker import Speaker, speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.errors import Problem
    from sro_geo.model.quality import Quality
    from sro_geo.model.source import Source
    from sro_geo.model.study import Study


def describe_verdict(quality: Quality) -> str:
    """Title and verdict; the errors, which the command tells apart, and `describe_quality` follow."""
    return f"{speak_of(quality).say('quality_title', title=quality.title)}\n\n{tell_verdict(quality)}\n"


def describe_quality(quality: Quality) -> str:
    """Everything but verdict and errors: open questions, files, answers, gaps, what was left out, notes."""
    voice, notes = speak_of(quality), gather_notes(quality)
    sources = [file.source for file in quality.files]
    sections = {
        "questions": [_ask(question, voice, sources=sources) for question in quality.questions],
        "files": [_describe_file(*tell_file(file, voice), name=file.name) for file in quality.files],
        "decided": [
            f"{voice.note(note)}\n  {voice.say('quality_decision', reason=answer.reason)}"
            for note, answer in quality.decided
        ],
        **notes,
    }
    return "\n".join(_list_section(key, blocks, voice) for key, blocks in sections.items() if blocks)


def describe_notes(study: Study) -> str:
    """What a run says of the data: open questions first, then every other decision that was taken; empty without any."""
    voice = speak_of(study.about)
    questions = [_ask(question, voice, sources=study.sources) for question in study.questions]
    notes = voice.gather([note for note in study.notes if note not in study.questions])
    sections = {"questions": questions, "notes": notes}
    return "\n".join(_list_section(key, blocks, voice) for key, blocks in sections.items() if blocks)


def _list_section(key: str, blocks: list[str], voice: Speaker) -> str:
    return "\n".join([voice.say(f"quality_head_{key}", n=len(blocks)), *(f"- {block}" for block in blocks), ""])


def _describe_file(role: str, lines: list[str], *, name: str) -> str:
    first, *rest = lines
    return "\n  ".join([f"{name} ({role}): {first}", *rest])


def _ask(question: Problem, voice: Speaker, *, sources: Sequence[Source | None]) -> str:
    answer = "\n    ".join([voice.say("quality_answer"), *tell_answer(question, sources=sources)])
    return f"{voice.problem(question)}\n  {answer}"
