from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models import StaffMember
from reporting.models.report import Report, stands_with_signed_report
from trajectories.models import Agreement


class ReportStep(models.TextChoices):
    """What can happen to a report after it is drafted."""

    CHECKED = "checked", _("Checked")
    REOPENED = "reopened", _("Back to draft")
    SIGNED = "signed", _("Signed")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned with a question")


class ReportEvent(UUIDModel):
    """That somebody checked, signed, accepted or returned a report, or that it was delivered. It only grows."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=12, choices=ReportStep)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, help_text=_("The question of whoever returned it."))

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step=ReportStep.RETURNED) | ~Q(text=""),
                name="report_returned_with_question",
                violation_error_message=_("Write what you want to know."),
            ),
        ]
        triggers = [stands_with_signed_report("signed_events_stand", grows=True)]

    def __str__(self) -> str:
        return f"{self.step} of {self.report_id}"


FEWEST_STORIES, MOST_STORIES = 2, 4
"""So many stories a report has."""


class TextKind(models.TextChoices):
    """What the manager writes in a report."""

    EXPLANATION = "explanation", _("Explanation of a target")
    PLANS = "plans", _("Plans")
    STORY = "story", _("Story")


class ReportText(UUIDModel):
    """A text that people write into a report: why a target was missed or exceeded, plans, or a story.

    A story is made unrecognisable, has the consent of whom it is about, and is read by a second person
    before it goes along. Consent is recorded with its day, who noted it and of which files it is: no name.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=12, choices=TextKind)
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    text = models.TextField(_("Text"))
    written_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)
    consent_on = models.DateField(_("Consent given on"), null=True, blank=True)
    consent_of = ArrayField(
        models.UUIDField(),
        default=list,
        db_default=Value([], ArrayField(models.UUIDField())),
        blank=True,
        help_text=_("The files of who agreed to this story. Their names stand in no report."),
    )
    consent_noted_by = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=_("Who asked for it.")
    )
    read_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "agreement", "figure"],
                condition=Q(kind=TextKind.EXPLANATION),
                name="report_explanation_once",
                violation_error_message=_("This target is explained already."),
            ),
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=models.F("written_by")),
                name="report_text_second_reader",
                violation_error_message=_("Somebody else than the writer reads a story."),
            ),
        ]
        triggers = [stands_with_signed_report("signed_text_stands")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.report_id}"
