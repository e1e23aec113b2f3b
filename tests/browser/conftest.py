"""The site that all screens of a module are looked at on."""

from collections.abc import Iterator

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
