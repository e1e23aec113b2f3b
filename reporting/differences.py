"""What changed in a draft: beside the draft before, or the version it replaces, and beside a year earlier."""

from typing import Any, NamedTuple

from reporting.figures import CATALOGUE
from reporting.models import Report

LAST_DRAFT = "last_draft"
"""Under this name the figures of a report keep those of the draft before, until it is signed."""


class Difference(NamedTuple):
    """One figure: now, in the draft or version before (None where there is none), and a year earlier."""

    figure_id: str
    label: str
    now: int
    last: int | None
    before: int | None

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
    """Return the plain figures of a draft with what they were."""
    now, last, before = exact(report), last_of(report), exact(report, "before")
    return [
        Difference(key, str(CATALOGUE[key].label), now[key], last.get(key), before.get(key))
        for key in CATALOGUE
        if CATALOGUE[key].is_plain and key in now
    ]


def kept_for_next_draft(report: Report) -> dict[str, Any]:
    """Return what a draft that is counted again keeps of the draft before."""
    return {LAST_DRAFT: exact(report)} if exact(report) else {}
