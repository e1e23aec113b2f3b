from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.encryption import SealedTextField
from foundation.models import UUIDModel
from organisations.models.organisation import Organisation
from organisations.models.staff import StaffMember
from organisations.roles import Permission


class FolderImportState(models.TextChoices):
    """How far an uploaded folder is: it is looked through, refused or found good, read in, and done."""

    CHECKING = "checking", _("Being checked")
    REFUSED = "refused", _("Cannot be read in")
    CHECKED = "checked", _("Ready to read in")
    READING = "reading", _("Being read in")
    DONE = "done", _("Read in")


class FolderImportQuerySet(models.QuerySet["FolderImport"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """Those of the providers where a role gives this right."""
        return self.filter(provider__in=member.standing.providers(permission))


class FolderImport(UUIDModel):
    """A folder of CSV files that somebody uploaded as a zip, to move in from another system.

    It is looked through first; nothing of it is written until somebody who has read what would happen says so.
    What was uploaded, and what was found wrong in it, is sealed with a key of its own, and goes when it is read in
    or thrown away.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="folder_imports")
    asked_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=FolderImportState, default=FolderImportState.CHECKING)
    folder = SealedTextField(file="id", help_text=_("The zip, in letters and digits."))
    found = SealedTextField(file="id", help_text=_("What was found: errors, or what is added and changed."))
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FolderImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["provider", "-asked_at"], name="folder_import_newest")]

    def __str__(self) -> str:
        return self.name
