"""A real Chromium, driven by Playwright."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def serve() -> LiveServer:
    """Start the site in a thread, with its style sheets and fonts from the product's own middleware.

    A browser keeps those. Django's server of tests has each asked for again on every page, and a font that comes late
    moves what is about to be pressed.
    """
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application  # type: ignore[assignment]
    server.start()
    return server


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; a missing one fails the test, with what to do."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: run .ci/run, or apt install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def undrawn(chromium: Browser) -> Iterator[Browser]:
    """Another browser, which draws nothing: a third less work for each page, but a hand can click nothing in it."""
    flags = [*FLAGS, "--disable-threaded-compositing"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield browser
    browser.close()
