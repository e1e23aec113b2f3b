"""What every test gets: a database of its own, a clock that stands still, and guards that turn silent faults loud."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import blocking_manager_key
from xdist.remote import Producer

from config import translations
from tests.support import browser, network, servers, sight
from tests.support.reset import reset_database
from tests.support.sharing import ByCost, place_of
from tests.support.worker import Worker

# No machine is too slow for what hypothesis tries.
settings.register_profile("draad", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("draad")
# A Tuesday in March, in the middle of a day, a quarter and a reporting year.
NOW = datetime(2026, 3, 17, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who talks to another process lives at that process's time. What takes long comes first."""
    items.sort(key=place_of)
    for item in items:
        if "worker" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real_clock)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByCost:
    """Some modules stay together on one worker."""
    return ByCost(config, log)


def pytest_collection_finish() -> None:
    """What was loaded by now stays: looking through it for rubbish again and again is a tenth of the work of a test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """With several workers the texts and the servers belong to the process that outlives them all."""
    sight.see_everything()
    if not hasattr(session.config, "workerinput"):
        translations.build()
    if getattr(session.config.option, "numprocesses", None) and not hasattr(session.config, "workerinput"):
        with session.config.stash[blocking_manager_key].unblock():
            servers.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        servers.stop()
        servers.remove_home()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """A copy of the migrated template for this worker, used as the application's role."""
    name = f"draad_{worker_id}"
    with django_db_blocker.unblock():
        servers.start()
        servers.create_database(name)
        servers.use(name)
    # Committed rows go by our own way: the application's role may not truncate.
    TransactionTestCase._fixture_teardown = lambda self: reset_database()  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture(autouse=True)
def clock(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """It is always the same Tuesday; time goes on from there, and a test may travel: `clock.move_to(...)`."""
    if request.node.get_closest_marker("real_clock"):
        yield None
        return
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    network.stay_here(monkeypatch)


@pytest.fixture
def valkey(worker_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty broker, which Celery in this process and in its children uses."""
    import redis

    from config.celery import app

    servers.start()
    number = int("".join(filter(str.isdigit, worker_id)) or 0)
    with redis.Redis(unix_socket_path=os.environ["DRAAD_TEST_VALKEY"], db=number) as broker:
        broker.flushdb()
    url = f"redis+socket://{os.environ['DRAAD_TEST_VALKEY']}?virtual_host={number}"
    monkeypatch.setenv("REDIS_URL", url)
    monkeypatch.setattr(app.conf, "broker_url", url)
    return url


@pytest.fixture
def worker(transactional_db: None, valkey: str, tmp_path: Path) -> Iterator[Worker]:
    """A Celery worker that the test starts when it is ready: `worker.start()`."""
    process = Worker(tmp_path)
    yield process
    process.stop()


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """Instead of pytest-django's: see ``browser.serve``."""
    server = browser.serve()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django would then refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with browser.chromium() as running:
        yield running


@pytest.fixture
def context(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh browser profile on the live server: nobody is logged in, nothing is remembered."""
    profile = chromium.new_context(base_url=live_server.url, locale="nl-NL", timezone_id="Europe/Amsterdam")
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
