"""The form of a project file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WrapValidator

from sro_geo.load.breaks import Breaks  # noqa: TC001  pydantic reads it
from sro_geo.load.toml import Strict
from sro_geo.model.basemaps import BasemapName  # noqa: TC001  as above
from sro_geo.project.measures import Coverage, Index, Positive, Redundancy, Siting, Suppose, Text, Two

Year = Annotated[int, Field(ge=1900, le=2100)]
Day = Annotated[str, Field(pattern=r"^[0-3][0-9]\.[01][0-9]\.$")]
Row = Annotated[int, Field(ge=1)]
HeaderRow = Annotated[  # rows of the heads; one alone needs no brackets
    list[Row], Field(min_length=1), BeforeValidator(lambda found: found if isinstance(found, list) else [found])
]

Near = Annotated[Two, WrapValidator(lambda found, check: found if isinstance(found, str) else check(found))]
"""Longitude and latitude; or, as a text, the name of a city that is looked up later."""

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]

Decimal = Literal[",", "."]
Status = Literal["geschaetzt", "estimated", "beispiel", "example"]


class Texts(Strict):
    """A text in both languages."""

    de: Text
    en: Text


class Data(Strict):
    """Folders that may be read."""

    allow: list[Text] = Field(default_factory=list)


class Quarters(Strict):
    """Boundaries."""

    file: Text
    key: Text
    name: Text | None = None
    parent: Text | None = None
    sentence_start: Text | None = None
    layer: Text | None = None
    crs: Text | None = None
    level: str = ""
    vintage: str = ""
    keys: Text | None = None
    repair: bool = False
    axes: Literal["swapped"] | None = None
    near: Near | None = None


class Shapes(Strict):
    """Water, barriers or streets."""

    file: Text


class Columns(Strict):
    """Columns of one indicator in a wide table; a text alone is the value's column."""

    value: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None


def _as_table(key: str) -> BeforeValidator:
    """Let a text stand for a table with that one key."""
    return BeforeValidator(lambda found: {key: found} if isinstance(found, str) else found)


class Indicators(Strict):
    """A table of indicators."""

    file: Text
    years: Annotated[list[Year], Field(min_length=1)] | None = None
    form: Literal["long", "wide"] = "long"
    columns: dict[str, Annotated[Columns, _as_table("value")]] = Field(default_factory=dict)
    key: Text | None = None
    year: Year | None = None
    year_column: Text | None = None
    day: Day | None = None
    keys: Text | None = None
    sheet: Text | None = None
    header_row: HeaderRow | None = None
    decimal: Decimal | None = None
    shares: Literal["0.12", "12"] | None = None
    drop: list[Text] = Field(default_factory=list)
    status: Status | None = None
    vintage: Text | None = None


class Rasters(Strict):
    """A raster of one indicator."""

    file: Text
    indicator: Text
    year: Year
    crs: Text | None = None
    nodata: list[float] | None = None
    shares: Literal["0.12", "12"] | None = None
    share_of: list[float] = Field(default_factory=list)
    share_above: float | None = None


class OldBoundaries(Strict):
    """Boundaries that a crosswalk is computed of."""

    file: Text
    key: Text
    layer: Text | None = None
    crs: Text | None = None
    weight: Literal["people", "area"] = "people"
    repair: bool = False


class Crosswalk(Strict):
    """How old quarters become those of the map; exactly one of `file` and `boundaries`."""

    vintage: Annotated[str, Field(alias="from", min_length=1)]
    file: Text | None = None
    sheet: Text | None = None
    boundaries: OldBoundaries | None = None


class Offers(Strict):
    """A table of offers."""

    file: Text
    columns: dict[str, Text] = Field(default_factory=dict)
    kind: Text | None = None
    crs: Text | None = None
    age_columns: dict[str, list[Text]] = Field(default_factory=dict)
    keys: Text | None = None
    addresses: Text | None = None
    layer: Text | None = None
    sheet: Text | None = None
    header_row: HeaderRow | None = None
    decimal: Decimal | None = None
    drop: list[Text] = Field(default_factory=list)


class Distances(Strict):
    """A table of ways from cells or quarters to offers."""

    file: Text
    columns: dict[str, Text] = Field(default_factory=dict)
    sheet: Text | None = None
    header_row: HeaderRow | None = None
    decimal: Decimal | None = None


class Population(Strict):
    """Who lives where; exactly one of `cells`, `raster`, `zensus` and `from`."""

    cells: Text | None = None
    raster: Text | None = None
    zensus: Text | None = None
    source: Annotated[Literal["indicators"] | None, Field(alias="from")] = None
    age_group: Text | None = None
    cell_metres: Annotated[int | None, Field(ge=25, le=5000)] = None
    mask: Text | None = None
    crs: Text | None = None
    keys: Text | None = None
    drop: list[Text] = Field(default_factory=list)


class Shock(Strict):
    """Event that recovery is measured from."""

    year: Year
    name: Annotated[
        Texts, BeforeValidator(lambda found: {"de": found, "en": found} if isinstance(found, str) else found)
    ]
    indicator: Text


class Compare(Strict):
    """Group that is compared with the rest."""

    group: Text
    called: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None


class Internal(Strict):
    """Small numbers in an edition for the office alone."""

    smallest: Annotated[int, Field(ge=1)]


class Disclosure(Strict):
    """Small numbers."""

    smallest: Annotated[int, Field(ge=3)] = 3
    source_secret: Literal["small"] | None = None
    earlier: list[Text] = Field(default_factory=list)
    internal: Internal | None = None


class CatalogueFiles(Strict):
    """The planner's own catalogue."""

    indicators: Text | None = None
    offer_kinds: Text | None = None


class Reason(Strict):
    """Why a context indicator is scored after all, and which way."""

    text: Text
    direction: Literal[-1, 1]


class Map(Strict):
    """A map that is also drawn alone."""

    shows: Text
    kind: Text | None = None
    minutes: Positive | None = None
    gaps: bool = False
    streets: bool = False
    classes: Annotated[int, Field(ge=2, le=5)] | None = None
    method: Literal["quantile", "equal", "jenks", "deviation"] | None = None
    breaks: Breaks = Field(default_factory=list)
    colours: Annotated[list[Colour], Field(max_length=5)] = Field(default_factory=list)
    offers: Literal["none", "chosen", "all"] | None = None


class Report(Strict):
    """What is written beside what always is."""

    basemap: BasemapName | None = None
    grey: bool = False
    profiles: bool = False
    curves: bool = False
    changes_from: Year | None = None


class Decided(Strict):
    """Answer to a question that a check asked."""

    question: Text
    file: Text | None = None
    checksum: Text | None = None
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class ProjectFile(Strict):
    """The whole file."""

    title: Text
    place: Text
    language: Literal["de", "en"] = "de"
    year: Year
    base_year: Year | None = None
    question: str = ""
    answer: str = ""
    words: dict[str, Text] = Field(default_factory=dict)
    data: Data = Data()
    quarters: Quarters
    water: Shapes | None = None
    barrier: Shapes | None = None
    streets: Shapes | None = None
    groups: dict[str, list[Text]] = Field(default_factory=dict)
    indicators: list[Indicators] = Field(default_factory=list)
    rasters: list[Rasters] = Field(default_factory=list)
    crosswalk: list[Crosswalk] = Field(default_factory=list)
    offers: list[Offers] = Field(default_factory=list)
    population: Population | None = None
    distances: Distances | None = None
    target_groups: dict[str, Text] = Field(default_factory=dict)
    coverage: Coverage | None = None
    index: Index | None = None
    redundancy: Redundancy | None = None
    siting: list[Siting] = Field(default_factory=list)
    suppose: list[Suppose] = Field(default_factory=list)
    shock: Shock | None = None
    compare: Compare | None = None
    disclosure: Disclosure = Disclosure()
    catalogue: CatalogueFiles = CatalogueFiles()
    reasons: dict[str, Reason] = Field(default_factory=dict)
    map: list[Map] = Field(default_factory=list)
    report: Report = Report()
    decided: list[Decided] = Field(default_factory=list)


Content = dict[str, Any]  # a project file as TOML gives it
