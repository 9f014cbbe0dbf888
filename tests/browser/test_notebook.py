"""Maps in a notebook that was run and written as a page by nbconvert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]

ROOT = Path(__file__).parents[2]
BEGIN = """import sro_geo
study = sro_geo.run_study(sro_geo.read_project(sro_geo.find_shipped("analyses/musterstadt")))
maps = sro_geo.draw_maps(study)"""
CELLS = (
    BEGIN,
    'maps["index"]',
    'from IPython.display import HTML\nHTML(maps["kinder_sgb2"].to_fragment())',
    'maps["kinder_sgb2"]',
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook of four cells, executed and written as a page."""
    folder = tmp_path_factory.mktemp("notebook")
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for n, source in enumerate(CELLS)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}}
    book = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "karten.ipynb").write_text(json.dumps(book), encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "karten.ipynb"]
    here = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}
    done = subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "karten.html"


@pytest.mark.parametrize("width", [360, 720, 1200])
def test_maps_of_a_notebook_are_as_high_as_they_need(
    written: Path, chromium: Callable[[str], Browser], width: int
) -> None:
    context = chromium("DejaVu Sans").new_context(viewport={"width": width, "height": 1000})
    page = context.new_page()
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.goto(written.as_uri())
    maps = [frame for frame in page.frames[1:] if frame.evaluate("Boolean(window.sroGeo)")]
    assert len(maps) == 2
    for frame in maps:
        frame.frame_element().scroll_into_view_if_needed()
        wait_until(frame, "document.documentElement.classList.contains('framed')")
        assert frame.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
        assert frame.evaluate("document.querySelectorAll('path[data-quarter]').length") == 12
    fragment = page.locator(".sro-fragment")
    assert fragment.locator("svg[role=img]").is_visible()
    assert fragment.locator("svg[role=img] path").count() > 12
    context.close()
