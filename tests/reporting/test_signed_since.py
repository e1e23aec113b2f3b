"""Two drafts on one agreement: the second to be signed must reckon with the first, and is counted again."""

import time
from contextvars import copy_context
from datetime import date
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.periods import Period
from reporting import actions
from reporting.composing.deciding import told_before, told_since
from reporting.documents.content import ReportContent, sealed, to_data
from reporting.models import Report, ReportState
from reporting.prechecks import blocking_points
from tests import factories as make
from tests.browser.reports import work
from tests.cast import Cast, make_cast
from tests.signed import signed_report

DECIDED: dict[str, list[str]] = {"known": [], "withheld": [], "cells": [], "sums": [], "loose": []}


def worked(report: Report) -> Report:
    work()
    return Report.objects.get(pk=report.pk)


@pytest.mark.django_db
def test_a_draft_is_counted_again_when_another_report_was_signed_since() -> None:
    cast = make_cast()
    for _ in range(6):
        make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 2, 1))
    first, second = (
        worked(actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=period))
        for period in (Period.year(2025), Period.quarter(2025, 4))
    )
    for report in (first, second):
        actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=first)
    work()
    with pytest.raises(ValidationError, match=first.number):
        actions.sign_report(by=cast.ineke, report=second)
    manager = Client()
    manager.force_login(cast.ineke)
    page = manager.get(reverse("reporting:sign_report", args=[second.pk])).content.decode()
    assert first.number in page
    assert reverse("reporting:reopen_report", args=[second.pk]) in page
    second = actions.reopen_report(by=cast.ineke, report=second)
    assert [first.number in point.text and point.is_button for point in blocking_points(second)] == [True]
    page = manager.get(reverse("reporting:check_report", args=[second.pk])).content.decode()
    assert f'action="{reverse("reporting:remake_report", args=[second.pk])}"' in page
    with pytest.raises(ValidationError, match=first.number):
        actions.check_report(by=cast.ineke, report=second)
    second = worked(actions.remake_report(by=cast.ineke, report=second))
    assert blocking_points(second) == []
    actions.check_report(by=cast.ineke, report=second)
    assert actions.sign_report(by=cast.ineke, report=second).state == ReportState.SIGNING


@pytest.mark.django_db
def test_a_report_signed_before_decisions_were_stored_tells_nothing_that_can_be_reckoned_with() -> None:
    cast = make_cast()
    signed_report(cast.agreement)
    new = make.ReportFactory(provider=cast.provider, agreements=[cast.agreement], protection=DECIDED)
    assert told_before(new, [cast.agreement.pk]) == []
    assert told_since(new) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_signed_at_once_the_second_waits_and_is_refused() -> None:
    cast = make_cast()
    first, second = checked(cast, "A"), checked(cast, "B")
    refusals: list[str] = []

    def sign_second() -> None:
        try:
            actions.sign_report(by=cast.ineke, report=second)
        except ValidationError as error:
            refusals.extend(error.messages)
        finally:
            connection.close()

    other = Thread(target=copy_context().run, args=(sign_second,))  # it sees what its request would
    with transaction.atomic():
        actions.sign_report(by=cast.ineke, report=first)
        other.start()
        assert waits_for_a_lock(other), "the second one went on without looking"
    other.join(timeout=60)
    assert len(refusals) == 1
    assert "A" in refusals[0]
    assert Report.objects.get(pk=second.pk).state == ReportState.CHECKED


def checked(cast: Cast, number: str) -> Report:
    """A checked report on the agreement of the cast that was counted before anything was signed."""
    report = make.ReportFactory(provider=cast.provider, agreements=[cast.agreement], number=number)
    content = sealed(
        ReportContent(
            title=report.title,
            provider=cast.provider.name,
            payers=(cast.municipality.name,),
            scope="",
            period_start=date(2025, 1, 1),
            period_end=date(2025, 12, 31),
            reference_date=report.reference_date,
            number=number,
            version=1,
            status="draft",
            definitions_version="1",
            language="nl",
        )
    )
    report.content, report.content_hash, report.protection = to_data(content), content.content_hash, DECIDED
    report.checked_by, report.checked_at, report.state = cast.ineke, timezone.now(), ReportState.CHECKED
    report.save()
    return report


def waits_for_a_lock(other: Thread) -> bool:
    """Whether ``other`` comes to wait for a row that this connection holds."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    while other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone():
                return True
        time.sleep(0.02)
    return False
