"""What can be shown of a study: every map with its values, before any words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sro_geo.model.indicators import select_values
from sro_geo.model.status import KNOWN
from sro_geo.resilience.rank import rank_ranges

if TYPE_CHECKING:
    from sro_geo.model.catalogue import IndicatorSpec
    from sro_geo.model.study import Study

INDEX = "index"
"""Code of the index itself beside the codes of indicators and dimensions."""

COUNTS = ("persons", "number")
"""Units that are drawn without colours, and only if asked for: a large quarter would look dark only because it is large."""


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
    return tuple(_show(study, code) for code in list_codes(study))


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


def _list_known(study: Study) -> list[str]:
    """Indicators with a value in the year, in the catalogue's order; recovery's points are drawn as the dimension."""
    values = study.indicators
    known = set(values.loc[(values["year"] == study.about.year) & values["status"].isin(KNOWN), "indicator"])
    return [code for code, spec in study.specs.items() if code in known and spec.dimension != "recovery"]


def _show(study: Study, code: str) -> Shown:
    frame = (
        _score_values(study, code)
        if code in ("index", "robustness", "redundancy", "recovery")
        else _indicator_values(study, code)
    )
    frame = frame.join(rank_ranges(frame["value"], low=frame["low"], high=frame["high"]))
    city: Any = study.city.loc[code]
    return Shown(
        code=code,
        topic=study.specs[code].topic,
        spec=study.specs[code],
        values=frame,
        city=city,
        kind=study.specs[code].kind,
        minutes=study.specs[code].minutes,
    )


def _indicator_values(study: Study, code: str) -> pd.DataFrame:
    rows = select_values(study.indicators, indicator=code, year=study.about.year).reindex(study.quarters.index)
    status = rows["status"].fillna("missing")
    example = rows["example"].eq(True)  # noqa: FBT003  a missing row is not invented
    return pd.DataFrame(
        {
            "value": rows["value"],
            "low": rows["low"],
            "high": rows["high"],
            "status": status,
            "example": example,
        }
    )


def _score_values(study: Study, code: str) -> pd.DataFrame:
    scores = study.scores
    if scores is None:  # pragma: no cover  list_shown asks for scores only where there are some
        raise ValueError(code)
    frame = (
        scores.index
        if code == INDEX
        else scores.dimensions[scores.dimensions["dimension"] == code].set_index("quarter_id")
    )
    frame = frame.reindex(study.quarters.index)
    return pd.DataFrame(
        {
            "value": frame["score"],
            "low": frame["worst"],
            "high": frame["best"],
            "status": frame["status"],
            "example": frame["example"].eq(True),  # noqa: FBT003  a missing row is not invented
        }
    )
