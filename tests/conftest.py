"""Real data, real browser, and the rule that nothing may be skipped where it must run."""

from __future__ import annotations

import gc
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tests.fonts import SANS, configure_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

ROOT = Path(__file__).parents[1]
MUST_RUN = {"browser": "chromium", "real_data": "real_data"}
"""Marks of tests whose skip is a failure in CI, and the fixture that such a test uses."""

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is the same browser without windows and takes half the time."""

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

settings.register_profile("default", max_examples=6, derandomize=True, deadline=None)
settings.register_profile("seldom", max_examples=50, deadline=None)
settings.register_profile("long", max_examples=500, deadline=None)
settings.load_profile("default")

gc.set_threshold(50_000)  # as the command does: most of what a test makes is gone at its end

_outcomes = {mark: {"ran": 0, "skipped": 0} for mark in MUST_RUN}


def pytest_collection_finish() -> None:
    """Never look through the modules and the tests themselves for what is no longer used."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    skipped = report.skipped
    for mark, fixture in MUST_RUN.items():
        wanted = item.get_closest_marker(mark) or fixture in getattr(item, "fixturenames", ())
        if wanted and (skipped or report.when == "call"):
            report.user_properties.append((mark, "skipped" if skipped else "ran"))
            if skipped and os.environ.get("CI") == "true":
                report.outcome = "failed"
                report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count here: reports come together in this process, whichever process ran the test."""
    for mark, outcome in report.user_properties:
        if mark in MUST_RUN:
            _outcomes[mark][str(outcome)] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for mark, counts in _outcomes.items():
        terminalreporter.write_line(f"tests marked {mark}: {counts['ran']} ran, {counts['skipped']} skipped")


@pytest.fixture(scope="session")
def project_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Public data beside the project; see CONTRIBUTING.md."""
    folder = Path(os.environ.get("SRO_GEO_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "rostock").is_dir():
        pytest.skip(f"no real data: neither SRO_GEO_REAL_DATA nor ../shared/data holds them ({folder.name})")
    return folder


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Browser]]:
    """Start the system's Chromium, once for each family of fonts; it sees no other font."""
    names = [os.environ.get("SRO_GEO_CHROMIUM", ""), *CHROMIUM]
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium: neither SRO_GEO_CHROMIUM nor the PATH holds one")
    browsers: dict[str, Browser] = {}
    with sync_playwright() as driver:

        def start(family: str) -> Browser:
            if family not in browsers:
                file = configure_fonts(tmp_path_factory.mktemp("fonts"), family=family)
                seen: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(file)}
                browsers[family] = driver.chromium.launch(executable_path=path, args=FLAGS, env=seen)
            return browsers[family]

        yield start
        for browser in browsers.values():
            browser.close()


@dataclass
class Record:
    """What a page tried and what went wrong on it."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Callable[[str], Browser]) -> Iterator[Callable[..., tuple[Page, Record]]]:
    """Open a file in a browser that refuses and records every request for anything else but `more` files."""
    contexts = []

    def start(
        path: Path, *, width: int = 1440, height: int = 1000, family: str = SANS, more: Sequence[Path] = ()
    ) -> tuple[Page, Record]:
        context = chromium(family).new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page, record, address = context.new_page(), Record(), path.resolve().as_uri()
        there = {address, *(one.resolve().as_uri() for one in more)}

        def answer(route: Route, request: Request) -> None:
            if request.url.split("#")[0] in there:
                route.continue_()
            else:
                record.requests.append(request.url)
                route.abort()

        page.route("**/*", answer)
        page.on("pageerror", lambda error: record.errors.append(str(error)))
        page.on(
            "console",
            lambda message: record.errors.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.goto(address)
        page.evaluate("window.sroGeo && window.sroGeo.ready")  # its data are unpacked while it is there already
        return page, record

    yield start
    for context in contexts:
        context.close()
