"""The site that all screens of a module are looked at on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.site import Site
from tests.browser.world import make_world
from tests.conftest import NOW
from tests.support.reset import reset_database

# Both cores may be busy with other tests: what comes late is not wrong.
expect.set_options(timeout=30_000)


def as_it_is(application: WSGIHandler) -> WSGIHandler:
    """Leave the style sheets to the product's own middleware, which lets a browser keep them for a minute."""
    return application


@pytest.fixture(scope="module")
def site(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A filled site on the usual Tuesday. What it holds goes when the last screen was seen."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=True):
        server = LiveServer("localhost", start=False)
        server.thread.static_handler = as_it_is  # type: ignore[assignment]
        server.start()
        try:
            yield Site(server.url, make_world(), chromium)
        finally:
            server.stop()
            reset_database()
