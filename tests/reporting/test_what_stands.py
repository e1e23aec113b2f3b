"""What the database itself refuses: to add to a signed report, and to change what a confirmed tranche demands."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from foundation.clock import now
from reporting.models import FrozenTable, Report, ReportEvent, ReportFile, ReportPart, ReportStep, ReportText, Tranche
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.signed import signed_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def refused(attempt: Callable[[], Any], says: str) -> None:
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        attempt()


def test_nothing_is_added_to_a_signed_report_but_what_follows_on_it(cast: Cast) -> None:
    signed = signed_report(cast.agreement)
    stored: dict[str, Any] = {"sha256": "0" * 64, "content": b""}
    for attempt in (
        lambda: ReportPart.objects.create(report=signed, agreement=cast.other_agreement),
        lambda: ReportFile.objects.create(report=signed, format="pdf", name="x.pdf", size=0, **stored),
        lambda: ReportText.objects.create(report=signed, kind="plans", text="Later bedacht."),
        lambda: FrozenTable.objects.create(report=signed, name="x", rows=0, row_hashes=b"", **stored),
    ):
        refused(attempt, "signed report")
    ReportEvent.objects.create(report=signed, step=ReportStep.DELIVERED)


def test_nothing_is_moved_into_a_signed_report(cast: Cast) -> None:
    signed = signed_report(cast.agreement)
    draft = make.ReportFactory(provider=cast.provider, agreements=[cast.other_agreement])
    ReportText.objects.create(report=draft, kind="plans", text="Later bedacht.")
    ReportEvent.objects.create(report=draft, step=ReportStep.CHECKED)
    for rows in (ReportPart, ReportText, ReportEvent):
        refused(lambda rows=rows: rows.objects.filter(report=draft).update(report=signed), "signed report")  # type: ignore[misc]
    assert Report.objects.get(pk=draft.pk).parts.count() == 1


def test_what_a_confirmed_tranche_demands_stays_as_it_is(cast: Cast) -> None:
    tranche = make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 1, 1), confirmed_at=now())
    loose = make.RequirementFactory(agreement=cast.agreement, figure="inflow")
    for attempt in (
        lambda: tranche.requirements.update(target=3),
        lambda: tranche.requirements.update(tranche=None),
        lambda: tranche.requirements.all().delete(),
        lambda: make.RequirementFactory(agreement=cast.agreement, tranche=tranche, figure="outflow"),
        lambda: type(loose).objects.filter(pk=loose.pk).update(tranche=tranche),
        lambda: Tranche.objects.filter(pk=tranche.pk).update(small_count=1),
        lambda: Tranche.objects.filter(pk=tranche.pk).update(confirmed_at=None),
        lambda: Tranche.objects.filter(pk=tranche.pk)._raw_delete("default"),
    ):
        refused(attempt, "confirmed tranche")
    tranche.requirements.update(ends_on=date(2025, 12, 31))
    Tranche.objects.filter(pk=tranche.pk).update(ends_on=date(2025, 12, 31))
    refused(lambda: tranche.requirements.update(ends_on=None), "confirmed tranche")


def test_the_administration_shows_only_what_is_demanded_without_a_tranche(cast: Cast) -> None:
    tranche = make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 1, 1), confirmed_at=now())
    loose = make.RequirementFactory(agreement=cast.agreement, figure="inflow")
    fenna = Client()
    fenna.force_login(cast.fenna)
    page = fenna.get(reverse("admin:reporting_requirement_changelist")).content.decode()
    assert str(loose.pk) in page
    assert str(tranche.requirements.get().pk) not in page
    form = fenna.get(reverse("admin:reporting_requirement_change", args=[loose.pk])).content.decode()
    assert 'name="tranche"' not in form


def test_an_officer_reads_no_demands_of_a_draft_tranche(cast: Cast) -> None:
    make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 1, 1), demands=("relapses",))
    omar = Client()
    omar.force_login(cast.omar)
    address = reverse("reporting:definition", args=["relapses"])
    assert cast.agreement.code not in omar.get(address).content.decode()
    make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 2, 1), demands=("relapses",), confirmed_at=now())
    assert cast.agreement.code in omar.get(address).content.decode()
