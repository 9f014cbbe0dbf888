"""Light and dark: colours of the page as variables, read easily on whatever they stand on."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from sro_geo.model.colours import measure_contrast
from sro_geo.render import palette
from sro_geo.render.interactive import SCRIPTS, STYLES

ASSETS = files("sro_geo.render").joinpath("assets")
STYLE = "".join(ASSETS.joinpath(name).read_text(encoding="utf-8") for name in STYLES["atlas"])
LIGHT, DARK = (dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", rules)) for rules in re.findall(r":root\{([^}]+)\}", STYLE))
TEXTS, OUTLINES, GROUNDS = ("ink", "text2", "notes", "accent"), ("edge",), ("paper", "panel")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_and_outlines_stand_out(theme: dict[str, str]) -> None:
    """WCAG 2.1 AA: 4.5 for text, 3 for what shows where a control is; a border of a quarter beside its paper as well."""
    for ground in GROUNDS:
        for name in TEXTS:
            assert measure_contrast(theme[name], theme[ground]) >= 4.5, (name, ground)
        for name in OUTLINES:
            assert measure_contrast(theme[name], theme[ground]) >= 3, (name, ground)
    assert measure_contrast(palette.BORDER, theme["paper"]) >= 2.9


def test_both_themes_name_the_same_and_dark_is_never_printed() -> None:
    assert set(LIGHT) == set(DARK)
    assert STYLE.count("prefers-color-scheme") == STYLE.count("@media screen and (prefers-color-scheme:dark)") == 1
    assert (LIGHT["ink"], LIGHT["paper"], LIGHT["accent"]) == (palette.INK, palette.WHITE, palette.ACCENT)
    assert (LIGHT["water"], LIGHT["shore"], LIGHT["panel"]) == (palette.WATER, palette.SHORE, palette.PANEL)


def test_no_other_colour_stands_in_style_and_scripts() -> None:
    """Borders of quarters, and what stands on classes and patterns: these are the same in light and dark. Saved maps are light."""
    fixed = {palette.BORDER, palette.INK, palette.WHITE}
    rest = re.sub(r":root\{[^}]+\}", "", STYLE)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[;}\s])", rest)) <= {palette.WHITE}
    scripts = {*SCRIPTS["atlas"], *SCRIPTS["single"]}
    told = {name: set(re.findall(r'"(#[0-9a-f]{3,8})"', ASSETS.joinpath(name).read_text("utf-8"))) for name in scripts}
    assert told.pop("sheet.js") - fixed <= set(LIGHT.values())
    assert {name: colours - fixed for name, colours in told.items() if colours - fixed} == {}
