"""Where the shipped data and studies lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def find_shipped(name: str) -> Path:
    """Shipped file or folder: inside the installed package, or beside it in a checkout.

    Parameters
    ----------
    name : str
        Path that begins with `geodata/` or `analyses/`.

    Raises
    ------
    FileNotFoundError
        If nothing of that name is shipped.

    Examples
    --------
    >>> from sro_geo import find_shipped
    >>> find_shipped("geodata/musterstadt/quartiere.geojson").name
    'quartiere.geojson'
    """
    for root in (PACKAGE / "shipped", PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"`name` must be shipped with the package; got {name!r}")
