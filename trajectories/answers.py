"""What people fill in about a trajectory, as forms give it and actions take it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from organisations.models import Organisation
from trajectories.models import Destination, EndReason


@dataclass(frozen=True)
class Person:
    """Who somebody is, as far as it is known when the file is opened."""

    surname: str
    home_municipality: Organisation
    given_names: str = ""
    prefix: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    gender: str = ""
    language: str = ""
    language_level: str = ""
    benefit: str = ""


@dataclass(frozen=True)
class Job:
    """The paid work somebody found, as far as it is known."""

    employer: str = ""
    hours_per_week: Decimal | None = None
    contract_form: str = ""
    starts_on: date | None = None


@dataclass(frozen=True)
class Insight:
    """What the help question turned out to be, and what more targeted help followed."""

    turned_out: str = ""
    help_followed: str = ""


@dataclass(frozen=True)
class Ending:
    """The answers that ending a trajectory asks for.

    Attributes:
        on: the last day it ran.
        reason: why it stopped.
        destination: where the person went; another list than the reason.
        outcomes: kinds of what came of it, apart from insight; dated on the last day.
        job: about the paid work, when that is among the outcomes.
        insight: what became clear about the help question; None when nothing did.
        aftercare_until: until which day contacts follow.
    """

    on: date
    reason: EndReason | None = None
    destination: Destination | None = None
    outcomes: Sequence[str] = field(default_factory=tuple)
    job: Job | None = None
    insight: Insight | None = None
    aftercare_until: date | None = None
    note: str = ""
