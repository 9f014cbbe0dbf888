"""One page in two forms: the same script, style and data, within it or beside it."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from sro_geo.render.pages import HEAD, START, Parts, join_page, split_page

PARTS = Parts(
    frame=f"<head>{HEAD}</head><body>{START}</body>",
    styles=("p { color: red }", "a { color: blue }"),
    scripts=("window.sroGeo = {};", "var a = '<!-- start -->';"),
    data='{"__proto__":{"a":"\\u003c/script>"},"name":"Süd \\"x\\""}',
    start="go();",
)


def test_a_split_page_holds_no_script_and_no_style() -> None:
    page, files = split_page(PARTS)
    assert re.findall(r"<script(?! src=)|<style|style=|javascript:| on\w+=", page) == []
    assert list(files) == re.findall(r'(?:href|src)="([^"]+)"', page)
    for name, content in files.items():
        assert sha256(content.encode()).hexdigest().startswith(re.findall(r"-(\w+)[.]", name)[0])
    assert "'unsafe" not in page
    assert "default-src 'none'" in page


def test_both_forms_hold_the_same() -> None:
    page, (_, files) = join_page(PARTS), split_page(PARTS)
    style, script, data = files.values()
    for piece in (*PARTS.styles, *PARTS.scripts, PARTS.start, PARTS.data):
        assert piece in page
    assert all(piece in style for piece in PARTS.styles)
    assert all(piece in script for piece in PARTS.scripts)
    assert data.endswith(f"\n{PARTS.start}")
    told = json.loads(json.loads(data[data.index("(") + 1 : data.index(");\n")]))
    assert told == json.loads(PARTS.data)
    assert page.count("<!-- start -->") == 1  # in the script, where it is none


def test_files_that_all_pages_share_have_the_same_names_and_lie_where_a_page_says() -> None:
    other = Parts(frame=PARTS.frame, styles=PARTS.styles, scripts=PARTS.scripts, data="{}", start="go();")
    (_, first), (_, second) = split_page(PARTS), split_page(other, shared="../")
    assert [f"../{name}" for name in [*first][:2]] == [*second][:2]
    assert [*first][2] != [*second][2]
    assert "/" not in [*second][2]
