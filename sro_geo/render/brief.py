"""The sheet of a quarter: one side of A4, the same order on each, whatever a city has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from sro_geo.render.briefcharts import draw_curves, draw_locator, draw_parts, prepare_town, tell_breaks
from sro_geo.render.palette import HAIRLINE, INK, NOTES
from sro_geo.render.paper import Leaf, cut_text, measure, open_leaf, patch, save_leaf, take_settings, wrap_text, write
from sro_geo.text.speaker import Speaker
from sro_geo.text.texts import load_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sro_geo.model.atlas import AtlasData
    from sro_geo.model.brief import Brief

BRIEF_WORDS = tuple(load_room("de", "brief"))
"""Ids of the fixed words that a sheet needs beside those of the page."""

WIDTH, HEIGHT = 595.28, 841.89
"""A4."""

LEFT, RIGHT, TOP, FOOT = 42.0, 553.28, 36.0, 34.0
GUTTER = 24.0
HALF = (RIGHT - LEFT - GUTTER) / 2
SMALL, TEXT, HEAD = 8.0, 8.25, 9.5
_ROW, _SPACE = 13.0, 8.0
_NAME_SIZES = (24.0, 20.0, 16.0, 12.0, 9.0)
_HERO = 342.0
_MOST_FOOT, _MOST_LINES = 8, 3
_MAP_HIGH = 112.0
_TO_WRITE, _BETWEEN = 18.0, 22.0
"""From a text to the first line to write on, and from one to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A sheet in the making."""

    leaf: Leaf
    brief: Brief
    data: AtlasData

    def say(self, key: str, **facts: str) -> str:
        text = self.data.words[key]
        return text.format(**facts) if facts else text


def draw_briefs(briefs: Iterable[Brief], data: AtlasData) -> Iterator[tuple[str, bytes]]:
    """Each sheet as PDF, by the name for its file.

    Parameters
    ----------
    briefs : iterable of Brief
        What stands on each.
    data : AtlasData
        What they share: title, map, notices, sources; `words` hold those of `BRIEF_WORDS`, too.

    Notes
    -----
    Same sheet, same bytes. Everything is text that can be searched and copied, in a font that comes with it.
    """
    with take_settings():
        town = prepare_town(data.ground)
        for brief in briefs:
            leaf = open_leaf(WIDTH, HEIGHT)
            desk = _Desk(leaf=leaf, brief=brief, data=data)
            y = _draw_head(desk)
            draw_locator(leaf, town, brief.profile.quarter_id, box=(_HERO + 24, y, RIGHT - _HERO - 24, _MAP_HIGH))
            y = _draw_hero(desk, y)
            y = _draw_facts(desk, y)
            y = _draw_unreached(desk, y)
            y = _draw_middle(desk, y)
            _draw_local(desk, y, end=_draw_foot(desk))
            yield brief.slug, save_leaf(leaf, "pdf", title=f"{brief.profile.name}, {data.title}")


def _hairline(leaf: Leaf, y: float) -> None:
    leaf.axes.plot([LEFT, RIGHT], [y, y], color=HAIRLINE, linewidth=0.6, zorder=1)


def _rule(leaf: Leaf, y: float, *, width: float = 0.9, left: float = LEFT, right: float = RIGHT) -> None:
    leaf.axes.plot([left, right], [y, y], color=INK, linewidth=width, zorder=1)


def _lines(leaf: Leaf, y: float, lines: Sequence[str], *, size: float, left: float = LEFT, **style: str) -> float:
    """Lines of text from an upper edge on; gives back the lower one."""
    step = size * 1.3
    for number, line in enumerate(lines):
        write(leaf.axes, left, y + step * (number + 0.5), line, fontsize=size, va="center_baseline", **style)
    return y + step * len(lines)


def _pill(leaf: Leaf, x: float, y: float, text: str, *, right: bool = False) -> float:
    """Text in a frame around a middle line, from its left or up to its right edge; gives back its width."""
    wide = measure(text, TEXT) + 12
    left = x - wide if right else x
    patch(leaf.axes, shapely.box(left, y - 7.5, left + wide, y + 7.5), edgecolor=INK, linewidth=1.1)
    write(leaf.axes, left + 6, y, text, fontweight="bold", fontsize=TEXT, va="center_baseline")
    return wide


def _draw_head(desk: _Desk) -> float:
    leaf, right = desk.leaf, RIGHT
    for mark in reversed(desk.brief.marks):
        right -= _pill(leaf, right, TOP + 2, mark, right=True) + 8
    text = cut_text(desk.brief.heading, right - LEFT, size=TEXT)
    write(leaf.axes, LEFT, TOP + 2, text, fontsize=TEXT, va="center_baseline")
    _rule(leaf, TOP + 15, width=1.6)
    return TOP + 25


def _draw_hero(desk: _Desk, y: float) -> float:
    leaf, brief, data = desk.leaf, desk.brief, desk.data
    profile, wide = brief.profile, _HERO - LEFT
    size = next((s for s in _NAME_SIZES if _fits(profile.name, wide, size=s)), _NAME_SIZES[-1])
    lines = wrap_text(profile.name, wide, size=size, most=2, weight="bold")
    below = _lines(leaf, y, lines, size=size, fontweight="bold") + 10
    x = LEFT
    if profile.model_region:
        x += _pill(leaf, x, below, desk.say("page_model_region")) + 8
    belongs = desk.say("page_belongs", unit=profile.parent) if profile.parent else ""
    about = " · ".join(filter(None, [brief.level, belongs, profile.people]))
    if measure(about, TEXT, "normal") > _HERO - x:
        x, below = LEFT, below + 14 * profile.model_region
    told = wrap_text(about, _HERO - x, size=TEXT, most=2)
    below = _lines(leaf, below - TEXT * 0.65, told, size=TEXT, left=x, color=NOTES) + 6
    if brief.lead:
        below = _lines(leaf, below, wrap_text(brief.lead, wide, size=SMALL, most=1), size=SMALL, color=NOTES)
    for at, sentence in enumerate(brief.sentences):
        size = 11.0 if at == 0 else 9.0
        below = _lines(leaf, below + 2, wrap_text(sentence, wide, size=size, most=4 - at), size=size)
    notes = [desk.say("brief_map", name=profile.name)]
    notes += [desk.say("brief_map_regions")] if data.ground.outlined else []
    told = wrap_text(" ".join(notes), RIGHT - _HERO - 24, size=SMALL, most=2)
    map_end = _lines(leaf, y + _MAP_HIGH + 4, told, size=SMALL, left=_HERO + 24, color=NOTES)
    return max(below, map_end) + _SPACE


def _fits(name: str, width: float, *, size: float) -> bool:
    return " ".join(wrap_text(name, width, size=size, most=2, weight="bold")) == name


def _open_block(desk: _Desk, y: float, title: str, *, left: float = LEFT, right: float = RIGHT) -> float:
    """Rule and title of a block; gives back where it goes on."""
    _rule(desk.leaf, y, left=left, right=right)
    text = cut_text(title, right - left, size=HEAD, weight="bold")
    write(desk.leaf.axes, left, y + 11, text, fontsize=HEAD, fontweight="bold", va="center_baseline")
    return y + 20


def _draw_row(
    desk: _Desk, y: float, cells: Sequence[tuple[float, str, bool]], *, room: float, bold: bool = False
) -> None:
    """A row of cells: the first to the left in so much room, each other up to its right edge; the strong ones are bold."""
    for number, (x, text, strong) in enumerate(cells):
        weight = "bold" if strong or bold else "normal"
        style = {"ha": "right" if number else "left", "fontweight": weight, "va": "center_baseline"}
        told = text if number else cut_text(text, room, size=TEXT, weight=weight)
        write(desk.leaf.axes, x, y, told, fontsize=TEXT, **style)


_VALUE, _SPAN, _CITY = LEFT + 282, LEFT + 352, LEFT + 418


def _draw_facts(desk: _Desk, y: float) -> float:
    brief, data = desk.brief, desk.data
    if not brief.facts:
        return y
    y = _open_block(desk, y, f"{desk.say('brief_glance')} {brief.year}")
    city = cut_text(data.place, _CITY - _SPAN - 8, size=TEXT, weight="bold")
    spans = any(fact.span for fact in brief.facts)
    value = _VALUE if spans else _SPAN  # names get the room of a column that would be empty
    heads = [(LEFT, desk.say("page_indicator"), True), (value, desk.say("page_this_quarter"), True)]
    heads += [(_SPAN, desk.say("page_change_span"), True)] if spans else []
    heads += [(_CITY, city, True)]
    _draw_row(desk, y + 4, heads, room=200)
    y += 4 + _ROW / 2
    for fact in brief.facts:
        _hairline(desk.leaf, y)
        cells = [(LEFT, fact.name, False), (value, fact.value, True), (_SPAN, fact.span, False)]
        _draw_row(desk, y + _ROW / 2, [*cells, (_CITY, fact.city, False), (RIGHT, fact.rank, False)], room=value - 99)
        y += _ROW
    return y + _SPACE


def _draw_unreached(desk: _Desk, y: float) -> float:
    brief, data = desk.brief, desk.data
    if not brief.unreached:
        return y
    y = _open_block(desk, y, desk.say("brief_unreached"))
    step = 98.0
    edges = [(RIGHT - step * at - 52, RIGHT - step * at) for at in reversed(range(len(brief.limits)))]
    room = edges[0][0] - LEFT - 40
    city = cut_text(data.place, 50, size=SMALL)
    for (own, whole), head in zip(edges, brief.limits, strict=True):
        text = cut_text(head, step - 8, size=TEXT, weight="bold")
        write(desk.leaf.axes, whole, y + 3, text, fontsize=TEXT, fontweight="bold", ha="right", va="center_baseline")
        for x, told in ((own, desk.say("brief_here")), (whole, city)):
            write(desk.leaf.axes, x, y + 14, told, fontsize=SMALL, color=NOTES, ha="right", va="center_baseline")
    y += 21
    for row in brief.unreached:
        _hairline(desk.leaf, y)
        pairs = zip(edges, row.shares, strict=True)
        cells = [cell for (own, whole), share in pairs for cell in ((own, share[0], True), (whole, share[1], False))]
        _draw_row(desk, y + _ROW / 2, [(LEFT, row.name, False), *cells], room=room)
        y += _ROW
    return y + _SPACE


def _draw_middle(desk: _Desk, y: float) -> float:
    """Dimensions on the left, lines of the years beside them; what is not there leaves its room to the other."""
    brief, data, leaf, voice = desk.brief, desk.data, desk.leaf, Speaker(desk.data.language, level=desk.brief.level)
    parts, curves = brief.profile.parts, brief.curves
    if not parts and not curves:
        return y
    ends, left = [], LEFT
    if parts:
        right = LEFT + HALF if curves else RIGHT
        below = _open_block(desk, y, data.index_name, right=right)
        told = wrap_text(brief.profile.index_text, right - LEFT, size=TEXT, most=2)
        below = _lines(leaf, below - 2, told, size=TEXT) + 2
        below = draw_parts(
            leaf, brief.profile, (LEFT, below, right - LEFT), head=desk.say("page_contribution"), voice=voice
        )
        similar = f"{desk.say('page_similar')}: {brief.profile.similar}" if brief.profile.similar else ""
        for text, most in ((brief.profile.parts_note, 6), (similar, 4)):
            told = wrap_text(text, right - LEFT, size=SMALL, most=most)
            below = _lines(leaf, below + 2, told, size=SMALL, color=NOTES)
        ends.append(below)
        left = LEFT + HALF + GUTTER
    if curves:
        below = _open_block(desk, y, desk.say("page_series"), left=left)
        names = (desk.say("page_this_quarter"), data.place, " ".join(map(str, reversed(data.shock))))
        below = draw_curves(leaf, curves, (left, below, RIGHT - left), names=names, shock=data.shock[0])
        broken = any(None in line for curve in curves for line in (curve.own, curve.city))
        breaks = tell_breaks(curves)
        said = [*([desk.say("brief_broken_marked" if breaks else "brief_broken")] if broken or breaks else []), *breaks]
        notes = [line for text in said for line in wrap_text(text, RIGHT - left, size=SMALL, most=2)]
        ends.append(_lines(leaf, below, notes, size=SMALL, left=left, color=NOTES))
    return max(ends) + _SPACE


def _draw_local(desk: _Desk, y: float, *, end: float) -> None:
    """What is not known, in one paragraph, and as many lines to write on as there is room; the first says what for."""
    leaf = desk.leaf
    y = _open_block(desk, y, desk.say("brief_local"))
    most = int((end - y) / (TEXT * 1.3))
    told = " ".join([*desk.brief.gaps, desk.say("brief_local_note")])
    y = _lines(leaf, y, wrap_text(told, RIGHT - LEFT, size=TEXT, most=most) if most > 0 else (), size=TEXT) + _TO_WRITE
    left = LEFT
    while y <= end:
        if left == LEFT:
            write(leaf.axes, LEFT, y - 3, desk.say("brief_local_write"), fontsize=TEXT, va="center_baseline")
            left += measure(desk.say("brief_local_write"), TEXT, "normal") + 6
        leaf.axes.plot([left, RIGHT], [y, y], color=NOTES, linewidth=0.6)
        y += _BETWEEN


def _draw_foot(desk: _Desk) -> float:
    """Help for reading, notices, warnings and sources, built from the lower edge; gives back the upper one."""
    leaf, data, wide = desk.leaf, desk.data, RIGHT - LEFT
    kept = [desk.say("brief_reading"), data.example, *data.notices, desk.brief.sources]
    lines = [line for text in kept if text for line in wrap_text(text, wide, size=SMALL, most=_MOST_LINES)]
    last = f"{desk.say('page_digest')} {data.digest}"
    for warning in data.warnings:
        more = wrap_text(warning, wide, size=SMALL, most=_MOST_LINES)
        if len(lines) + len(more) >= _MOST_FOOT:
            last = f"{desk.say('brief_more')} {last}"
            break
        lines += more
    top = HEIGHT - FOOT - SMALL * 1.3 * (len(lines) + 1)
    _rule(leaf, top - 4)
    _lines(leaf, top, [*lines, cut_text(last, wide, size=SMALL)], size=SMALL, color=NOTES)
    return top - 12
