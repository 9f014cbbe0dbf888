"""What was read, from where, and what a person should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from sro_geo.model.study import Study


def describe_quality(study: Study) -> str:
    """Report on the data as text: files with licence and state, counts, every decision and every gap."""
    voice = Speaker(study.about.language)
    lines = [voice.say("quality_title", title=study.about.title), "", voice.say("quality_read")]
    for source in study.sources:
        facts = [fact for fact in (source.publisher, source.licence, source.date) if fact]
        mark = f" [{voice.say('example')}]" if source.example else ""
        lines.append(f"  {source.file}{mark}: {'; '.join(facts) or voice.say('quality_no_source')}")
    return "\n".join([*lines, "", *_count(study), "", describe_notes(study)])


def describe_notes(study: Study) -> str:
    """Every decision taken on the data, one a paragraph."""
    voice = Speaker(study.about.language)
    notes = [f"- {voice.problem(note)}" for note in study.notes]
    return "\n".join([voice.say("quality_notes", n=len(notes)), *notes])


def _count(study: Study) -> list[str]:
    voice, values = Speaker(study.about.language), study.indicators
    given = values[~values["indicator"].map(lambda code: study.specs[code].derived).astype(bool)]
    counts = {
        "quality_quarters": len(study.quarters),
        "quality_indicators": given["indicator"].nunique(),
        "quality_values": len(given),
        "quality_years": given["year"].nunique(),
        "quality_offers": len(study.offers),
    }
    lines = [f"{voice.say(key)}: {n}" for key, n in counts.items()]
    statuses = given["status"].value_counts().sort_index()
    return [*lines, *(f"  {voice.say(str(status))}: {n}" for status, n in statuses.items())]
