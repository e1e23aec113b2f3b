"""Writing a month of the statistic to a file, behind an interface where the writer of the official XML can be put.

What CBS takes in (element names, order, schema) is not public. The writers here make an interim file of our own and
say so in its name, in itself and on the page; none of the names in it is an official one.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.keys import key_ring
from foundation.refused import Refused
from organisations.models import StaffMember
from reporting.models import StatisticDelivery
from reporting.statistic.checks import errors
from reporting.statistic.fields import FieldTable
from reporting.statistic.findings import Finding
from reporting.statistic.kept import digests_of
from reporting.statistic.lines import Line, line_of
from reporting.statistic.restating import Correction, remembered
from reporting.statistic.selection import Month, Scope


@dataclass(frozen=True)
class MonthFile:
    """What a writer writes: the lines of a month by name of kenmerk, and what is corrected of earlier months."""

    month: Month
    table: FieldTable
    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_verified(self) -> bool:
        return self.table.is_verified_for(self.month.period)

    @property
    def stem(self) -> str:
        """What every file of this month is called: municipality and month."""
        return f"{self.month.municipality_code.zfill(4)}-{self.month.period.start:%Y-%m}"


@dataclass(frozen=True)
class Written:
    """A file as it goes to the browser."""

    name: str
    content: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class StatisticWriter(Protocol):
    """Writes a month in one format. The official writer becomes one more of these."""

    format: str  # its id, at most five letters
    is_official: bool

    @property
    def label(self) -> str:
        """What the person who exports chooses."""
        ...

    def write(self, file: MonthFile) -> Written:
        """Return the file of a month. The same month gives the same bytes."""
        ...


def month_file(month: Month, table: FieldTable, corrections: list[Correction]) -> MonthFile:
    """Return a month as a writer takes it."""
    return MonthFile(month, table, tuple(line_of(ran, month) for ran in month.lines), tuple(corrections))


@transaction.atomic
def export_statistic(
    *,
    by: StaffMember,
    scope: Scope,
    file: MonthFile,
    findings: list[Finding],
    writer: StatisticWriter,
    is_confirmed: bool = False,
) -> Written:
    """Somebody exports a month: the file is written, and kept is who did it, its hash, which dates were sent, a check
    number of each line, and that somebody confirmed a month of which the text was not compared.

    Raises Refused while an error stands open, or when nobody confirmed a month of which the text was not compared.
    """
    if errors(findings):
        raise Refused(_("There are still errors in this month. Solve them first: they stand under the checks."))
    if not file.is_verified and not is_confirmed:
        raise Refused(
            _("The text of the regulation for this month was not compared yet. Confirm that you know this."),
            field="is_confirmed",
        )
    written = writer.write(file)
    key = key_ring().newest
    kept: dict[str, dict[str, list[str]]] = {str(unit): {} for unit in scope.units} | remembered(file.month)
    StatisticDelivery.objects.create(
        provider_id=scope.provider_id,
        municipality_id=scope.municipality_id,
        month=file.month.period.start,
        format=writer.format,
        rows=len(file.lines),
        sha256=written.sha256,
        lines=kept,
        digests=digests_of(file.lines, key),
        lookup_key=key,
        is_confirmed=not file.is_verified,
        made_by=by,
    )
    return written
