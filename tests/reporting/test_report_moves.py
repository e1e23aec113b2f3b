"""What people do with a report: write, check, sign, accept, return, correct. The files are made elsewhere."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from foundation.clock import now, today
from foundation.models import OutgoingMail
from foundation.periods import Period
from organisations.models import StaffMember
from reporting import actions
from reporting.actions import MOVES
from reporting.actions.moves import move
from reporting.differences import differences_of
from reporting.documents.content import from_data
from reporting.figures import CATALOGUE
from reporting.models import MOST_STORIES, Report, ReportState, ReportStep, ReportText, TextKind
from reporting.prechecks import blocking_points, deviations_of, signals_of
from reporting.reception import Taken, reception_of
from tests import factories as make
from tests.browser.reports import work
from tests.cast import Cast, make_cast
from trajectories.models import OutcomeKind

pytestmark = pytest.mark.django_db

YEAR = Period.year(2025)


@pytest.fixture
def cast() -> Cast:
    """The cast, and seven people who were guided in 2025."""
    cast = make_cast()
    for agreement in (cast.agreement, cast.other_agreement):
        make.CombinationConsentFactory(agreement=agreement)
    for _ in range(7):
        make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 2, 1))
    return cast


def drafted(cast: Cast, *agreements: Any) -> Report:
    report = actions.ask_for_report(by=cast.ineke, agreements=agreements or [cast.agreement], period=YEAR)
    return worked(report)


def worked(report: Report) -> Report:
    work()
    return Report.objects.get(pk=report.pk)


def delivered(cast: Cast, *agreements: Any) -> Report:
    report = drafted(cast, *agreements)
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    return worked(report)


def aim(cast: Cast, figure: str, target: int) -> None:
    """Agree on a target for two years of which the report is the last: all of it is expected."""
    cast.agreement.starts_on, cast.agreement.ends_on = date(2024, 1, 1), date(2025, 12, 31)
    cast.agreement.save()
    make.RequirementFactory(agreement=cast.agreement, figure=figure, target=target)


def mails_to(member: StaffMember) -> list[str]:
    return list(OutgoingMail.objects.filter(to=member.email).values_list("subject", flat=True))


# Moves


def test_each_verb_is_possible_from_the_states_of_the_table_only(cast: Cast) -> None:
    for state in ReportState:
        report = make.ReportFactory(provider=cast.provider, state=state, **_filled(cast, state))
        for verb, (sources, target, _refusal) in MOVES.items():
            if state in sources:
                assert move(report, verb).state == (target or state)
            else:
                with pytest.raises(ValidationError):
                    move(report, verb)


def _filled(cast: Cast, state: ReportState) -> dict[str, Any]:
    if state not in (ReportState.SIGNING, ReportState.SIGNED):
        return {}
    return {"signed_by": cast.ineke, "signed_at": "2026-02-01T12:00:00+01:00", "content": {}}


def test_checking_and_signing_leave_their_steps_behind(cast: Cast) -> None:
    report = drafted(cast)
    actions.check_report(by=cast.ineke, report=report)
    actions.reopen_report(by=cast.ineke, report=report)
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    worked(report)
    assert list(report.events.values_list("step", flat=True)) == [
        ReportStep.CHECKED,
        ReportStep.REOPENED,
        ReportStep.CHECKED,
        ReportStep.SIGNED,
        ReportStep.DELIVERED,
    ]


def test_a_draft_that_is_not_checked_cannot_be_signed(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.sign_report(by=cast.ineke, report=drafted(cast))


def test_who_has_not_the_role_that_the_tranche_names_cannot_sign(cast: Cast) -> None:
    report = drafted(cast)
    actions.check_report(by=cast.ineke, report=report)
    with pytest.raises(ValidationError):
        actions.sign_report(by=cast.noor, report=report)


def test_the_deadline_comes_from_the_tranche_or_is_ninety_days_after_the_period(cast: Cast) -> None:
    assert drafted(cast).deadline_on == date(2026, 3, 31)
    make.TrancheFactory(agreement=cast.agreement, starts_on=date(2025, 1, 1), deadline_days=30, confirmed_at=now())
    assert drafted(cast).deadline_on == date(2026, 1, 30)


# What stands in the way


def test_a_target_missed_or_exceeded_is_explained_first(cast: Cast) -> None:
    aim(cast, "participants", 20)
    aim(cast, "inflow", 2)
    aim(cast, "paid_work", 0)
    report = drafted(cast)
    assert [(one.figure_id, one.is_missed, one.is_exceeded) for one in deviations_of(report)] == [
        ("inflow", False, True),
        ("participants", True, False),
    ]
    with pytest.raises(ValidationError) as refused:
        actions.check_report(by=cast.ineke, report=report)
    assert len(refused.value.messages) == 2
    for one in deviations_of(report):
        actions.explain_target(
            by=cast.ineke, report=report, agreement=one.agreement.pk, figure=one.figure_id, text="Zie **100%**."
        )
    checked = actions.check_report(by=cast.ineke, report=report)
    written = from_data(checked.content)
    assert [part.text for part in written.chapters[-1].paragraphs[1].parts] == ["Zie **100%**."]
    assert checked.content_hash == written.content_hash != report.content_hash


def test_a_target_without_a_last_day_can_only_be_exceeded(cast: Cast) -> None:
    make.RequirementFactory(agreement=cast.agreement, figure="participants", target=500)
    make.RequirementFactory(agreement=cast.agreement, figure="inflow", target=Decimal(3))
    assert [one.figure_id for one in deviations_of(drafted(cast))] == ["inflow"]


def test_back_in_draft_the_texts_are_out_of_the_report_and_can_be_changed(cast: Cast) -> None:
    report = drafted(cast)
    actions.write_plans(by=cast.ineke, report=report, text="Een tweede groep.\r\n\r\nEn een derde.")
    checked = actions.check_report(by=cast.ineke, report=report)
    assert [sentence.text for sentence in from_data(checked.content).chapters[-1].paragraphs] == [
        "Een tweede groep.",
        "En een derde.",
    ]
    with pytest.raises(ValidationError):
        actions.write_plans(by=cast.ineke, report=report, text="Iets anders.")
    reopened = actions.reopen_report(by=cast.ineke, report=report)
    assert reopened.content_hash == report.content_hash
    actions.write_plans(by=cast.ineke, report=report, text="")
    assert not report.texts.exists()


def test_a_story_is_read_by_somebody_else_than_the_writer_before_it_goes_along(cast: Cast) -> None:
    report = drafted(cast)
    story = actions.write_story(
        by=cast.ineke,
        report=report,
        title="Marijke",
        text="Ze durft.",
        consent_on=today(),
        consent_of=[cast.samira.pk],
        reader=cast.noor,
    )
    assert mails_to(cast.noor)
    assert len(blocking_points(report)) == 1
    with pytest.raises(ValidationError):
        actions.read_story(by=cast.ineke, story=story)
    actions.read_story(by=cast.noor, story=story)
    assert blocking_points(Report.objects.get(pk=report.pk)) == []
    actions.write_story(
        by=cast.ineke,
        report=report,
        title="Marijke",
        text="Ze durft weer.",
        consent_on=today(),
        story=story,
        consent_of=[cast.samira.pk],
    )
    assert ReportText.objects.get(kind=TextKind.STORY).read_by is None


def test_a_story_needs_consent_and_there_are_four_at_most(cast: Cast) -> None:
    report = drafted(cast)
    write = partial(actions.write_story, by=cast.ineke, report=report, title="Marijke", text="Ze durft.")
    with pytest.raises(ValidationError):
        write(consent_on=today() + timedelta(days=1))
    for _ in range(MOST_STORIES):
        write(consent_on=today())
    with pytest.raises(ValidationError):
        write(consent_on=today())
    assert len(blocking_points(Report.objects.get(pk=report.pk))) == 2 * MOST_STORIES, "not of whom, and nobody read it"
    ReportText.objects.update(consent_on=None, consent_of=[cast.samira.pk])
    assert len(blocking_points(Report.objects.get(pk=report.pk))) == 2 * MOST_STORIES


def test_fewer_than_two_stories_are_a_signal_and_no_more(cast: Cast) -> None:
    report = drafted(cast)
    page = reverse("reporting:add_story", args=[report.pk])
    for told in (True, True, False):
        found = Report.objects.get(pk=report.pk)
        assert (page in {signal.url for signal in signals_of(found)}) is told
        actions.write_story(
            by=cast.ineke, report=report, title="Marijke", text="Ze durft.", consent_on=today(),
            consent_of=[cast.samira.pk],
        )  # fmt: skip
    story = report.texts.first()
    assert story is not None
    assert (story.consent_of, story.consent_noted_by) == ([cast.samira.pk], cast.ineke)


def test_an_empty_period_and_older_definitions_stand_in_the_way(cast: Cast) -> None:
    empty = worked(actions.ask_for_report(by=cast.ineke, agreements=[cast.agreement], period=Period.year(2012)))
    assert len(blocking_points(empty)) == 1
    report = drafted(cast)
    Report.objects.filter(pk=report.pk).update(definitions_version="0")
    assert len(blocking_points(Report.objects.get(pk=report.pk))) == 1


def test_signals_lead_to_the_list_behind_them_and_do_not_stand_in_the_way(cast: Cast) -> None:
    report = drafted(cast)
    signals = signals_of(report)
    assert any("/overzicht/data_quality/" in signal.url for signal in signals)
    assert not [signal for signal in signals if not signal.url]  # March: nothing of last year is provisional
    assert blocking_points(report) == []


def test_a_draft_counted_again_shows_what_changed_until_it_is_signed(cast: Cast) -> None:
    report = drafted(cast)
    late = make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 3, 1))
    make.OutcomeFactory(trajectory=late, kind=OutcomeKind.EDUCATION, dated_on=date(2025, 9, 1))
    for day, step in ((date(2025, 3, 2), 2), (date(2025, 11, 1), 3)):
        make.measure(late.participant, "ladder", day, {"step": step})
    report = worked(actions.remake_report(by=cast.ineke, report=report))
    changed = {one.label: (one.last, one.now) for one in differences_of(report) if one.has_changed}
    ladder = [value for label, value in changed.items() if label.startswith(str(CATALOGUE["ladder"].label))]
    routes = [value for label, value in changed.items() if label.startswith(str(CATALOGUE["outcomes_by_kind"].label))]
    assert changed[str(CATALOGUE["participants"].label)] == (7, 8)
    assert (ladder, routes) == ([(0, 1)], [(0, 1)])  # one step higher; education
    actions.check_report(by=cast.ineke, report=report)
    signed = actions.sign_report(by=cast.ineke, report=report)
    assert set(signed.figures or {}) == {"whole"}


# What follows on delivery


def test_the_officer_of_who_pays_accepts_and_the_manager_is_told(cast: Cast) -> None:
    report = delivered(cast)
    assert mails_to(cast.omar)
    with pytest.raises(ValidationError):
        actions.accept_report(by=cast.lotte, report=report)
    actions.accept_report(by=cast.omar, report=report)
    assert reception_of(report).taken == Taken.ACCEPTED
    assert len(mails_to(cast.ineke)) == 2
    with pytest.raises(ValidationError):
        actions.return_report(by=cast.omar, report=report, question="Toch een vraag.")


def test_who_returns_a_report_asks_something(cast: Cast) -> None:
    report = delivered(cast)
    with pytest.raises(ValidationError):
        actions.return_report(by=cast.omar, report=report, question="  ")
    actions.return_report(by=cast.omar, report=report, question="Waarom?")
    reception = reception_of(report)
    assert reception.taken == Taken.RETURNED
    assert reception.question and reception.question.text == "Waarom?"


def test_a_report_for_two_payers_is_accepted_when_both_did(cast: Cast) -> None:
    report = delivered(cast, cast.agreement, cast.other_agreement)
    actions.accept_report(by=cast.omar, report=report)
    assert reception_of(report).taken == Taken.DELIVERED
    assert not reception_of(report).waits_for(cast.omar)
    actions.accept_report(by=cast.lotte, report=report)
    assert reception_of(report).taken == Taken.ACCEPTED


def test_a_correction_is_the_next_version_and_the_one_before_stays(cast: Cast) -> None:
    report = delivered(cast)
    content = report.content
    make.TrajectoryFactory(programme=cast.programme, agreement=cast.agreement, started_on=date(2025, 3, 1))
    with pytest.raises(ValidationError):
        actions.correct_report(by=cast.ineke, report=report, reason=" ")
    version = worked(actions.correct_report(by=cast.ineke, report=report, reason="Een traject vergeten."))
    assert (version.number, version.version, version.replaces) == (report.number, 2, report)
    assert reception_of(Report.objects.get(pk=report.pk)).next_is_coming
    assert {one.figure_id: one.last for one in differences_of(version)}["participants"] == 7
    actions.check_report(by=cast.ineke, report=version)
    actions.sign_report(by=cast.ineke, report=version)
    worked(version)
    before = Report.objects.get(pk=report.pk)
    assert (reception_of(before).taken, before.content) == (Taken.REPLACED, content)
    with pytest.raises(ValidationError):
        actions.correct_report(by=cast.ineke, report=before, reason="Nog een keer.")
    assert len(mails_to(cast.omar)) == 2


def test_the_texts_go_along_to_the_next_version_and_those_of_the_signed_one_stand(cast: Cast) -> None:
    report = drafted(cast)
    story = actions.write_story(
        by=cast.ineke,
        report=report,
        title="Marijke",
        text="Ze durft.",
        consent_on=today(),
        consent_of=[cast.samira.pk],
    )
    actions.read_story(by=cast.noor, story=story)
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    signed = worked(report)
    version = actions.correct_report(by=cast.ineke, report=signed, reason="Een traject vergeten.")
    assert version.texts.get().read_by == cast.noor
    with pytest.raises(DatabaseError), transaction.atomic():
        signed.texts.update(text="Iets anders.")


# Reminders


def test_managers_are_reminded_once_of_each_moment(cast: Cast) -> None:
    make.ReportScheduleFactory(
        provider=cast.provider, rhythm="year", starts_on=date(2025, 8, 1), agreements=[cast.agreement]
    )
    actions.open_due_reports(now=now())
    report = Report.objects.get()
    deadline = report.deadline_on
    assert deadline
    sent = [actions.remind_of_reports(on=deadline - timedelta(days=days)) for days in (60, 59, 28, 20, 8, 7, 1, 0, -1)]
    assert sent == [1, 0, 1, 0, 0, 1, 0, 0, 0]
    assert len(mails_to(cast.ineke)) == 3


def test_a_signed_report_and_one_long_before_its_deadline_get_no_reminder(cast: Cast) -> None:
    report = delivered(cast)
    assert report.deadline_on
    assert actions.remind_of_reports(on=report.deadline_on - timedelta(days=5)) == 0
    drafted(cast)
    assert actions.remind_of_reports(on=report.deadline_on - timedelta(days=60)) == 0
