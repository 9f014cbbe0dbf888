"""Sentences that must stand by the maps: what they are not, and what limits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.text.numbers import format_number
from sro_geo.text.problems import describe_note
from sro_geo.text.words import word

if TYPE_CHECKING:
    from sro_geo.model.reach import Supply
    from sro_geo.model.study import Study

_NAMED = 8
"""So many offers are named in a sentence; the rest is counted."""


def list_notices(study: Study, *, invented: bool) -> tuple[str, ...]:
    """Notices of the sources, each once: what every map made from them must show.

    Those of invented sources stand only where invented figures are shown.
    """
    sources = [source for source in study.sources if source.notice and (invented or not source.example)]
    return tuple(dict.fromkeys(source.notice for source in sources))


def list_warnings(study: Study) -> tuple[str, ...]:
    """What a reader must know to read the figures right, in order of importance."""
    language = study.about.language
    lines: list[str] = []
    if study.coverages:
        factor, speed = (format_number(n, digits=1, language=language) for n in study.about.walking)
        lines.append(word("straight_lines", language=language, factor=factor, speed=speed))
    for kind, supply in study.supplies.items():
        lines += _tell_supply(study, kind, supply)
    lines.append(
        word("small_numbers", language=language, n=format_number(study.about.smallest, digits=0, language=language))
    )
    if study.scores is not None and study.method is not None and study.scales is not None:
        lines.append(_tell_scales(study))
        lines += [
            word("reason", language=language, name=spec.name[language], reason=spec.reason)
            for code, spec in study.specs.items()
            if spec.reason and code in study.scales.worst
        ]
    lines += [describe_note(note, language=language) for note in study.notes if note.cause in _SHOWN_NOTES]
    return tuple(lines)


_SHOWN_NOTES = (
    "no_target_group",
    "rows_without_partner",
    "geometry_repaired",
    "population_spread",
    "spread_coarse",
    "quarters_without_land",
    "rows_doubled",
)
"""Notes that change how a map must be read; all notes stand in the quality report."""


def _tell_supply(study: Study, kind: str, supply: Supply) -> list[str]:
    language = study.about.language
    lines = []
    for key, offers in (
        ("supply_upper", supply.mixed),
        ("supply_left_out", supply.left_out),
        ("supply_unknown", supply.unknown),
    ):
        if not offers:
            continue
        names = [str(study.offers.loc[offer, "name"]) for offer in offers[:_NAMED]]
        names += ["…"] if len(offers) > _NAMED else []
        lines.append(
            word(
                key,
                language=language,
                kind=study.kinds[kind].plural[language],
                n=len(offers),
                names=", ".join(names),
            )
        )
    return lines


def _tell_scales(study: Study) -> str:
    language, scales = study.about.language, study.scales
    if scales is None:  # pragma: no cover  asked only where there are scales
        return ""
    posts = [
        word(
            "scale_post",
            language=language,
            name=study.specs[code].short[language],
            worst=format_number(scales.worst[code], digits=study.specs[code].digits, language=language),
            best=format_number(scales.best[code], digits=study.specs[code].digits, language=language),
        )
        for code in scales.worst
    ]
    return word(
        "scale_note",
        language=language,
        lowest=format_number(scales.lowest, digits=0, language=language),
        posts="; ".join(posts),
    )
