"""Groups: their week, and who was there on a half-day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.clock import now, today
from guidance.models import Group, GroupDay, HalfDay, HalfDayAttendance, HalfDayStatus
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from trajectories.models import Trajectory
from trajectories.workflow import UNDERWAY

A_WEEK = 7
MONDAY = date(2024, 1, 1)
HALF_DAYS = (HalfDay.MORNING, HalfDay.AFTERNOON)


@dataclass(frozen=True)
class Sitting:
    """One half-day on which a group meets."""

    on: date
    half_day: str
    starts_at: time | None
    ends_at: time | None


def groups_of(member: StaffMember) -> list[dict[str, Any]]:
    """The groups of a member's units, the own ones first: two queries."""
    groups = _in_use(member, today()).prefetch_related("days").select_related("coach", "programme")
    last = (
        HalfDayAttendance.objects.filter(group=OuterRef("pk")).order_by().values("group").annotate(day=Max("dated_on"))
    )
    rows = groups.annotate(
        members=Count("trajectories", filter=Q(trajectories__state__in=UNDERWAY)), last_on=Subquery(last.values("day"))
    )
    shown = [_row(group, member) for group in rows.order_by("name", "pk")]
    return sorted(shown, key=lambda row: not row["is_mine"])


def _in_use(member: StaffMember, day: date) -> QuerySet[Group]:
    groups = Group.objects.visible_to(member, Permission.FILE_READ)
    return groups.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _row(group: Any, member: StaffMember) -> dict[str, Any]:
    return {
        "name": group.name,
        "url": reverse("guidance:group_day", args=[group.pk]),
        "is_mine": group.coach_id == member.pk,
        "coach": group.coach.name if group.coach else "",
        "week": ", ".join(_weekday(day) for day in group.days.all()),
        "members": people_words(group.members),
        "last_on": group.last_on,
    }


def _weekday(day: GroupDay) -> str:
    """Tuesday morning."""
    name = date_format(MONDAY + timedelta(days=day.weekday - 1), "l")
    return _("%(weekday)s %(half_day)s") % {"weekday": name, "half_day": str(HalfDay(day.half_day).label).lower()}


def people_words(number: int) -> str:
    return ngettext("%(number)s participant", "%(number)s participants", number) % {"number": number}


def sitting_asked(group: Group, day: str, half_day: str) -> Sitting:
    """The half-day that the address names; without one, the last on which the group met or meets today."""
    week = {(row.weekday, row.half_day): row for row in group.days.all()}
    asked = _day(day)
    if asked is None:
        asked, half_day = _newest(week)
    elif half_day not in HALF_DAYS:
        half_day = next((half for half in HALF_DAYS if (asked.isoweekday(), half) in week), HalfDay.MORNING)
    row = week.get((asked.isoweekday(), half_day))
    return Sitting(asked, half_day, row.starts_at if row else None, row.ends_at if row else None)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _newest(week: dict[tuple[int, str], GroupDay]) -> tuple[date, str]:
    """Today's half-day that has begun, else the last one before it; today's morning when there is no week at all."""
    reached = HALF_DAYS if now().hour >= 12 else HALF_DAYS[:1]
    for back in range(A_WEEK + 1):
        day = today() - timedelta(days=back)
        halves = reached if back == 0 else HALF_DAYS
        for half in reversed(halves):
            if (day.isoweekday(), half) in week:
                return day, half
    return today(), HalfDay.MORNING


def members_on(group: Group, sitting: Sitting, member: StaffMember) -> list[Trajectory]:
    """Who belongs to the group on that day and is open to ``member``: those whose trajectory ran then, by surname."""
    ran = Q(ended_on__isnull=True) | Q(ended_on__gte=sitting.on)
    rows = group.trajectories.filter(ran, started_on__lte=sitting.on, unit_id=group.unit_id).exclude(
        state__in=["planned", "cancelled"]
    )
    rows = rows.filter(participant__in=Participant.objects.open_to(member, Permission.SESSION_LOG))
    return list(rows.select_related("participant").order_by("participant__sort_name", "pk"))


def recorded(trajectories: list[Trajectory], sitting: Sitting) -> dict[Any, HalfDayAttendance]:
    """What was filled in of this half-day, by trajectory."""
    rows = HalfDayAttendance.objects.filter(trajectory__in=trajectories, dated_on=sitting.on, half_day=sitting.half_day)
    return {row.trajectory_id: row for row in rows}


def in_words(known: dict[Any, HalfDayAttendance], number: int) -> str:
    """8 present, 1 with notice; 2 still to choose."""
    if not known:
        return _("Nothing filled in yet.")
    counts = Counter(row.status for row in known.values())
    parts = [f"{counts[status]} {str(status.label).lower()}" for status in HalfDayStatus if counts[status]]
    left = number - len(known)
    if left > 0:
        parts.append(ngettext("%(number)s still to choose", "%(number)s still to choose", left) % {"number": left})
    return ", ".join(parts)


def neighbours(group: Group, sitting: Sitting) -> dict[str, str]:
    """The addresses of the half-days before and after this one; no half-day to come."""
    week = {(row.weekday, row.half_day) for row in group.days.all()}
    steps = list(_around(week, sitting))
    here = (sitting.on, sitting.half_day)
    before = [step for step in steps if step < here]
    after = [step for step in steps if step > here and step[0] <= today()]
    return {
        "before": address(group, *before[-1]) if before else "",
        "after": address(group, *after[0]) if after else "",
    }


def _around(week: set[tuple[int, str]], sitting: Sitting) -> Iterator[tuple[date, str]]:
    for offset in range(-A_WEEK, A_WEEK + 1):
        day = sitting.on + timedelta(days=offset)
        for half in HALF_DAYS:
            if (day.isoweekday(), half) in week:
                yield day, str(half.value)


def address(group: Group, on: date, half_day: str) -> str:
    query = urlencode({"day": on.isoformat(), "half": half_day})
    return f"{reverse('guidance:group_day', args=[group.pk])}?{query}"


def groups_on(member: StaffMember, day: date) -> list[dict[str, Any]]:
    """The groups that a coach has on a day, for today's list: one query."""
    filled = HalfDayAttendance.objects.filter(group=OuterRef("group"), dated_on=day, half_day=OuterRef("half_day"))
    counted = filled.order_by().values("group").annotate(number=Count("pk")).values("number")
    rows = (
        GroupDay.objects.filter(group__in=_in_use(member, day), group__coach=member, weekday=day.isoweekday())
        .select_related("group")
        .annotate(
            members=Count("group__trajectories", filter=Q(group__trajectories__state__in=UNDERWAY)),
            filled=Coalesce(Subquery(counted), 0),
        )
        .order_by("starts_at", "half_day")
    )
    return [_group_row(row, day) for row in rows]


def _group_row(row: Any, day: date) -> dict[str, Any]:
    half = str(HalfDay(row.half_day).label).lower()
    until = _("Group until %(time)s") % {"time": f"{row.ends_at:%H:%M}"} if row.ends_at else _("Group")
    return {
        "group": _("%(name)s, %(half_day)s") % {"name": row.group.name, "half_day": half},
        "at": row.starts_at,
        "url": address(row.group, day, row.half_day),
        "what": until,
        "members": people_words(row.members),
        "filled": row.filled,
        "is_to_come": day > today(),
    }


def possible_members(group: Group, member: StaffMember) -> list[Trajectory]:
    """Whom the group can hold: the trajectories of its programme (of its unit, without one) that are underway.

    Only of files that are open to ``member``.
    """
    rows = Trajectory.objects.filter(Q(state__in=UNDERWAY) | Q(groups=group), unit_id=group.unit_id)
    rows = rows.filter(participant__in=Participant.objects.open_to(member, Permission.TRAJECTORY_MOVE))
    if group.programme_id:
        rows = rows.filter(Q(programme_id=group.programme_id) | Q(groups=group))
    return list(rows.select_related("participant").distinct().order_by("participant__sort_name", "pk"))
