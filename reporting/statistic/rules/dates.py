"""Checks of the days, the number and the end of each provision."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from reporting.models import LaterEnds
from reporting.statistic.findings import Looked
from reporting.statistic.rules.registry import E, W, of_a_line
from reporting.statistic.selection import Ran
from trajectories.models import ProvisionEnd

ONE_DAY = timedelta(days=1)


def after_its_end(ran: Ran) -> date | None:
    """The day after its last day."""
    return ran.ends_on + ONE_DAY if ran.ends_on else None


def after_trajectory(ran: Ran) -> date | None:
    """The day after the last day of its trajectory."""
    return ran.trajectory_ended_on + ONE_DAY if ran.trajectory_ended_on else None


@of_a_line("b1", E, _("The last day lies before the first day."), _("Change one of the two days."))
def ends_before_start(ran: Ran, _looked: Looked) -> bool:
    """End on or after the start (a check of CBS in the text of 2013)."""
    return ran.ends_on is not None and ran.ends_on < ran.starts_on


@of_a_line(
    "b2",
    W,
    _("The first day is another one than was delivered before."),
    _("Check the first day. Is it right now? Then it goes along as a correction."),
)
def start_changed(ran: Ran, looked: Looked) -> bool:
    """The first day of a registration stays as it was first delivered (text of 2013)."""
    sent = looked.sent.get(ran.registration)
    return sent is not None and sent.starts_on != ran.starts_on


@of_a_line(
    "b3",
    E,
    _("The provision had not really started in this month."),
    _("Change the first day, or take the provision away."),
)
def not_started(ran: Ran, looked: Looked) -> bool:
    """Only provisions that are really used count: begun in or before the month, on a trajectory that started."""
    return ran.starts_on > looked.month.period.end or not ran.has_started


@of_a_line(
    "b4",
    W,
    _("The last day lies after this month, and is sent."),
    _("Check the planned last day. The guideline of CBS leaves open whether it is sent: it is a setting."),
)
def ends_later(ran: Ran, looked: Looked) -> bool:
    """An end after the month: the public guideline does not say whether it is sent, so it is a setting."""
    sends = looked.month.choices.later_ends == LaterEnds.SEND
    return sends and ran.ends_on is not None and ran.ends_on > looked.month.period.end


@of_a_line(
    "b5",
    E,
    _("There is a reason of the end, and no last day."),
    _("Fill in the last day, or take the reason away."),
)
def reason_without_end(ran: Ran, _looked: Looked) -> bool:
    """A reason of the end only with an end (own check)."""
    return bool(ran.end_reason) and ran.ends_on is None


@of_a_line(
    "b5",
    W,
    _("It ended in this month, without a reason."),
    _("Record whether it really ended."),
    since=after_its_end,
)
def end_without_reason(ran: Ran, looked: Looked) -> bool:
    """A reason where there is an end (a check of CBS in the text of 2013)."""
    return not ran.end_reason and ran.ends_on is not None and ran.ends_on <= looked.month.period.end


@of_a_line(
    "b6",
    W,
    _("It goes on under another number, and that number is not there."),
    _("Record the provision that starts the next day, or choose that it really ended."),
    since=after_its_end,
)
def no_successor(ran: Ran, looked: Looked) -> bool:
    """Reason 1: the provision goes on, so one of the same kind starts the next day (own check)."""
    if ran.end_reason != ProvisionEnd.ADMINISTRATIVE or ran.ends_on is None:
        return False
    next_day = ran.ends_on + ONE_DAY
    return not any(other.kind == ran.kind and other.starts_on == next_day for other in looked.others(ran))


@of_a_line(
    "b16",
    E,
    _("Another provision has the same registration number."),
    _("Take one of the two away and record it again; it gets a new number."),
)
def number_twice(ran: Ran, looked: Looked) -> bool:
    """A registration number is one provision's, and never another's later (own check)."""
    sent = looked.sent.get(ran.registration)
    return looked.registrations[ran.registration] > 1 or (sent is not None and sent.kind != ran.kind)


@of_a_line(
    "b18",
    W,
    _("This person has the same provision twice from one day."),
    _("Take one away, unless there are really two."),
)
def recorded_twice(ran: Ran, looked: Looked) -> bool:
    """No two provisions of a person of one kind from one day (own check)."""
    return any(other.kind == ran.kind and other.starts_on == ran.starts_on for other in looked.others(ran))


@of_a_line(
    "",
    E,
    _("Its trajectory is over, and the provision runs on or began later."),
    _("End it on the last day of the trajectory, or take it away."),
    since=after_trajectory,
)
def outlives_trajectory(ran: Ran, looked: Looked) -> bool:
    """Nothing of a trajectory is used after its last day: such a provision was never closed (own check)."""
    over = ran.trajectory_ended_on
    if over is None or over > looked.month.period.end:
        return False
    return ran.ends_on is None or ran.ends_on > over


@of_a_line(
    "",
    W,
    _("The day to look again is past, and it still runs."),
    _("End it, or choose a new day to look again."),
    since=lambda ran: ran.review_on,
)
def review_due(ran: Ran, looked: Looked) -> bool:
    """Provisions that are never closed are the known fault of these records, so they have a day to look again."""
    runs = ran.ends_on is None or ran.ends_on > looked.month.period.end
    return runs and ran.review_on is not None and ran.review_on <= looked.month.period.end
