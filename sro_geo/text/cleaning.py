"""Characters that no reader sees and that a terminal, a figure or a page may obey."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def drop_controls(text: str) -> str:
    r"""Text without control characters and without marks that turn the direction of writing; line breaks and tabs stay.

    Examples
    --------
    >>> drop_controls("Nord\x1b[31m\u202estadt")
    'Nord[31mstadt'
    """
    return _CONTROLS.sub("", text)
