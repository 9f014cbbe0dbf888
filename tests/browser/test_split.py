"""A page whose script, style and data lie beside it: by double-click, and from a server that allows none within."""

from __future__ import annotations

import re
import zlib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from PIL import ImageColor

from sro_geo.render.interactive import compose_atlas, compose_map
from sro_geo.render.page import place_atlas
from sro_geo.render.pages import join_page, split_page, to_letters
from tests.fonts import SANS
from tests.render_data import make_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOOKED_AT = """() => ({
  fills: [...document.querySelectorAll("path[data-quarter]")].map((path) => [path.dataset.quarter, path.getAttribute("fill")]),
  text: document.body.innerText,
})"""
LIKE_IT = """() => {
  const other = document.createElement("p");
  other.className = "unscripted";
  document.body.append(other);
  return other.checkVisibility();
}"""
NOTE = """() => { window.refused = []; document.addEventListener("securitypolicyviolation", (one) => window.refused.push(one.violatedDirective)); }"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Split pages of an atlas and of one map, and the atlas as one file."""
    folder, data = tmp_path_factory.mktemp("split"), make_years()
    labels = place_atlas(data)
    atlas = compose_atlas(data, labels=labels)
    one = compose_map(data.views[0].picture, data.ground, words=data.words, language="de", labels=labels)
    (folder / "maps").mkdir()
    (folder / "whole.html").write_text(join_page(atlas), encoding="utf-8")
    (folder / "maps" / "whole.html").write_text(join_page(one), encoding="utf-8")
    for parts, shared, name in ((atlas, "", "index"), (one, "../", "maps/one")):
        path = folder / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        page, files = split_page(parts, shared=shared)
        path.write_text(page, encoding="utf-8")
        for file, content in files.items():
            (path.parent / file).write_text(content, encoding="utf-8")
    return folder


class Strict(SimpleHTTPRequestHandler):
    """A server that allows nothing within a page."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(home))) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def visit(chromium: Callable[[str], Browser]) -> Iterator[Callable[[str], tuple[Page, list[str], list[str]]]]:
    contexts = []

    def start(address: str) -> tuple[Page, list[str], list[str]]:
        contexts.append(chromium(SANS).new_context(viewport={"width": 1440, "height": 1000}))
        page, asked, errors = contexts[-1].new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if told.type in ("error", "warning") else None)
        page.add_init_script(f"({NOTE})()")
        page.goto(address)
        page.wait_for_load_state("load")
        page.evaluate("window.sroGeo && window.sroGeo.ready.catch(() => null)")
        return page, asked, errors

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("served", [False, True], ids=["double-click", "strict server"])
def test_a_split_page_does_what_the_whole_one_does(visit: Any, home: Path, server: str, *, served: bool) -> None:
    base = server if served else home.as_uri()
    page, asked, errors = visit(f"{base}/index.html")
    whole, *_ = visit(f"{home.as_uri()}/whole.html")
    assert sorted(address.removeprefix(base).split("-")[0] for address in asked if "favicon" not in address) == [
        "/data", "/index.html", "/script", "/style",
    ]  # fmt: skip
    seen = page.evaluate(LOOKED_AT)
    assert len(seen["fills"]) == 12
    assert seen == whole.evaluate(LOOKED_AT)
    for one in (page, whole):
        one.click("[data-topic=resilience]")
        one.click("#ranking-table tbody tr >> nth=2")
        one.click("#zoom-in")
        one.click("[data-topic=offers]")
        one.click("#changes-map")
    assert page.evaluate(LOOKED_AT) == whole.evaluate(LOOKED_AT)
    for form in ("png", "svg", "csv"):
        with page.expect_download() as waiting:
            page.click(f"#save-{form}")
        with whole.expect_download() as other:
            whole.click(f"#save-{form}")
        assert Path(waiting.value.path()).read_bytes() == Path(other.value.path()).read_bytes()
    assert page.evaluate("getComputedStyle(document.querySelector('#map-title')).fontSize") == whole.evaluate(
        "getComputedStyle(document.querySelector('#map-title')).fontSize"
    )
    assert page.evaluate("window.refused") == []
    assert [error for error in errors if "favicon" not in error and "404" not in error] == []


@pytest.mark.parametrize("served", [False, True], ids=["double-click", "strict server"])
def test_a_single_map_takes_what_all_share_from_the_folder_above(
    visit: Any, home: Path, server: str, *, served: bool
) -> None:
    page, _, errors = visit(f"{server if served else home.as_uri()}/maps/one.html")
    assert page.locator("path[data-quarter]").count() == 12
    assert page.evaluate("window.refused") == []
    assert [error for error in errors if "favicon" not in error and "404" not in error] == []


@pytest.mark.parametrize("name", ["whole", "maps/whole"])
def test_the_whole_page_shows_its_first_map_a_table_and_why_behind_such_a_server(
    visit: Any, server: str, name: str
) -> None:
    """Nothing of it needs a style, and nothing stands there that the script would have to fill."""
    data = make_years()
    page, _, _ = visit(f"{server}/{name}.html")
    assert page.evaluate("window.refused.length") >= 2
    assert page.locator("path[data-quarter]").count() == 0
    picture, part = data.views[0].picture, page.locator("#unscripted")
    assert "sro-geo run --split" in part.locator("strong").inner_text()
    drawing = part.locator("svg[role=img]")
    assert drawing.get_attribute("aria-label") == picture.title
    assert drawing.bounding_box()["height"] > 400
    drawn = drawing.locator("path").evaluate_all("(all) => all.slice(0, 12).map((one) => getComputedStyle(one).fill)")
    for at, fill in zip(picture.placed, drawn, strict=True):
        wanted = ImageColor.getrgb(picture.classes[at].fill) if at >= 0 else picture.unknown[-1 - at].pattern
        assert fill == (f"rgb{wanted}" if at >= 0 else f'url("#sro-{wanted}")')
    rows = part.locator("tbody tr").evaluate_all(
        "(all) => all.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText))"
    )
    assert rows == [
        [name, label.replace("\u00a0", "\u00a0")]
        for name, label in zip(picture.quarter_names, picture.labels, strict=True)
    ]
    assert page.locator("button:visible, select:visible, input:visible, summary:visible").count() == 0
    assert page.locator("[style]").count() == 0
    assert page.locator("h1:visible, h2:visible").all_inner_texts() == [
        *([data.title] if name == "whole" else []), picture.title, *(["Kurz gesagt", "Quellen"] if name == "whole" else [])
    ]  # fmt: skip


def test_where_the_script_runs_nothing_of_that_is_there(visit: Any, home: Path) -> None:
    for name in ("whole", "maps/whole", "index"):
        page, *_ = visit(f"{home.as_uri()}/{name}.html")
        assert page.locator("#unscripted").count() == 0
        assert page.locator("[data-live][hidden]").count() == 0
        assert "--split" not in page.evaluate("document.body.innerText")
        assert page.evaluate(LIKE_IT) is False  # from the first moment on


@pytest.mark.parametrize("name", ["whole", "maps/whole"])
def test_it_stays_where_the_data_cannot_be_read(chromium: Callable[[str], Browser], home: Path, name: str) -> None:
    """An old browser has no `DecompressionStream`."""
    page = chromium(SANS).new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(f"{home.as_uri()}/{name}.html")
    assert page.evaluate("sroGeo.ready.then(() => 'read', (error) => error.name)") == "ReferenceError"
    assert page.locator("#unscripted svg").is_visible()
    assert page.locator("button:visible").count() == 0
    page.close()


def test_what_somebody_else_packed_never_runs(visit: Any, home: Path) -> None:
    """The policy lists the checksum of what was packed, so that other code is refused, and the page is as without script."""
    page = (home / "maps" / "whole.html").read_text("utf-8")
    code = to_letters(zlib.compress(b"p { color: red }\0window.pwned = 1; sroGeo.begin = () => 1;"))
    other, changed = re.subn(r'(?<=id="sro-code">)[^<]+', lambda _: code, page)
    (home / "other.html").write_text(other, encoding="utf-8")
    tab, *_ = visit(f"{home.as_uri()}/other.html")
    assert changed == 1
    assert sorted(tab.evaluate("window.refused")) == ["script-src-elem", "style-src-elem"]
    assert tab.evaluate("window.pwned") is None
    assert tab.locator("#unscripted svg").is_visible()
