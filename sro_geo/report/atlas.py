"""A study as the atlas says it: every text and number of the page, finished."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from sro_geo.model.atlas import AtlasData
from sro_geo.model.basemaps import BASEMAPS
from sro_geo.model.grid import lay_grid
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.picture import Ground, OfferSymbol
from sro_geo.model.scores import INDEX
from sro_geo.render.picture import digest_text
from sro_geo.report.contrast import list_apart
from sro_geo.report.keymap import TOPIC as KEYS
from sro_geo.report.keymap import make_key_view
from sro_geo.report.profiles import POPULATION, make_profile
from sro_geo.report.shown import list_shown
from sro_geo.report.views import make_view
from sro_geo.report.warnings import list_notices, list_warnings, tell_internal, tell_invented
from sro_geo.text.levels import name_level
from sro_geo.text.numbers import cut_off
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.atlas import Alike, View
    from sro_geo.model.study import About, Study
    from sro_geo.report.shown import Shown

FEW = 5
"""So many figures a committee asks for."""

TOPICS = ("resilience", "offers", "social")


def make_atlas(study: Study, *, page_words: tuple[str, ...], alike: Alike) -> AtlasData:
    """Everything the page shows.

    Parameters
    ----------
    study : Study
        A finished, protected study.
    page_words : tuple of str
        Ids of the fixed words that the page needs.
    alike : Alike
        Similar quarters.
    """
    voice, about = speak_of(study.about), study.about
    shown = list_shown(study)
    views = tuple(make_view(study, one, family=_find_family(one, shown)) for one in shown) or (make_key_view(study),)
    example = _tell_example(study, views)
    head, rows, city = _make_table(study)
    used = {view.picture.topic for view in views}
    topics = tuple((t, voice.say(f"topic_{t}")) for t in (*TOPICS, KEYS) if t in used)
    model_regions = study.groups.get(about.group or "", ())
    return AtlasData(
        language=about.language,
        title=about.title,
        subtitle=" · ".join(filter(None, [tell_internal(study), _tell_state(study)])),
        place=about.place,
        example=example,
        summary=tuple(filter(None, [about.question, about.answer])),
        topics=topics,
        views=views,
        beside=_choose_beside(study, views),
        apart=list_apart(zip(shown, views, strict=False)),
        profiles=tuple(make_profile(study, str(q), alike=alike) for q in study.quarters.index),
        index_name=about.index_name if study.scores is not None else "",
        table_head=head,
        table_rows=rows,
        table_city=city,
        words={key: voice.say(key) for key in page_words} | _name_units(about),
        notices=tuple(notice for notice in list_notices(study, invented=True) if notice != example),
        warnings=list_warnings(study),
        sources=_list_sources(study),
        ground=make_ground(study),
        shock=(about.shock_year or 0, about.shock_name),
        selected=next(iter([*model_regions, *map(str, study.quarters.index)])),
        digest=digest_text(json.dumps([*(v.picture.digest for v in views), about.title, *map(str, rows.values())])),
    )


def _name_units(about: About) -> dict[str, str]:
    """What larger units are called, where their column says so."""
    one, many = ("Bezirk", "Bezirke") if about.language == "de" else ("quarter", "Quarters")
    said = {"page_unit": one, "page_units": many} if about.parent_level else {}
    return {key: name_level(text, level=about.parent_level, language=about.language) for key, text in said.items()}


def _choose_beside(study: Study, views: tuple[View, ...]) -> tuple[str, ...]:
    """Views to set side by side: of what is scored first, then what the project has maps of, then all others."""
    scored = set() if study.scales is None else set(study.scales.worst)
    codes = [view.code for view in views if view.contrast is not None and view.code not in (INDEX, *DIMENSIONS)]
    order = sorted(codes, key=lambda code: (code not in scored, code not in study.about.maps))
    return tuple(code for code in codes if code in order[:FEW])


def make_ground(study: Study) -> Ground:
    """What all maps share; offers without a point, protected ones among them, are not in it."""
    language = study.about.language
    points = study.offers[~(study.offers.geometry.isna() | study.offers.geometry.is_empty)]
    kinds = [kind for code, kind in study.kinds.items() if code in set(points["kind"])]
    columns = ["kind", "name", "provider", "quarter_id", "example", "geometry"]
    return Ground(
        quarters=study.quarters,
        outlined=study.groups.get(study.about.group or "", ()),
        water=study.water,
        offers=gpd.GeoDataFrame(points[columns], geometry="geometry", crs=study.quarters.crs),
        symbols=tuple(
            OfferSymbol(kind=k.code, name=k.short[language], plural=k.plural[language], symbol=k.symbol) for k in kinds
        ),
        overlays=study.overlays,
        basemap=None if study.about.basemap is None else BASEMAPS[study.about.basemap],
    )


def _find_family(one: Shown, shown: tuple[Shown, ...]) -> list[Shown]:
    if one.minutes is None:
        return [one]
    return [other for other in shown if other.kind == one.kind and other.minutes is not None]


def tell_date(study: Study) -> str:
    """Latest date of the values up to the year shown; empty where no source says one."""
    voice, given = speak_of(study.about), set(study.indicators["source"])
    dates = sorted(s.date for s in study.sources if s.date and s.date[:4] <= str(study.about.year) and s.file in given)
    return voice.say("state", date=voice.date(dates[-1])) if dates else ""


def _tell_state(study: Study) -> str:
    voice, given = speak_of(study.about), set(study.indicators["source"])
    publishers = dict.fromkeys(s.publisher for s in study.sources if s.publisher and s.file in given)
    source = voice.say("source", names=next(iter(publishers))) if publishers else ""
    return " · ".join(filter(None, [tell_date(study), source]))


def _tell_example(study: Study, views: tuple[View, ...]) -> str:
    invented = study.about.example or any(v.picture.example for v in views) or bool(study.offers["example"].any())
    texts = {"town": "example_town_all", "offers": "example_offers_all", "some": "example_some_all"}
    return tell_invented(study, **texts) if invented else ""


def _list_sources(study: Study) -> tuple[str, ...]:
    voice = speak_of(study.about)
    lines = [_tell_level(study)]
    for source in study.sources:
        if not source.publisher:
            continue
        date = voice.say("state", date=voice.date(source.date)) if source.date else ""
        mark = voice.say("example") if source.example else ""
        lines.append(", ".join(filter(None, [source.title, source.publisher, date, source.licence, mark])))
    return tuple(filter(None, dict.fromkeys(lines)))


def _tell_level(study: Study) -> str:
    """What the quarters are and of which year their boundaries; empty where the project does not say."""
    first = study.quarters[["level", "vintage"]].iloc[0]
    voice = speak_of(study.about)
    return ", ".join(voice.say(str(key), **{str(key): text}) for key, text in first.items() if text and pd.notna(text))


Cells = tuple[float | None, ...]


def _make_table(study: Study) -> tuple[tuple[str, ...], dict[str, Cells], Cells]:
    """Columns that stand in the table whatever is chosen: people, index and dimensions."""
    voice, dimensions = speak_of(study.about), [] if study.method is None else list(study.method.dimensions)
    scored = [*(dimensions if len(dimensions) > 1 else ()), *([] if study.scores is None else [INDEX])]
    codes = [code for code in (POPULATION, *scored) if code in study.city.index]
    grid = lay_grid(study.indicators, codes=codes, year=study.about.year, quarter_ids=list(study.quarters.index))
    heads = [
        voice.say("head_people") if code == POPULATION else study.specs[code].short[voice.language] for code in codes
    ]
    rows = {str(q): tuple(map(_cut, values)) for q, values in zip(study.quarters.index, grid.value, strict=True)}
    return tuple(heads), rows, tuple(map(_cut, study.city["value"].reindex(codes)))


def _cut(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else cut_off(value, digits=2)


def describe_atlas(data: AtlasData) -> dict[str, str]:
    """Checksum of each picture by its slug, for the protocol."""
    return {view.picture.slug: view.picture.digest for view in data.views}
