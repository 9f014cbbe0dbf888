"""A table or a list of offers among the raw files, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.intake.columns import SLOT

if TYPE_CHECKING:
    from sro_geo.intake.columns import Column
    from sro_geo.intake.joining import Fit
    from sro_geo.intake.looking import Look
    from sro_geo.intake.sites import Sites


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # as its look
class Found:
    """A table or a list of offers.

    Attributes
    ----------
    look : Look
        The file.
    fit : Fit or None
        How it names the quarters; None of offers that have points only.
    sites : Sites or None
        What its offers are; None of a table of indicators.
    numbers : tuple of Column
        Its columns of numbers, apart from key and year.
    year_column : str or None
        Column of the year.
    years : tuple of int
        Years that the heads hold or, where they hold none, the names of sheet, file and folder; none where a column does.
    codes : str or None
        Long tables: column that names the indicator of each row.
    fits : tuple of Fit
        Every way in which it names the quarters, the surest first.
    """

    look: Look
    fit: Fit | None
    sites: Sites | None
    numbers: tuple[Column, ...] = ()
    year_column: str | None = None
    years: tuple[int, ...] = ()
    codes: str | None = None
    fits: tuple[Fit, ...] = ()

    @property
    def slotted(self) -> bool:
        """Whether the heads hold the years."""
        return any(SLOT in column.head for column in self.numbers)
