"""What the total of several quarters tells of the counts that are withheld in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sro_geo.disclose.draft import BELOW, VALUE, name_fact
from sro_geo.disclose.draft import COUNTS as ABOVE
from sro_geo.disclose.nested import PEOPLE, REACH, is_nested
from sro_geo.disclose.publication import Line, share
from sro_geo.model.catalogue import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from sro_geo.disclose.publication import Fact, Shares
    from sro_geo.model.catalogue import IndicatorSpec

_SIZES = (BELOW, PEOPLE)


def tell_total(
    rows: pd.DataFrame, facts: Mapping[str, Fact], *, withheld: Collection[str], spec: IndicatorSpec
) -> tuple[Line, ...]:
    """Sums of the counts of some rows; nothing where they are no whole counts that the facts know.

    Parameters
    ----------
    rows : DataFrame
        True rows of an indicator that lost something, by the place that their facts are named after.
    facts : mapping of str to Fact
        By name; their counts are those that are summed.
    withheld : collection of str
        Facts that are not shown. Of denominators only these are summed: most are shown.
    spec : IndicatorSpec
        The indicator.

    Examples
    --------
    >>> import pandas as pd
    >>> from sro_geo import find_shipped, read_project
    >>> from sro_geo.disclose.publication import tell_count
    >>> spec = read_project(find_shipped("analyses/musterstadt")).catalogue.specs["alter_0_3"]
    >>> names = [name_fact(place, VALUE) for place in (0, 1)]
    >>> facts = {name: tell_count(name, {f"children of {name}": 1}, value=2) for name in names}
    >>> (line,) = tell_total(pd.DataFrame({"value": [2, 2]}), facts, withheld=names, spec=spec)
    >>> len(line.shares), line.low, line.high
    (2, 4.0, 4.0)
    """
    told: list[Line] = []
    for part, column in list_parts(spec).items():
        sums: dict[str, float] = defaultdict(float)
        total = 0.0
        for at, number in rows[column].items():
            fact = name_fact(int(str(at)), part)
            if part in _SIZES and fact not in withheld:
                continue
            shares = _find_count(facts.get(fact))
            if not shares or not float(number).is_integer():
                return ()
            total += float(number)
            for code, factor in shares:
                sums[code] += factor
        told += [Line(shares=share(sums), low=total, high=total)] if share(sums) else []
    return tuple(told)


def list_parts(spec: IndicatorSpec) -> dict[str, str]:
    """Column by the part of a row that its total is the sum of."""
    if spec.unit in COUNTS:
        return {VALUE: "value"}
    above, below = (REACH, PEOPLE) if is_nested(spec) else (ABOVE, BELOW)
    return {above: "numerator", below: "denominator"}


def _find_count(fact: Fact | None) -> Shares:
    """The count that a fact is; empty where it is none, or may be one of several. A denominator's is what it tells."""
    if fact is None or fact.count:
        return () if fact is None else fact.count
    return fact.told[0].shares if fact.name.startswith(BELOW) and len(fact.told) == 1 else ()
