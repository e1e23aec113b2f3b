"""Checks of what is known of each person."""

from django.utils.translation import gettext_lazy as _

from participants.ages import ages_possible
from participants.imports import passes_eleven_test
from reporting.statistic.findings import Fix, Looked
from reporting.statistic.rules.registry import E, W, of_a_line
from reporting.statistic.selection import Ran

YOUNGEST, OLDEST = 16, 67


@of_a_line(
    "b15",
    E,
    _("The BSN is missing, or fails the eleven-test."),
    _("Complete the BSN of this person; it comes in with the import of participants."),
    Fix.DETAILS,
)
def bsn_wrong(ran: Ran, _looked: Looked) -> bool:
    """A BSN has nine digits and passes the eleven-test."""
    if not ran.has_bsn_ground:
        return False
    bsn = ran.person.bsn.zfill(9)
    return not (len(bsn) == 9 and bsn.isascii() and bsn.isdigit() and passes_eleven_test(bsn))


@of_a_line(
    "b15",
    E,
    _("The date of birth lies in the future."),
    _("Correct the date of birth."),
    Fix.DETAILS,
)
def born_in_future(ran: Ran, looked: Looked) -> bool:
    """Nobody is born after the month."""
    ages = ages_possible(ran.person, looked.month.period.end)
    return ages is not None and ages[1] < 0


@of_a_line(
    "b15",
    W,
    _("The date of birth is not known in full, or does not fit the Participatiewet."),
    _("Check the date of birth. One that is not known in full is left out of the file."),
    Fix.DETAILS,
)
def birth_doubtful(ran: Ran, looked: Looked) -> bool:
    """A whole date of birth, and an age for which the law offers support (own check)."""
    ages = ages_possible(ran.person, looked.month.period.end)
    if ages is None or not (ran.person.birth_month and ran.person.birth_day):
        return True
    return 0 <= ages[1] < YOUNGEST or ages[0] > OLDEST


@of_a_line(
    "",
    E,
    _("The agreement records no ground for the BSN, so this line cannot be delivered."),
    _("Ask the functional manager to record the ground at the agreement."),
    Fix.ADMINISTRATION,
)
def no_bsn_ground(ran: Ran, _looked: Looked) -> bool:
    """The BSN leaves the house only on a legal ground that the agreement records."""
    return not ran.has_bsn_ground


@of_a_line(
    "",
    W,
    _("Work capacity and aim are not recorded for this month."),
    _("Record them. Until then “not known yet” is sent, without an aim."),
    Fix.POSITION,
)
def no_position(ran: Ran, _looked: Looked) -> bool:
    """Kenmerk 11 and 12 are known on the last day of the month (own check)."""
    return not ran.person.aim
