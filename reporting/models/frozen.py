from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UUIDModel
from reporting.models.report import Report, stands_with_signed_report


class FrozenTable(UUIDModel):
    """The rows of one kind that a report was counted from, as they were, with people's ids replaced by numbers.

    ``content`` holds one line of canonical JSON a row; ``row_hashes`` the first 8 bytes of each line's
    SHA-256, one after another, so that a changed row can be named.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="frozen_tables")
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    row_hashes = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name"],
                name="frozen_table_once",
                violation_error_message=_("These rows are frozen already."),
            ),
        ]
        triggers = [stands_with_signed_report("signed_rows_stand")]

    def __str__(self) -> str:
        return f"{self.name} of {self.report_id}"
