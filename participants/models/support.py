from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation
from participants.models.participant import Participant


class LifeDomain(models.TextChoices):
    """The life domains (leefgebieden): those of the ZRM 2017."""

    FINANCES = "finances", _("Money")
    WORK_EDUCATION = "work_education", _("Work and education")
    DAYTIME = "daytime", _("Use of time")
    HOUSING = "housing", _("Housing")
    DOMESTIC_RELATIONS = "domestic_relations", _("Relations at home")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    PHYSICAL_HEALTH = "physical_health", _("Physical health")
    SUBSTANCE_USE = "substance_use", _("Substance use")
    BASIC_ADL = "basic_adl", _("Basic daily living")
    INSTRUMENTAL_ADL = "instrumental_adl", _("Daily living skills")
    SOCIAL_NETWORK = "social_network", _("Social network")
    PARTICIPATION = "participation", _("Taking part in society")
    JUSTICE = "justice", _("Justice")


@tracked()
class SupportNeed(UUIDModel):
    """A help question (hulpvraag): what was asked at the start, what it turned out to be, what help followed."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="support_needs")
    domain = models.CharField(max_length=20, choices=LifeDomain, blank=True)
    asked = SealedTextField(_("What was asked"))
    turned_out = SealedTextField(_("What it turned out to be"))
    help_followed = SealedTextField(_("What help followed"))
    asked_on = models.DateField()
    insight_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"help question of {self.participant_id}"


@tracked()
class NetworkContact(UUIDModel):
    """Another professional or somebody close to the person: organisation and role, nothing medical."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("Name"), max_length=200)
    organisation_name = models.CharField(_("Organisation"), max_length=200, blank=True)
    role = models.CharField(_("Role"), max_length=100)
    telephone = models.CharField(_("Telephone"), max_length=30, blank=True)
    email = models.EmailField(_("E-mail address"), blank=True)

    class Meta:
        ordering = ["role", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
