"""Where a signal is mended: the very form that does it, with the way back to the list."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from organisations.access import Permission, Standing
from reporting.signals.worklist import Signal

MENDED_HERE = frozenset(
    {
        "ended_without_destination",
        "ended_without_reason",
        "closed_without_outcome",
        "paid_work_without_start",
        "started_without_referral_date",
        "slot_past_end",
        "slot_gone",
    }
)
"""Checks of which the mending is a form of its own: a blank filled in, a place given back."""


@dataclass(frozen=True)
class Fix:
    """A way to mend a signal: what the link says, and where it leads. ``is_sent``: a button that does it."""

    label: str
    url: str
    is_sent: bool = False


def fixes_of(signal: Signal, standing: Standing, back: str) -> list[Fix]:
    """The ways to mend a signal that this person may take; what nobody can mend has none."""
    name = signal.check.name
    if name in MENDED_HERE:
        return [_mend(signal, back)] if standing.may(Permission.TRAJECTORY_MOVE) else []
    offered = OFFERED[name](signal) if name in OFFERED else []
    return [Fix(label, _with_way_back(url, back)) for label, url, right in offered if standing.may(right)]


def _mend(signal: Signal, back: str) -> Fix:
    url = reverse("reporting:mend_signal", args=[signal.check.name, signal.found.record.id])
    if signal.check.name in {"slot_past_end", "slot_gone"}:
        return Fix(_("Give the place back"), _with_way_back(url, back), is_sent=True)
    return Fix(_("Fill in"), _with_way_back(url, back))


def _with_way_back(url: str, back: str) -> str:
    return f"{url}?{urlencode({'back': back})}"


Offer = tuple[str, str, Permission]


def _person(signal: Signal) -> UUID | None:
    return signal.found.record.participant_id


def _trajectory(signal: Signal) -> UUID | None:
    return signal.found.record.trajectory_id


def _session(signal: Signal) -> list[Offer]:
    url = reverse("guidance:edit_session", args=[signal.found.record.id])
    return [(_("Fill in the session"), url, Permission.SESSION_LOG)]


def _contact(signal: Signal) -> list[Offer]:
    url = reverse("guidance:plan_appointment", args=[_person(signal)])
    return [(_("Plan an appointment"), url, Permission.SESSION_LOG)]


def _relapse(signal: Signal) -> list[Offer]:
    url = reverse("guidance:log_session", args=[_trajectory(signal)])
    return [(_("Log the session"), url, Permission.SESSION_LOG)]


def _end(signal: Signal) -> Offer:
    url = reverse("guidance:end_trajectory", args=[_trajectory(signal)])
    return _("End the trajectory"), url, Permission.TRAJECTORY_MOVE


def _trial(signal: Signal) -> list[Offer]:
    url = reverse("trajectories:trial", args=[_trajectory(signal)])
    return [(_("Record the verdict"), url, Permission.TRAJECTORY_MOVE), _end(signal)]


def _goal_date(signal: Signal) -> list[Offer]:
    url = reverse("trajectories:extend", args=[_trajectory(signal)])
    return [(_("Extend the trajectory"), url, Permission.TRAJECTORY_MOVE), _end(signal)]


def _measure(signal: Signal) -> list[Offer]:
    url = reverse("guidance:record_assessment", args=[_person(signal)])
    return [(_("Measure"), url, Permission.SESSION_LOG)]


def _twice(signal: Signal) -> list[Offer]:
    return [_end(signal)]


def _duplicate(signal: Signal) -> list[Offer]:
    url = reverse("reporting:compare_files", args=[_person(signal)])
    return [(_("Compare the files"), url, Permission.SIGNALS_READ)]


OFFERED: dict[str, Callable[[Signal], list[Offer]]] = {
    "session_not_filled_in": _session,
    "no_contact_4_weeks": _contact,
    "relapse_without_follow_up": _relapse,
    "trial_without_decision": _trial,
    "past_goal_date": _goal_date,
    "no_first_ladder": _measure,
    "no_measurement_6_months": _measure,
    "two_on_one_agreement": _twice,
    "possible_duplicate": _duplicate,
}
