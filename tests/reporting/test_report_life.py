"""A report from asking to delivery, as the worker makes it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from foundation import jobs
from foundation.clock import AMSTERDAM
from foundation.models import Job, JobState, OutgoingMail
from foundation.periods import Period
from reporting import actions
from reporting.documents.content import WITHHELD, from_data
from reporting.documents.formats import FORMATS
from reporting.models import Report, ReportFile, ReportPart, ReportState, Rhythm
from reporting.tasks import making
from tests import factories as make
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

YEAR = Period.year(2025)


@pytest.fixture
def cast() -> Cast:
    """The cast, with seven people guided for one payer and six for another during 2025."""
    cast = make_cast()
    for agreement, number in ((cast.agreement, 7), (cast.other_agreement, 6)):
        make.CombinationConsentFactory(agreement=agreement)
        for _ in range(number):
            person = make.ParticipantFactory(provider=cast.provider, home_municipality=cast.municipality)
            make.TrajectoryFactory(
                participant=person, programme=cast.programme, agreement=agreement, started_on=date(2025, 2, 1)
            )
    return cast


def make_report(cast: Cast, *, agreements: list[object] | None = None) -> Report:
    report = actions.ask_for_report(by=cast.ineke, agreements=agreements or [cast.agreement], period=YEAR)  # type: ignore[arg-type]
    jobs.run_all()
    report.refresh_from_db()
    return report


def check_and_sign(cast: Cast, report: Report) -> None:
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)


def test_asking_opens_a_report_with_a_number_and_a_job(cast: Cast) -> None:
    report = actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=YEAR)
    assert (report.state, report.number, report.title) == (ReportState.DUE, "GRN-2026-001", "Jaarrapport 2025")
    assert actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=YEAR).number == "GRN-2026-002"
    assert Job.objects.filter(kind=making.KIND, subject_id=report.pk, state=JobState.QUEUED).count() == 1


def test_the_worker_freezes_the_figures_and_makes_every_format(cast: Cast) -> None:
    report = make_report(cast)
    assert report.state == ReportState.DRAFT, Job.objects.get().error
    content = from_data(report.content)
    assert [figure.value for figure in content.key_figures] == [7, 7, 0, 0]
    assert report.content_hash == content.content_hash
    assert set(report.files.values_list("format", flat=True)) == set(FORMATS)
    assert OutgoingMail.objects.get().to == cast.ineke.email


def test_a_frozen_report_does_not_change_with_the_files(cast: Cast) -> None:
    report = make_report(cast)
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 3, 1))
    before = report.content
    jobs.ask_for(making.KIND, report.pk, steps=len(making.STEPS))
    jobs.run_all()
    report.refresh_from_db()
    assert report.content == before


def test_signing_makes_final_files_and_tells_the_officers_of_the_payer(cast: Cast) -> None:
    report = make_report(cast)
    draft = bytes(report.files.get(format="pdf").content)
    check_and_sign(cast, report)
    jobs.run_all()
    report.refresh_from_db()
    assert (report.state, report.signed_by) == (ReportState.SIGNED, cast.ineke)
    assert (report.signed_as, from_data(report.content).signed_by) == ("unit_manager", "Ineke Vos, unitmanager")
    assert report.files.count() == len(FORMATS)
    assert bytes(report.files.get(format="pdf").content) != draft
    mail = OutgoingMail.objects.get(to=cast.omar.email)
    assert f"/rapporten/{report.pk}/" in mail.body
    assert not OutgoingMail.objects.filter(to=cast.lotte.email).exists()


def test_a_signed_report_cannot_be_changed_even_by_sql(cast: Cast) -> None:
    report = make_report(cast)
    check_and_sign(cast, report)
    jobs.run_all()
    for attempt in (
        lambda: Report.objects.filter(pk=report.pk).update(title="Anders"),
        lambda: Report.objects.filter(pk=report.pk).delete(),
        lambda: ReportFile.objects.filter(report=report).update(size=1),
        lambda: ReportPart.objects.filter(report=report).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_signing_twice_is_refused(cast: Cast) -> None:
    report = make_report(cast)
    check_and_sign(cast, report)
    with pytest.raises(ValidationError):
        actions.sign_report(by=cast.ineke, report=report)


def test_a_combined_report_needs_the_consent_of_each_payer(cast: Cast) -> None:
    cast.other_agreement.combination_consent.delete()
    cast.other_agreement.refresh_from_db()
    with pytest.raises(ValidationError, match="0327-A"):
        actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement, cast.other_agreement], period=YEAR)
    assert not Report.objects.exists()


def test_a_combined_report_has_a_part_and_files_for_each_payer(cast: Cast) -> None:
    report = make_report(cast, agreements=[cast.agreement, cast.other_agreement])
    parts = {part.agreement.code: from_data(part.content) for part in report.parts.select_related("agreement")}
    assert {code: content.key_figures[0].value for code, content in parts.items()} == {"0307-A": 7, "0327-A": 6}
    assert from_data(report.content).key_figures[0].value == 13
    for_payers = [each for each in FORMATS.values() if each.for_payers]
    assert report.files.count() == len(FORMATS) + 2 * len(for_payers)


def test_what_the_difference_would_tell_is_withheld(cast: Cast) -> None:
    for trajectory in cast.other_agreement.trajectories.all()[:3]:
        make.OutcomeFactory(trajectory=trajectory, dated_on=date(2025, 6, 1))
    for trajectory in cast.agreement.trajectories.filter(started_on=date(2025, 2, 1))[:6]:
        make.OutcomeFactory(trajectory=trajectory, dated_on=date(2025, 6, 1))
    report = make_report(cast, agreements=[cast.agreement, cast.other_agreement])
    work = {part.agreement.code: from_data(part.content).key_figures[2].value for part in report.parts.all()}
    assert from_data(report.content).key_figures[2].value == 9
    assert work == {"0307-A": WITHHELD, "0327-A": WITHHELD}


def test_the_schedule_opens_each_period_once_on_its_day(cast: Cast) -> None:
    make.ReportScheduleFactory(
        provider=cast.provider, rhythm=Rhythm.QUARTER, starts_on=date(2025, 8, 1), agreements=[cast.agreement]
    )
    six = datetime(2026, 1, 5, 6, 0, tzinfo=AMSTERDAM)
    assert len(actions.open_due_reports(now=six - timedelta(minutes=1))) == 1
    opened = actions.open_due_reports(now=six)
    assert [(r.period_from, r.period_until, r.reference_date) for r in opened] == [
        (date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 5))
    ]
    assert actions.open_due_reports(now=six) == []


def test_a_confirmed_tranche_opens_each_period_once_as_long_as_it_is_in_time(cast: Cast) -> None:
    terms = {"rhythm": Rhythm.QUARTER, "deadline_days": 45}
    make.TrancheFactory(agreement=cast.agreement, starts_on=date(2020, 1, 1), ends_on=date(2025, 9, 30), **terms)
    make.TrancheFactory(
        agreement=cast.agreement,
        starts_on=date(2024, 1, 1),
        confirmed_at=datetime(2023, 12, 1, tzinfo=AMSTERDAM),
        **terms,
    )
    six = datetime(2026, 1, 5, 6, 0, tzinfo=AMSTERDAM)
    assert actions.open_due_reports(now=six - timedelta(minutes=1)) == []
    (opened,) = actions.open_due_reports(now=six)
    assert (opened.period_from, opened.period_until) == (date(2025, 10, 1), date(2025, 12, 31))
    assert (opened.reference_date, opened.deadline_on) == (date(2026, 1, 5), date(2026, 2, 14))
    assert [part.agreement for part in opened.parts.all()] == [cast.agreement]
    assert actions.open_due_reports(now=six) == []
    assert actions.remind_of_reports(on=date(2026, 1, 5)) == 1
    assert [mail.to for mail in OutgoingMail.objects.all()] == [cast.ineke.email]


def test_a_tranche_opens_nothing_that_a_schedule_says_or_somebody_made(cast: Cast) -> None:
    long_ago = datetime(2023, 12, 1, tzinfo=AMSTERDAM)
    for agreement, rhythm in ((cast.agreement, Rhythm.YEAR), (cast.other_agreement, Rhythm.QUARTER)):
        make.TrancheFactory(
            agreement=agreement, starts_on=date(2024, 1, 1), rhythm=rhythm, confirmed_at=long_ago, deadline_days=30
        )
    make.ReportScheduleFactory(
        provider=cast.provider,
        rhythm=Rhythm.YEAR,
        starts_on=date(2025, 6, 1),
        agreements=[cast.agreement],
        days_after=9,
    )
    actions.ask_for_report(by=cast.ineke, agreements=[cast.other_agreement], period=Period.quarter(2025, 4))
    assert actions.open_due_reports(now=datetime(2026, 1, 6, 6, 0, tzinfo=AMSTERDAM)) == []
    (opened,) = actions.open_due_reports(now=datetime(2026, 1, 9, 6, 0, tzinfo=AMSTERDAM))
    assert opened.schedule is not None
    late = datetime(2026, 4, 5, 6, 0, tzinfo=AMSTERDAM)
    assert [one.period_from for one in actions.open_due_reports(now=late)] == [date(2026, 1, 1)]


def test_a_draft_can_be_thrown_away_and_a_signed_report_cannot(cast: Cast) -> None:
    report = make_report(cast)
    actions.discard_report(by=cast.ineke, report=report)
    assert not Report.objects.exists()
    report = make_report(cast)
    check_and_sign(cast, report)
    with pytest.raises(ValidationError):
        actions.discard_report(by=cast.ineke, report=report)
