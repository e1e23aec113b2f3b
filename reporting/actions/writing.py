"""What people write into a draft: explanations of targets, plans, and stories that a second person reads."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import today
from organisations.models import StaffMember
from reporting.actions.moves import move
from reporting.models import MOST_STORIES, Report, ReportText, TextKind


@transaction.atomic
def explain_target(*, by: StaffMember, report: Report, agreement: UUID, figure: str, text: str) -> None:
    """Write why a target was missed or exceeded; an empty text takes the explanation away."""
    report = move(report, "write")
    key: dict[str, Any] = {"kind": TextKind.EXPLANATION, "agreement_id": agreement, "figure": figure}
    _write_one(by, report, text, **key)


@transaction.atomic
def write_plans(*, by: StaffMember, report: Report, text: str) -> None:
    """Write what the organisation plans for the next period; an empty text takes it away."""
    _write_one(by, move(report, "write"), text, kind=TextKind.PLANS)


def _write_one(by: StaffMember, report: Report, text: str, **key: Any) -> None:
    if not text.strip():
        report.texts.filter(**key).delete()
        return
    report.texts.update_or_create(**key, defaults={"text": text.strip(), "written_by": by})


@transaction.atomic
def write_story(
    *,
    by: StaffMember,
    report: Report,
    title: str,
    text: str,
    consent_on: date,
    consent_of: Sequence[UUID] = (),
    story: ReportText | None = None,
    reader: StaffMember | None = None,
) -> ReportText:
    """Write a story or change it. A colleague is asked by e-mail to read it; who read it before reads it again.

    ``consent_of`` are the files of who agreed to it: kept with who noted it, told nowhere.

    Raises ValidationError for a fifth story, a consent that lies in the future, or a reader who wrote it.
    """
    report = move(report, "write")
    if consent_on > today():
        raise ValidationError({"consent_on": _("The day of consent lies in the future. Choose today or earlier.")})
    if reader == by:
        raise ValidationError({"reader": _("Somebody else than the writer reads a story.")})
    if story is None:
        story = ReportText(report=report, kind=TextKind.STORY, position=_next_place(report))
    story.title, story.text = title.strip(), text.strip()
    _note_consent(by, story, consent_on, list(consent_of))
    story.written_by, story.read_by, story.read_at = by, None, None
    story.save()
    if reader is not None:
        _ask_to_read(story, reader)
    return story


def _note_consent(by: StaffMember, story: ReportText, on: date, of: list[UUID]) -> None:
    if (story.consent_on, story.consent_of) != (on, of):
        story.consent_on, story.consent_of, story.consent_noted_by = on, of, by


def _next_place(report: Report) -> int:
    places = list(report.texts.filter(kind=TextKind.STORY).values_list("position", flat=True))
    if len(places) >= MOST_STORIES:
        raise ValidationError(_("A report has four stories at most. Change one, or remove one."))
    return max(places, default=0) + 1


def _ask_to_read(story: ReportText, reader: StaffMember) -> None:
    link = settings.DRAAD_URL.rstrip("/") + reverse("reporting:read_story", args=[story.pk])
    with translation.override(story.report.language):
        mail.queue(
            to=reader.email,
            subject=_("Will you read a story for %(title)s?") % {"title": story.report.title},
            body=_("%(who)s wrote a story for the report. Check that nobody can be recognised:\n\n%(link)s\n")
            % {"who": story.written_by, "link": link},
        )


@transaction.atomic
def read_story(*, by: StaffMember, story: ReportText) -> ReportText:
    """Say, as somebody else than the writer, that a story was read and that nobody can be recognised in it."""
    move(story.report, "write")
    story = ReportText.objects.select_for_update().get(pk=story.pk)
    if story.written_by_id == by.pk:
        raise ValidationError(_("Somebody else than the writer reads a story."))
    story.read_by, story.read_at = by, timezone.now()
    story.save(update_fields=["read_by", "read_at"])
    return story


@transaction.atomic
def remove_story(*, by: StaffMember, story: ReportText) -> None:  # noqa: ARG001  # actions say who
    """Take a story out of a draft, also because somebody takes the consent back."""
    move(story.report, "write")
    story.delete()
