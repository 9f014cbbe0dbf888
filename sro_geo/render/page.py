"""What a page says, as plain values for its script, and the words it needs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sro_geo.render.ground import describe_ground, keep_overlay
from sro_geo.render.palette import part_colours, pick_pattern
from sro_geo.render.picture import REASONS
from sro_geo.render.places import describe_places
from sro_geo.render.wording import list_breaks, soften_name
from sro_geo.text.hyphens import hyphenate
from sro_geo.text.texts import load_room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.atlas import AtlasData, Profile, View
    from sro_geo.model.picture import Ground, Picture

MAP_WORDS = ("mark_decimal", "mark_thousands", *load_room("de", "page_map"))
"""Ids of the fixed words that a map needs."""

_CLASSES = ("class_only", "class_under", "class_between", "class_over")
_RANKS = ("percent", "city_value", "rank_of", "rank_open")
_YEAR_WORDS = (*_RANKS, *_CLASSES, *REASONS, *(f"short_{reason}" for reason in REASONS))

PAGE_WORDS = (*MAP_WORDS, *_YEAR_WORDS, *load_room("de", "page_atlas"))
"""Ids of the fixed words that the atlas needs in `AtlasData.words`."""

_LONG_HEAD = 8
"""Letters of a word that the narrow head of a ranking may have to break."""


def describe_atlas(data: AtlasData, *, labels: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything the atlas page shows, as plain values; `labels` are placed here unless they are given.

    Raises
    ------
    ValueError
        If a word is missing, which is our fault.
    """
    return {
        "language": data.language,
        "place": data.place,
        "words": pick_words(data.words, PAGE_WORDS),
        "topics": [{"id": key, "name": name} for key, name in data.topics],
        "views": [_describe_view(view, language=data.language) for view in data.views],
        "profiles": {
            profile.quarter_id: _describe_profile(profile, language=data.language) for profile in data.profiles
        },
        "indexName": data.index_name,
        "tableHead": list(data.table_head),
        "tableRows": {key: list(cells) for key, cells in data.table_rows.items()},
        "tableCity": list(data.table_city),
        "patterns": {reason: pick_pattern(reason) for reason in REASONS},
        "diverging": {len(breaks) + 1: part_colours(breaks) for breaks in ((-1, 1), (-2, -1, 1, 2))},
        "shock": dict(zip(("year", "name"), data.shock, strict=True)),
        "selected": data.selected,
        "beside": list(data.beside),
        "apart": list(data.apart),
        "example": data.example,
        "ground": describe_ground(data.ground),
        "labels": labels or place_atlas(data),
    }


def place_atlas(data: AtlasData) -> dict[str, Any]:
    """Labels for all maps of an atlas and all years, see `describe_places`: they hold for each of its maps alone, too."""
    pictures = [picture for view in data.views for picture in (view.picture, *view.years, *view.changes)]
    return describe_places(data.ground, pictures, language=data.language)


def describe_map(
    picture: Picture, *, ground: Ground, words: Mapping[str, str], language: str, labels: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Everything that one map alone shows, as plain values."""
    return {
        "language": language,
        "words": pick_words(words, MAP_WORDS),
        "views": [{"picture": _describe_picture(picture)}],
        "selected": "",
        "example": picture.example,
        "ground": describe_ground(keep_overlay(ground, picture.slug)),
        "labels": labels or describe_places(ground, [picture], language=language),
        "soft": [list_breaks(name, language=language) for name in picture.quarter_names],
    }


def pick_words(words: Mapping[str, str], needed: tuple[str, ...]) -> dict[str, str]:
    """Pick the words that a page needs.

    Raises
    ------
    ValueError
        If one is missing.
    """
    missing = [key for key in needed if key not in words]
    if missing:
        raise ValueError(f"`words` lacks {', '.join(missing)}")
    return {key: words[key] for key in needed}


def _describe_picture(picture: Picture) -> dict[str, Any]:
    fields = asdict(picture)
    del fields["quarter_names"]  # the ground knows them
    return fields


def _describe_view(view: View, *, language: str) -> dict[str, Any]:
    return {
        "code": view.code,
        "picture": _describe_picture(view.picture),
        "ranked": view.ranked,
        "rankingNote": view.ranking_note,
        "rankingHead": hyphenate(view.ranking_head, language=language, fewest=_LONG_HEAD),
        "ranking": [asdict(row) for row in view.ranking],
        "digits": view.digits,
        "ticks": list(view.ticks),
        "tickDigits": view.tick_digits,
        "city": view.city,
        "cityLabel": view.city_label,
        "cityValue": view.city_value,
        "contrast": asdict(view.contrast) if view.contrast else None,
        "places": dict(view.places),
        "sentences": dict(view.sentences),
        "lead": view.lead,
        "sides": None if view.sides is None else asdict(view.sides),
        "pool": None if view.pool is None else asdict(view.pool),
        "series": None if view.series is None else asdict(view.series),
        "closures": None if view.closures is None else asdict(view.closures),
        "siting": [asdict(sited) for sited in view.siting],
        "supposed": [asdict(shaken) for shaken in view.supposed],
    }


def _describe_profile(profile: Profile, *, language: str) -> dict[str, Any]:
    return {
        "name": profile.name,
        "soft": soften_name(profile.name, language=language),
        "parent": profile.parent,
        "modelRegion": profile.model_region,
        "people": profile.people,
        "indexText": profile.index_text,
        "parts": [asdict(part) for part in profile.parts],
        "partsNote": profile.parts_note,
        "similar": profile.similar,
    }
