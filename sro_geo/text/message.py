"""The form of a message about a problem."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong, why it matters, what to do; each a `str.format` template over the problem's values.

    Attributes
    ----------
    de, en : tuple of (what, why, remedy)
        The same in German and English.
    """

    de: tuple[str, str, str]
    en: tuple[str, str, str]
