"""Checks of what the law says about each kind of provision."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation.periods import Period
from participants.ages import ages_possible
from reporting.statistic.findings import Fix, Looked
from reporting.statistic.rules.registry import E, W, of_a_line
from reporting.statistic.selection import Ran, months_before
from trajectories.provision_kinds import WIW_AND_ID_CLOSED_ON, WIW_OR_ID

WAGE_COST_SUBSIDY, FLAT_RATE, TEMPORARY, SHELTERED = "10", "11", "12", "21"
PARTICIPATION_PLACEMENT, TRIAL_PLACEMENT = "22", "23"
REST_KINDS = {"60", "98"}
SUBSIDIES = {WAGE_COST_SUBSIDY, FLAT_RATE, TEMPORARY}
LONGEST_MONTHS = 6
YOUNGEST_ON_PLACEMENT = 27
HIGHEST_WAGE_VALUE = 100


@of_a_line(
    "b7",
    W,
    _("This wage value does not fit the kind of provision."),
    _("A wage value of 1 to 100 belongs to a wage-cost subsidy. Change it, or take it away."),
)
def wage_value_misplaced(ran: Ran, _looked: Looked) -> bool:
    """A wage value with a wage-cost subsidy (or sheltered work with one) only, of 1 to 100 (Participatiewet 6, 10d)."""
    if ran.wage_value is None or ran.kind == FLAT_RATE:
        return False
    return ran.kind not in {WAGE_COST_SUBSIDY, SHELTERED} or not 0 < ran.wage_value <= HIGHEST_WAGE_VALUE


@of_a_line(
    "b8",
    W,
    _("A flat-rate subsidy has no wage value and lasts six months at most."),
    _("Take the wage value away, or end it and record the ordinary wage-cost subsidy."),
    since=lambda ran: None if ran.wage_value is not None else _after_months(ran.starts_on, LONGEST_MONTHS),
)
def flat_rate_too_long(ran: Ran, looked: Looked) -> bool:
    """Flat rate: no wage value is determined, first six months at most (Participatiewet, art. 10d)."""
    return ran.kind == FLAT_RATE and (ran.wage_value is not None or _is_too_long(ran, looked.month.period))


@of_a_line(
    "b9",
    W,
    _("Two wage-cost subsidies run at the same time."),
    _("Check whether they are for two jobs. For one job, end one of them."),
)
def subsidies_overlap(ran: Ran, looked: Looked) -> bool:
    """No other wage subsidy for the same employment (Participatiewet, art. 10d, ninth member)."""
    return ran.kind in SUBSIDIES and any(
        other.kind in SUBSIDIES and _overlap(ran, other) for other in looked.others(ran)
    )


@of_a_line(
    "b10",
    W,
    _("A participation placement is not for somebody under 27."),
    _("Check the date of birth and the programme."),
)
def placement_too_young(ran: Ran, _looked: Looked) -> bool:
    """No participation placement under 27 (Participatiewet, art. 7, eighth member)."""
    ages = ages_possible(ran.person, ran.starts_on)
    return ran.kind == PARTICIPATION_PLACEMENT and ages is not None and ages[1] < YOUNGEST_ON_PLACEMENT


@of_a_line(
    "b11",
    W,
    _("A trial placement lasts longer than six months."),
    _("Check the days. Two months are usual, and four more at most."),
    since=lambda ran: _after_months(ran.starts_on, LONGEST_MONTHS),
)
def trial_too_long(ran: Ran, looked: Looked) -> bool:
    """A trial placement: two months, four more at most (Participatiewet, art. 8a)."""
    return ran.kind == TRIAL_PLACEMENT and _is_too_long(ran, looked.month.period)


@of_a_line(
    "b12",
    W,
    _("Sheltered work needs a decision, and no number of one is recorded."),
    _("Check whether there is a decision and a contract, or choose another programme."),
    Fix.DETAILS,
)
def sheltered_without_decision(ran: Ran, _looked: Looked) -> bool:
    """Sheltered work rests on a decision of the municipality and a contract (Participatiewet, art. 10b)."""
    return ran.kind == SHELTERED and not ran.has_decision


@of_a_line(
    "b13",
    E,
    _("WIW and ID jobs are schemes from before 2004."),
    _("Take this provision away and record the right programme. A wrong code can reach UWV."),
)
def closed_scheme(ran: Ran, _looked: Looked) -> bool:
    """No new job under the schemes as they stood on 31 December 2003 (Participatiewet, art. 1)."""
    return ran.kind == WIW_OR_ID and ran.starts_on >= WIW_AND_ID_CLOSED_ON


@of_a_line(
    "b14",
    W,
    _("This kind says little, and has no description or no day to look again."),
    _("Write a description and choose a day to look again, or choose a more precise programme."),
)
def rest_kind_unexplained(ran: Ran, _looked: Looked) -> bool:
    """Unknown or unclassified: with a description and a day to look again (own check)."""
    return ran.kind in REST_KINDS and not (ran.description and ran.review_on)


def _is_too_long(ran: Ran, month: Period) -> bool:
    """Whether it lasted more than six months, as far as it ran by the end of the month."""
    last = min(ran.ends_on or month.end, month.end)
    return last >= _after_months(ran.starts_on, LONGEST_MONTHS)


def _after_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    month = months_before(Period.month(day.year, day.month), -months)
    return month.start.replace(day=min(day.day, month.end.day))


def _overlap(one: Ran, other: Ran) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)
