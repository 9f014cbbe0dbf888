"""What to read and how it is laid out: the settings of each loader as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sro_geo.load.reading import DataFile


@dataclass(frozen=True, slots=True, kw_only=True)
class QuartersFile:
    """Boundaries.

    Attributes
    ----------
    file : DataFile
        Any vector file.
    key : str
        Column of the key.
    name, parent : str or None
        Column of the name, a common one ("name", "bezeichnung", "bez") where not stated; that of the larger unit's name.
    sentence_start : str or None
        Column with the start of a sentence ("In der Waldsiedlung").
    layer, crs : str or None
        Needed where the file has several layers, or states no reference system.
    level, vintage : str
        What the quarters are called, and the date of their boundaries.
    keys : DataFile or None
        Key table.
    repair, swapped : bool
        Whether invalid boundaries are mended, each noted with its change in area; whether the file gives latitude first.
    box : tuple of float or None
        West, south, east and north in degrees within which the quarters lie; None where nothing is expected.
    """

    file: DataFile
    key: str
    name: str | None = None
    parent: str | None = None
    sentence_start: str | None = None
    layer: str | None = None
    crs: str | None = None
    level: str = ""
    vintage: str = ""
    keys: DataFile | None = None
    repair: bool = False
    swapped: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateColumns:
    """Columns of one indicator in a wide table."""

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFile:
    """A table of indicators.

    Attributes
    ----------
    file : DataFile
        CSV, XLSX or ODS.
    form : {"long", "wide"}
        One row for each value, or one column for each indicator.
    columns : mapping of str to RateColumns
        Wide: columns by indicator code.
    heads : mapping of str to str
        Long: column of the file by column of the model, where the usual names do not do.
    key : str or None
        Column of the quarter.
    year, year_column : int or None, str or None
        Year of the whole file, or column of the year or of days.
    day : str or None
        Day and month that count ("31.12."), where that column names several days of a year.
    keys : DataFile or None
        Key table.
    sheet : str or None
        Needed where a workbook has several sheets.
    header_row : int, sequence of int or None
        Row or rows of the heads as a spreadsheet counts.
    decimal : {",", "."} or None
        Decimal mark, where the file leaves it open.
    shares : {"0.12", "12"} or None
        How the file writes twelve percent, where all its shares lie between 0 and 1.
    drop : sequence of str
        Columns that are not read because they name persons.
    status : str
        Status of the values whose status the file does not state.
    words : mapping of str to str
        The project's own words for columns and codes.
    vintage : str
        Name of the crosswalk whose old quarters the file names; empty where they are those of the boundaries.
    """

    file: DataFile
    form: Literal["long", "wide"] = "long"
    columns: Mapping[str, RateColumns] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    year: int | None = None
    year_column: str | None = None
    day: str | None = None
    keys: DataFile | None = None
    sheet: str | None = None
    header_row: int | Sequence[int] | None = None
    decimal: Literal[",", "."] | None = None
    shares: Literal["0.12", "12"] | None = None
    drop: Sequence[str] = ()
    status: str = "observed"
    words: Mapping[str, str] = field(default_factory=dict)
    vintage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterFile:
    """A raster of one indicator.

    Attributes
    ----------
    file : DataFile
        GeoTIFF of one band.
    indicator, year : str, int
        Code in the catalogue, and the year that its values are shown in.
    crs : str or None
        Reference system, where the file states none.
    nodata : sequence of float or None
        Values that mean "not known", beside the one that the file itself marks; None where nobody has said.
    shares : {"0.12", "12"} or None
        How the file writes twelve percent, where all its shares lie between 0 and 1.
    share_of : sequence of float
        Values, as classes of land cover: the indicator is the part of the area that they cover.
    share_above : float or None
        The same for all values over this one.
    """

    file: DataFile
    indicator: str
    year: int
    crs: str | None = None
    nodata: Sequence[float] | None = None
    shares: Literal["0.12", "12"] | None = None
    share_of: Sequence[float] = ()
    share_above: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkFile:
    """How old quarters become those of the boundaries; one of `table` and `boundaries`.

    Attributes
    ----------
    vintage : str
        What the old quarters are called.
    table : DataFile or None
        Old key, new key and share.
    sheet : str or None
        Needed where the workbook has several sheets.
    boundaries : QuartersFile or None
        Old boundaries, of which the shares are computed.
    by_area : bool
        Whether areas are the weight and not people.
    """

    vintage: str
    table: DataFile | None = None
    sheet: str | None = None
    boundaries: QuartersFile | None = None
    by_area: bool = False

    @property
    def file(self) -> DataFile:
        """The file that it is made of."""
        found = self.table if self.boundaries is None else self.boundaries.file
        if found is None:
            message = "a crosswalk needs `table` or `boundaries`"
            raise ValueError(message)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFile:
    """A table of offers.

    Attributes
    ----------
    file : DataFile
        CSV, XLSX, ODS, a vector file with points, or an OpenStreetMap PBF.
    columns : mapping of str to str
        Column of the file by column of the model, where the usual names do not do.
    kind : str or None
        Kind of all offers in the file.
    crs : str or None
        Reference system of the coordinates; where not stated that of the quarters, degrees for `lon`, `lat`.
    age_columns : mapping of str to tuple of str
        Age group to columns; a value over zero says that the offer has groups of that age. All of them share
        `places`.
    keys : DataFile or None
        Key table.
    addresses : DataFile or None
        List of house coordinates, for offers of which only the address is known.
    layer, sheet : str or None
        Needed where the file has several.
    header_row : int, sequence of int or None
        Row or rows of the heads as a spreadsheet counts.
    decimal : {",", "."} or None
        Decimal mark, where the file leaves it open.
    drop : sequence of str
        Columns that are not read because they name persons.
    words : mapping of str to str
        The project's own words for columns and codes.
    """

    file: DataFile
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    crs: str | None = None
    age_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: DataFile | None = None
    addresses: DataFile | None = None
    layer: str | None = None
    sheet: str | None = None
    header_row: int | Sequence[int] | None = None
    decimal: Literal[",", "."] | None = None
    drop: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceFile:
    """A table of ways from cells or quarters to offers.

    Attributes
    ----------
    file : DataFile
        CSV, XLSX or ODS.
    columns : mapping of str to str
        Column of the file by column of the model, where the usual names do not do.
    sheet : str or None
        Needed where the file has several.
    header_row : int, sequence of int or None
        Row or rows of the heads as a spreadsheet counts.
    decimal : {",", "."} or None
        Decimal mark, where the file leaves it open.
    """

    file: DataFile
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | Sequence[int] | None = None
    decimal: Literal[",", "."] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationFile:
    """Who lives where; one of `cells`, `raster`, `zensus` or none (then from the indicators).

    Attributes
    ----------
    cells : DataFile or None
        CSV with one row for each cell (or address) and age group.
    raster : DataFile or None
        One band of persons.
    zensus : DataFile or None
        CSV of the grid of the Zensus.
    age_group : str or None
        Whom the raster counts, or cells without a column of ages.
    cell_metres : int or None
        Distance of the points that the quarters' totals are spread over; chosen by quarter where not stated.
    mask : DataFile or None
        Areas where nobody lives; nobody is spread there, nor on water.
    crs : str or None
        Reference system of the cells; where not stated degrees if the heads say so, else that of the quarters.
    keys : DataFile or None
        Key table of the cells.
    drop : sequence of str
        Columns of the cells that are not read because they name persons.
    words : mapping of str to str
        The project's own words for columns and codes.
    """

    cells: DataFile | None = None
    raster: DataFile | None = None
    zensus: DataFile | None = None
    age_group: str | None = None
    cell_metres: int | None = None
    mask: DataFile | None = None
    crs: str | None = None
    keys: DataFile | None = None
    drop: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)
