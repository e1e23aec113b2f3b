"""The log of a day at work holds no name, number, note or search of anybody."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client
from django.urls import reverse

from config.plain_log import JsonLines
from foundation import jobs
from foundation.models import Job
from foundation.periods import Period
from reporting import actions
from tests import factories as make
from tests.cast import Cast, make_cast

PLANTED = ("Kwiatkowska", "Zwaluwstraat", "999990019", "gokverslaving")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is said at all, at the lowest level, as the product says it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def work_a_day(cast: Cast) -> None:
    """Search, look, write, be refused, come in wrong, make a report that fails."""
    client = Client(raise_request_exception=False)
    client.post(reverse("login"), {"username": "kwiatkowska@example.org", "password": "gokverslaving"})
    client.force_login(cast.noor)
    person = reverse("guidance:person", args=[cast.trajectory.participant_id])
    for address in ("/deelnemers/?q=Kwiatkowska", person, "/Kwiatkowska/", "/deelnemers/?q=999990019"):
        client.get(address)
    form = reverse("guidance:log_session", args=[cast.trajectory.pk])
    client.post(form, {"attendance": "attended", "note": "Sprak over gokverslaving in de Zwaluwstraat."})
    client.post(form, {"attendance": "Kwiatkowska", "occurred_on": "Zwaluwstraat"})
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 2, 1))
    actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=Period.year(2025))
    jobs.run_all()


@pytest.mark.django_db
def test_a_day_at_work_leaves_nobody_in_the_log(log: io.StringIO) -> None:
    cast = make_cast()
    person = cast.trajectory.participant
    person.surname, person.bsn = "Kwiatkowska", "999990019"
    person.save()
    work_a_day(cast)
    assert Job.objects.exists()
    text = log.getvalue()
    assert [word for word in PLANTED if word.lower() in text.lower()] == []
    assert lines(log)


def test_a_row_that_an_exception_quotes_stays_out_and_its_place_is_told(log: io.StringIO) -> None:
    try:
        try:
            raise IntegrityError("Key (last_name)=(Kwiatkowska) already exists.")
        except IntegrityError as clash:
            raise OperationalError("the server at db.example closed the connection\nDETAIL: Zwaluwstraat") from clash
    except OperationalError:
        logging.getLogger("here").exception("it went wrong")
    (line,) = lines(log)
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "here", "it went wrong")
    assert line["error"] == [
        "django.db.utils.OperationalError: the server at db.example closed the connection",
        "django.db.utils.IntegrityError",
    ]
    assert "test_plain_log.py" in line["at"][-1]
    assert not [word for word in PLANTED if word in log.getvalue()]
