"""Who loses the last offer under a supposed shock, as an indicator like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sro_geo.disclose.closures import find_step
from sro_geo.model.ages import parse_age_group
from sro_geo.model.catalogue import IndicatorSpec
from sro_geo.model.counts import NOBODY, parse_count
from sro_geo.model.indicators import COLUMNS, as_computed
from sro_geo.model.population import find_status
from sro_geo.model.status import ESTIMATED, NOT_APPLICABLE
from sro_geo.pipeline.supposing import tell_closed
from sro_geo.pipeline.walking import name_phrase
from sro_geo.text.levels import capital
from sro_geo.text.speaker import SPEAKERS

if TYPE_CHECKING:
    from sro_geo.model.population import Population
    from sro_geo.pipeline.measuring import Measured
    from sro_geo.pipeline.tables import Tables
    from sro_geo.project import Project
    from sro_geo.project.values import ShockOrder


def share_lost(project: Project, tables: Tables, measured: Measured, supposed: pd.DataFrame) -> pd.DataFrame:
    """Percent of the target group that each supposed closure leaves without its last offer, as rows of the indicator table.

    Parameters
    ----------
    project, tables, measured
        What is supposed, the population, and the persons that may be shown.
    supposed : DataFrame
        As `suppose_all` gives it.

    Returns
    -------
    DataFrame
        Columns of `sro_geo.model.indicators.COLUMNS`; a row for each quarter that has cells and each shock in which something
        closes.

    Notes
    -----
    It is made of numbers that are shown: of the persons who lose, in steps (`find_step`), and of all of the target group. So
    it gives nothing away that these don't, and is withheld where one of them is. `low` and `high` are what the step admits.
    Nobody is exactly nobody.

    Laws: from 0 to 100; 0 where no offer in reach closes; where one more offer closes, never less but for the rounding.
    """
    people, frames = tables.population, []
    for number, order in _list_closing(project, measured):
        if people is None:  # pragma: no cover  then nothing is measured
            raise AssertionError
        table = measured.coverages[order.kind].table
        shown = table[table["minutes"] == order.minutes].set_index("quarter_id")
        own = supposed[supposed["order"].eq(number) & supposed["quarter_id"].notna()].set_index("quarter_id")
        frames.append(_share(own, shown, people, step=find_step(project.smallest)).assign(indicator=order.code))
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    return as_computed(pd.concat(frames, ignore_index=True), year=project.year)


def describe_lost(project: Project, tables: Tables, measured: Measured) -> dict[str, IndicatorSpec]:
    """Names, units and directions of these shares, and the dimension that the project scores them in."""
    specs = [_describe(project, tables, measured, order) for _, order in _list_closing(project, measured)]
    return {spec.code: spec for spec in specs}


def _list_closing(project: Project, measured: Measured) -> list[tuple[int, ShockOrder]]:
    """Shocks that may take the last offer away, with their number; what isn't measured, `suppose_all` refuses."""
    orders = enumerate(project.suppose, start=1)
    return [(number, order) for number, order in orders if order.closes and order.kind in measured.reaches]


def _share(own: pd.DataFrame, shown: pd.DataFrame, people: Population, *, step: int) -> pd.DataFrame:
    """Rows of a shock, without indicator, year and source. Who loses is of the persons, so never more than they."""
    persons = shown["persons"].reindex(own.index)
    lose, half = own["lose"], np.where(own["lose"] > 0, step / 2, 0.0)
    counts = {"value": lose, "low": lose - half, "high": lose + half}
    among = persons.where(persons > 0)
    # Divided first: all of a sum of fractions is 1 and not a hair more.
    shares = {name: 100 * (count.clip(upper=persons) / among) for name, count in counts.items()}
    known = pd.Series(find_status(people), index=own.index).mask(lose > 0, ESTIMATED).mask(persons == 0, NOT_APPLICABLE)
    return pd.DataFrame(
        {
            "quarter_id": own.index,
            **shares,
            "numerator": lose.clip(upper=persons).where(persons > 0),
            "denominator": persons,
            "status": known.where(lose.notna(), own["status"]),
            "example": own["example"],
        }
    ).reset_index(drop=True)


def _describe(project: Project, tables: Tables, measured: Measured, order: ShockOrder) -> IndicatorSpec:
    kind, target_group = tables.kinds[order.kind], measured.coverages[order.kind].target_group
    target, people = parse_age_group(target_group), {}
    name, short = {}, {}
    for voice in SPEAKERS:
        people[voice.language] = voice.people(target.start, target.end)
        facts = {
            "none": kind.none[voice.language],
            "walk": voice.say(name_phrase(tables), minutes=voice.plain(order.minutes)),
            "supposed": tell_closed(project, tables, measured.reaches[order.kind], order, voice=voice),
        }
        name[voice.language] = voice.say("shock_title", people=capital(people[voice.language]), **facts)
        short[voice.language] = capital(voice.say("shock_short", **facts))
    return IndicatorSpec(
        code=order.code,
        name=name,
        short=short,
        unit="percent",
        topic="offers",
        direction=-1,
        dimension=order.dimension,
        counted=people,
        numerator=NOBODY,
        denominator=parse_count(target_group),
        derived=True,
        kind=kind.code,
    )
