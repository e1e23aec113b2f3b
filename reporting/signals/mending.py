"""The forms that mend a signal here, each with the action that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm
from organisations.models import StaffMember
from participants.models import Participant
from reporting.signals.forms import EndingForm, JobStartForm, LateOutcomeForm, LeaveSlotForm, ReferredForm
from trajectories.actions import record_outcome
from trajectories.actions.completing import complete_ending, complete_job, complete_referral, leave_slot
from trajectories.answers import Job
from trajectories.models import Outcome, Placement, Trajectory

Record = Trajectory | Outcome | Placement


@dataclass(frozen=True)
class Mending:
    """How one check is mended: in what, with which form and action, and what the page says."""

    title: str | Promise
    button: str | Promise
    done: str | Promise
    model: type[Record]
    form: Callable[..., HouseForm]
    act: Callable[..., object]

    def record(self, participant: Participant, pk: UUID) -> Any:
        """The record itself, of a person whose file the reader may see."""
        return self.model.objects.get(pk=pk, participant=participant)


def _of_trajectory(form: Callable[..., HouseForm]) -> Callable[..., HouseForm]:
    return lambda data, record: form(data, trajectory=record)


def _plain(form: Callable[..., HouseForm]) -> Callable[..., HouseForm]:
    return lambda data, record: form(data)  # noqa: ARG005 these forms need not know


def _end(by: StaffMember, record: Trajectory, **answers: Any) -> None:
    complete_ending(by=by, trajectory=record, **answers)


def _refer(by: StaffMember, record: Trajectory, **answers: Any) -> None:
    complete_referral(by=by, trajectory=record, **answers)


def _start_job(by: StaffMember, record: Outcome, **answers: Any) -> None:
    complete_job(by=by, outcome=record, **answers)


def _leave(by: StaffMember, record: Placement) -> None:
    leave_slot(by=by, placement=record)


def _record_outcome(by: StaffMember, record: Trajectory, *, starts_on: Any, **answers: Any) -> None:
    record_outcome(by=by, trajectory=record, job=Job(starts_on=starts_on), **answers)


SAVE = _("Save")
_ENDING = Mending(_("How did it end?"), SAVE, _("The end is complete."), Trajectory, _of_trajectory(EndingForm), _end)
_SLOT = Mending(
    _("Give the place back"),
    _("Give the place back"),
    _("The place is free again."),
    Placement,
    _plain(LeaveSlotForm),
    _leave,
)
MENDINGS: dict[str, Mending] = {
    "ended_without_destination": _ENDING,
    "ended_without_reason": _ENDING,
    "closed_without_outcome": Mending(
        _("What came of it?"), SAVE, _("Outcome saved."), Trajectory, _of_trajectory(LateOutcomeForm), _record_outcome
    ),
    "started_without_referral_date": Mending(
        _("When was the referral?"), SAVE, _("Day of the referral saved."), Trajectory, _plain(ReferredForm), _refer
    ),
    "paid_work_without_start": Mending(
        _("When did the job begin?"), SAVE, _("First day of the job saved."), Outcome, _plain(JobStartForm), _start_job
    ),
    "slot_past_end": _SLOT,
    "slot_gone": _SLOT,
}
"""By check; the checks that are mended on a page of their own are not here."""
