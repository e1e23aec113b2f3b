"""What a coach fills in about a session, as forms give it and actions take it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from guidance.models import Goal, SessionKind


@dataclass(frozen=True)
class Meeting:
    """When, where and how two people meet."""

    held_on: date
    starts_at: time | None = None
    minutes: int | None = None
    kind: str = SessionKind.INDIVIDUAL
    place: str = ""


@dataclass(frozen=True)
class Report:
    """What a coach writes down about a session.

    Attributes:
        attendance: whether the person came.
        note: what they did: the part that the person may read.
        plan: what they agreed for next time.
        life_domains: what it was about.
        goals: on which goals they worked.
        restricted_note: only for named coaches; None leaves it as it is.
    """

    attendance: str
    note: str = ""
    plan: str = ""
    life_domains: Sequence[str] = field(default_factory=tuple)
    goals: Sequence[Goal] = field(default_factory=tuple)
    restricted_note: str | None = None


@dataclass(frozen=True)
class Presence:
    """Whether somebody was there on a half-day, and a short remark."""

    status: str
    remark: str = ""
