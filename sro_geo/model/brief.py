"""What stands on the sheet of one quarter: finished texts and lines, no computing after this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sro_geo.model.atlas import Profile
    from sro_geo.model.series import Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of the table: what, its value, what unknown parts admit, the city's value, the rank; empty where there is none."""

    name: str
    value: str
    span: str
    city: str
    rank: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """Whom a kind of offer leaves out: who without what, then own and city's share within each limit of minutes."""

    name: str
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """An indicator over the years: the quarter and the city, as the page draws them; None is a gap.

    `label` and `city_label` stand at the ends of the lines; `breaks` are those of its series.
    """

    name: str
    years: tuple[int, ...]
    own: tuple[float | None, ...]
    city: tuple[float | None, ...]
    label: str
    city_label: str
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The sheet of one quarter, beside what all sheets of an atlas share.

    Attributes
    ----------
    slug : str
        Name for its file: ASCII, lower case, another for each quarter.
    profile : Profile
        Name, people, dimensions.
    level : str
        What a quarter is called there; may be empty.
    heading, marks : str and tuple of str
        Title and date; what must be seen at once: for the office alone, invented.
    lead : str
        That the sentences tell of invented figures, or empty.
    sentences : tuple of str
        What matters first.
    year : int
        Year of all that is no line.
    facts : tuple of Fact
        The table.
    limits : tuple of str
        Heads of the limits of minutes.
    unreached : tuple of Unreached
        Whom the kinds of offer leave out within each.
    curves : tuple of Curve
        Lines of the years.
    gaps : tuple of str
        What is not known, and why.
    sources : str
        Whose the figures are, and under which licence.
    """

    slug: str
    profile: Profile
    level: str
    heading: str
    marks: tuple[str, ...]
    lead: str
    sentences: tuple[str, ...]
    year: int
    facts: tuple[Fact, ...]
    limits: tuple[str, ...]
    unreached: tuple[Unreached, ...]
    curves: tuple[Curve, ...]
    gaps: tuple[str, ...]
    sources: str
