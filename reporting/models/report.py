from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from foundation.constraints import dates_in_order
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission, Role
from reporting.models.requirement import ReportSchedule
from trajectories.models import Agreement


class ReportState(models.TextChoices):
    """Where a report is: being made, a draft, checked, being signed, or signed and so the payer's.

    What follows on signing (delivered, accepted, returned) never touches the report: see ``ReportEvent``.
    """

    DUE = "due", _("Being made")
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    SIGNING = "signing", _("Being signed")
    SIGNED = "signed", _("Signed")


BEING_MADE = (ReportState.DUE, ReportState.SIGNING)


class FileFormat(models.TextChoices):
    HTML = "html", _("Web page (html)")
    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel (xlsx)")
    ODS = "ods", _("OpenDocument (ods)")
    CSV = "csv", _("CSV (zip)")
    JSON = "json", _("JSON")
    ROWS = "rows", _("Rows behind it (zip), for the provider only")


FOR_PAYERS = tuple(one for one in FileFormat if one != FileFormat.ROWS)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """For a manager those on programmes of the own units; for an officer the signed ones the municipality pays."""
        parts = ReportPart.objects.filter(report=OuterRef("pk"))
        own_units = Exists(parts.filter(agreement__programmes__unit__in=member.standing.units(permission)))
        paid = Exists(parts.filter(agreement__municipality__in=member.standing.municipalities()))
        return self.filter(own_units | Q(paid, state=ReportState.SIGNED))


def stands_with_signed_report(name: str, *, grows: bool = False) -> pgtrigger.Trigger:
    """Return a trigger that refuses to change or delete a row of a signed report, or to move one into it.

    Nor may a row be added, unless it ``grows``. The report is locked meanwhile, so that nobody signs it in between.
    """
    operation = pgtrigger.Update | pgtrigger.Delete
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation if grows else operation | pgtrigger.Insert,
        func="""
            IF TG_OP <> 'INSERT' THEN
                IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = OLD.report_id AND r.state = 'signed') THEN
                    RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            PERFORM 1 FROM reporting_report r WHERE r.id = NEW.report_id FOR SHARE;
            IF EXISTS (SELECT 1 FROM reporting_report r WHERE r.id = NEW.report_id AND r.state = 'signed') THEN
                RAISE EXCEPTION 'A signed report stands as it is.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Report(UUIDModel):
    """The figures of one or several agreements over a period, frozen on the reference date.

    Who signs it makes it final: from then on the database refuses a change. A correction is a new
    version, with its reason; the version it replaces stays as it was.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    schedule = models.ForeignKey(
        ReportSchedule, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.TextField(blank=True, help_text=_("Why this version replaces an earlier one."))
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DUE)
    period_from = models.DateField()
    period_until = models.DateField()
    reference_date = models.DateField()
    deadline_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, default="nl")
    definitions_version = models.CharField(max_length=20, blank=True)
    figures = models.JSONField(null=True, blank=True, help_text=_("The exact figures, frozen; for the provider only."))
    content = models.JSONField(null=True, blank=True, help_text=_("What the payers read, small counts withheld."))
    content_hash = models.CharField(max_length=64, blank=True)
    protection = models.JSONField(
        null=True, blank=True, help_text=_("What is withheld and why, decided once; for the provider only.")
    )
    manifest = models.JSONField(null=True, blank=True, help_text=_("The hash of each table and file, when signed."))
    manifest_hash = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(
        max_length=20, choices=Role, blank=True, default="", db_default="", help_text=_("In which role it was signed.")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_from", "-created_at"]
        indexes = [models.Index(fields=["provider", "state", "-period_from"], name="report_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number", "version"],
                name="report_number_once",
                violation_error_message=_("This number is given already. Try again."),
            ),
            models.UniqueConstraint(
                fields=["schedule", "period_from", "version"],
                name="report_scheduled_once",
                violation_error_message=_("The schedule made this report already."),
            ),
            dates_in_order(
                "period_from",
                "period_until",
                name="report_period_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, version=1)
                | (Q(replaces__isnull=False, version__gt=1) & ~Q(reason="")),
                name="report_version_has_reason",
                violation_error_message=_("A later version says which report it replaces, and why."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ReportState.SIGNING, ReportState.SIGNED],
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    content__isnull=False,
                )
                | Q(
                    state__in=[ReportState.DUE, ReportState.DRAFT, ReportState.CHECKED],
                    signed_at__isnull=True,
                    signed_by__isnull=True,
                ),
                name="report_signed_by_somebody",
                violation_error_message=_("A signed report has content, a signer and a time."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_report_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ReportState.SIGNED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} version {self.version}"


class ReportPart(UUIDModel):
    """One agreement in a report. In a combined report its payer also reads the own part."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="report_parts")
    content = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "agreement"],
                name="report_part_once",
                violation_error_message=_("This agreement is in the report already."),
            ),
        ]
        triggers = [stands_with_signed_report("signed_part_stands")]

    def __str__(self) -> str:
        return f"{self.agreement_id} in {self.report_id}"


class ReportFile(UUIDModel):
    """One format of a report, or of one payer's own part of it. Stored whole with its hash."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    part = models.ForeignKey(ReportPart, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=5, choices=FileFormat)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part", "format"],
                nulls_distinct=False,
                name="report_file_once",
                violation_error_message=_("This format is there already."),
            ),
        ]
        triggers = [stands_with_signed_report("signed_file_stands")]

    def __str__(self) -> str:
        return self.name
