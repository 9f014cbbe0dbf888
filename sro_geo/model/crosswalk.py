"""From one vintage or level of quarters to another: shares of old quarters in new ones, and values carried along them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NewType

import numpy as np
import pandas as pd

from sro_geo.errors import Problem, stop_at
from sro_geo.model.catalogue import COUNTS, UNIT_FACTOR
from sro_geo.model.indicators import GIVEN, KEY, Indicators, Key
from sro_geo.model.schema import find_duplicates, find_missing_columns, find_unknown_codes, report
from sro_geo.model.status import ESTIMATED, KNOWN, MISSING, OBSERVED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sro_geo.model.catalogue import IndicatorSpec

Crosswalk = NewType("Crosswalk", pd.DataFrame)
"""Checked shares: from_id, to_id (text), share (over 0; those of one old quarter add up to 1), ordered by both keys."""

MOST_OFF = 1e-6
"""So far the shares of an old quarter may miss 1; they are then divided by their sum, so that nobody is lost."""

WHOLE = 1 - 1e-9
"""A share from here on is all of the old quarter."""

AREA = "per_km2"
"""Unit whose denominator is an area, which is not spread like people."""

_SHARES = ["from_id", "to_id", "share"]
_CASE = ["to_id", "indicator", "year"]
_NUMBERS = ["value", "numerator", "denominator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a value of a new quarter was made of.

    Attributes
    ----------
    split : float
        Part of the count, of a rate's denominator, that comes from old quarters that were divided: from 0 to 1; missing where a
        rate is computed of counts that no crosswalk brought.
    origins : tuple of (file, row)
        Where its parts stand.
    """

    split: float
    origins: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Values of new quarters that are made of parts.

    Attributes
    ----------
    frame : DataFrame
        Columns of `GIVEN`, not checked yet, without rows.
    made : mapping of (quarter_id, indicator, year) to Made
        Of every known value.
    notes : tuple of Problem
        Values that could not be carried: `parts_unknown`, `values_not_carried`.
    """

    frame: pd.DataFrame
    made: Mapping[Key, Made] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()


def as_crosswalk(frame: pd.DataFrame, *, quarter_ids: Collection[str]) -> Crosswalk:
    """Check shares and return them as `Crosswalk`.

    Parameters
    ----------
    frame : DataFrame
        Columns from_id, to_id and share; `source` and `row` where they come from a file.
    quarter_ids : collection of str
        Keys of the new quarters.

    Raises
    ------
    DataError
        With all problems at once: columns that are missing, a pair that stands twice, a share that is missing or not between
        0 and 1 or has no old key, a new key that no quarter has, shares of an old key that do not add up to 1.

    Notes
    -----
    Pairs with a share of 0 are left out. The shares of each old quarter add up to exactly 1, as far as numbers can.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("Heide", "08", 0.25), ("Heide", "09", 0.75), ("Ufer", "09", 1.0)]
    >>> len(as_crosswalk(pd.DataFrame(rows, columns=["from_id", "to_id", "share"]), quarter_ids=["08", "09"]))
    3
    """
    stop_at(find_missing_columns(frame, _SHARES, table="crosswalk"))
    share = frame["share"].astype("float64")
    with np.errstate(invalid="ignore"):
        wrong = ~((share >= 0) & (share <= 1 + MOST_OFF)) | (frame["from_id"] == "")
    problems = report(frame, wrong, "crosswalk_share_wrong", column="share", describe=_name_pairs)
    problems += find_unknown_codes(frame, "to_id", quarter_ids, cause="crosswalk_unknown_quarter")
    problems += find_duplicates(frame, _SHARES[:2], table="crosswalk")
    stop_at(problems or _check_sums(frame, share))
    kept = frame.assign(share=share / share.groupby(frame["from_id"]).transform("sum"))[_SHARES]
    kept = kept[kept["share"] > 0].astype({"from_id": "str", "to_id": "str"})
    return Crosswalk(kept.sort_values(_SHARES[:2], ignore_index=True))


def rename_values(indicators: Indicators, crosswalk: Crosswalk) -> pd.DataFrame:
    """Rows of old quarters that are a new one by another name, with the new key; columns of `GIVEN`."""
    names = crosswalk[_is_renamed(crosswalk)].set_index("from_id")["to_id"]
    rows = indicators[indicators["quarter_id"].isin(list(names.index))]
    return rows.assign(quarter_id=rows["quarter_id"].map(names))[GIVEN]


def carry_values(
    indicators: Indicators, crosswalk: Crosswalk, *, specs: Mapping[str, IndicatorSpec], by_area: bool = False
) -> Carried:
    """Values of new quarters that are made of several old ones or of parts of them.

    Parameters
    ----------
    indicators : Indicators
        Values of the old quarters.
    crosswalk : Crosswalk
        Holds every old quarter of the table.
    specs : mapping of str to IndicatorSpec
        The catalogue; the unit says what is a count and what a rate.
    by_area : bool
        Whether the shares are shares of areas: then an area may be divided along them.

    Notes
    -----
    Counts are added: c(t) = Σ share(s, t) · c(s), so that with `rename_values` their total stays as it is. Rates are computed
    of the carried numerator and denominator and never averaged; one without them is missing, and so is a mean. A new quarter
    of which any part is unknown is unknown, too: a sum without that part would be too small. A value for which an old quarter
    was divided is estimated.
    """
    parts = _list_parts(indicators, crosswalk)
    unit = parts["indicator"].map(lambda code: specs[code].unit)
    known, rate = parts["status"].isin(KNOWN), unit.isin(list(UNIT_FACTOR))
    bare = parts["numerator"].isna() | parts["denominator"].isna()
    divided = parts["share"] < WHOLE
    lost = (rate & bare) | ~(rate | unit.isin(COUNTS)) | ((unit == AREA) & divided & (not by_area))
    base = parts["denominator"].where(rate, parts["value"]) * parts["share"]
    marked = parts.assign(
        factor=unit.map(UNIT_FACTOR).astype("float64"),
        unknown=~known,
        lost=known & lost,
        guessed=divided | (parts["status"] == ESTIMATED),
        base=base,
        cut=base.where(divided, 0.0),
        reason=parts["status"].where(parts["status"].notna(), MISSING).where(~known, ""),
        **{column: parts[column] * parts["share"] for column in _NUMBERS},
    )
    cases = _add_up(marked)
    return Carried(frame=cases[GIVEN], made=_list_made(marked, cases), notes=_note(marked, cases))


def list_untouched(crosswalk: Crosswalk, *, quarter_ids: Collection[str]) -> list[str]:
    """New quarters that receive nothing, in order."""
    return sorted(set(quarter_ids) - set(crosswalk["to_id"]))


def _is_renamed(crosswalk: Crosswalk) -> pd.Series:
    """Pairs of one whole old quarter and one new quarter that has no other part."""
    sole = crosswalk.groupby("to_id")["share"].transform("size") == 1
    return sole & (crosswalk["share"] >= WHOLE)


def _list_parts(indicators: Indicators, crosswalk: Crosswalk) -> pd.DataFrame:
    """One row for each pair, indicator and year that a new quarter has any value of; without a status where it lacks."""
    rows = pd.DataFrame(indicators)[GIVEN].rename(columns={"quarter_id": "from_id"})
    shares = pd.DataFrame(crosswalk)[~_is_renamed(crosswalk)]
    every = shares.merge(rows[["indicator", "year"]].drop_duplicates(), how="cross")
    parts = every.merge(rows, on=["from_id", "indicator", "year"], how="left")
    met = parts["status"].notna().groupby([parts[column] for column in _CASE]).transform("any").astype(bool)
    return parts[met].reset_index(drop=True)


def _add_up(parts: pd.DataFrame) -> pd.DataFrame:
    """One row for each new quarter, indicator and year."""
    groups = parts.groupby(_CASE, sort=True)
    sums = groups[_NUMBERS].sum()
    sums = sums.mask(parts[_NUMBERS].isna().groupby([parts[column] for column in _CASE]).any())
    flags = groups[["unknown", "lost", "guessed"]].any().astype(bool)
    factor = groups["factor"].first()
    # x / x is 1 whatever x is, (100 * x) / x is not always 100: rounding must not lift a share over the whole
    quotient = factor * (sums["numerator"] / sums["denominator"].where(sums["denominator"] != 0))
    gone = flags["unknown"] | flags["lost"]
    status = flags["guessed"].map({True: ESTIMATED, False: OBSERVED}).where(~gone, MISSING)
    made = sums.assign(
        value=sums["value"].where(factor.isna(), quotient).mask(gone),
        numerator=sums["numerator"].mask(gone),
        denominator=sums["denominator"].mask(flags["lost"]),
        status=status.where(~flags["unknown"], groups["reason"].agg(_choose_reason)),
        example=parts["example"].eq(True).groupby([parts[column] for column in _CASE]).any(),  # noqa: FBT003  gaps are no examples
        source=groups["source"].first(),
        row=pd.array([pd.NA] * len(sums), dtype="Int64"),
        lost=flags["lost"] & ~flags["unknown"],
    )
    return made.reset_index().rename(columns={"to_id": "quarter_id"})


def _choose_reason(reasons: pd.Series) -> str:
    """Why a sum is unknown: secret if any part is, as its parts where they agree, else missing."""
    found = set(reasons) - {""}
    if SUPPRESSED in found:
        return SUPPRESSED
    return str(found.pop()) if len(found) == 1 else MISSING


def _list_made(parts: pd.DataFrame, cases: pd.DataFrame) -> dict[Key, Made]:
    """What each known value was made of; of nobody, nothing was split."""
    origins: dict[Key, list[tuple[str, int | None]]] = {}
    for to, code, year, file, row in parts[[*_CASE, "source", "row"]].itertuples(index=False):
        origins.setdefault((to, code, year), []).append((str(file), None if pd.isna(row) else int(row)))
    sums = parts.groupby(_CASE, sort=True)[["base", "cut"]].sum()
    split = (sums["cut"] / sums["base"].where(sums["base"] != 0)).fillna(0.0).to_dict()
    keys = cases.loc[cases["value"].notna(), KEY].itertuples(index=False, name=None)
    return {key: Made(split=float(split[key]), origins=tuple(origins[key])) for key in keys}


def _check_sums(frame: pd.DataFrame, share: pd.Series) -> list[Problem]:
    sums = share.groupby(frame["from_id"]).sum()
    off = sums[(sums - 1).abs() > MOST_OFF]
    wrong = frame["from_id"].isin(list(off.index))
    keys = sorted(map(str, off.index))
    return report(frame, wrong, "crosswalk_sums", column="share", describe=lambda _: keys)


def _name_pairs(rows: pd.DataFrame) -> list[str]:
    return [f"{old or '?'} → {new or '?'}" for old, new in rows[_SHARES[:2]].head(10).itertuples(index=False)]


def _note(parts: pd.DataFrame, cases: pd.DataFrame) -> tuple[Problem, ...]:
    """New quarters that lack a part, with the old quarters that are unknown; and indicators that cannot be carried."""
    lacking = parts[parts["unknown"]].groupby(_CASE, sort=True)["from_id"].agg(", ".join).reset_index()
    found = [f"{to} ← {old}: {code} {year}" for to, code, year, old in lacking.itertuples(index=False)]
    notes = [Problem(cause="parts_unknown", values={"count": len(found), "found": found})] if found else []
    lost = cases[cases["lost"]]
    codes = sorted(lost["indicator"].unique())
    notes += [Problem(cause="values_not_carried", values={"count": len(lost), "found": codes})] if codes else []
    return tuple(notes)
