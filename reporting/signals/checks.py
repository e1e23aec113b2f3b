"""Every check of the files, and the records in which it finds something.

Those of the figure "complete files" are the very functions behind that number (``reporting.figures.quality``): the list
is as long as the number. The others look at what is due today. ``since`` is the day from which a record is wrong: its
age, and what tells a new occurrence from one that somebody answered before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import partial
from itertools import combinations
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.periods import ONE_DAY
from guidance.screens.people import LONG_WITHOUT_CONTACT
from guidance.screens.today import working_days
from reporting.figures.counting import Record, grouped
from reporting.figures.places import placed
from reporting.figures.quality import (
    CHECK_LABELS,
    CHECK_RULES,
    FIRST_LADDER,
    FOLLOW_UP,
)
from reporting.signals.looking import Look, PersonRow
from reporting.signals.since import (
    Find,
    Found,
    Since,
    after_end,
    after_trajectory,
    days_after,
    half_a_year_after,
    when_entered,
)
from trajectories.models import State

TWO_WORKING_DAYS = 2
ALIKE = 0.75  # of the folded names; one letter more or less in a short name


@dataclass(frozen=True)
class Check:
    """One check: what it is called, exactly what it finds, and in what.

    ``about`` names what its records are: trajectory, session, outcome, event, placement, participant.
    """

    name: str
    label: str | Promise
    rule: str | Promise
    about: tuple[str, ...]
    find: Find
    is_rate: bool = False


def of_figure(name: str, since: Since) -> Find:
    """The records that the figure calls wrong, and the day from which each is."""

    def find(look: Look) -> list[Found]:
        day_of = since(look)
        return [Found(record, day_of(record)) for record in look.wrong(name)]

    return find


def closed_without_outcome(look: Look) -> list[Found]:
    """Trajectories that ended in the period, not as dropout; found: without any outcome."""
    since = after_end(look)
    ended = (row for row in look.asked.outflow if not row.is_dropout and row.id not in look.with_outcome)
    records = (Record(row.id, row.participant_id, row.id, row.ended_on) for row in ended)
    return [Found(record, since(record)) for record in records]


def no_contact_4_weeks(look: Look) -> list[Found]:
    """Trajectories that are underway; found: nobody spoke with the person for four weeks or longer."""
    lasts = ((row, max(row.contact_on or row.started_on, row.started_on)) for row in look.open_rows)
    due = ((row, last + LONG_WITHOUT_CONTACT) for row, last in lasts)
    return [Found(row.record(on - LONG_WITHOUT_CONTACT), on) for row, on in due if on <= look.today]


def past_goal_date(look: Look) -> list[Found]:
    """Trajectories that are underway; found: the goal date has gone by."""
    dated = ((row, row.planned_end_on) for row in look.open_rows if row.planned_end_on)
    return [Found(row.record(planned), planned + ONE_DAY) for row, planned in dated if planned < look.today]


def trial_without_decision(look: Look) -> list[Found]:
    """Trajectories in their trial; found: the trial weeks are over, or the trial was not passed and it runs on."""
    on_trial = (row for row in look.open_rows if row.state == State.TRIAL and row.trial_weeks)
    over = ((row, row.failed_on or row.started_on + timedelta(weeks=row.trial_weeks)) for row in on_trial)
    return [Found(row.record(on - ONE_DAY), on) for row, on in over if on <= look.today]


def two_on_one_agreement(look: Look) -> list[Found]:
    """People with more trajectories underway on one agreement; found: all but the first of them."""
    together = grouped(look.open_rows, lambda row: (row.participant_id, row.agreement_id))
    return [Found(row.record(row.started_on), row.started_on) for own in together.values() for row in own[1:]]


def slot_gone(look: Look) -> list[Found]:
    """Places whose last day has gone by; found: somebody still holds it, or held it longer."""
    gone = {row.id: row.ends_on for row in look.asked.facts.slots if row.ends_on and row.ends_on < look.today}
    held = ((row, gone[row.slot_id]) for row in placed(look.asked) if row.slot_id in gone)
    return [
        Found(Record(row.id, row.participant_id, row.trajectory_id, row.starts_on), last + ONE_DAY)
        for row, last in held
        if row.ends_on is None or row.ends_on > last
    ]


def possible_duplicate(look: Look) -> list[Found]:
    """Files of one provider that may be of one person; found: the newer of two, or the one that is in scope."""
    made = {row.id: row.created_on for row in look.people}
    pairs = dict.fromkeys(alike(look.people))
    chosen = ((one, other) if one in look.newest else (other, one) for other, one in pairs)
    return [Found(Record(one, one), made[one], other) for one, other in chosen if one in look.newest]


def alike(people: list[PersonRow]) -> Iterator[tuple[UUID, UUID]]:
    """Pairs (older file first) with one name and no other day of birth, or one day of birth and nearly one name."""
    by_name = grouped(people, lambda row: (row.provider_id, row.sort_name))
    for same in by_name.values():
        for one, other in combinations(same, 2):
            if not (one.born and other.born and one.born != other.born):
                yield one.id, other.id
    by_birth = grouped((row for row in people if row.born), lambda row: (row.provider_id, row.born))
    for same_day in by_birth.values():
        for one, other in combinations(same_day, 2):
            if one.sort_name != other.sort_name and are_close(one.sort_name, other.sort_name):
                yield one.id, other.id


def are_close(one: str, other: str) -> bool:
    """Whether two names are nearly the same; the two bounds that cost little are looked at first."""
    both = SequenceMatcher(None, one, other)
    return both.real_quick_ratio() >= ALIKE and both.quick_ratio() >= ALIKE and both.ratio() >= ALIKE


def is_overdue(since: date, today: date) -> bool:
    """Whether a session that has not been filled in waits for more than two working days."""
    return working_days(since - ONE_DAY, today) > TWO_WORKING_DAYS


TRAJECTORY, SESSION, OUTCOME = ("trajectory",), ("session",), ("outcome",)


def _figure_checks() -> Iterator[Check]:
    """The checks of the figure, with what their records are and since when they are wrong."""
    after: dict[str, tuple[tuple[str, ...], Since]] = {
        "session_not_filled_in": (SESSION, partial(days_after, days=1)),
        "ended_without_destination": (TRAJECTORY, after_end),
        "ended_without_reason": (TRAJECTORY, after_end),
        "started_without_referral_date": (TRAJECTORY, partial(days_after, days=0)),
        "no_first_ladder": (TRAJECTORY, partial(days_after, days=FIRST_LADDER.days)),
        "no_measurement_6_months": (TRAJECTORY, half_a_year_after),
        "paid_work_without_start": (OUTCOME, partial(days_after, days=0)),
        "relapse_without_follow_up": (("event",), partial(days_after, days=FOLLOW_UP.days)),
        "slot_past_end": (("placement",), after_trajectory),
        "late_entry": (("session", "event", "outcome"), when_entered),
    }
    for name, (about, since) in after.items():
        find = of_figure(name, since)
        yield Check(name, CHECK_LABELS[name], CHECK_RULES[name], about, find, is_rate=name == "late_entry")


def _due_checks() -> Iterator[Check]:
    """The checks of what is due."""
    yield Check(
        "no_contact_4_weeks",
        _("No contact for four weeks"),
        _("Trajectories that are underway today. To see to: no session with the person for four weeks or longer."),
        TRAJECTORY,
        no_contact_4_weeks,
    )
    yield Check(
        "trial_without_decision",
        _("Trial over, no decision"),
        _(
            "Trajectories in their trial. To see to: the trial weeks are over, or the trial was not passed and it runs"
            " on."
        ),
        TRAJECTORY,
        trial_without_decision,
    )
    yield Check(
        "past_goal_date",
        _("Past the goal date"),
        _("Trajectories that are underway today. To see to: the goal date has gone by."),
        TRAJECTORY,
        past_goal_date,
    )
    yield Check(
        "closed_without_outcome",
        _("Ended without an outcome"),
        _("Trajectories that ended in the period, not early without a result. To see to: no outcome recorded."),
        TRAJECTORY,
        closed_without_outcome,
    )
    yield Check(
        "two_on_one_agreement",
        _("Two trajectories on one agreement"),
        _("People with more trajectories underway on one agreement. To see to: all but the first of them."),
        TRAJECTORY,
        two_on_one_agreement,
    )
    yield Check(
        "slot_gone",
        _("Place that is no more, still held"),
        _("Places whose last day has gone by. To see to: somebody still holds one, or held it longer."),
        ("placement",),
        slot_gone,
    )
    yield Check(
        "possible_duplicate",
        _("Perhaps one person with two files"),
        _(
            "Files with the same name and no other day of birth, or with the same day of birth and nearly the same"
            " name. To see to: one of the two."
        ),
        ("participant",),
        possible_duplicate,
    )


DUE = {check.name: check for check in _due_checks()}
_FIGURE = {check.name: check for check in _figure_checks()}
SIGNAL_CHECKS: dict[str, Check] = {
    name: (DUE | _FIGURE)[name]
    for name in (
        "session_not_filled_in",
        "no_contact_4_weeks",
        "relapse_without_follow_up",
        "trial_without_decision",
        "past_goal_date",
        "no_first_ladder",
        "no_measurement_6_months",
        "ended_without_destination",
        "ended_without_reason",
        "closed_without_outcome",
        "paid_work_without_start",
        "started_without_referral_date",
        "slot_past_end",
        "slot_gone",
        "two_on_one_agreement",
        "possible_duplicate",
        "late_entry",
    )
}
"""All checks by name, most pressing first."""


def found_by(look: Look, name: str) -> list[Found]:
    """What a check finds, oldest first. What is due today is no part of a period that is over."""
    if name in DUE and name != "closed_without_outcome" and not look.is_now:
        return []
    return sorted(SIGNAL_CHECKS[name].find(look), key=lambda found: (found.since, str(found.record.id)))
