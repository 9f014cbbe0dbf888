"""A small figure of how many have an offer within how many metres, before any drawing library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Shares of an area (`quarter`, `group`, `rest`, `city`) within each distance; None where nothing is shown."""

    area: str
    metres: tuple[float, ...]
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveFigure:
    """Lines of a kind of offer.

    Attributes
    ----------
    slug : str
        Name for files.
    title, note : str
        Above and below the lines.
    names : tuple of (str, str)
        Sorts of lines that there are, and what each is called.
    steps : tuple of Steps
        The lines.
    """

    slug: str
    title: str
    note: str
    names: tuple[tuple[str, str], ...]
    steps: tuple[Steps, ...]
