"""What the atlas page says: finished texts and numbers, no computing after this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sro_geo.model.contrast import Contrast, Pool, Sides
    from sro_geo.model.picture import Ground, Picture
    from sro_geo.model.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One row of the ranking.

    Attributes
    ----------
    quarter_id : str
        Which quarter.
    value, low, high : float or None
        Where dot and line stand on the axis; low and high are what unknown parts admit. Cut and not rounded, so that
        the page writes the right number from it.
    uncertain : bool
        Whether the dot is open.
    rank : str
        "1", "1–2", "offen" or empty where a view has no ranking.
    """

    quarter_id: str
    value: float | None
    low: float | None
    high: float | None
    uncertain: bool
    rank: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closures:
    """What closures would take away, as text.

    Attributes
    ----------
    note : str
        Whom the rows count.
    rows : tuple of (offer, quarter, lose, farther) or (offer, quarter, lose, farther, unplaced)
        Who loses the last within the walk, who has another and walks farther, and who has no place more, where places are known.
    """

    note: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sited:
    """Where further offers would help most, as text: what was asked and is proven; quarters, gain, what it gives up."""

    note: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaken:
    """What a supposed shock takes away, as text: what is supposed; area, lose, lose the choice, farther, places."""

    note: str
    rows: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One thing the chooser offers.

    Attributes
    ----------
    code : str
        Code of the indicator, for the address of the view.
    picture : Picture
        The map.
    ranked : bool
        Whether a ranking of quarters may be shown for it.
    ranking_note : str
        What rank 1 means, or why there is no ranking.
    ranking_head : str
        Unit over the numbers.
    ranking : tuple of RankRow
        In the order shown, unknown ones last; without ranking in the order of names.
    digits : int
        Decimals of those numbers.
    ticks : tuple of float
        Axis of the ranking.
    tick_digits : int
        Decimals of the ticks.
    city : float or None
        The city's value on that axis.
    city_value, city_label : str
        "21 %" and "Musterstadt 21 %", empty where the city has no value.
    contrast : Contrast or None
        Model regions and the rest.
    sides : Sides or None
        The numbers of the same comparison.
    pool : Pool or None
        What quarters of the reader's choosing are pooled of; None where that takes more than sums.
    values : mapping of str to str
        Big number of each quarter.
    places : mapping of str to str
        "Rang 1–2 von 10" for each quarter, or empty.
    sentences : mapping of str to str
        One sentence for each quarter.
    lead : str
        "Rechenbeispiel mit erfundenen Angeboten:" or empty.
    series : Series or None
        The years before; None where there are too few.
    changes : tuple of Picture
        A map that is labelled as widely as that of any change between two years, for which labels need room.
    years : tuple of Picture
        Maps of the years of the series but the last, in the classes of the last: the page makes them itself of the series.
    closures : Closures or None
        What would be missed if an offer closed; None where the map is not about it.
    siting : tuple of Sited
        Where further offers would help most, for each order that the map is about.
    supposed : tuple of Shaken
        What each supposed shock that the map is about takes away.
    """

    code: str
    picture: Picture
    ranked: bool
    ranking_note: str
    ranking_head: str
    ranking: tuple[RankRow, ...]
    digits: int
    ticks: tuple[float, ...]
    tick_digits: int
    city: float | None
    city_value: str
    city_label: str
    contrast: Contrast | None
    values: Mapping[str, str]
    places: Mapping[str, str]
    sentences: Mapping[str, str]
    lead: str
    sides: Sides | None = None
    pool: Pool | None = None
    series: Series | None = None
    years: tuple[Picture, ...] = ()
    changes: tuple[Picture, ...] = ()
    closures: Closures | None = None
    siting: tuple[Sited, ...] = ()
    supposed: tuple[Shaken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A dimension in a quarter's profile: score and city on 0–100, contribution in points, all cut; the score as text."""

    name: str
    score: float | None
    city: float | None
    number: str
    contribution: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What stands about a quarter whatever view is chosen.

    Attributes
    ----------
    quarter_id, name : str
        Which quarter.
    parent : str
        Larger unit that it belongs to; empty where it belongs to none.
    model_region : bool
        Whether it carries the mark.
    people : str
        "3.412 Menschen, davon 214 Kinder unter 6".
    index_text : str
        "41 · Musterstadt 54", empty without an index.
    parts : tuple of Part
        Dimensions.
    parts_note : str
        What the contributions add up to, or why something is missing.
    similar : str
        Sentence that names the most similar quarters.
    """

    quarter_id: str
    name: str
    parent: str
    model_region: bool
    people: str
    index_text: str
    parts: tuple[Part, ...]
    parts_note: str
    similar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Which quarters are alike, and in what.

    Attributes
    ----------
    quarters : mapping of str to tuple of str
        Ids of the quarters most like each, nearest first.
    codes : tuple of str
        Indicators that were compared.
    """

    quarters: Mapping[str, tuple[str, ...]]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasData:
    """Everything the page shows.

    Attributes
    ----------
    language : str
        `de` or `en`.
    title, subtitle, place : str
        Name of the page, line below it, name of the town.
    example : str
        Sentence of the banner; empty where nothing is invented.
    summary : tuple of str
        The short text: question, answer, limits.
    topics : tuple of (id, name)
        In the chooser's order.
    views : tuple of View
        In the chooser's order, first is shown first.
    beside : tuple of str
        Codes of the views that are set side by side at first.
    apart : tuple of str
        Codes of the views in which model regions and rest surely differ, the farthest apart first.
    profiles : tuple of Profile
        One for each quarter.
    index_name : str
        "Resilienzindex" or "Teilindex Robustheit".
    table_head : tuple of str
        Heads of the table after quarter, value and rank.
    table_rows : mapping of str to tuple of float or None
        Cells for each quarter, cut; None where nothing is known.
    table_city : tuple of float or None
        Cells of the last row.
    words : mapping of str to str
        Fixed words of the page in its language.
    notices, warnings, sources : tuple of str
        Sentences for the foot.
    ground : Ground
        Boundaries, water, offers.
    shock : tuple of int and str
        Year and name of the event that recovery is measured from; (0, "") where there is none.
    selected : str
        Quarter whose profile is shown first.
    digest : str
        Checksum of the page's content.
    """

    language: str
    title: str
    subtitle: str
    place: str
    example: str
    summary: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    views: tuple[View, ...]
    profiles: tuple[Profile, ...]
    index_name: str
    table_head: tuple[str, ...]
    table_rows: Mapping[str, tuple[float | None, ...]]
    table_city: tuple[float | None, ...]
    words: Mapping[str, str]
    notices: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    ground: Ground
    shock: tuple[int, str]
    selected: str
    digest: str
    beside: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
