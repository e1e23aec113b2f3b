"""A manager checks a report, takes it back, or signs it."""

from collections.abc import Callable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.clock import today
from organisations.models import StaffMember
from reporting.actions.moves import move
from reporting.actions.requesting import queue
from reporting.composing.texts import with_texts, without_texts
from reporting.differences import LAST_DRAFT
from reporting.documents.content import ReportContent, from_data, to_data
from reporting.documents.formats import ROWS
from reporting.models import Report, ReportEvent, ReportPart, ReportStep
from reporting.prechecks import blocking_points, signed_since
from reporting.tranches import may_sign, role_to_sign, signature_of
from trajectories.models import Agreement

Rewrite = Callable[[ReportContent, ReportPart | None], ReportContent]


@transaction.atomic
def check_report(*, by: StaffMember, report: Report) -> Report:
    """Say that a draft is right: its texts become part of it, and it waits for a signature.

    Raises ValidationError with every point that stands in the way.
    """
    report = move(report, "check")
    if points := blocking_points(report):
        raise ValidationError([point.text for point in points])
    texts = list(report.texts.select_related("agreement__municipality"))
    _rewrite(report, lambda content, part: with_texts(content, texts, part))
    report.checked_by, report.checked_at = by, timezone.now()
    report.save(update_fields=["state", "content", "content_hash", "checked_by", "checked_at"])
    ReportEvent.objects.create(report=report, step=ReportStep.CHECKED, by=by)
    return report


@transaction.atomic
def reopen_report(*, by: StaffMember, report: Report) -> Report:
    """Take a checked report back to draft, to change its texts or to count it again."""
    report = move(report, "reopen")
    _rewrite(report, lambda content, _part: without_texts(content))
    report.checked_by = report.checked_at = None
    report.save(update_fields=["state", "content", "content_hash", "checked_by", "checked_at"])
    ReportEvent.objects.create(report=report, step=ReportStep.REOPENED, by=by)
    return report


@transaction.atomic
def sign_report(*, by: StaffMember, report: Report) -> Report:
    """Sign a checked report: from now on its figures stand. The worker makes the final files and tells the payers.

    Raises ValidationError when the report is not checked, when somebody else must sign, or when another report on one
    of its agreements was signed after this one was counted.
    """
    report = move(report, "sign")
    if not may_sign(by, report):
        raise ValidationError(_("The agreement says that somebody else signs. Ask who does."))
    _refuse_signed_since(report)
    report.files.exclude(format=ROWS).delete()  # the zip of the frozen rows says the same of a draft
    report.signed_by, report.signed_at, report.signed_as = by, timezone.now(), role_to_sign(report)
    report.figures = {key: value for key, value in (report.figures or {}).items() if key != LAST_DRAFT}
    _rewrite(report, lambda content, _part: _signed(content, report))
    report.save(update_fields=["state", "figures", "content", "content_hash", "signed_by", "signed_at", "signed_as"])
    ReportEvent.objects.create(report=report, step=ReportStep.SIGNED, by=by)
    queue(report, by)
    return report


def _refuse_signed_since(report: Report) -> None:
    """Hold the agreements first: of two reports on one agreement that are signed at once, the second sees the first."""
    agreements = Agreement.objects.filter(pk__in=report.parts.values("agreement"))
    list(agreements.order_by("pk").select_for_update(no_key=True))
    if text := signed_since(report):
        raise ValidationError(text + " " + _("Go back to the draft first."))


def _rewrite(report: Report, rewrite: Rewrite) -> None:
    """Write the content of the whole and of each part anew. The parts are saved, the report is not yet."""
    whole = rewrite(from_data(report.content), None)
    report.content, report.content_hash = to_data(whole), whole.content_hash
    for part in report.parts.exclude(content=None):
        part.content = to_data(rewrite(from_data(part.content), part))
        part.save(update_fields=["content"])


def _signed(content: ReportContent, report: Report) -> ReportContent:
    """The signature as all documents show it: who signed, in which role, and on which day."""
    return replace(content, status="signed", signed_by=signature_of(report), signed_on=today())
