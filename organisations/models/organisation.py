from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel


class OrganisationKind(models.TextChoices):
    """What an organisation is to us."""

    PROVIDER = "provider", _("Provider")
    MUNICIPALITY = "municipality", _("Municipality")
    HOST = "host", _("Host organisation")


class Organisation(UUIDModel):
    """A provider that guides people, a municipality that pays, or a host where people work.

    Municipalities are shared by all providers and known by their CBS code. A host belongs to the
    provider that works with it; its code is that provider's.
    """

    kind = models.CharField(_("Kind"), max_length=12, choices=OrganisationKind)
    code = models.CharField(
        _("Code"),
        max_length=40,
        help_text=_("CBS code of a municipality; short code of a provider (AMF); own code of a host."),
    )
    name = models.CharField(_("Name"), max_length=200)
    provider = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="hosts", verbose_name=_("Provider")
    )
    colour = models.CharField(_("Colour"), max_length=7, blank=True)
    colour_deep = models.CharField(_("Colour, dark"), max_length=7, blank=True)
    colour_bright = models.CharField(_("Colour, bright"), max_length=7, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=~Q(kind=OrganisationKind.HOST),
                name="organisation_code_once",
                violation_error_message=_("Another organisation of this kind has this code. Choose another code."),
            ),
            models.UniqueConstraint(
                fields=["provider", "code"],
                condition=Q(kind=OrganisationKind.HOST),
                name="organisation_host_code_once",
                violation_error_message=_("Another host of this provider has this code. Choose another code."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(kind=OrganisationKind.PROVIDER),
                name="organisation_provider_name_once",
                violation_error_message=_("There is a provider with this name already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.HOST, provider__isnull=False)
                | (~Q(kind=OrganisationKind.HOST) & Q(provider__isnull=True)),
                name="organisation_host_has_provider",
                violation_error_message=_("A host belongs to a provider; a provider or municipality does not."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(UUIDModel):
    """A part of a provider, with its own manager, coaches and programmes."""

    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="units", verbose_name=_("Provider")
    )
    code = models.CharField(_("Code"), max_length=40)
    name = models.CharField(_("Name"), max_length=200)
    caseload_from = models.PositiveSmallIntegerField(
        _("Participants per coach, from"),
        null=True,
        blank=True,
        help_text=_("What was agreed for one coach at a time; the overview draws it as a band. Empty: nothing agreed."),
    )
    caseload_to = models.PositiveSmallIntegerField(_("Participants per coach, up to"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "code"],
                name="unit_code_once",
                violation_error_message=_("Another unit of this provider has this code. Choose another code."),
            ),
            models.CheckConstraint(
                condition=Q(caseload_from__isnull=True, caseload_to__isnull=True)
                | Q(caseload_from__isnull=False, caseload_to__isnull=False, caseload_to__gte=F("caseload_from")),
                name="unit_caseload_in_order",
                violation_error_message=_("Fill in both numbers of participants per coach, the lowest first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
