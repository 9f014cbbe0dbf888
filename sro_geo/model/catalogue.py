"""What the catalogue says of an indicator and of a kind of offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sro_geo.model.ages import parse_age_group
from sro_geo.model.counts import NOBODY, Count

Unit = Literal[
    "persons",
    "number",
    "percent",
    "per_1000",
    "per_100",
    "per_km2",
    "years",
    "points",
    "offers",
    "percentage_points",
    "own",
]

COUNTS = ("persons", "number")
"""Units of what is counted and set against nothing. They are drawn without colours: a large quarter would look dark for its size."""

UNIT_FACTOR: dict[str, float] = {
    "percent": 100.0,
    "per_1000": 1000.0,
    "per_100": 100.0,
    "per_km2": 1.0,
    "offers": 1.0,
}
"""Value of a rate = factor × numerator ÷ denominator; units that are not here have no denominator."""

_COUNTING = ("persons", "number", "percent", "per_1000", "per_100", "per_km2")
"""Units with a numerator that counts something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """A year from which an indicator is counted or defined in another way than in the years before, and why, by language."""

    year: int
    reason: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSpec:
    """What an indicator means.

    Attributes
    ----------
    code : str
        Lower case ASCII, as in the data.
    name : dict of str to str
        Full name by language (`de`, `en`), as a map's title.
    short : dict of str to str
        Name for a table head.
    unit : str
        One of `Unit`; `own` is a mean in words of its own, which is added to nothing.
    unit_text : dict of str to str or None
        The unit in words of its own, by language.
    topic : str
        `social`, `offers`, `resilience` or `change`.
    direction : {-1, 0, 1}
        1: more is better; -1: less is better; 0: may not be scored.
    dimension : str or None
        `robustness`, `redundancy`, `recovery` or None.
    reason : str or None
        Why a context indicator may be scored after all; every output repeats it.
    context : bool
        Age, sex, nationality, family status, household size: shown and used as denominator only.
    counted : dict of str to str
        What the denominator counts, by language ("Kinder unter 15").
    numerator, denominator : Count or None
        What they count; a count without denominator is its own numerator. None where it is not told.
    age_group : str or None
        For counts of persons by age: the group, `"0-3"`.
    goalposts : tuple of float or None
        Worst and best value (whichever is larger), in the unit.
    breaks : tuple of float
        Cuts between the classes of its maps, from low to high; empty where its values decide.
    series_breaks : tuple of SeriesBreak
        Where its series breaks, by year.
    digits : int
        Decimals shown and written.
    signed : bool
        Whether negative values are possible.
    derived : bool
        Whether the toolkit measured it.
    computed : bool
        Whether it is made of the counts that numerator and denominator name.
    kind : str or None
        Kind of offer that it is about.
    minutes : float or None
        Walking limit that it is about.
    counts : Count
        What the numerator counts: as told, else the age group, nobody for balances and means, something of its own.
    """

    code: str
    name: dict[str, str]
    short: dict[str, str]
    unit: Unit
    topic: str = "social"
    direction: int = 0
    dimension: str | None = None
    reason: str | None = None
    context: bool = False
    counted: dict[str, str] | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    age_group: str | None = None
    goalposts: tuple[float, float] | None = None
    breaks: tuple[float, ...] = ()
    series_breaks: tuple[SeriesBreak, ...] = ()
    digits: int = 0
    signed: bool = False
    derived: bool = False
    computed: bool = False
    kind: str | None = None
    minutes: float | None = None
    unit_text: dict[str, str] | None = None
    counts: Count = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for of every row."""
        object.__setattr__(self, "counts", self._find_counts())

    def list_breaks(self, first: int, last: int) -> tuple[SeriesBreak, ...]:
        """Breaks between two years: what was before them is compared with what comes from them on.

        Examples
        --------
        >>> name = {"de": "Arbeitslose", "en": "Unemployed"}
        >>> broken = (SeriesBreak(year=2017, reason={"de": "neuer Zensus", "en": "new census"}),)
        >>> spec = IndicatorSpec(code="arbeitslose", name=name, short=name, unit="percent", series_breaks=broken)
        >>> [len(spec.list_breaks(*years)) for years in ((2016, 2017), (2010, 2016), (2017, 2024))]
        [1, 0, 0]
        """
        return tuple(one for one in self.series_breaks if first < one.year <= last)

    def _find_counts(self) -> Count:
        if self.numerator is not None:
            return self.numerator
        if self.age_group is not None:
            return Count(((1, parse_age_group(self.age_group)),))
        own = self.unit in _COUNTING and not self.signed
        return Count(((1, self.code),)) if own else NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferKind:
    """What a kind of offer means.

    Attributes
    ----------
    code : str
        Lower case ASCII, as in the data.
    name, short, plural, none : dict of str to str
        Names by language; `short` is for choosers ("Kita"), `none` stands in a sentence ("keine Kita", "no day-care centre").
    law : str
        Paragraph it rests on.
    also : tuple of str
        Further words for it in planners' files.
    fields : tuple of str
        Fields of work.
    target_group : str or None
        Age group it is made for where the law names one; a project may state another.
    reach : bool
        Whether people walk to it; False for Hilfen zur Erziehung.
    protected_address : bool
        True: never a point on a map.
    by_area : bool
        True: known by quarter only.
    symbol : str
        `circle`, `triangle`, `square`, `diamond`, `plus` or `cross`.
    """

    code: str
    name: dict[str, str]
    short: dict[str, str]
    plural: dict[str, str]
    none: dict[str, str]
    law: str
    fields: tuple[str, ...]
    also: tuple[str, ...] = ()
    target_group: str | None = None
    reach: bool = True
    protected_address: bool = False
    by_area: bool = False
    symbol: str = "circle"

    @property
    def pointless(self) -> bool:
        """Whether it is never a point on a map: its address is protected, or is somebody's home."""
        return self.protected_address or self.by_area
