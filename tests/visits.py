"""With what each address is visited: an own object, one of another unit, one of another provider."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from foundation.clock import now
from guidance.models import Document, GoalStep
from organisations.models import FolderImport, SecondFactor, SignIn, StaffMember
from participants.models import NetworkContact
from reporting.models import FigureNote, SavedView, StatisticDelivery
from tests import factories as make
from tests.cast import Cast
from tests.law import LawOf
from tests.signed import signed_report
from trajectories.models import Trajectory

Kwargs = dict[str, object]


@dataclass
class Corner:
    """What there is in one corner of the world: one's own, another unit's, another provider's."""

    trajectory: Trajectory
    session: Any
    goal: Any
    step: Any
    contact: Any
    appointment: Any
    group: Any
    report: Any
    file: Any
    note: Any
    view: Any
    story: Any
    agreement: Any
    tranche: Any
    draft_tranche: Any
    provision: Any
    delivery: Any
    sign_in: Any
    factor: Any
    upload: Any
    document: Any
    law: LawOf

    @property
    def participant(self) -> Any:
        return self.trajectory.participant


class Objects:
    """The three corners, and how an address is filled from one."""

    def __init__(self, corners: dict[str, Corner]) -> None:
        self.corners = corners

    def of(self, address: Any, whose: str) -> Kwargs:
        """The arguments with which ``address`` is visited."""
        return OBJECTS[address.name](self.corners[whose]) if address.arguments else {}


def make_objects(cast: Cast) -> Objects:
    """Give each corner a session, a goal and a signed report."""
    own = _corner(cast.trajectory, cast.agreement)
    _let_bsn_be_shown(cast)
    FigureNote.objects.filter(pk=own.note.pk).update(text="In maart twee weken dicht.")  # on the overview
    return Objects(
        {
            "own": own,
            "other_unit": _corner(cast.other_unit_trajectory, _agreement_of(cast.other_unit_trajectory)),
            "foreign": _corner(cast.foreign_trajectory, cast.foreign_trajectory.agreement),
        }
    )


def _let_bsn_be_shown(cast: Cast) -> None:
    cast.samira.bsn = "111222333"
    cast.samira.save()
    type(cast.agreement).objects.filter(pk=cast.agreement.pk).update(bsn_ground="Participatiewet art. 7")


def _agreement_of(trajectory: Trajectory) -> Any:
    """An agreement that pays for that unit only."""
    return make.AgreementFactory(provider=trajectory.provider, programmes=[trajectory.programme])


def _corner(trajectory: Trajectory, agreement: Any) -> Corner:
    report = signed_report(agreement)
    person = trajectory.participant
    goal = make.GoalFactory(participant=person)
    of_person = {"provider": person.provider, "participant": person}
    return Corner(
        trajectory=trajectory,
        session=make.SessionFactory(trajectory=trajectory, note="Geheim verhaal van deze persoon."),
        goal=goal,
        step=GoalStep.objects.create(goal=goal, words="Wekker zetten.", **of_person),
        contact=NetworkContact.objects.create(name="Tineke Prins", role="Werkbegeleider", **of_person),
        appointment=make.SessionFactory(trajectory=trajectory, held_on=make.days_ago(0), attendance="", note=""),
        group=make.GroupFactory(unit=trajectory.unit, coach=trajectory.coach, trajectories=[trajectory]),
        report=report,
        file=report.files.get(),
        note=_note(trajectory),
        view=SavedView.objects.create(staff_member=_manager(trajectory), name="Dit kwartaal", query="period=quarter"),
        story=report.texts.get(),
        agreement=agreement,
        tranche=make.TrancheFactory(agreement=agreement, confirmed_at=now()),
        draft_tranche=make.TrancheFactory(agreement=agreement, starts_on=make.days_ago(30)),
        provision=make.ProvisionFactory(trajectory=trajectory),
        delivery=_delivery(trajectory, agreement),
        sign_in=_sign_in(trajectory.coach),
        factor=SecondFactor.objects.create(staff_member=trajectory.coach, kind="app", name="App", secret="A" * 32),  # type: ignore[misc] # each corner has a coach
        upload=FolderImport.objects.create(
            provider=trajectory.provider,
            asked_by=trajectory.coach,  # type: ignore[misc] # each corner has a coach
            state="checked",
            name="Geheim.zip" if trajectory.provider.code == "ELS" else "map.zip",
        ),
        document=_document(trajectory),
        law=LawOf(person, trajectory.coach),  # type: ignore[arg-type]
    )


def _document(trajectory: Trajectory) -> Document:
    """A letter that was looked at; what is in it is no matter here."""
    return Document.objects.create(
        provider=trajectory.provider, participant=trajectory.participant, kind="letter", title="Geheim verhaal.",
        dated_on=make.days_ago(9), format="pdf", size=3, content="R2VoZWlt", state="ready",
        recorded_by=trajectory.coach,  # type: ignore[misc] # each corner has a coach
    )  # fmt: skip


def _sign_in(member: Any) -> SignIn:
    """Of another device than the one that visits."""
    return SignIn.objects.create(
        session_key=uuid4().hex * 2, staff_member=member, signed_in_at=now(), seen_at=now(),
        expire_date=now() + timedelta(minutes=30), device="Firefox, Windows",
    )  # fmt: skip


def _delivery(trajectory: Trajectory, agreement: Any) -> StatisticDelivery:
    return StatisticDelivery.objects.create(
        provider=trajectory.provider, municipality=agreement.municipality, month=make.days_ago(60).replace(day=1),
        format="csv", rows=1, sha256="0" * 64, lines={str(trajectory.unit_id): {"D1": ["40", "2025-01-06", ""]}},
    )  # fmt: skip


def _manager(trajectory: Trajectory) -> StaffMember:
    """Who manages the unit; somebody else where nobody does."""
    found = StaffMember.objects.filter(memberships__unit=trajectory.unit, memberships__role="unit_manager").first()
    return found or make.StaffMemberFactory()


def _note(trajectory: Trajectory) -> FigureNote:
    return FigureNote.objects.create(
        provider=trajectory.provider, unit=trajectory.unit, figure="inflow",
        dated_on=make.days_ago(3), text="Geheim verhaal van deze unit.",
    )  # fmt: skip


def participant(corner: Corner) -> Kwargs:
    return {"pk": corner.participant.pk}


def trajectory(corner: Corner) -> Kwargs:
    return {"pk": corner.trajectory.pk}


def session(corner: Corner) -> Kwargs:
    return {"pk": corner.session.pk}


def report(corner: Corner) -> Kwargs:
    return {"pk": corner.report.pk}


def agreement(corner: Corner) -> Kwargs:
    return {"pk": corner.agreement.pk}


def tranche(corner: Corner) -> Kwargs:
    return {"pk": corner.tranche.pk}


def draft_tranche(corner: Corner) -> Kwargs:
    return {"pk": corner.draft_tranche.pk}


def story(corner: Corner) -> Kwargs:
    return {"pk": corner.story.pk}


def signal(corner: Corner) -> Kwargs:
    return {"check": "session_not_filled_in", "pk": corner.appointment.pk}


def event(corner: Corner) -> Kwargs:
    last = corner.trajectory.events.last()
    assert last is not None
    return {"pk": last.pk}


def step(corner: Corner) -> Kwargs:
    return {"pk": corner.step.pk}


def contact(corner: Corner) -> Kwargs:
    return {"pk": corner.contact.pk}


def goal(corner: Corner) -> Kwargs:
    return {"pk": corner.goal.pk}


def appointment(corner: Corner) -> Kwargs:
    return {"pk": corner.appointment.pk}


def provision(corner: Corner) -> Kwargs:
    return {"pk": corner.provision.pk}


def finding(corner: Corner) -> Kwargs:
    return {"rule": "no_position", "pk": corner.provision.pk}


def group(corner: Corner) -> Kwargs:
    return {"pk": corner.group.pk}


def file_format(_corner: Corner) -> Kwargs:
    return {"file_format": "csv"}


def _named(app: str, fill: Callable[[Corner], Kwargs], *names: str) -> dict[str, Callable[[Corner], Kwargs]]:
    return {f"{app}:{name}": fill for name in names}


OBJECTS: dict[str, Callable[[Corner], Kwargs]] = {
    **_named(
        "guidance",
        participant,
        "person",
        "timeline",
        "changes",
        "goals",
        "set_goal",
        "measurements",
        "record_assessment",
    ),
    **_named("guidance", participant, "data", "edit_participant", "set_attention", "add_contact", "new_trajectory"),
    **_named("guidance", participant, "plan_appointment", "log_session_for"),
    **_named("guidance", trajectory, "log_session", "end_trajectory"),
    **_named("guidance", session, "session", "edit_session"),
    **_named("guidance", appointment, "move_appointment", "record_attendance", "undo_attendance"),
    **_named("guidance", goal, "rate_goal", "close_goal"),
    **_named("guidance", group, "group_day", "edit_group"),
    **_named("guidance", step, "tick_step"),
    **_named("guidance", contact, "remove_contact"),
    **_named("guidance", participant, "documents", "add_document"),
    **_named("guidance", lambda corner: {"pk": corner.document.pk}, "download_document", "remove_document"),
    **_named("trajectories", trajectory, "start", "pause", "relapse", "resume", "trial", "extend", "change_coach"),
    **_named("trajectories", trajectory, "cancel", "aftercare"),
    **_named("trajectories", event, "void", "undo"),
    **_named("trajectories", trajectory, "add_provision"),
    **_named("trajectories", participant, "provisions", "record_position"),
    **_named("trajectories", provision, "change_provision", "end_provision", "remove_provision"),
    **_named(
        "participants", participant, "privacy_file", "who_looked", "add_request", "add_statement", "add_disclosure"
    ),
    **_named("participants", participant, "restrict", "lift_restriction", "place_hold", "lift_hold", "ask_export"),
    **_named("participants", participant, "shield_file", "lift_shield", "notice", "reveal_bsn"),
    **_named("participants", lambda corner: {"pk": corner.law.request.pk}, "request", "extend_request"),
    **_named("participants", lambda corner: {"pk": corner.law.request.pk}, "erase_as_asked"),
    **_named("participants", lambda corner: {"pk": corner.law.export.pk}, "export", "download_export"),
    "participants:log_sample": lambda corner: {"pk": corner.law.review.pk},
    "participants:log_signal": lambda corner: {"signal": "night"},
    "participants:edit_activity": lambda corner: {"pk": corner.law.activity.pk},
    **_named("trajectories", lambda corner: {"pk": corner.law.list.pk}, "destruction_list", "approve_destruction_list"),
    **_named("trajectories", lambda corner: {"pk": corner.law.list.pk}, "discard_destruction_list"),
    "trajectories:keep_file": lambda corner: {"pk": corner.law.item.pk},
    "trajectories:edit_retention_class": lambda corner: {"pk": corner.law.retention_class.pk},
    "organisations:folder_import": lambda corner: {"pk": corner.upload.pk},
    "organisations:read_folder_in": lambda corner: {"pk": corner.upload.pk},
    "organisations:throw_folder_away": lambda corner: {"pk": corner.upload.pk},
    "organisations:remove_factor": lambda corner: {"pk": corner.factor.pk},
    "organisations:reset_factors": lambda corner: {"pk": corner.factor.staff_member_id},
    "organisations:end_sign_in": lambda corner: {"pk": corner.sign_in.pk},
    **_named("reporting", report, "report", "report_progress", "sign_report", "discard_report", "retry_report"),
    **_named("reporting", report, "check_report", "reopen_report", "remake_report", "correct_report"),
    **_named("reporting", report, "check_file"),
    **_named("reporting", report, "accept_report", "return_report", "explain_targets", "write_plans", "add_story"),
    **_named("reporting", story, "edit_story", "read_story", "remove_story"),
    **_named("reporting", agreement, "open_tranche"),
    **_named("reporting", tranche, "tranche"),
    **_named("reporting", draft_tranche, "tranche_terms", "tranche_demands", "check_tranche", "discard_tranche"),
    "reporting:download_report": lambda corner: {"pk": corner.report.pk, "file": corner.file.pk},
    **_named("reporting", signal, "answer_signal", "pass_on_signal", "reopen_signal"),
    "reporting:mend_signal": lambda corner: {"check": "started_without_referral_date", "pk": corner.trajectory.pk},
    "reporting:statistic_delivery": lambda corner: {"pk": corner.delivery.pk},
    **_named("reporting", participant, "compare_files"),
    **_named("reporting", finding, "answer_finding", "reopen_finding"),
    **_named("reporting", provision, "close_provision"),
    "reporting:figure": lambda corner: {"figure_id": "participants"},
    "reporting:definition": lambda corner: {"figure_id": "participants"},
    "reporting:add_note": lambda corner: {"figure_id": "participants"},
    "reporting:export_figure": lambda corner: {"figure_id": "participants", "file_format": "csv"},
    **_named("reporting", file_format, "export_units", "export_cohorts", "export_waiting", "export_signals"),
    **_named("reporting", file_format, "export_statistic_checks", "export_statistic_people"),
    "reporting:remove_note": lambda corner: {"pk": corner.note.pk},
    "reporting:delete_view": lambda corner: {"pk": corner.view.pk},
}
