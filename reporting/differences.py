"""What changed in a draft: beside the draft before, or the version it replaces, and beside a year earlier."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from reporting.figures import CATALOGUE
from reporting.models import Report
from reporting.screens.words import cell_label
from trajectories.models import Destination, EndReason, OutcomeKind, OutcomeLabel, Programme

LAST_DRAFT = "last_draft"
"""Under this name the figures of a report keep those of the draft before, until it is signed."""

BY_ROW = {
    "by_programme": (),
    "outcomes_by_kind": (),
    "ended_by_destination": (),
    "ended_by_reason": (),
    "ladder": ("up", "same", "down", "no_second"),
    "waiting_time": ("n", "median", "within_14", "within_28", "within_56"),
    "lead_time": ("n", "median"),
    "running_time": ("n", "median"),
    "loneliness": (),
    "sustained_work": (),
    "picked_up_again": (),
    "re_entries": (),
}
"""Figures of which each row is laid beside what it was, with the rows to show; without: all of them."""

MEDIAN = "median"
TIMES = ("waiting_time", "lead_time", "running_time")
Value = int | float


class Difference(NamedTuple):
    """One number: now, in the draft or version before (None where there is none), and a year earlier."""

    figure_id: str
    label: str
    now: Value | None
    last: Value | None
    before: Value | None

    @property
    def has_changed(self) -> bool:
        return self.last is not None and self.last != self.now


def exact(report: Report, when: str = "now") -> dict[str, Any]:
    """Return the exact figures of the whole report by id; ``when`` is "now" or "before"."""
    return dict((report.figures or {}).get("whole", {}).get(when, {}))


def last_of(report: Report) -> dict[str, Any]:
    """Return the figures that a draft is laid beside: of the draft before, else of the version it replaces."""
    if kept := (report.figures or {}).get(LAST_DRAFT):
        return dict(kept)
    return exact(report.replaces) if report.replaces else {}


def differences_of(report: Report) -> list[Difference]:
    """Return the numbers of a draft with what they were: the plain figures, and the rows of the others."""
    now, last, before = exact(report), last_of(report), exact(report, "before")
    plain = [
        Difference(key, str(CATALOGUE[key].label), now[key], last.get(key), before.get(key))
        for key in CATALOGUE
        if CATALOGUE[key].is_plain and key in now
    ]
    names = _names_of(report)
    return [*plain, *(row for key in BY_ROW if key in now for row in _rows(key, now, last, before, names.get(key, {})))]


def _rows(
    key: str, now: dict[str, Any], last: dict[str, Any], before: dict[str, Any], names: dict[str, str]
) -> Iterator[Difference]:
    """The rows of one figure that are not zero in all three; a row that is not there in one of them is a zero."""
    there = [dict(_cells(one.get(key, {}))) for one in (now, last, before)]
    wanted = BY_ROW[key] or tuple(dict.fromkeys(cell for one in there for cell in one))
    for cell in wanted:
        values = [one.get(cell, None if cell == MEDIAN else 0) for one in there]
        if any(values):
            label = f"{CATALOGUE[key].label}: {cell_label(key, cell, names)}"
            yield Difference(key, label, values[0], values[1] if last else None, values[2] if before else None)


def _cells(value: Any, path: str = "") -> Iterator[tuple[str, Value]]:
    """The numbers in the value of a figure, each by its path; a matrix is left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _cells(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, int | float):
        yield path, round(value, 1)


def _names_of(report: Report) -> dict[str, dict[str, str]]:
    """The provider's own words for the codes in a figure."""
    own = {"provider": report.provider_id}
    kinds = {kind: str(label) for kind, label in OutcomeKind.choices}
    return {
        "by_programme": dict(Programme.objects.filter(**own).values_list("code", "name")),
        "ended_by_destination": dict(Destination.objects.filter(**own).values_list("code", "name")),
        "ended_by_reason": dict(EndReason.objects.filter(**own).values_list("code", "name")),
        **{key: {"n": _("number"), MEDIAN: _("median, in days")} for key in TIMES},
        "outcomes_by_kind": kinds | dict(OutcomeLabel.objects.filter(**own).values_list("kind", "label")),
    }


def kept_for_next_draft(report: Report) -> dict[str, Any]:
    """Return what a draft that is counted again keeps of the draft before."""
    return {LAST_DRAFT: exact(report)} if exact(report) else {}
