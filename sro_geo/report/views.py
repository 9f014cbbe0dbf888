"""What the chooser offers, one finished view for each map: picture, ranking, comparison, sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.atlas import RankRow, View
from sro_geo.model.catalogue import COUNTS
from sro_geo.model.grid import lay_grid
from sro_geo.model.picture import USUAL_STYLE
from sro_geo.model.reach import code_supply
from sro_geo.model.scores import INDEX
from sro_geo.model.status import ESTIMATED, OBSERVED
from sro_geo.render.classes import choose_breaks
from sro_geo.render.picture import PictureSettings, make_picture
from sro_geo.report.closures import make_closures
from sro_geo.report.contrast import make_contrast, make_sides
from sro_geo.report.pool import make_pool
from sro_geo.report.sentences import format_rank, tell_city, tell_quarter, write_city
from sro_geo.report.series import make_series
from sro_geo.report.shown import is_ranked, name_walk
from sro_geo.report.siting import make_siting
from sro_geo.report.supposed import make_supposed
from sro_geo.report.warnings import list_notices, tell_invented
from sro_geo.resilience.redundancy import REDUNDANCY
from sro_geo.text.numbers import cut_off, round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.model.picture import Picture
    from sro_geo.model.series import Series
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker

MOST_CUT = 5
"""So many classes a map has at most."""

_TICKS = 4
"""At most so many ticks on the axis of a ranking."""

_FAR = 3.0


def make_view(study: Study, shown: Shown, *, family: Sequence[Shown]) -> View:
    """One view.

    Parameters
    ----------
    study : Study
        A finished study.
    shown : Shown
        What the view is about.
    family : sequence of Shown
        Views that share its classes, so that their colours may be compared: the limits of one kind of offer.
    """
    voice = speak_of(study.about)
    example = bool(shown.values["example"].any())
    ranked = is_ranked(study, shown)
    settings = _set_picture(study, shown, family=family, example=example)
    picture = _draw(study, shown.values, settings)
    ranking, series = _list_ranks(study, shown, ranked=ranked), make_series(study, shown)
    contrast = None if _is_count(shown) else make_contrast(study, shown)
    known, city = int(shown.values["value"].notna().sum()), write_city(study, shown)
    ranks = {str(q): format_rank(row) if ranked else "" for q, row in shown.values.iterrows()}
    ticks, tick_digits = _list_ticks(ranking, series)
    return View(
        code=shown.spec.code,
        picture=picture,
        ranked=ranked,
        ranking_note=_tell_ranking(study, shown, ranked=ranked, voice=voice),
        ranking_head=_name_unit(shown, voice),
        ranking=ranking,
        digits=shown.spec.digits,
        ticks=ticks,
        tick_digits=tick_digits,
        city=None if pd.isna(shown.city["value"]) or _is_count(shown) else _cut(shown, shown.city["value"]),
        city_value=city,
        city_label=voice.say("city_value", place=study.about.place, value=city) if city else "",
        contrast=contrast,
        sides=None if contrast is None else make_sides(study, shown),
        pool=make_pool(study, shown),
        values=dict(zip(picture.quarter_ids, picture.labels, strict=True)),
        places={q: voice.say("rank_of", rank=rank, all=known) if rank else "" for q, rank in ranks.items()},
        sentences={q: tell_quarter(study, shown, q) for q in picture.quarter_ids},
        lead=tell_invented(study, town="lead_invented", offers="lead_example", some="lead_invented") if example else "",
        series=series,
        changes=() if series is None else (_draw_widest(study, series, settings),),
        years=() if series is None else _draw_years(study, shown, series, replace(settings, breaks=picture.breaks)),
        closures=make_closures(study, shown),
        siting=make_siting(study, shown),
        supposed=make_supposed(study, shown),
    )


def _warn_of_walk(study: Study, shown: Shown) -> tuple[str, ...]:
    """How walking times were measured, where the map is about them: any of offers but that of places in the own quarter."""
    walk, voice = study.about.walk, speak_of(study.about)
    walked = shown.code == REDUNDANCY or (shown.kind is not None and shown.code != code_supply(shown.kind))
    if walk is None or not walked:
        return ()
    how = "warn_given" if walk.given else "warn_streets" if walk.detour_factor is None else "warn_straight"
    return (voice.say(how),)


def _tell_overlay(study: Study, shown: Shown) -> tuple[str, ...]:
    """What lies on the map beside its colours."""
    overlay = study.overlays.by_map.get(shown.code)
    if overlay is None or shown.kind is None or shown.minutes is None:
        return ()
    voice, kind = speak_of(study.about), study.kinds[shown.kind]
    facts = {
        "none": kind.none[voice.language],
        "offer": kind.short[voice.language],
        "walk": name_walk(study, shown.minutes),
    }
    people = (shown.spec.counted or {}).get(voice.language) or voice.say("all_people")
    least = voice.number(find_step(study.about.smallest))
    told = [] if overlay.gaps is None else [voice.say("overlay_gaps", people=people, least=least, **facts)]
    return (*told, *([] if overlay.reached is None else [voice.say("overlay_streets", **facts)]))


def _draw(study: Study, values: pd.DataFrame, settings: PictureSettings) -> Picture:
    return make_picture(values["value"], values["status"], names=study.quarters["name"], settings=settings)


def _draw_years(study: Study, shown: Shown, series: Series, settings: PictureSettings) -> tuple[Picture, ...]:
    """Maps of the years before, in the classes of the year shown."""
    own = settings if settings.breaks else replace(settings, classes=1, breaks=None)
    grids = (
        lay_grid(study.indicators, codes=[shown.code], year=year, quarter_ids=list(study.quarters.index))
        for year in series.years[:-1]
    )
    cells = ({"value": grid.value[:, 0], "status": grid.status[:, 0]} for grid in grids)
    return tuple(_draw(study, pd.DataFrame(cell, index=study.quarters.index), own) for cell in cells)


def _draw_widest(study: Study, series: Series, settings: PictureSettings) -> Picture:
    """Every quarter with the widest change that any two years can make, in brackets where some are."""
    known = {quarter: [n for n in line if n is not None] or [0.0] for quarter, line in series.quarters.items()}
    widest = pd.Series({quarter: max(line) - min(line) for quarter, line in known.items()}).reindex(
        study.quarters.index
    )
    status = ESTIMATED if any(one.estimated for one in series.unsure) else OBSERVED
    cell = pd.DataFrame({"value": widest, "status": status})
    return _draw(study, cell, replace(settings, signed=True, unit="points", breaks=None, colours=()))


def _set_picture(study: Study, shown: Shown, *, family: Sequence[Shown], example: bool) -> PictureSettings:
    voice, spec = speak_of(study.about), shown.spec
    pooled = np.concatenate([member.values["value"].to_numpy(dtype=float) for member in family])
    rounded = [round_half_up(value, digits=spec.digits) for value in pooled]
    signed = spec.signed
    short = {"town": "example_town", "offers": "example_offers", "some": "example_some"}
    invented = tell_invented(study, **short) if example else ""
    said = {invented, tell_invented(study, **{of: f"{text}_all" for of, text in short.items()})} if example else set()
    style = study.about.styles.get(shown.code, USUAL_STYLE)
    how, wanted = style.method or "quantile", style.classes or MOST_CUT
    breaks = style.breaks or spec.breaks
    if not breaks and len(family) > 1 and not signed:
        breaks = choose_breaks(rounded, how=how, classes=wanted)
    cut = bool(style.classes or style.method) or not _is_count(
        shown
    )  # of counts a colour only tells which side is larger
    return PictureSettings(
        slug=shown.code,
        topic=shown.topic,
        name=spec.short[voice.language],
        title=spec.name[voice.language],
        subtitle=" · ".join(filter(None, [str(study.about.year), tell_city(study, shown)])),
        heading=voice.unit(f"heading_{spec.unit}", own=spec.unit_text, lowest=_tell_lowest(study, voice)),
        voice=voice,
        unit=spec.unit,
        digits=spec.digits,
        how=how,
        classes=wanted if cut else 1,
        colours=style.colours,
        offers=style.offers,
        breaks=breaks or None,
        signed=signed,
        brackets=shown.kind is None,
        partly=shown.topic == "resilience",
        outlined=study.groups.get(study.about.group or "", ()),
        offer_kind=shown.kind,
        notices=tuple(notice for notice in list_notices(study, invented=example) if notice not in said),
        warnings=(*_warn_of_walk(study, shown), *_tell_overlay(study, shown)),
        example=invented,
        source=_tell_source(study, shown),
    )


def _name_unit(shown: Shown, voice: Speaker) -> str:
    """Unit over the ranking: ours stay on one line, words of its own may need several."""
    own = shown.spec.unit_text
    return own[voice.language] if own else voice.say(f"unit_{shown.spec.unit}").replace(" ", "\u00a0")


def _tell_lowest(study: Study, voice: Speaker) -> str:
    return voice.number(study.method.lowest if study.method else 0)


def _is_count(shown: Shown) -> bool:
    """Whether it counts: then a colour or a difference of sums would only tell which side is larger."""
    return shown.spec.unit in COUNTS


def _tell_source(study: Study, shown: Shown) -> str:
    """Publishers of the files the map rests on, each once; those of a score are those of its parts."""
    codes = {shown.code}
    if study.scales is not None:
        codes |= {code for code in study.scales.worst if shown.code in (INDEX, study.specs[code].dimension)}
    files = set(study.indicators.loc[study.indicators["indicator"].isin(codes), "source"])
    files |= {file for (_, code), origin in study.origins.items() if code in codes for file, _ in origin}
    names = [s.publisher for s in study.sources if s.publisher and s.file in files]
    return speak_of(study.about).say("source", names="; ".join(dict.fromkeys(names))) if names else ""


def _list_ranks(study: Study, shown: Shown, *, ranked: bool) -> tuple[RankRow, ...]:
    frame = shown.values.assign(name=study.quarters["name"])
    frame["sort"] = -frame["value"] if ranked else 0.0
    frame = frame.sort_values(["sort", "name"], na_position="last", kind="stable")
    return tuple(_make_row(study, shown, str(q), row, ranked=ranked) for q, row in frame.iterrows())


def _make_row(study: Study, shown: Shown, quarter_id: str, row: pd.Series, *, ranked: bool) -> RankRow:
    if pd.isna(row["value"]):
        rank = speak_of(study.about).say("rank_open") if ranked else ""
        return RankRow(quarter_id=quarter_id, value=None, low=None, high=None, uncertain=False, rank=rank)
    value, low, high = (_cut(shown, row[c]) for c in ("value", "low", "high"))
    return RankRow(
        quarter_id=quarter_id,
        value=value,
        low=low if low < value else None,
        high=high if high > value else None,
        uncertain=low < high or (row["status"] == ESTIMATED and shown.kind is None),
        rank=format_rank(row) if ranked else "",
    )


def _cut(shown: Shown, value: float) -> float:
    """Where a value stands on the axis; the page rounds it to the digits shown, hence cut and not rounded here."""
    return cut_off(value, digits=shown.spec.digits + 2)


def _list_ticks(ranking: tuple[RankRow, ...], series: Series | None) -> tuple[tuple[float, ...], int]:
    """Round numbers that span the dots and lines of a ranking, whatever the year, and the decimals they need.

    Single values of other years that lie far off all others would press the rest together: the page makes room for them in
    their own year.
    """
    ends = [end for row in ranking for end in (row.value, row.low, row.high) if end is not None]
    if series is not None:
        told = [end for one in series.unsure for end in (one.low, one.high)]
        told += [end for line in series.quarters.values() for end in line]
        ends += _drop_far([end for end in told if end is not None])
    if not ends:
        return (), 0
    low, high = min([*ends, 0.0]) if min(ends) < 0.5 * max(ends) else min(ends), max(ends)
    step = _pick_step((high - low) or abs(high) or 1.0)
    first, last = np.floor(low / step), np.ceil(high / step)
    digits = max(0, int(-np.floor(np.log10(step))))
    return tuple(float(round(i * step, digits)) for i in np.arange(first, max(last, first + 1) + 1)), digits


def _drop_far(ends: Sequence[float]) -> list[float]:
    """Numbers without those that lie farther outside the quartiles than three times their distance, "far out" in Tukey's words.

    References
    ----------
    Tukey, J. W. (1977): Exploratory Data Analysis. Addison-Wesley.
    """
    if not ends:
        return []
    low, high = np.percentile(ends, [25, 75])
    reach = _FAR * (high - low)
    return [end for end in ends if low - reach <= end <= high + reach]


def _pick_step(span: float) -> float:
    power = 10.0 ** np.floor(np.log10(span / _TICKS))
    return float(next(m * power for m in (1, 2, 5, 10) if m * power * _TICKS >= span))


def _tell_ranking(study: Study, shown: Shown, *, ranked: bool, voice: Speaker) -> str:
    if not ranked:
        return tell_invented(study, town="unranked_some", offers="unranked_example", some="unranked_some")
    return voice.say("rank_one_gap" if shown.minutes is not None else "rank_one_score")
