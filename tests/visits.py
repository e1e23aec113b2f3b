"""With what each address is visited: an own object, one of another unit, one of another provider."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests import factories as make
from tests.cast import Cast
from trajectories.models import Trajectory

Kwargs = dict[str, object]


@dataclass
class Corner:
    """What there is in one corner of the world: one's own, another unit's, another provider's."""

    trajectory: Trajectory
    session: Any
    goal: Any
    report: Any
    file: Any
    placement: Any = None

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
    return Objects(
        {
            "own": _corner(cast.trajectory, cast.agreement),
            "other_unit": _corner(cast.other_unit_trajectory, _agreement_of(cast.other_unit_trajectory)),
            "foreign": _corner(cast.foreign_trajectory, cast.foreign_trajectory.agreement),
        }
    )


def _agreement_of(trajectory: Trajectory) -> Any:
    """An agreement that pays for that unit only."""
    return make.AgreementFactory(provider=trajectory.provider, programmes=[trajectory.programme])


def _corner(trajectory: Trajectory, agreement: Any) -> Corner:
    report = make.signed_report(agreement)
    return Corner(
        trajectory=trajectory,
        session=make.SessionFactory(trajectory=trajectory, note="Geheim verhaal van deze persoon."),
        goal=make.GoalFactory(participant=trajectory.participant),
        report=report,
        file=report.files.get(),
    )


def participant(corner: Corner) -> Kwargs:
    return {"pk": corner.participant.pk}


def trajectory(corner: Corner) -> Kwargs:
    return {"pk": corner.trajectory.pk}


def session(corner: Corner) -> Kwargs:
    return {"pk": corner.session.pk}


def report(corner: Corner) -> Kwargs:
    return {"pk": corner.report.pk}


def event(corner: Corner) -> Kwargs:
    last = corner.trajectory.events.last()
    assert last is not None
    return {"pk": last.pk}


OBJECTS: dict[str, Callable[[Corner], Kwargs]] = {
    "guidance:person": participant,
    **{
        f"trajectories:{verb}": trajectory
        for verb in (
            "start",
            "pause",
            "relapse",
            "resume",
            "trial",
            "extend",
            "change_coach",
            "cancel",
            "aftercare",
        )
    },
    "trajectories:void": event,
    "trajectories:undo": event,
    "reporting:report": report,
    "reporting:report_progress": report,
    "reporting:sign_report": report,
    "reporting:discard_report": report,
    "reporting:retry_report": report,
    "reporting:download_report": lambda corner: {"pk": corner.report.pk, "file": corner.file.pk},
    "reporting:figure": lambda corner: {"figure": "participants"},
}

NOBODY = uuid.UUID(int=0)
