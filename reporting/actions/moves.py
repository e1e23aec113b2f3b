"""Which steps a report may take before it is signed. Buttons ask the same table."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.models import Report, ReportState

DUE, DRAFT, CHECKED, SIGNING = ReportState.DUE, ReportState.DRAFT, ReportState.CHECKED, ReportState.SIGNING


class Move(NamedTuple):
    """From which states a verb is allowed, where it leads, and what to say where it is not."""

    sources: tuple[ReportState, ...]
    target: ReportState | None
    refusal: str | Promise


MOVES = {
    "write": Move((DRAFT,), DRAFT, _("Texts can be written in a draft only. Go back to the draft first.")),
    "remake": Move((DRAFT,), DUE, _("Only a draft is counted again. Look at how the report stands now.")),
    "check": Move((DRAFT,), CHECKED, _("This report is not a draft any more. Look at how it stands now.")),
    "reopen": Move((CHECKED,), DRAFT, _("Only a checked report goes back to draft. Look at how it stands now.")),
    "sign": Move((CHECKED,), SIGNING, _("Only a checked report can be signed. Check it first.")),
    "discard": Move((DUE, DRAFT, CHECKED), None, _("A signed report stands. Make a new version instead.")),
}


def allows(report: Report, verb: str) -> bool:
    """Whether the report is in a state from which ``verb`` is possible."""
    return report.state in MOVES[verb].sources


def move(report: Report, verb: str) -> Report:
    """Lock the report, make sure that ``verb`` is possible, and put it in the state that follows (not saved yet).

    Raises ValidationError with what is wrong and what to do.
    """
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not allows(report, verb):
        raise ValidationError(str(MOVES[verb].refusal))
    report.state = MOVES[verb].target or report.state
    return report
