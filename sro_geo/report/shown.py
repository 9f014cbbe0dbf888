"""What can be shown of a study: every map with its values, before any words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.catalogue import COUNTS
from sro_geo.model.grid import lay_grid
from sro_geo.model.method import DIMENSIONS
from sro_geo.model.scores import INDEX
from sro_geo.model.status import KNOWN
from sro_geo.resilience.rank import rank_ranges
from sro_geo.text.speaker import speak_of

if TYPE_CHECKING:
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.grid import Grid
    from sro_geo.model.study import Study
    from sro_geo.text.speaker import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One map's worth of values.

    Attributes
    ----------
    code, topic : str
        Code of the indicator, dimension or `index`; topic of the chooser.
    spec : IndicatorSpec
        Names, unit, digits.
    values : DataFrame
        On the quarters' index: value, low, high, status, example, rank_low, rank_high.
    city : Series
        value, low, high, denominator, quarters, known_quarters, status, example of the whole city.
    kind : str or None
        Kind of offer it is about.
    minutes : float or None
        Walking limit it is about.
    """

    code: str
    topic: str
    spec: IndicatorSpec
    values: pd.DataFrame
    city: pd.Series
    kind: str | None
    minutes: float | None


def list_shown(study: Study) -> tuple[Shown, ...]:
    """Everything a chooser offers, in its order: index, dimensions, offers, social indicators."""
    codes = list_codes(study)
    grid = lay_grid(study.indicators, codes=codes, year=study.about.year, quarter_ids=list(study.quarters.index))
    return tuple(_show(study, code, grid) for code in codes)


def list_codes(study: Study) -> list[str]:
    """Codes of what `list_shown` shows; counts are among them where the project asks for their map or there is nothing else."""
    wanted = study.about.maps
    dimensions = [] if study.method is None else list(study.method.dimensions)
    asked = dimensions if len(dimensions) > 1 else [dimension for dimension in dimensions if dimension in wanted]
    scored = [] if study.scores is None else [INDEX, *asked]
    known = _list_known(study)
    rates = [code for code in known if study.specs[code].unit not in COUNTS]
    drawn = [code for code in known if code in rates or code in wanted or not (rates or scored)]
    order = {"resilience": 0, "offers": 1, "social": 2}
    return [*scored, *sorted(drawn, key=lambda code: order[study.specs[code].topic])]


def is_ranked(study: Study, shown: Shown) -> bool:
    """Whether quarters may be ranked by it: never real quarters by invented figures."""
    return study.about.example or not bool(shown.values["example"].any())


def write_bare(shown: Shown, value: float, *, voice: Speaker, digits: int | None = None) -> str:
    """Number of a map without its unit: with its sign where it may be below zero; `digits` are those of the map unless given."""
    write = voice.signed if shown.spec.signed else voice.number
    return write(value, digits=shown.spec.digits if digits is None else digits)


def write_shown(shown: Shown, value: float, *, voice: Speaker, digits: int | None = None) -> str:
    """Number as its map writes it: `38 %`, `+11,8`."""
    number = write_bare(shown, value, voice=voice, digits=digits)
    return voice.say("percent", n=number) if shown.spec.unit == "percent" else number


def _list_known(study: Study) -> list[str]:
    """Indicators with a value in the year, in the catalogue's order; recovery's points are drawn as the dimension."""
    values = study.indicators
    known = set(values.loc[(values["year"] == study.about.year) & values["status"].isin(KNOWN), "indicator"])
    known -= {INDEX, *DIMENSIONS}
    return [code for code, spec in study.specs.items() if code in known and spec.dimension != "recovery"]


def _show(study: Study, code: str, grid: Grid) -> Shown:
    column, spec = grid.codes.get_loc(code), study.specs[code]
    city: Any = study.city.loc[code]
    cells = {name: getattr(grid, name)[:, column] for name in ("value", "low", "high", "status", "example")}
    frame = pd.DataFrame(cells, index=study.quarters.index)
    ranks = rank_ranges(frame["value"], low=frame["low"], high=frame["high"])
    return Shown(
        code=code,
        topic=spec.topic,
        spec=spec,
        values=frame.join(ranks),
        city=city,
        kind=spec.kind,
        minutes=spec.minutes,
    )


def name_walk(study: Study, minutes: float, *, title: bool = True) -> str:
    """Walk of so many minutes, or way where a table says how long it takes, as a title or a sentence has it."""
    voice, walk = speak_of(study.about), study.about.walk
    phrase = "walk" if walk is None else walk.phrase
    return voice.say(f"{phrase}_title" if title else phrase, minutes=voice.plain(minutes))
