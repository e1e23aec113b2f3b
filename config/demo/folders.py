"""Writes the demo as import folders: one per provider, exactly in the format that any provider moves in with."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.demo import amfors, buurtbanen, lucrato, natuurzorg, pantar, partners, velsen
from config.demo.life import Course, Event, Outcome, Person, Placement, Referral, Slot, World

PROVIDERS = (amfors.make, pantar.make, partners.make, lucrato.make, natuurzorg.make, buurtbanen.make, velsen.make)


@dataclass(frozen=True, slots=True)
class DemoProvider:
    """A provider of the demo: code and name, and the import folder with its years."""

    code: str
    name: str
    folder: Path


def write_folders(target: Path, *, today: date) -> list[DemoProvider]:
    """Write an import folder per demo provider under ``target``; the same bytes for the same ``today``."""
    return [write_folder(target, make(today)) for make in PROVIDERS]


def write_folder(target: Path, world: World) -> DemoProvider:
    folder = target / world.folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(world).items():
        if rows:
            write_table(folder / f"{name}.csv", rows)
    return DemoProvider(world.code, world.name, folder)


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def tables(world: World) -> dict[str, list[dict[str, str]]]:
    """The rows of each file."""
    courses = world.courses()
    return {
        **world.fixed,
        "participants": [participant(person) for person in world.people],
        "slots": [slot(one) for one in world.slots],
        "referrals": [referral(one) for one in world.referrals],
        "trajectories": [trajectory(course) for course in sorted(courses, key=lambda c: c.started_on)],
        "events": [event(c, e) for c in courses for e in sorted(c.events, key=lambda e: e.on)],
        "outcomes": [outcome(c, o) for c in courses for o in sorted(c.outcomes, key=lambda o: o.on)],
        "placements": [placement(c, p) for c in courses for p in c.placements],
        "sessions": list(sessions(courses)),
        "attendance": [half_day(c, *one) for c in courses for one in c.half_days],
        "assessments": [row for person in world.people for row in assessments(person)],
        "certificates": [certificate(c, *one) for c in courses for one in c.certificates],
    }


def text(day: date | None) -> str:
    return day.isoformat() if day else ""


def participant(person: Person) -> dict[str, str]:
    return {
        "reference": person.reference,
        "given_names": person.given_names,
        "prefix": person.prefix,
        "surname": person.surname,
        "date_of_birth": person.born,
        "gender": person.gender,
        "municipality": person.municipality,
        "benefit": person.benefit,
        "bsn": person.bsn,
        "flags": person.flags,
    }


def trajectory(course: Course) -> dict[str, str]:
    previous = course.previous if course.previous and course.previous.ended_on else None
    return {
        "reference": course.reference,
        "participant": course.person.reference,
        "programme": course.programme,
        "agreement": course.agreement,
        "coach": course.coach,
        "referred_on": text(course.referred_on),
        "referrer": course.referrer,
        "question": course.question,
        "started_on": text(course.started_on),
        "planned_end_on": text(course.planned_end_on),
        "ended_on": text(course.ended_on),
        "end_reason": course.end_reason,
        "destination": course.destination,
        "previous": previous.reference if previous else "",
    }


def slot(slot: Slot) -> dict[str, str]:
    return {
        "code": slot.code,
        "programme": slot.programme,
        "host": slot.host,
        "from": text(slot.starts_on),
        "until": text(slot.ends_on),
        "hours_per_week": str(slot.hours_per_week),
    }


def referral(referral: Referral) -> dict[str, str]:
    return {
        "reference": f"{referral.person.reference}-A",
        "participant": referral.person.reference,
        "programme": referral.programme,
        "agreement": referral.agreement,
        "referred_on": text(referral.referred_on),
        "referrer": referral.referrer,
        "question": referral.question,
        "decision": referral.decision,
        "decided_on": text(referral.decided_on),
        "reason": referral.reason,
    }


def event(course: Course, event: Event) -> dict[str, str]:
    return {"trajectory": course.reference, "on": text(event.on), "event": event.event, "note": event.note}


def placement(course: Course, placement: Placement) -> dict[str, str]:
    return {
        "trajectory": course.reference,
        "slot": placement.slot,
        "from": text(placement.starts_on),
        "until": text(placement.ends_on),
        "hours_per_week": str(placement.hours_per_week),
    }


def half_day(course: Course, on: date, half: str, status: str) -> dict[str, str]:
    return {"trajectory": course.reference, "on": text(on), "half_day": half, "status": status}


def certificate(course: Course, name: str, on: date, until: date | None) -> dict[str, str]:
    return {"trajectory": course.reference, "name": name, "on": text(on), "valid_until": text(until)}


def outcome(course: Course, outcome: Outcome) -> dict[str, str]:
    return {
        "trajectory": course.reference,
        "on": text(outcome.on),
        "kind": outcome.kind,
        "employer": outcome.employer,
        "hours_per_week": outcome.hours_per_week,
        "contract_form": outcome.contract_form,
        "employment_starts_on": text(outcome.starts_on),
        "employment_ended_on": text(outcome.ended_on),
        "employment_last_seen_on": text(outcome.last_seen_on),
        "note": outcome.note,
    }


def sessions(courses: list[Course]) -> Iterable[dict[str, str]]:
    for course in courses:
        for number, s in enumerate(course.sessions, start=1):
            yield {
                "reference": f"{course.reference}-{number:02}",
                "trajectory": course.reference,
                "on": text(s.on),
                "minutes": str(s.minutes),
                "kind": s.kind,
                "attendance": s.attendance,
                "coach": s.coach,
                "note": s.note,
                "plan": s.plan,
            }


def assessments(person: Person) -> Iterable[dict[str, str]]:
    for assessment in sorted(person.assessments, key=lambda a: (a.on, a.instrument)):
        for dimension, value in assessment.values.items():
            yield {
                "participant": person.reference,
                "trajectory": assessment.course.reference if assessment.course else "",
                "instrument": assessment.instrument,
                "on": text(assessment.on),
                "moment": assessment.moment,
                "dimension": dimension,
                "value": value,
            }
