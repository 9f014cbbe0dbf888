"""What was read, from where, and what a person should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.text.problems import describe_problem
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.study import Study


def describe_quality(study: Study) -> str:
    """Report on the data as text: files with licence and state, counts, every decision and every gap."""
    language = study.about.language
    lines = [
        word("quality_title", language=language, title=study.about.title),
        "",
        word("quality_read", language=language),
    ]
    for source in study.sources:
        facts = [fact for fact in (source.publisher, source.licence, source.date) if fact]
        mark = f" [{word('example', language=language)}]" if source.example else ""
        lines.append(f"  {source.file}{mark}: {'; '.join(facts) or word('quality_no_source', language=language)}")
    return "\n".join([*lines, "", *_count(study), "", describe_notes(study)])


def describe_notes(study: Study) -> str:
    """Every decision taken on the data, one a paragraph."""
    language = study.about.language
    notes = [f"- {describe_problem(note, language=language)}" for note in study.notes]
    return "\n".join([word("quality_notes", language=language, n=len(notes)), *notes])


def _count(study: Study) -> list[str]:
    language, values = study.about.language, study.indicators
    given = values[~values["indicator"].map(lambda code: study.specs[code].derived).astype(bool)]
    counts = {
        "quality_quarters": len(study.quarters),
        "quality_indicators": given["indicator"].nunique(),
        "quality_values": len(given),
        "quality_years": given["year"].nunique(),
        "quality_offers": len(study.offers),
    }
    lines = [f"{word(key, language=language)}: {n}" for key, n in counts.items()]
    statuses = given["status"].value_counts().sort_index()
    return [*lines, *(f"  {word(str(status), language=language)}: {n}" for status, n in statuses.items())]
