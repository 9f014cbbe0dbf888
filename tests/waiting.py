"""Wait for what a page does in its own time, where its policy lets no text become code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

STEP, MOST = 20, 500
"""Milliseconds between two looks; so many are taken."""


def wait_until(page: Page | Frame, truth: str) -> None:
    """Return as soon as an expression is true on the page: looked at from outside, again and again.

    Raises
    ------
    AssertionError
        If it never is.
    """
    for _ in range(MOST):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(STEP)
    raise AssertionError(truth)
