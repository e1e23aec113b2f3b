from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from organisations.models import Organisation, StaffMember
from participants.models.scoped import ProviderScoped


class ErasureGround(models.TextChoices):
    """Why a file is erased."""

    REQUEST = "request", _("The person asked for it")
    RETENTION = "retention", _("The term to keep it is over")
    UNLAWFUL = "unlawful", _("It should not have been kept")


class ErasedFile(UUIDModel):
    """What is left of a file that was erased: that it was there, why it went, and who decided. Nothing of the person.

    ``file_id`` is the random id that the read log knows. Rows are never changed or deleted. The database erases no
    file without such a row (function ``erase_file``); the ledger outside the database is written from these rows.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_id = models.UUIDField(unique=True)
    ground = models.CharField(max_length=10, choices=ErasureGround)
    basis = models.CharField(max_length=200, blank=True, help_text=_("The rule: an article, or a retention class."))
    decided_by = models.ForeignKey(StaffMember, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    asked_on = models.DateField(null=True)
    erased_at = models.DateTimeField()

    objects: ClassVar[Any] = ProviderScoped.as_manager()

    class Meta:
        indexes = [models.Index(fields=["provider", "-erased_at"], name="erased_file_newest")]

    def __str__(self) -> str:
        return f"erased file {self.file_id}"
