"""What managers and payers did with the first reports: texts, signatures, an acceptance and a question."""

from datetime import timedelta

from foundation.clock import today
from organisations.models import Membership, Role, StaffMember
from reporting.actions import (
    accept_report,
    check_report,
    explain_target,
    read_story,
    return_report,
    sign_report,
    write_plans,
    write_story,
)
from reporting.models import Report
from reporting.prechecks import deviations_of
from trajectories.models import Trajectory

MISSED = (
    "Er zijn minder mensen aangemeld dan we samen hadden verwacht."
    " Vanaf het voorjaar komt een collega elke week bij het wijkteam langs."
)
EXCEEDED = "Er was meer vraag dan verwacht. We konden iedereen een plek geven, omdat een tweede groep is gestart."
PLANS = "Volgend jaar begint er een groep op vrijdag.\n\nWe bellen iedereen na een half jaar nog een keer."
STORIES = (
    (
        "Marijke, tussen 45 en 54",
        "Marijke kwam eerst één ochtend in de week. Ze zat vooral bij het raam.\n\n"
        "Na de zomer ging het een tijd minder. In het najaar pakte ze de draad weer op. Nu leert ze anderen hoe de"
        " naaimachine werkt.\n\nDit verhaal is gemaakt uit het leven van twee mensen.",
    ),
    (
        "Stefan, tussen 25 en 34",
        "Stefan wilde vooral niet meer binnen zitten. Hij begon met een halve dag buiten, met niemand naast zich.\n\n"
        "Nu komt hij drie dagen. Hij wijst nieuwe mensen de weg en maakt de planning van de ochtend.\n\n"
        "Ook dit verhaal is gemaakt uit het leven van twee mensen.",
    ),
)
"""Each made of the lives of two people, who both agreed to it."""


def check_and_sign(report: Report) -> None:
    """Let the manager write what belongs in a draft, a colleague read the story, and the manager sign."""
    report.refresh_from_db()
    manager = report.requested_by
    if manager is None or report.content is None:
        return
    for one in deviations_of(report):
        text = MISSED if one.is_missed else EXCEEDED
        explain_target(by=manager, report=report, agreement=one.agreement.pk, figure=one.figure_id, text=text)
    write_plans(by=manager, report=report, text=PLANS)
    _tell_stories(manager, report)
    check_report(by=manager, report=report)
    sign_report(by=manager, report=report)


def _tell_stories(manager: StaffMember, report: Report) -> None:
    paid = Trajectory.objects.filter(agreement__in=report.parts.values("agreement")).order_by("started_on", "pk")
    people = list(dict.fromkeys(paid.values_list("participant", flat=True)[:20]))
    for number, (title, text) in enumerate(STORIES):
        story = write_story(
            by=manager,
            report=report,
            title=title,
            text=text,
            consent_on=today() - timedelta(days=20 + number),
            consent_of=people[2 * number : 2 * number + 2],
        )
        read_story(by=_colleague_of(manager), story=story)


def _colleague_of(manager: StaffMember) -> StaffMember:
    units = manager.memberships.values("unit")
    return StaffMember.objects.filter(memberships__unit__in=units).exclude(pk=manager.pk).order_by("email")[0]


def answer(accepted: Report, returned: Report) -> None:
    """Let every payer of the one report accept it, and the payer of the other return it with a question."""
    for officer in _officers_of(accepted):
        accept_report(by=officer, report=accepted)
    question = "Wat verstaan jullie onder een andere route? We lezen bij de gemeente een ander aantal."
    for officer in _officers_of(returned)[:1]:
        return_report(by=officer, report=returned, question=question)


def _officers_of(report: Report) -> list[StaffMember]:
    """One officer of each municipality that pays."""
    payers = [part.agreement.municipality for part in report.parts.select_related("agreement__municipality")]
    officers = Membership.objects.filter(role=Role.MUNICIPAL_OFFICER, organisation__in=payers)
    return list({one.organisation_id: one.staff_member for one in officers.order_by("pk")}.values())
