from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember, Unit


class SavedView(UUIDModel):
    """A choice of filters on the overview that somebody gave a name. ``query`` is the address's own."""

    staff_member = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("Name"), max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "name"],
                name="saved_view_once",
                violation_error_message=_("You have a view with this name already. Choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FigureNote(UUIDModel):
    """What a manager wrote beside a figure, on a day: "in March closed for two weeks". No names of people."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="figure_notes")
    figure = models.CharField(max_length=60)
    dated_on = models.DateField(_("Day"))
    text = models.CharField(_("Note"), max_length=500)
    written_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-dated_on", "-written_at"]
        indexes = [models.Index(fields=["unit", "figure", "-dated_on"], name="figure_note_newest")]

    def __str__(self) -> str:
        return f"{self.figure} on {self.dated_on}"
