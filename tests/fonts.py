"""Fonts for the browser of the tests: one family each, from a package, and nothing of what the machine has."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

SANS, ROBOTO = "DejaVu Sans", "Roboto"
FAMILIES = (SANS, ROBOTO)
"""A wide one and the one that the page names; a page must read well in both."""

_FILES = {
    SANS: ("matplotlib", "mpl-data/fonts/ttf", ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique")),
    ROBOTO: ("font_roboto", "files", ("Roboto-Regular", "Roboto-Bold", "Roboto-Italic")),
}
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
"""


def read_width(text: str, *, family: str, bold: bool, size: float) -> float:
    """Width of a text by the advances of its letters in a family."""
    package, inside, names = _FILES[family]
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    with TTFont(Path(spec.origin).parent / inside / f"{names[bold]}.ttf") as font:
        letters, advances = font.getBestCmap(), font["hmtx"]
        return float(sum(advances[letters[ord(letter)]][0] for letter in text) * size / font["head"].unitsPerEm)


def configure_fonts(folder: Path, *, family: str) -> Path:
    """A fontconfig file in the folder that knows one family only: for the variable FONTCONFIG_FILE."""
    package, inside, names = _FILES[family]
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    fonts = folder / "fonts"
    fonts.mkdir()
    for name in names:
        shutil.copy(Path(spec.origin).parent / inside / f"{name}.ttf", fonts)
    file = folder / "fonts.conf"
    file.write_text(_CONFIGURATION.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    return file
