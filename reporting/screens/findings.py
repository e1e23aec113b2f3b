"""The checks of the statistic as a worklist: who is to see to each, since when, and what somebody answered."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from foundation.clock import today
from reporting.screens.statistic import Asked
from reporting.signals.screen import age_words, names_of
from reporting.statistic.answers import key_of
from reporting.statistic.findings import Finding, Fix
from reporting.statistic.rules.dates import outlives_trajectory
from trajectories.provision_kinds import kind_label


def finding_rows(findings: Sequence[Finding], asked: Asked, address: str) -> list[dict[str, Any]]:
    """Findings as they stand in the worklist: who, what is wrong, what to do and where, and the answer."""
    owners = names_of({one.coach_id for one in findings})
    return [_row(one, asked, address) | {"owner": owners.get(one.coach_id, "")} for one in findings]


def _row(finding: Finding, asked: Asked, address: str) -> dict[str, Any]:
    ran, answer = finding.ran, asked.answers.get(key_of(finding))
    is_open = finding.person is None or finding.person.is_open
    can_answer = is_open and finding.rule.can_be_right and finding.record_id is not None
    return {
        "finding": finding,
        "person": finding.person,
        "provision": f"{kind_label(ran.kind)}, {ran.programme}" if ran else "",
        "starts_on": ran.starts_on if ran else None,
        "url": _with_way_back(url, address) if is_open and (url := _fix_url(finding)) else "",
        "close_url": _close_url(finding, address) if is_open else "",
        "todo": str(finding.rule.todo) if is_open else _("Ask somebody to whom this file is open."),
        "age": age_words(max((today() - finding.since).days, 0)) if finding.since else "",
        "is_fine": answer is not None,
        "reason": answer.reason if answer else "",
        "answered_by": answer.answered_by.name if answer and answer.answered_by else "",
        "answered_on": date_format(localdate(answer.answered_at), "j-n-Y") if answer else "",
        "answer_url": _there("answer_finding", finding, address) if can_answer else "",
        "reopen_url": _there("reopen_finding", finding, address) if can_answer else "",
    }


def _there(verb: str, finding: Finding, address: str) -> str:
    return _with_way_back(reverse(f"reporting:{verb}", args=[finding.rule.id, finding.record_id]), address)


def _with_way_back(url: str, address: str) -> str:
    return f"{url}?{urlencode({'back': address})}"


def _close_url(finding: Finding, address: str) -> str:
    """The button that ends a provision with its trajectory: the one mending of which the day is known."""
    ran = finding.ran
    if ran is None or finding.rule.id != outlives_trajectory.__name__ or ran.trajectory_ended_on is None:
        return ""
    is_known = ran.starts_on <= ran.trajectory_ended_on
    return _with_way_back(reverse("reporting:close_provision", args=[ran.id]), address) if is_known else ""


def _fix_url(finding: Finding) -> str:
    """Where somebody puts it right; nothing where only the functional manager or time can."""
    person, ran, lacks = finding.person, finding.ran, finding.unrecorded
    match finding.rule.fix:
        case Fix.PROVISION if ran:
            return reverse("trajectories:change_provision", args=[ran.id])
        case Fix.POSITION if person:
            return reverse("trajectories:record_position", args=[person.id])
        case Fix.DETAILS if person:
            return reverse("guidance:data", args=[person.id])
        case Fix.RECORD if lacks:
            return reverse("trajectories:add_provision", args=[lacks.trajectory_id])
    return ""
