"""Numbers on a port of their own, without anybody in them."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from config import metrics
from foundation import jobs, mail
from tests.cast import make_cast


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> CollectorRegistry:
    monkeypatch.setattr(connection, "close", lambda: None)  # it is the test's own
    registry = CollectorRegistry()
    metrics.of_work(registry)
    return registry


@pytest.mark.django_db
def test_what_waits_is_told_in_numbers(told: CollectorRegistry) -> None:
    jobs.ask_for("test.append", uuid.uuid4(), steps=1)
    mail.queue(to="omar@example.org", subject="Klaar", body="Klaar.")
    text = generate_latest(told).decode()
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    counted = [lines[f"draad_{name}"] for name in ("jobs_waiting", "mails_waiting", "jobs_failed")]
    assert counted == ["1.0", "1.0", "0.0"]
    assert lines["draad_database_up"] == "1.0"
    assert "omar" not in text


def test_a_database_that_is_away_is_told_too() -> None:
    """Not marked for the database: a question to it fails."""
    registry = CollectorRegistry()
    metrics.of_work(registry)
    assert "draad_database_up 0.0" in generate_latest(registry).decode()


@pytest.mark.django_db
def test_pages_are_counted_by_the_name_of_their_view() -> None:
    cast = make_cast()
    client = Client()
    client.force_login(cast.noor)
    client.get(f"/deelnemers/{cast.trajectory.participant_id}/?q=Jansen")
    client.get("/bestaat-niet/Jansen/")
    text = generate_latest(REGISTRY).decode()
    assert 'draad_answers_total{status="200",view="guidance:person"}' in text
    assert 'draad_request_seconds_count{method="GET",view="none"}' in text
    assert "Jansen" not in text
    assert str(cast.trajectory.participant_id) not in text


def test_nothing_is_told_where_nobody_asked_for_it(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.delenv("DRAAD_METRICS", raising=False)
    metrics.tell([lambda registry: pytest.fail("told")])
    assert client.get("/livez").status_code == 200
