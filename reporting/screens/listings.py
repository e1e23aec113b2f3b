"""The lists beside the figures as files: signals, units, the checks and lines of the statistic."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from participants.models import Participant
from reporting.documents.tables import Cell, Kind
from reporting.screens.exporting import Listing
from reporting.screens.statistic import Asked, month_name
from reporting.screens.units import UnitRow
from reporting.signals.worklist import Signal
from reporting.statistic.findings import Finding
from reporting.statistic.lines import end_of
from trajectories.provision_kinds import kind_label

Column = tuple[str, Kind]


def signal_listing(
    name: str,
    title: str,
    about: str,
    signals: Iterable[Signal],
    people: dict[UUID | None, Participant],
    coaches: dict[UUID | None, str],
) -> Listing:
    """Every signal with who is to see to it; without a name where the reader may not see the file."""
    columns: list[Column] = [
        (_("Signal"), "text"),
        (_("Name"), "text"),
        (_("Number of the file"), "text"),
        (_("Date"), "date"),
        (_("Days"), "count"),
        (_("Who sees to it"), "text"),
        (_("Right as it is"), "text"),
    ]
    return Listing(name, title, about, columns, [_signal(one, people, coaches) for one in signals])


def _signal(signal: Signal, people: dict[UUID | None, Participant], coaches: dict[UUID | None, str]) -> Sequence[Cell]:
    record = signal.found.record
    person = people.get(record.participant_id)
    reason = (signal.answer.reason if signal.answer and person else "") or _("yes")
    return (
        str(signal.check.label),
        person.full_name if person else _("File not open to your unit"),
        person.reference if person else None,
        record.day,
        signal.age,
        coaches.get(signal.owner, ""),
        reason if signal.is_fine else "",
    )


def unit_listing(name: str, title: str, about: str, rows: Sequence[UnitRow], headings: Sequence[str]) -> Listing:
    """The key figures of each unit, each beside that of a year before."""
    before = _("a year before")
    columns: list[Column] = [(_("Unit"), "text")]
    columns += [(head, "count") for heading in headings for head in (heading, f"{heading}, {before}")]
    lines = [[row.name, *(cell.value for now, then, _head in row.numbers for cell in (now, then))] for row in rows]
    return Listing(name, title, about, columns, lines)


def finding_listing(name: str, asked: Asked, findings: Sequence[Finding]) -> Listing:
    """What the checks of the statistic find in a month."""
    columns: list[Column] = [
        (_("Kind"), "text"),
        (_("What is wrong"), "text"),
        (_("Name"), "text"),
        (_("Provision"), "text"),
        (_("First day"), "date"),
        (_("What to do"), "text"),
    ]
    lines = [
        (
            _("Error") if one.is_error else _("Warning"),
            one.wrong,
            one.person.name if one.person else "",
            f"{kind_label(one.ran.kind)}, {one.ran.programme}" if one.ran else "",
            one.ran.starts_on if one.ran else None,
            str(one.rule.todo),
        )
        for one in findings
    ]
    return Listing(name, _("Checks of the statistic"), _about(asked), columns, lines)


def line_listing(name: str, asked: Asked) -> Listing:
    """The lines of a month per person, as the page shows them: without the BSN, which is for the delivery only."""
    columns: list[Column] = [
        (_("Name"), "text"),
        (_("Number of the file"), "text"),
        (_("Kind"), "text"),
        (_("First day"), "date"),
        (_("Last day"), "date"),
        (_("Number"), "text"),
    ]
    lines = [
        (
            ran.person.name,
            ran.person.reference,
            kind_label(ran.kind),
            ran.starts_on,
            end_of(ran, asked.month),
            ran.registration,
        )
        for ran in asked.month.lines
    ]
    return Listing(name, _("Lines per person"), _about(asked), columns, lines)


def _about(asked: Asked) -> str:
    return f"{asked.payer.name} · {month_name(asked.period)}"
