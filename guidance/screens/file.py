"""What stands above every page of somebody's file: who it is, the parts of the file, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.access import Permission, StaffRequest, fetch
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.drawing import has_verdict, with_happened
from trajectories.models import Trajectory
from trajectories.steps import steps_of
from trajectories.workflow import OPEN, UNDERWAY

PARTS = ("person", "timeline", "goals", "measurements", "documents", "data")


@dataclass(frozen=True)
class File:
    """One person with their trajectories, newest first.

    Attributes:
        person: with municipality of residence and who wrote the attention note.
        trajectories: read by `with_happened`, with programme, payer, coach and how they ended.
    """

    person: Participant
    trajectories: list[Trajectory]

    @property
    def main(self) -> Trajectory | None:
        """The trajectory that the page is about: the newest one underway, else the newest planned, else the newest."""
        underway = [trajectory for trajectory in self.trajectories if trajectory.state in UNDERWAY]
        return next(iter([*underway, *self.open, *self.trajectories]), None)

    @property
    def open(self) -> list[Trajectory]:
        return [trajectory for trajectory in self.trajectories if trajectory.state in OPEN]


def open_file(request: StaffRequest, person_id: object, people: Any = None) -> File:
    """Fetch somebody's file, or raise Http404: two queries. `people` may bring annotations."""
    people = Participant.objects.all() if people is None else people
    rows = people.marked(request.user).select_related("home_municipality", "attention_by")
    person: Participant = fetch(rows, request, Permission.FILE_READ, pk=person_id)
    trajectories = with_happened(person.trajectories.all()).select_related(
        "programme", "agreement__municipality", "coach", "end_reason", "destination"
    )
    return File(person, list(trajectories.order_by("-started_on", "-pk")))


def header_of(file: File, member: StaffMember, *, part: str) -> dict[str, Any]:
    """The context of templates/guidance/file.html, which the pages of a file extend.

    What may be done in this file now stands in ``may_log`` and ``may_edit``.
    """
    is_frozen = _is_frozen(file.person)
    may_log = may_change(file, member, Permission.SESSION_LOG)
    return {
        "person": file.person,
        "person_facts": _facts(file.person),
        "tabs": _tabs(file.person, part),
        "log_url": _log_url(file) if may_log else "",
        "menu": [] if is_frozen else list(_menu(file, member)),
        "may_log": may_log,
        "may_edit": may_change(file, member, Permission.PARTICIPANT_EDIT),
        "notice_url": reverse("participants:notice", args=[file.person.pk]),
    }


def may_change(file: File, member: StaffMember, permission: Permission) -> bool:
    """Whether somebody may change this file now: a button that leads nowhere is none."""
    return member.standing.may(permission) and not _is_frozen(file.person)


def _is_frozen(person: Any) -> bool:
    """Whether nobody changes anything now: its use is restricted, or somebody only looks in an emergency."""
    return bool(person.is_restricted or person.opened_until)


def _facts(person: Participant) -> list[str]:
    """Age, place, language and number, as far as they are known."""
    age = person.age
    level = _("Dutch %(level)s") % {"level": person.language_level} if person.language_level else ""
    return [
        text
        for text in (
            _("%(age)s years") % {"age": age} if age is not None else "",
            person.home_municipality.name,
            ", ".join(part for part in (person.language, level) if part),
            _("No. %(number)s") % {"number": person.reference},
        )
        if text
    ]


def _tabs(person: Participant, part: str) -> list[dict[str, Any]]:
    labels = (_("Overview"), _("Timeline"), _("Goals"), _("Measurements"), _("Documents"), _("Details"))
    return [
        {"label": label, "url": reverse(f"guidance:{name}", args=[person.pk]), "current": name == part}
        for name, label in zip(PARTS, labels, strict=True)
    ]


def _log_url(file: File) -> str:
    """Where a session is logged: at once for the only open trajectory, else with a choice first."""
    if len(file.open) == 1:
        return reverse("guidance:log_session", args=[file.open[0].pk])
    return reverse("guidance:log_session_for", args=[file.person.pk]) if file.trajectories else ""


def _menu(file: File, member: StaffMember) -> Any:
    """The seldom actions. With several open trajectories their steps stand at each of them instead."""
    may = member.standing.may
    if may(Permission.SESSION_LOG) and file.trajectories:
        yield {"label": _("Plan an appointment"), "url": reverse("guidance:plan_appointment", args=[file.person.pk])}
        yield {"label": _("Measure"), "url": reverse("guidance:record_assessment", args=[file.person.pk])}
    if may(Permission.TRAJECTORY_MOVE) and len(file.open) == 1:
        yield from steps_for(file.open[0])
    if file.trajectories:
        yield {"label": _("Provisions"), "url": reverse("trajectories:provisions", args=[file.person.pk])}
    if may(Permission.PARTICIPANT_EDIT) and not file.open:
        yield {"label": _("New trajectory"), "url": reverse("guidance:new_trajectory", args=[file.person.pk])}


def steps_for(trajectory: Trajectory) -> list[dict[str, object]]:
    """The steps that may be taken with a trajectory of this file now."""
    return steps_of(trajectory.pk, trajectory.state, has_verdict=has_verdict(trajectory))
