"""Which tables a report has, in which chapter, and what stands in their rows.

A table keeps its number and its meaning over the years: a new one gets a new number.
"""

from dataclasses import dataclass
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.periods import Period
from guidance.models import HalfDayStatus, SessionKind
from participants.models import Gender
from reporting.composing.counted import Counted, slices_of
from reporting.composing.lines import Labels, Line, Rows, of_cells, of_figure, of_plain, of_value
from reporting.documents.content import Column
from reporting.figures import CATALOGUE
from reporting.figures.splits import AGE_BANDS
from reporting.freezing.facts import FrozenFacts
from trajectories.models import OutcomeKind

SLICED = "T5"

WHO, FLOW, DONE, RESULT, COURSE, ACCOUNTABILITY = "who", "flow", "done", "result", "course", "accountability"
AGREED = "agreed"


@dataclass(frozen=True)
class ColumnSpec:
    """One column of numbers: over the period or the year before, and which rows."""

    id: str
    label: str
    is_before: bool
    rows: Rows
    total: str = ""


@dataclass(frozen=True)
class TableSpec:
    """One table: its number, chapter and title, its columns, and the figures whose definitions it uses.

    A column's ``total`` is the key of the number that its rows add up to, when they exclude each other. ``beside``
    are the columns for what stands beside the numbers of a line: text before them, the rest behind. ``family`` is what
    the keys of its rows begin with, where that is none of the figures.
    """

    id: str
    chapter: str
    title: str
    first_column: str
    unit: str
    columns: tuple[ColumnSpec, ...]
    figure_ids: tuple[str, ...]
    note: str = ""
    chart: str = ""
    has_medians: bool = False
    beside: tuple[Column, ...] = ()
    family: str = ""


@dataclass(frozen=True)
class Names:
    """The words of one provider for its codes."""

    programmes: Labels
    payers: Labels
    destinations: Labels
    end_reasons: Labels
    outcomes: Labels


def names_of(facts: FrozenFacts) -> Names:
    """Return the words as they were frozen: programmes, payers, destinations, reasons, and labels for outcomes."""
    own_words = facts.words_of("outcome")
    return Names(
        programmes={row.code: row.name for row in facts.programmes},
        payers={row.municipality_code: row.municipality_name for row in facts.agreements},
        destinations=facts.words_of("destination"),
        end_reasons=facts.words_of("end_reason"),
        outcomes={kind.value: own_words.get(kind.value, kind.label) for kind in OutcomeKind},
    )


def chapters() -> dict[str, str]:
    """Return the chapters of a report in order: id to title."""
    return {
        WHO: _("Who took part?"),
        FLOW: _("Who started and who stopped?"),
        DONE: _("What did we do?"),
        RESULT: _("What came of it?"),
        COURSE: _("Relapse and picking up the thread"),
        AGREED: _("What was agreed"),
    }


def tables(names: Names, period: Period) -> list[TableSpec]:
    """Return the tables of a report over ``period``, in the order of their numbers."""
    people, trajectories = _("participants"), _("trajectories")
    years = partial(two_years, period)
    more_rows = _("A participant can count in more than one row.")
    genders: Labels = {**dict(Gender.choices), "unknown": _("Unknown")}
    found = [
        TableSpec("T1", WHO, _("Participants by age on the first day of the period"), _("Age"), people,
                  years(of_cells("age_bands", age_labels(), all_rows=True), "participants"),
                  ("participants", "age_bands")),
        TableSpec("T2", WHO, _("Participants by gender"), _("Gender"), people,
                  years(of_cells("gender", genders), "participants"), ("participants", "gender")),
        TableSpec("T3", WHO, _("Participants by programme"), _("Programme"), people,
                  years(of_cells("by_programme", names.programmes)), ("participants", "by_programme"), more_rows),
        TableSpec("T4", FLOW, _("Trajectories in the period"), _("Count"), trajectories,
                  years(of_plain("stock_start", "inflow", "outflow", "stock_end")),
                  ("stock_start", "inflow", "outflow", "stock_end")),
        TableSpec("T5", FLOW, _("Trajectories that started and ended, by part of the period"), _("Part of the period"),
                  trajectories, by_slice(), ("inflow", "outflow"), chart="paired_columns"),
        TableSpec("T6", FLOW, _("How long people wait and how long a trajectory takes"), _("Count"), _("days"),
                  years(durations), ("waiting_time", "lead_time", "running_time"), has_medians=True),
        TableSpec("T7", DONE, _("Sessions that took place, by kind"), _("Kind"), _("sessions"),
                  years(of_cells("sessions", dict(SessionKind.choices), prefix="by_kind."), "sessions.n"),
                  ("sessions",)),
        TableSpec("T8", DONE, _("Half-days by attendance"), _("Attendance"), _("half-days"),
                  years(of_cells("attendance", dict(HalfDayStatus.choices)), "attendance.planned"), ("attendance",)),
        TableSpec("T9", DONE, _("Certificates"), _("Count"), _("certificates"),
                  years(of_plain("certificates")), ("certificates",)),
        TableSpec("T10", RESULT, _("Participants with this outcome"), _("Outcome"), people,
                  years(of_cells("outcomes_by_kind", names.outcomes)), ("outcomes_by_kind",), more_rows, chart="bars"),
        TableSpec("T11", RESULT, _("Ended trajectories by destination"), _("Destination"), trajectories,
                  years(of_cells("ended_by_destination", names.destinations), "outflow"), ("ended_by_destination",)),
        TableSpec("T12", RESULT, _("Ended trajectories by reason"), _("Reason"), trajectories,
                  years(of_cells("ended_by_reason", names.end_reasons), "outflow"), ("ended_by_reason",)),
        TableSpec("T13", RESULT, _("Participants on the participation ladder"), _("What changed"), people,
                  years(ladder, "participants"), ("ladder",)),
        TableSpec("T14", RESULT, _("Still in paid work"), _("Count"), people, years(sustained), ("sustained_work",)),
        TableSpec("T15", COURSE, _("Relapse, picking up and coming back"), _("Count"), _("times"), years(course),
                  ("relapses", "picked_up_again", "re_entries", "dropout"),
                  _("Relapse is part of this way of working.")),
        TableSpec("T16", ACCOUNTABILITY, _("Quality of the data: what is missing or late"), _("Check"), _("records"),
                  years(quality), ("data_quality",)),
    ]  # fmt: skip
    return [spec for spec in found if spec.id != SLICED or len(slices_of(period)) > 1]


def two_years(period: Period, rows: Rows, total: str = "") -> tuple[ColumnSpec, ...]:
    """Return a column for the period and one for the same period a year before."""
    return (
        ColumnSpec("now", period_name(period), False, rows, total),
        ColumnSpec("before", period_name(period.year_before()), True, rows, total),
    )


def by_slice() -> tuple[ColumnSpec, ...]:
    """Return a column for what started and one for what ended in each part of the period."""
    return (
        ColumnSpec("started", _("Started"), False, partial(sliced, "inflow"), "inflow"),
        ColumnSpec("ended", _("Stopped or completed"), False, partial(sliced, "outflow"), "outflow"),
    )


def period_name(period: Period) -> str:
    """Return a short name for a period at the head of a column: "2021", "March 2021", "1 Jan 2021 – 31 Mar 2021"."""
    if period == Period.year(period.start.year):
        return str(period.start.year)
    if period == Period.month(period.start.year, period.start.month):
        return date_format(period.start, "F Y")
    return f"{date_format(period.start, 'j M Y')} – {date_format(period.end, 'j M Y')}"


def age_labels() -> dict[str, str]:
    """Return the age bands in words."""
    words = {
        "<27": _("Younger than 27"),
        "27-34": _("27 to 34"),
        "35-44": _("35 to 44"),
        "45-54": _("45 to 54"),
        "55-64": _("55 to 64"),
        "65+": _("65 and older"),
    }
    return {**{band: words[band] for _below, band in AGE_BANDS}, "unknown": _("Unknown")}


def sliced(figure_id: str, counted: Counted) -> list[Line]:
    """Return rows for the months or quarters of the period."""
    return [
        Line(
            f"{figure_id}.slice.{number}",
            slice_name(part.period),
            part.figures[figure_id].number(),
            len(part.figures[figure_id].people()),
        )
        for number, part in enumerate(counted.slices)
    ]


def slice_name(part: Period) -> str:
    """Return "January" or "first quarter", without the year."""
    if part.start.month == part.end.month:
        return date_format(part.start, "F")
    return f"{date_format(part.start, 'F')} – {date_format(part.end, 'F')}"


def durations(counted: Counted) -> list[Line]:
    """Medians, with the number they rest on above them."""
    waiting, lead, running = counted["waiting_time"], counted["lead_time"], counted["running_time"]
    return [
        of_figure(waiting, _("Started after a referral, number"), "n"),
        of_value(waiting, "median", _("Days from referral to start, median")),
        of_figure(lead, _("Ended, number"), "n"),
        of_value(lead, "median", _("Days from start to end, median")),
        of_figure(running, _("Still running, number"), "n"),
        of_value(running, "median", _("Days since the start of what still runs, median")),
    ]


def ladder(counted: Counted) -> list[Line]:
    """Up, same, down, and those measured once or not at all."""
    words = {
        "up": _("Higher step"),
        "same": _("Same step"),
        "down": _("Lower step"),
        "no_second": _("No second measurement"),
    }
    return [of_figure(counted["ladder"], label, cell) for cell, label in words.items()]


def sustained(counted: Counted) -> list[Line]:
    """Who still worked after half a year and after a year."""
    words = {
        "182.employed": _("After half a year: still in work"),
        "182.not_employed": _("After half a year: not in work any more"),
        "182.not_checked": _("After half a year: not checked"),
        "365.employed": _("After a year: still in work"),
        "365.not_employed": _("After a year: not in work any more"),
        "365.not_checked": _("After a year: not checked"),
    }
    return [of_figure(counted["sustained_work"], label, cell) for cell, label in words.items()]


def course(counted: Counted) -> list[Line]:
    """Relapse and what followed, and who came back after an end."""
    return [
        of_figure(counted["relapses"]),
        of_figure(counted["picked_up_again"], _("Picked up again within 4 weeks"), "within_28"),
        of_figure(counted["picked_up_again"], _("Picked up again within 12 weeks"), "within_84"),
        of_figure(counted["re_entries"], _("Started again after an earlier trajectory"), "total"),
        of_figure(counted["dropout"]),
    ]


def quality(counted: Counted) -> list[Line]:
    """What is missing or late, per check."""
    figure = counted["data_quality"]
    return [of_figure(figure, label, f"{check}.wrong") for check, label in quality_labels().items()]


def quality_labels() -> dict[str, str]:
    """Return the checks of the data in words."""
    return {
        "ended_without_destination": _("Ended without a destination"),
        "ended_without_reason": _("Ended without a reason"),
        "started_without_referral_date": _("Started without a day of referral"),
        "no_first_ladder": _("No first measurement on the ladder"),
        "no_measurement_6_months": _("No measurement in the last six months"),
        "session_not_filled_in": _("Session not filled in"),
        "paid_work_without_start": _("Paid work without a first day"),
        "relapse_without_follow_up": _("Relapse without follow-up in 14 days"),
        "slot_past_end": _("Place kept after the end"),
        "late_entry": _("Entered more than 5 days late"),
    }


def definitions_of(specs: list[TableSpec], also: tuple[str, ...]) -> list[str]:
    """Return the ids of the figures that a report uses, in the order of the catalogue."""
    used = {figure_id for spec in specs for figure_id in spec.figure_ids}.union(also)
    return [figure_id for figure_id in CATALOGUE if figure_id in used]
