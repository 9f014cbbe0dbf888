"""One page in two forms: the same script, style and data, within it or beside it."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from sro_geo.render.pages import HEAD, START, Parts, from_letters, join_page, read_page, split_page, to_letters

DATA = {"__proto__": {"a": "</script>"}, "name": 'Süd "x"', "rows": [{"n": n, "m": "a"} for n in range(4)]}
PARTS = Parts(
    frame=f"<head>{HEAD}</head><body>{START}</body>",
    styles=("p { color: red }", "a { color: blue }"),
    scripts=("window.sroGeo = {};", "var a = '<!-- start -->';"),
    data=DATA,
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


@pytest.mark.parametrize("unpacked", [False, True])
def test_both_forms_hold_the_same(*, unpacked: bool) -> None:
    page, (_, files) = join_page(PARTS, unpacked=unpacked), split_page(PARTS, unpacked=unpacked)
    style, script, data = files.values()
    for piece in (*PARTS.styles, *PARTS.scripts, PARTS.start):
        assert piece in page
    assert all(piece in style for piece in PARTS.styles)
    assert all(piece in script for piece in PARTS.scripts)
    assert data.endswith(f"\n{PARTS.start}")
    told = json.loads(data[data.index("(") + 1 : data.index(");\n")])
    assert read_page(page) == DATA
    assert read_page(f'<script type="application/json" id="sro-data">{told}</script>') == DATA
    assert page.count("<!-- start -->") == 1  # in the script, where it is none


def test_data_are_compressed_unless_they_shall_be_read() -> None:
    """Compressed data hold no sign that could end their element; what shall be read stands as it is, in lines."""
    packed, plain = join_page(PARTS), join_page(PARTS, unpacked=True)
    (letters,) = re.findall(r'<script type="text/plain" id="sro-data">([^<]+)</script>', packed)
    assert "Süd" not in packed
    assert '\n "name": "Süd \\"x\\""' in plain
    assert '\n   "n": 3' in plain
    assert plain.count("</script>") == packed.count("</script>")
    assert len(letters) < 200
    with pytest.raises(ValueError, match="holds no data"):
        read_page("<p>no data</p>")


def test_a_light_page_packs_what_its_first_script_unpacks() -> None:
    """One style and one script come back, under the checksums of the policy; the first of each needs no other and stays as it is."""
    light = replace(PARTS, light=True)
    page = join_page(light)
    (letters,) = re.findall(r'<script type="text/plain" id="sro-code">([^<]+)</script>', page)
    late = zlib.decompress(from_letters(letters)).decode().split("\0")
    assert late == [PARTS.styles[1], f"{PARTS.scripts[1]}\n{PARTS.start}"]
    assert (PARTS.styles[0] in page, PARTS.scripts[0] in page, PARTS.styles[1] in page) == (True, True, False)
    for pieces, rule in zip(
        ((PARTS.styles[0], late[0]), (PARTS.scripts[0], late[1])), ("style", "script"), strict=True
    ):
        hashes = [f"'sha256-{b64encode(sha256(piece.encode()).digest()).decode()}'" for piece in pieces]
        assert f"{rule}-src {' '.join(hashes)};" in page
    assert read_page(page) == DATA
    assert join_page(light, unpacked=True) == join_page(PARTS, unpacked=True)
    assert split_page(light) == split_page(PARTS)


def test_files_that_all_pages_share_have_the_same_names_and_lie_where_a_page_says() -> None:
    other = Parts(frame=PARTS.frame, styles=PARTS.styles, scripts=PARTS.scripts, data={}, start="go();")
    (_, first), (_, second) = split_page(PARTS), split_page(other, shared="../")
    assert [f"../{name}" for name in [*first][:2]] == [*second][:2]
    assert [*first][2] != [*second][2]
    assert "/" not in [*second][2]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 1000])
def test_letters_are_what_they_were_made_of_and_start_no_markup(size: int) -> None:
    content = bytes((7 * n * n + 255) % 256 for n in range(size))
    letters = to_letters(content)
    assert from_letters(letters) == content
    assert not set(letters) & set("<&\"'\\/")
    assert len(letters) == 5 * (size // 4) + (size % 4 + 1 if size % 4 else 0)
