from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sro_geo.render.interactive import SCRIPTS, draw_atlas, draw_map
from sro_geo.render.packing import pack, read_json, unpack, write_json, write_plain
from sro_geo.render.page import MAP_WORDS, PAGE_WORDS, describe_atlas, place_atlas
from sro_geo.render.pages import read_page
from sro_geo.render.picture import REASONS
from sro_geo.render.pieces import read_leaflet_script, read_leaflet_style
from sro_geo.render.wording import list_breaks
from tests.render_data import make_atlas, make_ground, make_pictures, pick

if TYPE_CHECKING:
    from sro_geo.model.atlas import AtlasData

EVIL = "</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}$title"


@pytest.fixture(scope="module")
def data() -> AtlasData:
    return make_atlas()


@pytest.fixture(scope="module")
def page(data: AtlasData) -> str:
    return draw_atlas(data)


@pytest.fixture(scope="module")
def told(data: AtlasData) -> Any:
    """What the page is given, before it is packed."""
    return describe_atlas(data)


def test_the_same_atlas_gives_the_same_bytes(page: str) -> None:
    assert draw_atlas(make_atlas()) == page


def test_a_long_head_of_a_ranking_may_break_at_its_syllables(data: AtlasData) -> None:
    views = tuple(
        replace(view, ranking_head=head) for view, head in zip(data.views, ("Angebote", "Punkte"), strict=False)
    )
    heads = [view["rankingHead"] for view in describe_atlas(replace(data, views=views))["views"]]
    assert heads == ["Ange\u00adbote", "Punkte"]


@pytest.mark.parametrize("given", [("summary", "notices", "warnings"), ("notices", "warnings"), ("warnings",), ()])
def test_each_head_of_the_summary_has_a_text(data: AtlasData, told: Any, given: tuple[str, ...]) -> None:
    summary, notices, warnings = ((f"Zu {key}.",) if key in given else () for key in ("summary", "notices", "warnings"))
    page = draw_atlas(replace(data, summary=summary, notices=notices, warnings=warnings), labels=told["labels"])
    section = re.findall(r'<section class="part-summary".*?</section>', page, flags=re.DOTALL)
    assert len(section) == bool(given)
    assert page.count('"summary-head"') == 2 * len(section)
    pieces = re.findall(r"<(h[23]|p)\b[^>]*>([^<]+)", "".join(section))
    assert [tag for tag, _ in pieces] == [tag for n, _ in enumerate(given) for tag in ("h3" if n else "h2", "p")]
    assert [text for tag, text in pieces if tag == "p"] == [f"Zu {key}." for key in given]


def test_nothing_on_the_page_names_another_server(page: str) -> None:
    markup = re.sub(r"<script>.*?</script>|/\*.*?\*/", "", page, flags=re.DOTALL)
    assert not re.findall(r"\b(?:src|href|action)=['\"]?(?![\"'#])\S+", markup)
    assert "http" not in re.sub(r'http-equiv="[^"]+"', "", markup)
    assert "@import" not in page
    assert all(hit.startswith("#") for hit in re.findall(r"url\(([^)]{0,40})", markup))


def test_the_policy_names_exactly_what_the_page_holds(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        texts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        hashes = {b64encode(sha256(text.encode()).digest()).decode() for text in texts}
        assert hashes == set(re.findall(r"'sha256-([^']+)'", re.search(rf"{tag}-src ([^;]+);", policy[1])[1]))  # type: ignore[index]
    assert page.index("Content-Security-Policy") < page.index("<script>")


def test_a_script_that_came_in_with_the_data_has_no_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escaping is broken on purpose: the policy is the second line, and must not hash what it finds."""
    monkeypatch.setattr("sro_geo.render.interactive.escape", lambda text: text)
    page = draw_atlas(make_atlas(title="<script>steal()</script>"))
    assert "<script>steal()</script>" in page
    assert b64encode(sha256(b"steal()").digest()).decode() not in page


def test_names_are_never_markup_nor_template() -> None:
    page = draw_atlas(make_atlas(q08=EVIL, title=EVIL, offer=EVIL))
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}{% raw %}$title</title>" in page
    told = read_page(page)
    assert told["profiles"]["08"]["name"] == EVIL
    assert EVIL in {offer["name"] for offer in told["ground"]["offers"]}


def test_json_cannot_leave_its_element() -> None:
    for write in (write_json, write_plain):
        text = write(["<!--", "</SCRIPT>", "\u2028"])
        assert "<" not in text
        assert "\u2028" not in text
        assert json.loads(text) == ["<!--", "</SCRIPT>", "\u2028"]
        with pytest.raises(ValueError, match="JSON"):
            write(float("nan"))


def test_our_scripts_never_turn_text_into_markup() -> None:
    for name in {*SCRIPTS["atlas"], *SCRIPTS["single"]}:
        text = files("sro_geo.render").joinpath("assets", name).read_text(encoding="utf-8")
        assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            name
        )
        assert text.startswith("// @ts-check\n"), name


def test_the_page_stays_small(page: str) -> None:
    assert len(page.encode()) < 382_000


def test_a_map_alone_carries_no_more_than_it_uses() -> None:
    """Whatever a script takes from another one is there; what the atlas alone does is not."""
    assets = files("sro_geo.render").joinpath("assets")
    for kind, names in SCRIPTS.items():
        text = "".join(assets.joinpath(name).read_text(encoding="utf-8") for name in names)
        made = set(re.findall(r"\bsro\.(\w+) = ", text))
        assert set(re.findall(r"\bsro\.(\w+)", text)) - made == {"data"}, kind  # which a split page brings
    ground = make_ground()
    assert len(draw_map(make_pictures(ground.quarters)[0], ground, words=pick("de"), language="de").encode()) < 117_000


def test_leaflet_is_whole_and_asks_for_nothing() -> None:
    assert "Leaflet 1.9" in read_leaflet_script()
    assert "sourceMappingURL" not in read_leaflet_script()
    style = read_leaflet_style()
    assert "VML" not in style
    assert "url(" not in style
    assert ".leaflet-interactive" in style
    assert style.count("{") == style.count("}") > 100


def test_language_banner_and_sources_stand_in_the_page_itself(data: AtlasData, page: str) -> None:
    assert '<html lang="de">' in page
    banner = f'<p class="pill">Beispieldaten</p><p>{data.example}</p>'
    assert f'<section class="banner" aria-label="Beispieldaten">{banner}</section>' in page
    for text in (*data.summary, *data.notices, *data.warnings, *data.sources, data.digest):
        assert text in page
    labels = place_atlas(data)
    assert 'class="banner"' not in draw_atlas(replace(data, example=""), labels=labels)
    assert '<html lang="en">' in draw_atlas(replace(data, language="en", words=pick("en")), labels=labels)


def test_a_map_alone_has_all_that_a_report_needs() -> None:
    ground = make_ground()
    picture = make_pictures(ground.quarters)[0]
    page = draw_map(picture, ground, words=pick("de"), language="de")
    assert f"<title>{picture.title}</title>" in page
    breaks = [list_breaks(name, language="de") for name in picture.quarter_names]
    assert read_page(page)["soft"] == breaks != [[]] * len(breaks)
    told = read_page(page)["views"][0]["picture"]
    for text in (*picture.notices, picture.source, picture.digest, picture.example):
        assert text in told.values() or [text] in told.values()


def test_a_missing_word_is_named(data: AtlasData) -> None:
    words = {key: text for key, text in pick("de").items() if key != "page_topic"}
    with pytest.raises(ValueError, match="`words` lacks page_topic"):
        draw_atlas(replace(data, words=words))


def test_every_word_of_the_page_is_there_and_used() -> None:
    assert set(MAP_WORDS) < set(PAGE_WORDS)
    assets = list(files("sro_geo.render").joinpath("assets").iterdir())
    code = "".join(asset.read_text(encoding="utf-8") for asset in assets)
    for module in ("interactive.py", "unscripted.py", "sheet.py"):
        code += files("sro_geo.render").joinpath(module).read_text(encoding="utf-8")
    by_reason = {*REASONS, *(f"short_{reason}" for reason in REASONS)}
    assert [word for word in PAGE_WORDS if word not in code and word not in by_reason] == []


def test_a_place_with_brackets_in_its_name_keeps_its_value(data: AtlasData) -> None:
    view = replace(data.views[0], city_label="Frankfurt (Oder) 21\u00a0%")
    told = describe_atlas(replace(data, place="Frankfurt (Oder)", views=(view,)))["views"][0]
    assert (told["cityValue"], told["cityLabel"]) == ("21\u00a0%", "Frankfurt (Oder) 21\u00a0%")


def test_the_citys_value_stands_without_its_name(told: Any) -> None:
    views = told["views"]
    assert [view["cityValue"] for view in views] == ["21\u00a0%", "54", "+0,1\u00a0PP"]
    assert [view["contrast"] is None for view in views] == [False, False, True]


PLAIN = st.recursive(
    st.none() | st.integers(-9, 9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner, max_size=5),
    max_leaves=30,
)
ROW = st.fixed_dictionaries({"id": st.text(max_size=3), "value": st.none() | st.integers(0, 9)})
TOLD = st.dictionaries(st.text(max_size=3), st.integers(0, 99).map("In diesem Quartier sind es {} Menschen.".format))


DEGREE = st.floats(-180, 180)
LINE = st.lists(st.lists(DEGREE.map(lambda x: round(x, 5)) | DEGREE, min_size=2, max_size=2), max_size=6)


@given(st.lists(PLAIN | st.lists(ROW, max_size=5) | TOLD | LINE, max_size=5))
def test_what_is_packed_is_read_back_and_never_longer(values: list[Any]) -> None:
    assert unpack(pack(values)) == values
    assert read_json(write_json(values)) == values


def test_a_line_is_told_in_steps_where_these_lead_back_to_it() -> None:
    line = [[12.07929, 54.17151], [12.0793, 54.1715], [12.07929, 54.17151]]
    assert pack(line) == {"\u0001line": [1207929, 5417151, 1, -1, -1, 1]}
    assert pack([*line, [12.079291, 54.0]]) == [*line, [12.079291, 54.0]]
    assert pack([[1, 2], [3, 4], [5, 6]]) == [[1, 2], [3, 4], [5, 6]]


def test_tables_and_sentences_take_less_room(told: Any) -> None:
    assert len(write_json(told)) < 0.9 * len(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
