"""What the years of a demo provider are made of, before they become rows of an import folder.

A life is made as if today did not exist; ``config.demo.cut`` then leaves out what has not happened yet. So
the past is the same on whatever day the demo is made.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random


@dataclass(slots=True)
class Person:
    """Somebody with a file at a provider."""

    reference: str
    given_names: str
    prefix: str
    surname: str
    born: str
    gender: str
    municipality: str
    benefit: str
    rng: Random
    bsn: str = ""
    flags: str = ""
    step: int = 2
    mood: int = 9
    courses: list["Course"] = field(default_factory=list)
    assessments: list["Assessment"] = field(default_factory=list)

    @property
    def first_name(self) -> str:
        return self.given_names.split(" ")[0]


@dataclass(slots=True)
class Event:
    on: date
    event: str
    note: str = ""


@dataclass(slots=True)
class Outcome:
    on: date
    kind: str
    note: str = ""
    employer: str = ""
    hours_per_week: str = ""
    contract_form: str = ""
    starts_on: date | None = None
    ended_on: date | None = None
    last_seen_on: date | None = None


@dataclass(slots=True)
class Session:
    on: date
    minutes: int
    kind: str
    attendance: str
    coach: str
    note: str = ""
    plan: str = ""
    is_made_by_hand: bool = False


@dataclass(slots=True)
class Placement:
    slot: str
    starts_on: date
    ends_on: date | None
    hours_per_week: int


@dataclass(slots=True)
class Assessment:
    instrument: str
    on: date
    moment: str
    values: dict[str, str]
    course: "Course | None" = None


@dataclass(slots=True)
class Course:
    """A trajectory: one person, one programme, one agreement."""

    person: Person
    programme: str
    agreement: str
    coach: str
    started_on: date
    ended_on: date | None = None
    planned_end_on: date | None = None
    referred_on: date | None = None
    referrer: str = ""
    question: str = ""
    end_reason: str = ""
    destination: str = ""
    previous: "Course | None" = None
    is_made_by_hand: bool = False
    reference: str = ""
    later_ends: list[tuple[date, date]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    half_days: list[tuple[date, str, str]] = field(default_factory=list)
    certificates: list[tuple[str, date, date | None]] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        """The last day of a trajectory that ends; an error for one without an end."""
        if self.ended_on is None:
            raise ValueError(f"{self.reference} has no end.")
        return self.ended_on

    def runs_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or self.ended_on >= day)


@dataclass(slots=True)
class Referral:
    """A referral that has not become a trajectory (yet)."""

    person: Person
    programme: str
    agreement: str
    referred_on: date
    referrer: str
    question: str
    decision: str
    decided_on: date | None = None
    reason: str = ""


@dataclass(slots=True)
class Slot:
    code: str
    programme: str
    host: str
    starts_on: date
    ends_on: date | None
    hours_per_week: int


@dataclass(slots=True)
class World:
    """Everything of one provider: what stands still (rows ready to write) and the people."""

    code: str
    name: str
    folder: str
    fixed: dict[str, list[dict[str, str]]]
    slots: list[Slot] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)

    def courses(self) -> list[Course]:
        return [course for person in self.people for course in person.courses]


def enrol(person: Person, course: Course) -> Course:
    """Give a person a trajectory: with a number of its own and, after an earlier one, pointing back to that."""
    ended = [c for c in person.courses if c.ended_on and c.ended_on < course.started_on]
    course.previous = max(ended, key=lambda c: c.ended_on or c.started_on, default=None)
    person.courses.append(course)
    course.reference = f"{person.reference}-{len(person.courses)}"
    return course
