"""How an indicator went on over the years: each quarter, the city and the model regions, gaps as gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sro_geo.compare.groups import GROUP
from sro_geo.compare.history import pool_years
from sro_geo.model.catalogue import COUNTS
from sro_geo.model.series import Break, Lack, Series, Unsure
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING
from sro_geo.model.study import CITY
from sro_geo.render.classes import choose_breaks
from sro_geo.render.picture import name_reason
from sro_geo.text.numbers import cut_apart, cut_off, round_half_up
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.study import Study
    from sro_geo.report.shown import Shown
    from sro_geo.text.speaker import Speaker

FEWEST = 2
"""So many years with values can be set side by side."""


def make_series(study: Study, shown: Shown) -> Series | None:
    """Line of every quarter, the city and the model regions up to the year shown; None where there are too few years.

    City and model regions have a value in the years in which all of their quarters are known, and in the year shown what
    the comparison says.
    """
    year, ids = study.about.year, list(study.quarters.index)
    rows = study.indicators[(study.indicators["indicator"] == shown.code) & (study.indicators["year"] <= year)]
    known = rows[rows["status"].isin(KNOWN)]
    if known["year"].nunique() < FEWEST:
        return None
    years = range(int(known["year"].min()), year + 1)
    members = {CITY: ids} | ({} if study.about.group is None else {GROUP: list(study.groups[study.about.group])})
    pooled = pool_years(study.indicators, indicator=shown.code, spec=shown.spec, members=members).reindex(years)
    areas = study.areas[study.areas["indicator"] == shown.code].set_index("area")["value"]
    for area in members:
        pooled.loc[year, area] = areas.get(area, float("nan"))
    digits, voice = shown.spec.digits + 2, speak_of(study.about)
    one, more = (voice.unit(f"difference_{shown.spec.unit}", own=shown.spec.unit_text, n=n) for n in ("1", "2"))
    cuts = {year: cut_apart(_list_ends(known[known["year"] == year]), digits=digits) for year in years}
    cells: list[Any] = known.to_dict("records")
    own = {(row["quarter_id"], row["year"]): cuts[row["year"]][row["value"]] for row in cells}
    return Series(
        years=tuple(years),
        quarters={quarter: tuple(own.get((quarter, year)) for year in years) for quarter in ids},
        city=_cut(pooled[CITY], digits),
        group=_cut(pooled[GROUP], digits) if GROUP in members else (),
        unsure=_list_unsure(cells, cuts, brackets=shown.kind is None),
        lacks=_list_lacks(rows, years, partly=shown.topic == "resilience", ids=ids),
        breaks=list_breaks(shown.spec, first=years[0], last=year, voice=voice),
        invented=_list_invented(known, year),
        pattern=voice.say("percent", n="{n}") if shown.spec.unit == "percent" else "{n}",
        signed=shown.spec.signed,
        sums=shown.spec.unit in COUNTS,
        partly=tuple("city" if area == CITY else "group" for area in members if not _is_exact(study, shown, area)),
        cuts=_cut_changes(known, last=year, digits=shown.spec.digits),
        unit=voice.unit(f"unit_{_name_unit(shown)}", own=shown.spec.unit_text),
        heading=voice.unit(f"heading_{_name_unit(shown)}", own=shown.spec.unit_text, lowest=0),
        units=(one, more),
    )


def list_breaks(spec: IndicatorSpec, *, first: int, last: int, voice: Speaker) -> tuple[Break, ...]:
    """Breaks between two years with the sentences that say why: `Bruch in der Zeitreihe 2017: neuer Zensus`."""
    return tuple(
        Break(year=one.year, text=voice.say("series_break", year=one.year, reason=one.reason[voice.language]))
        for one in spec.list_breaks(first, last)
    )


def _is_exact(study: Study, shown: Shown, area: str) -> bool:
    """Whether an area's value in the year shown leaves nothing open; a sum of known quarters alone does."""
    rows = study.areas[(study.areas["indicator"] == shown.code) & (study.areas["area"] == area)]
    return bool((rows["low"] == rows["high"]).any())


def _name_unit(shown: Shown) -> str:
    """Unit of a difference: of shares it is told in percentage points."""
    return "percentage_points" if shown.spec.unit == "percent" else shown.spec.unit


def compare_years(known: pd.DataFrame, *, after: int, digits: int) -> pd.DataFrame:
    """What each quarter has gained or lost since each year before, of the values as they are shown: years × quarters."""

    def show(values: pd.DataFrame) -> pd.DataFrame:
        return values.map(lambda value: round_half_up(value, digits=digits), na_action="ignore")

    shown = show(known.pivot(index="year", columns="quarter_id", values="value"))  # noqa: PD010  keys are unique
    return show(shown.loc[after] - shown[shown.index < after]) if after in shown.index else shown.iloc[:0]


def _cut_changes(known: pd.DataFrame, *, last: int, digits: int) -> tuple[float, ...]:
    """Cuts that part the changes of all years up to the last, so that short spans have colours, too."""
    changes = compare_years(known, after=last, digits=digits).to_numpy().ravel()
    return choose_breaks(changes[~np.isnan(changes)], how="symmetric")


def _list_ends(rows: pd.DataFrame) -> list[float]:
    return [float(end) for end in rows[["value", "low", "high"]].to_numpy().ravel() if pd.notna(end)]


def _list_unsure(cells: list[Any], cuts: Mapping[int, Mapping[float, float]], *, brackets: bool) -> tuple[Unsure, ...]:
    found = []
    for row in cells:
        cut, estimated = cuts[row["year"]], brackets and row["status"] == ESTIMATED
        value, low, high = (cut.get(row[end]) for end in ("value", "low", "high"))
        low, high = (None if end == value else end for end in (low, high))
        if estimated or low is not None or high is not None:
            year = int(row["year"])
            found.append(Unsure(quarter_id=row["quarter_id"], year=year, low=low, high=high, estimated=estimated))
    return tuple(found)


def _list_lacks(rows: pd.DataFrame, years: range, *, partly: bool, ids: list[str]) -> tuple[Lack, ...]:
    told = rows.set_index(["quarter_id", "year"])["status"].to_dict()
    cells = ((quarter, year, told.get((quarter, year), MISSING)) for quarter in ids for year in years)
    lacks = (
        (quarter, year, name_reason(status, partly=partly)) for quarter, year, status in cells if status not in KNOWN
    )
    return tuple(Lack(quarter_id=str(q), year=year, reason=why) for q, year, why in lacks if why != MISSING)


def _list_invented(known: pd.DataFrame, year: int) -> tuple[int, ...]:
    years = {int(one) for one in known.loc[known["example"], "year"]}
    return () if year in years else tuple(sorted(years))


def _cut(numbers: pd.Series, digits: int) -> tuple[float | None, ...]:
    return tuple(None if pd.isna(number) else cut_off(float(number), digits=digits) for number in numbers)
