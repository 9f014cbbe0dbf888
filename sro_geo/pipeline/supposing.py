"""What supposed shocks would take away, as the project states them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.coverage.shock import measure_shock
from sro_geo.coverage.supply import count_capacity
from sro_geo.disclose.closures import STEP
from sro_geo.disclose.losses import COUNTS, round_losses
from sro_geo.errors import Problem, ProjectError
from sro_geo.load.hours import is_open
from sro_geo.load.toml import suggest
from sro_geo.model.population import find_status
from sro_geo.model.schema import report
from sro_geo.model.shock import Supposed
from sro_geo.model.status import KNOWN, SUPPRESSED
from sro_geo.pipeline.closing import count_known, find_limit
from sro_geo.text.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sro_geo.disclose.telling import Count
    from sro_geo.load.hours import Moment
    from sro_geo.model.population import Population
    from sro_geo.model.reach import Coverage, Reach
    from sro_geo.model.shock import ShockLoss
    from sro_geo.pipeline.closing import Known
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project
    from sro_geo.project.values import ShockOrder

PLACES = ("places_before", "places_after")
COLUMNS = (
    "order", "indicator", "supposed", "kind", "target_group", "minutes", "quarter_id", *COUNTS, "more_metres", *PLACES,
    "status", "example",
)  # fmt: skip


def suppose_all(project: Project, tables: Tables, measured: Measured, closed: Known) -> pd.DataFrame:
    """What every supposed shock takes away from each quarter and, in a row without `quarter_id`, from the city.

    Parameters
    ----------
    project, tables, measured
        What is supposed, the population, ways and the persons that may be shown.
    closed : mapping
        What readers know of the closures of single offers and the like, as `close_offers` tells it.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`, with the indicator of those who lose the last offer where something closes: persons of today,
        protected; places for 100 persons, of the quarter itself and of shown numbers alone, so that they give nothing away
        that those don't.

    Raises
    ------
    ProjectError
        If the data don't make up the target group, an offer or provider that closes is unknown or not the only one, or no
        offer states opening times that can be read where a moment is named.
    """
    frames = []
    problems = [problem for order in project.suppose for problem in _find_faults(project, tables, measured, order)]
    if problems:
        raise ProjectError(problems)
    known = {(kind, find_limit(project, kind)): own for kind, own in closed.items()}
    learned: dict[tuple[str, float], dict[str, list[Count]]] = {}
    for number, order in enumerate(project.suppose, start=1):
        reached = count_known(measured, kind=order.kind, minutes=order.minutes)
        told = known.get((order.kind, order.minutes), {})
        fresh = {name: [*told.get(name, ()), *reached] for name in ("lose", "farther")}
        beside = learned.setdefault((order.kind, order.minutes), fresh)
        frames.append(_suppose(project, tables, measured, order=order, beside=beside).assign(order=number))
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)]


def note_hours(project: Project, tables: Tables, measured: Measured) -> tuple[Problem, ...]:
    """How many offers state no opening times, and which state some that can't be read, where a moment is supposed.

    Told once for each kind: what can be read doesn't hang on the moment.
    """
    moments = {order.kind: order.open_at for order in project.suppose if order.open_at}
    notes = []
    for kind, moment in moments.items():
        if kind not in measured.reaches:  # which `suppose_all` tells
            continue
        own = tables.offers.loc[measured.reaches[kind].offer_ids]
        stated = int((own["opening_times"] != "").sum())
        if 0 < stated < len(own):
            values = {"kinds": tables.kinds[kind].plural[project.language], "n": len(own) - stated}
            notes.append(Problem(cause="hours_unstated", values={**values, "stated": stated, "all": len(own)}))
        notes += _note_unread(own, _find_open(own, moment, year=project.year))
    return tuple(notes)


def _find_open(own: pd.DataFrame, moment: Moment, *, year: int) -> pd.Series:
    """Whether each offer is open: True, False, or None where it states no times or none that can be read."""
    found = [is_open(times, moment, year=year) if times else None for times in own["opening_times"]]
    return pd.Series(found, index=own.index, dtype=object)


def _note_unread(own: pd.DataFrame, open_then: pd.Series) -> list[Problem]:
    """A note for offers whose times can't be read; of the rows alone, since each file calls the column as it likes."""
    unread = (own["opening_times"] != "") & open_then.isna()
    notes = report(own, unread, "hours_unread", column="opening_times", describe=_name_times)
    return [replace(note, places=tuple(replace(place, column=None) for place in note.places)) for note in notes]


def _name_times(rows: pd.DataFrame) -> list[str]:
    return [f"{name} ({times})" for name, times in zip(rows["name"], rows["opening_times"], strict=True)]


def _find_faults(project: Project, tables: Tables, measured: Measured, order: ShockOrder) -> Iterator[Problem]:
    """What keeps a shock from being measured."""
    if order.kind not in measured.reaches:
        yield Problem(cause="kind_unmeasured", values={"kind": order.kind, "section": "suppose"}, places=(order.place,))
        return
    own = tables.offers.loc[measured.reaches[order.kind].offer_ids]
    for name in order.close_offers:
        found = own.index[(own["name"] == name) | (own.index == name)]
        if len(found) > 1:
            values = {"name": name, "ids": [str(one) for one in found]}
            yield Problem(cause="suppose_several", values=values, places=(order.place,))
        elif not len(found):
            yield _tell_unknown("offer", name, list(own["name"]), order)
    for name in order.close_providers:
        if not (own["provider"] == name).any():
            yield _tell_unknown("provider", name, [str(one) for one in own["provider"].dropna().unique() if one], order)
    if order.open_at and (open_then := _find_open(own, order.open_at, year=project.year)).isna().all():
        yield Problem(cause="suppose_no_hours", values={"kind": order.kind}, places=(order.place,))
        yield from _note_unread(own, open_then)


def _tell_unknown(what: str, name: str, known: list[str], order: ShockOrder) -> Problem:
    similar = suggest(name, known)
    values = {"name": name, "kind": order.kind, **({"similar": similar} if similar else {})}
    cause = f"suppose_no_{what}" + ("_similar" if similar else "")
    return Problem(cause=cause, values=values, places=(order.place,))


def _suppose(
    project: Project, tables: Tables, measured: Measured, *, order: ShockOrder, beside: dict[str, list[Count]]
) -> pd.DataFrame:
    """Rows of a shock. What readers learn of it is added to `beside`, what they know of the kind and the walk."""
    people, settings = tables.population, project.coverage
    reach, coverage = measured.reaches[order.kind], measured.coverages[order.kind]
    if people is None or settings is None:  # pragma: no cover  then nothing is measured
        raise AssertionError
    shown = coverage.table[coverage.table["minutes"] == order.minutes].set_index("quarter_id")
    shock = Supposed(
        target_group=coverage.target_group,
        limit_metres=settings.to_metres(order.minutes),
        closed=_list_closed(project, tables, reach, order),
        fewer_places=order.fewer_places,
        more_persons=order.more_persons,
    )
    loss = measure_shock(reach, tables.places, _hide(people, coverage), shock)
    way: Any = {"closed": shock.closed, "beside": beside, "smallest": project.smallest}
    counts = loss.table[["quarter_id"]].assign(**round_losses(loss.table, shown, **way))
    counts["more_metres"] = _round_metres(loss.table, counts["farther"])
    gone = counts[list(COUNTS)].isna().any(axis=1)
    reasons = counts["quarter_id"].map(shown["status"].where(~shown["status"].isin(KNOWN))).fillna(SUPPRESSED)
    rates = _share_places(tables, measured, loss)
    return counts.assign(
        **{name: rates[name].to_numpy() for name in PLACES},
        indicator=order.code if order.closes else None,
        supposed=tell_shock(project, tables, reach, order),
        kind=order.kind,
        target_group=coverage.target_group,
        minutes=order.minutes,
        status=reasons.where(gone, find_status(people)),
        example=reach.example or bool(people.persons["example"].any()),
    )


def _list_closed(project: Project, tables: Tables, reach: Reach, order: ShockOrder) -> frozenset[str]:
    own = tables.offers.loc[reach.offer_ids]
    named = own["name"].isin(order.close_offers) | own.index.isin(order.close_offers)
    closed = own.index[named | own["provider"].isin(order.close_providers)]
    return frozenset(closed) | (_list_shut(own, order.open_at, year=project.year) if order.open_at else frozenset())


def _list_shut(own: pd.DataFrame, moment: Moment, *, year: int) -> frozenset[str]:
    """Offers whose times say that they are shut; who states none counts as open."""
    return frozenset(own.index[_find_open(own, moment, year=year).eq(other=False)])


def _hide(people: Population, coverage: Coverage) -> Population:
    """Population that doesn't know the persons of a quarter either where the coverage doesn't show them."""
    hidden = coverage.table.loc[coverage.table["persons"].isna(), "quarter_id"].unique()
    rows = [(quarter, str(band), SUPPRESSED) for quarter in hidden for band in people.bands]
    more = pd.DataFrame(rows, columns=people.gaps.columns, dtype="str")
    return replace(people, gaps=pd.concat([people.gaps, more], ignore_index=True)) if rows else people


def _round_metres(table: pd.DataFrame, farther: pd.Series) -> pd.Series:
    """Mean of the metres that more are walked, in tens, beside a count that is shown."""
    metres = (table["metres"] / table["farther"].where(table["farther"] > 0) / STEP).round() * STEP
    return metres.where(farther > 0)


def _share_places(tables: Tables, measured: Measured, loss: ShockLoss) -> pd.DataFrame:
    """Places for 100 persons before and after, by the rows of a loss; missing where a number they are made of isn't shown."""
    shock, ids = loss.shock, pd.Index(loss.table["quarter_id"].iloc[:-1])
    if loss.kind not in measured.supplies:
        return pd.DataFrame(np.nan, index=loss.table.index, columns=list(PLACES))
    own = measured.supplies[loss.kind].table.reindex(ids)
    capacity = count_capacity(tables.places, target_group=shock.target_group)
    gone = capacity[capacity.index.isin(shock.closed)]
    lost = gone.groupby(tables.offers["quarter_id"].reindex(gone.index)).sum().reindex(ids, fill_value=0.0)
    places = pd.DataFrame({"before": own["places"], "after": (own["places"] - lost) * (1 - shock.fewer_places)})
    sums = places.assign(persons=own["persons"])
    table = pd.concat([sums, sums.sum(skipna=False).to_frame().T], ignore_index=True)
    people = table["persons"].where(table["persons"] > 0)
    rates = (100 * table["before"] / people, 100 * table["after"] / (people * (1 + shock.more_persons)))
    return pd.DataFrame(dict(zip(PLACES, rates, strict=True)))


def tell_shock(project: Project, tables: Tables, reach: Reach, order: ShockOrder) -> str:
    """What is supposed, in words."""
    voice = Speaker(project.language)
    parts = [tell_closed(project, tables, reach, order, voice=voice)] if order.closes else []
    if order.fewer_places:
        parts.append(voice.say("supposed_places", percent=voice.plain(100 * order.fewer_places)))
    if order.more_persons:
        parts.append(voice.say("supposed_persons", percent=voice.plain(100 * order.more_persons)))
    return "; ".join(parts)


def tell_closed(project: Project, tables: Tables, reach: Reach, order: ShockOrder, *, voice: Speaker) -> str:
    """What closes, in words."""
    parts, named = [], tables.offers["name"]
    if order.open_at:
        own = tables.offers.loc[reach.offer_ids]
        shut = len(_list_shut(own, order.open_at, year=project.year))
        moment = _tell_moment(order.open_at, voice)
        parts.append(voice.say("supposed_hours", moment=moment, n=voice.number(shut), all=voice.number(len(own))))
    parts += [voice.say("supposed_offer", name=named.get(name, name)) for name in order.close_offers]
    parts += [voice.say("supposed_provider", name=name) for name in order.close_providers]
    return "; ".join(parts)


def _tell_moment(moment: Moment, voice: Speaker) -> str:
    """The moment as it is said: "Samstag um 10 Uhr"."""
    key = "clock_hour" if moment.minute == 0 else "clock"
    clock = voice.say(key, hour=moment.hour, minute=moment.minute)
    day = voice.say("weekday_names").split()[moment.weekday]
    if moment.month is None:
        return voice.say("moment", day=day, clock=clock)
    return voice.say("moment_month", day=day, month=voice.say("month_names").split()[moment.month - 1], clock=clock)
