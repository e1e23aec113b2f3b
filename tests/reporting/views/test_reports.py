"""The pages of a report, as the manager, a coach and the officer see them."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy

from foundation.periods import Period
from organisations.models import StaffMember
from reporting import actions
from reporting.models import FigureNote, Report, ReportEvent, ReportState, ReportStep, TextKind
from reporting.prechecks import blocking_points, signals_of
from reporting.views.reports import listing
from tests import factories as make
from tests.browser.reports import work
from tests.cast import Cast, make_cast
from tests.signed import signed_report

pytestmark = pytest.mark.django_db

STORY = {
    "title": "Marijke, tussen 45 en 54",
    "text": "Ze durft weer.",
    "consent_on": "2026-03-02",
    "consent_of": "SAM-1",
    "reader": "",
}


@pytest.fixture
def cast() -> Cast:
    """The cast, and six people of 2025 with a target that is exceeded."""
    cast = make_cast()
    for _ in range(6):
        make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 2, 1))
    cast.samira.reference = "Sam-1"
    cast.samira.save()
    make.RequirementFactory(agreement=cast.agreement, figure="inflow", target=2)
    return cast


@pytest.fixture
def draft(cast: Cast) -> Report:
    report = actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=Period.year(2025))
    return worked(report)


def worked(report: Report) -> Report:
    work()
    return Report.objects.get(pk=report.pk)


def desk(member: StaffMember) -> Client:
    client = Client()
    client.force_login(member)
    return client


def seen(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(f"reporting:{name}", args=args))
    assert response.status_code == 200, response
    return unescape(response.content.decode())


def sent(client: Client, name: str, report: Any, **answers: str) -> Any:
    return client.post(reverse(f"reporting:{name}", args=[report.pk]), answers)


def test_a_draft_is_written_checked_signed_and_answered_on_its_pages(cast: Cast, draft: Report) -> None:
    manager, coach, officer = desk(cast.ineke), desk(cast.noor), desk(cast.omar)
    FigureNote.objects.create(
        provider=cast.provider, unit=cast.unit, figure="inflow", dated_on=date(2025, 5, 6), text="Atelier dicht."
    )
    assert reverse("reporting:explain_targets", args=[draft.pk]) in seen(manager, "check_report", draft.pk)
    sent(manager, "check_report", draft)
    assert Report.objects.get().state == ReportState.DRAFT
    assert "Atelier dicht." in seen(manager, "explain_targets", draft.pk)
    sent(manager, "explain_targets", draft, **{f"{cast.agreement.pk}.inflow": "Een groep meer."})
    sent(manager, "write_plans", draft, text="Nog een groep.")
    sent(manager, "add_story", draft, **{**STORY, "reader": str(cast.noor.pk)})
    story = draft.texts.get(kind=TextKind.STORY)
    assert story.title in seen(manager, "report", draft.pk)
    assert story.title in seen(coach, "stories")
    sent(coach, "read_story", story)
    assert story.title not in seen(coach, "stories")
    sent(manager, "check_report", draft)
    assert "Ze durft weer." in seen(manager, "report", draft.pk)
    assert officer.get(reverse("reporting:report", args=[draft.pk])).status_code == 404
    assert cast.omar.name in seen(manager, "sign_report", draft.pk)
    sent(manager, "sign_report", draft)
    worked(draft)
    page = seen(officer, "report", draft.pk)
    assert "Een groep meer." in page and "Nog een groep." in page
    refused = sent(officer, "return_report", draft, question="")
    assert 'id="error-heading"' in refused.content.decode()
    asked_back = sent(officer, "accept_report", draft, question="Waarom een groep meer?").content.decode()
    assert 'id="error-heading"' in asked_back and ">\nWaarom een groep meer?</textarea>" in asked_back
    assert not Report.objects.filter(pk=draft.pk, state="accepted").exists()
    sent(officer, "return_report", draft, question="Waarom een groep meer?")
    assert "Waarom een groep meer?" in seen(manager, "reports")
    sent(manager, "correct_report", draft, reason="Uitgelegd.", reference_date="2026-03-17")
    version = worked(Report.objects.get(version=2))
    assert reverse("reporting:report", args=[draft.pk]) in seen(manager, "report", version.pk)
    assert reverse("reporting:report", args=[version.pk]) not in seen(officer, "report", draft.pk)


def test_a_story_without_consent_or_with_one_of_tomorrow_is_not_saved(cast: Cast, draft: Report) -> None:
    manager = desk(cast.ineke)
    for day in ("", "2026-03-18"):
        assert sent(manager, "add_story", draft, **{**STORY, "consent_on": day}).status_code == 200
    assert not draft.texts.exists()
    sent(manager, "add_story", draft, **STORY)
    story = draft.texts.get()
    sent(manager, "read_story", story)
    story.refresh_from_db()
    assert story.read_by is None, "the writer is no second reader"
    sent(manager, "edit_story", story, **{**STORY, "text": "Ze durft weer naar buiten."})
    assert draft.texts.get().text == "Ze durft weer naar buiten."
    sent(manager, "remove_story", story)
    assert not draft.texts.exists()


def test_consent_is_of_somebody_in_the_report_and_no_number_of_a_file_is_printed(cast: Cast, draft: Report) -> None:
    manager = desk(cast.ineke)
    for numbers in ("", "SAM-1, niemand-7", cast.vera.reference):
        assert sent(manager, "add_story", draft, **{**STORY, "consent_of": numbers}).status_code == 200
    assert not draft.texts.exists()
    sent(manager, "add_story", draft, **STORY)
    story = draft.texts.get()
    assert (story.consent_of, story.consent_noted_by) == ([cast.samira.pk], cast.ineke)
    assert 'value="Sam-1"' in seen(manager, "edit_story", story.pk)
    assert "Sam-1" not in seen(manager, "report", draft.pk) + seen(desk(cast.noor), "read_story", story.pk)


def test_the_colleagues_who_may_read_a_story_are_offered_and_nobody_else(cast: Cast, draft: Report) -> None:
    page = desk(cast.ineke).get(reverse("reporting:add_story", args=[draft.pk]))
    offered = {str(name) for _pk, name in page.context["form"].fields["reader"].choices}
    assert f"{cast.noor.name}, {cast.unit.name}" in offered
    assert not any(one.name in name for name in offered for one in (cast.ineke, cast.dina, cast.omar, cast.fenna))
    cast.noor.memberships.update(ends_on=date(2026, 3, 1))
    page = desk(cast.ineke).get(reverse("reporting:add_story", args=[draft.pk]))
    assert cast.noor.pk not in page.context["form"].fields["reader"].queryset.values_list("pk", flat=True)
    assert reverse("reporting:stories") in seen(desk(cast.bo), "signals")


def test_a_coach_of_another_unit_reads_no_story(cast: Cast, draft: Report) -> None:
    only_green = make.AgreementFactory(provider=cast.provider, programmes=[cast.programme])
    report = actions.ask_for_report(by=cast.ineke, agreements=[only_green], period=Period.year(2025))
    worked(report)
    story = actions.write_story(
        by=cast.ineke, report=report, title="Marijke", text="Ze durft weer.", consent_on=date(2026, 3, 2)
    )
    assert desk(cast.chris).get(reverse("reporting:read_story", args=[story.pk])).status_code == 404
    assert "Marijke" not in seen(desk(cast.chris), "stories")


def test_counting_again_leads_back_to_the_progress_and_throwing_away_to_the_list(cast: Cast, draft: Report) -> None:
    manager = desk(cast.ineke)
    sent(manager, "remake_report", draft)
    assert Report.objects.get().state == ReportState.DUE
    worked(draft)
    assert sent(manager, "discard_report", draft).url == reverse("reporting:reports")
    assert not Report.objects.exists()


def test_the_manager_reads_why_a_number_is_withheld_on_the_report_and_before_signing(cast: Cast, draft: Report) -> None:
    manager = desk(cast.ineke)
    row = {"before": False, "key": "x", "table": "T2", "label": "Vrouw", "column": "2025"}
    follows = {**row, "part": "", "why": "follows", "of": {"table": "T2", "label": "Man", "column": "2025"}}
    small = {**row, "part": str(cast.agreement.pk), "why": "small", "of": None}
    decided = {**(draft.protection or {}), "withheld": [follows, small]}
    Report.objects.filter(pk=draft.pk).update(protection=decided)
    sent(manager, "explain_targets", draft, **{f"{cast.agreement.pk}.inflow": "Een groep meer."})
    before = seen(manager, "report", draft.pk)
    sent(manager, "check_report", draft)
    for page in (before, seen(manager, "sign_report", draft.pk)):
        assert "Vrouw (2025)" in page
        assert "Man (2025), " in page
        assert cast.municipality.name in page[page.index('id="withheld"') :]
    sent(manager, "sign_report", draft)
    worked(draft)
    assert 'id="withheld"' in seen(manager, "report", draft.pk)
    assert 'id="withheld"' not in seen(desk(cast.omar), "report", draft.pk)


@pytest.mark.parametrize(
    ("decided", "leads_to"),
    [
        ({"exposed": 2}, "#withheld"),
        ({"silent": [""], "exposed": 0}, reverse_lazy("reporting:make_report")),
    ],
)
def test_what_follows_all_the_same_and_what_tells_nothing_are_points_to_look_at(
    cast: Cast, draft: Report, decided: dict[str, Any], leads_to: str
) -> None:
    Report.objects.filter(pk=draft.pk).update(protection={**(draft.protection or {}), **decided})
    sent(desk(cast.ineke), "explain_targets", draft, **{f"{cast.agreement.pk}.inflow": "Een groep meer."})
    found = Report.objects.get(pk=draft.pk)
    assert blocking_points(found) == []
    assert any(str(leads_to) in point.url for point in signals_of(found))


def test_the_list_goes_on_page_by_page_with_what_is_settled_last(
    cast: Cast, draft: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    signed = [signed_report(cast.agreement) for _ in range(4)]
    settled = signed[-1]
    ReportEvent.objects.create(report=settled, step=ReportStep.ACCEPTED, by=cast.omar)
    manager, address, pages = desk(cast.ineke), reverse("reporting:reports"), []
    token: str | None = ""
    while token is not None:
        context = manager.get(address, {"page": token}).context
        pages.append([row.pk for row in context["page"].rows])
        token = context["page"].next or None
    shown = [key for page in pages for key in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert (shown[0], shown[-1], len(set(shown))) == (draft.pk, settled.pk, 5)
    assert [row.pk for row in manager.get(address, {"page": context["page"].previous}).context["page"].rows] == pages[1]
