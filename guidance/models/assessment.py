from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.history import tracked
from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from participants.models import Participant
from trajectories.models import Programme, Trajectory


class Instrument(UUIDModel):
    """A way of measuring: the participation ladder, the ZRM, a loneliness scale, an own list."""

    name = models.CharField(_("Name"), max_length=200)
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Provider")
    )

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")

    def __str__(self) -> str:
        return self.name


class InstrumentVersion(UUIDModel):
    """One version of an instrument. Change is only counted between assessments of one version.

    The slug names the version (``zrm2017``); its dimensions and scoring stand in ``guidance.scoring``.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class ProgrammeInstrument(UUIDModel):
    """That a programme uses an instrument, or (``is_used`` off) does not. The ladder is used unless switched off."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="instrument_links", verbose_name=_("Programme")
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+", verbose_name=_("Instrument"))
    is_used = models.BooleanField(_("Is used"), default=True)

    class Meta:
        verbose_name = _("instrument of a programme")
        verbose_name_plural = _("instruments of a programme")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "instrument"],
                name="programme_instrument_once",
                violation_error_message=_("This instrument is set already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} in {self.programme_id}"


class Moment(models.TextChoices):
    """When in the course of a trajectory somebody is measured."""

    INTAKE = "intake", _("Intake")
    INTERIM = "interim", _("In between")
    EXIT = "exit", _("End")
    AFTERCARE = "aftercare", _("Aftercare")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Assessments of the people whose file ``member`` may see."""
        return self.filter(participant__in=Participant.objects.visible_to(member, permission))


@tracked()
class Assessment(UUIDModel):
    """One person measured with one version of an instrument on one day. Every dimension is optional."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="assessments")
    trajectory = models.ForeignKey(
        Trajectory, null=True, blank=True, on_delete=models.CASCADE, related_name="assessments"
    )
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="assessments")
    dated_on = models.DateField()
    moment = models.CharField(max_length=10, choices=Moment)
    is_imported = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["dated_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "version", "dated_on", "moment"],
                name="assessment_once",
                violation_error_message=_("There is a measurement with this list on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} on {self.dated_on}"


@tracked()
class Score(UUIDModel):
    """The answer on one dimension, as given: a step 1-6, a level 1-5, an item 0-5, or 2 yes, 1 more or less, 0 no."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    dimension = models.CharField(max_length=30)
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "dimension"],
                name="score_once",
                violation_error_message=_("This part is measured already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.value}"
