"""The report on a project's data as a page that opens offline: no script, no request, every text escaped."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

from sro_geo.render.plain import draw_plain
from sro_geo.report.quality_lines import gather_notes, tell_answer, tell_file, tell_verdict
from sro_geo.text.speaker import Speaker, speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.quality import FileRead, Quality


def draw_quality(quality: Quality) -> str:
    """Page with the verdict, errors and open questions first; then files, answers, gaps, what was left out, and notes."""
    voice = speak_of(quality)
    draw, ask = partial(_draw_block, voice=voice), [voice.say("quality_answer")]
    sources = [file.source for file in quality.files]
    blocks = {
        "problems": [draw(voice.problem(problem)) for problem in quality.problems],
        "questions": [
            draw(voice.problem(one), lines=ask, code=tell_answer(one, sources=sources)) for one in quality.questions
        ],
        "files": [_draw_file(file, voice) for file in quality.files],
        "decided": [
            draw(voice.note(note), lines=[voice.say("quality_decision", reason=answer.reason)])
            for note, answer in quality.decided
        ],
        **{section: [draw(text) for text in texts] for section, texts in gather_notes(quality).items()},
    }
    sections = "\n".join(
        f'<section class="{key}" aria-labelledby="{key}"><h2 id="{key}">'
        f"{escape(voice.say(f'quality_head_{key}', n=len(found)))}</h2>\n{''.join(found)}</section>"
        for key, found in blocks.items()
        if found
    )
    title = voice.say("quality_title", title=quality.title)
    texts = {"title": title, "verdict": tell_verdict(quality), "page_no_request": voice.say("page_no_request")}
    return draw_plain("quality", language=quality.language, title=title, texts=texts, markup={"sections": sections})


def _draw_file(file: FileRead, voice: Speaker) -> str:
    role, lines = tell_file(file, voice)
    name = f'{escape(file.name).replace("/", "/<wbr>")} <span class="role">{escape(role)}</span>'
    details = "".join(f'<p class="detail">{escape(line)}</p>' for line in lines)
    return f'<div class="told"><p class="what">{name}</p>{details}</div>\n'


def _draw_block(text: str, *, voice: Speaker, lines: Sequence[str] = (), code: Sequence[str] = ()) -> str:
    """One note as markup: what is the case, then where and what to do in smaller type, then the lines that answer it."""
    told = [line.strip() for line in text.split("\n")]
    marks = tuple(voice.say(key, **{slot: ""}) for key, slot in (("where", "place"), ("remedy", "text")))
    first = next((at for at, line in enumerate(told) if line.startswith(marks)), len(told))
    what = "".join(f'<p class="what">{escape(line)}</p>' for line in told[:first])
    details = "".join(f'<p class="detail">{escape(line)}</p>' for line in [*told[first:], *lines])
    answer = f'<pre class="answer">{escape(chr(10).join(code))}</pre>' if code else ""
    return f'<div class="told">{what}{details}{answer}</div>\n'
