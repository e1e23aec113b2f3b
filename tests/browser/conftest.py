"""The site that all screens of a module are looked at on."""

from collections.abc import Iterator
from importlib import import_module
from unittest import mock

import pytest
import time_machine
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from tests.browser.site import Site
from tests.browser.world import make_world
from tests.conftest import NOW
from tests.support.browser import serve
from tests.support.reset import reset_database

# Both cores may be busy with other tests: what comes late is not wrong.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session", autouse=True)
def colours_are_kept() -> Iterator[None]:
    """Let a browser keep the palette. To it the frozen clock is months behind, and it would ask again on each page."""
    with mock.patch.object(import_module("organisations.views.colours"), "KEEP_SECONDS", 10 * 365 * 24 * 3600):
        yield


@pytest.fixture(scope="module")
def site(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A filled site on the usual Tuesday. What it holds goes when the last screen was seen."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True):
        server = serve()
        try:
            yield Site(server.url, make_world(), chromium)
        finally:
            server.stop()
            reset_database()
