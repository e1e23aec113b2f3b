from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember


class LaterEnds(models.TextChoices):
    """What to send of a provision that ends after the month: the public guideline leaves it open."""

    LEAVE_OUT = "leave_out", _("Send the provision as running, without its end")
    SEND = "send", _("Send the end as it is planned")


class StatisticSetting(UUIDModel):
    """How one provider delivers the national statistic (SRG) for one municipality."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="statistic_settings", verbose_name=_("Provider")
    )
    municipality = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Municipality")
    )
    reporter_code = models.CharField(
        _("Code of who delivers (berichtgevercode)"), max_length=4, help_text=_("Four digits, given by CBS.")
    )
    later_ends = models.CharField(
        _("Ends after the month"), max_length=10, choices=LaterEnds, default=LaterEnds.LEAVE_OUT
    )
    months_back = models.PositiveSmallIntegerField(
        _("Ended months sent again"),
        default=0,
        help_text=_("Provisions that ended up to so many months before the month are sent too. 0: only of the month."),
    )

    class Meta:
        verbose_name = _("setting of the statistic")
        verbose_name_plural = _("settings of the statistic")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "municipality"],
                name="statistic_setting_once",
                violation_error_message=_("There is a setting for this municipality already."),
            ),
            models.CheckConstraint(
                condition=Q(reporter_code__regex=r"^\d{4}$"),
                name="statistic_reporter_code",
                violation_error_message=_("Four digits, such as 0307."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} for {self.municipality_id}"


class StatisticDelivery(UUIDModel):
    """That the statistic of a month was exported: by whom, when, how many, and the hash of the file. Append-only.

    ``lines`` keeps type and dates per registration number, without anything about the person, so that the
    next export can say which dates were corrected since. ``digests`` keeps a check number of each line, so that a file
    can be laid beside what was sent; ``lookup_key`` is the number of the key that made them. ``is_confirmed``: who
    exported ticked to know that the text of the regulation for this month was not compared yet.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text=_("The first day of the month."))
    format = models.CharField(max_length=5)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    lines = models.JSONField(default=dict)
    digests = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    lookup_key = models.PositiveSmallIntegerField(default=1, db_default=1)
    is_confirmed = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["provider", "municipality", "-month"], name="statistic_newest")]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.month}"
