"""Sessions, half-days and certificates: what was done, by its own date."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guidance.models.attendance import HalfDayStatus
from guidance.models.session import TOOK_PLACE
from reporting.figures.catalogue import figure
from reporting.figures.counting import UNRECORDED, WHOLE, Cells, Question, Unit, dated_record, grouped
from reporting.figures.shapes import amounts, empty, per_cell, share, under


def talks(cells: Cells) -> dict[str, Any]:
    """Number and minutes of the sessions that took place, and both splits."""
    return {
        "n": len(cells["n"]),
        "minutes": sum(amounts(cells, "n")),
        "by_kind": under("by_kind", cells),
        "by_attendance": under("by_attendance", cells),
    }


@figure(
    "sessions",
    Unit.SESSIONS,
    label=_("Sessions"),
    sentence=_("Conversations and contacts that took place in the period."),
    rule=_(
        "Sessions dated in the period to which somebody came, in time or late: number, minutes, by kind. The split by"
        " attendance covers all sessions dated in the period."
    ),
    shape=talks,
)
def sessions(asked: Question) -> Cells:
    dated = asked.dated(asked.facts.sessions)
    held = [row for row in dated if row.attendance in TOOK_PLACE]
    cells: Cells = {"n": [dated_record(row, row.minutes or 0) for row in held]}
    for kind, found in grouped(held, lambda row: row.kind).items():
        cells[f"by_kind.{kind}"] = [dated_record(row, row.minutes or 0) for row in found]
    for attendance, found in grouped(dated, lambda row: row.attendance or UNRECORDED).items():
        cells[f"by_attendance.{attendance}"] = [dated_record(row, row.minutes or 0) for row in found]
    return cells


def presence(cells: Cells) -> dict[str, float | None]:
    """Half-days by status, and the share present of those we did not cancel."""
    held = len(cells["planned"]) - len(cells[HalfDayStatus.CANCELLED])
    return {**per_cell(cells), "rate": share(len(cells[HalfDayStatus.PRESENT]), held)}


@figure(
    "attendance",
    Unit.HALF_DAYS,
    label=_("Attendance"),
    sentence=_("How many of the planned half-days somebody was there."),
    rule=_("Planned half-days dated in the period. The rate is present divided by planned minus cancelled by us."),
    shape=presence,
)
def attendance(asked: Question) -> Cells:
    cells = empty(("planned", *HalfDayStatus.values))
    for row in asked.dated(asked.facts.half_days):
        record = dated_record(row)
        cells["planned"].append(record)
        cells[row.status].append(record)
    return cells


@figure(
    "certificates",
    Unit.CERTIFICATES,
    label=_("Certificates"),
    sentence=_("Certificates that people earned in the period."),
    rule=_("Certificates dated in the period."),
)
def certificates(asked: Question) -> Cells:
    return {WHOLE: [dated_record(row) for row in asked.dated(asked.facts.certificates)]}
