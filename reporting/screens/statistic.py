"""The statistic of provisions on screen: which month of which municipality, its checks, people and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from foundation.charts import Fig
from foundation.clock import today
from foundation.periods import Period
from organisations.models import StaffMember
from organisations.roles import Permission
from reporting.models import LaterEnds
from reporting.statistic.answers import Answers, answers_to, key_of
from reporting.statistic.checks import check, errors
from reporting.statistic.export import MonthFile, month_file
from reporting.statistic.fields import FieldTable, table_for
from reporting.statistic.findings import Finding, Looked
from reporting.statistic.lines import end_of, without_diacritics
from reporting.statistic.restating import Change, Correction, Delivered, Sent, corrections, delivered
from reporting.statistic.selection import Month, Ran, Scope, Somebody, months_before, select, unrecorded
from trajectories.models import Agreement, ProvisionAim, WorkCapacity
from trajectories.provision_kinds import kind_label

MONTHS_TO_CHOOSE = 15
EARLIEST = date(2015, 1, 1)
"""The statistic is delivered by month since 2015."""
PEOPLE_ON_A_PAGE = 50
DELIVER_WITHIN = timedelta(weeks=4)
"""A month is delivered within four weeks after it (regulation, art. 3)."""


@dataclass(frozen=True)
class Payer:
    """A municipality for which a provider delivers, in the units of who looks."""

    key: str
    name: str
    code: str
    scope: Scope


def payers_of(member: StaffMember) -> dict[str, Payer]:
    """Return the municipalities that pay for programmes of the units of which somebody exports: one query."""
    units = member.standing.units(Permission.STATISTIC_EXPORT)
    rows = Agreement.objects.filter(programmes__unit__in=units).select_related("municipality")
    found = {
        f"{row.provider_id}.{row.municipality_id}": Payer(
            key=f"{row.provider_id}.{row.municipality_id}",
            name=row.municipality.name,
            code=row.municipality.code,
            scope=Scope(row.provider_id, row.municipality_id, frozenset(units), member),
        )
        for row in rows.order_by("municipality__name").distinct()
    }
    return dict(sorted(found.items(), key=lambda item: item[1].name))


@dataclass(frozen=True)
class Asked:
    """The month of one municipality that a page is about. What it needs is read once, when it is asked for."""

    payers: dict[str, Payer]
    payer: Payer
    period: Period

    @cached_property
    def month(self) -> Month:
        return select(self.payer.scope, self.period, self.payer.code)

    @cached_property
    def table(self) -> FieldTable | None:
        return table_for(self.period)

    @cached_property
    def delivered(self) -> Delivered:
        return delivered(self.payer.scope, self.period)

    @cached_property
    def corrections(self) -> list[Correction]:
        return corrections(self.payer.scope, self.period, self.delivered)

    @cached_property
    def findings(self) -> list[Finding]:
        missing = unrecorded(self.payer.scope, self.period)
        return check(Looked(self.month, self.table, today(), self.delivered.last, missing))

    @cached_property
    def answers(self) -> Answers:
        return answers_to(self.findings)

    @property
    def open_findings(self) -> list[Finding]:
        """What is still to see to: without the warnings that somebody calls right as they are."""
        return [one for one in self.findings if key_of(one) not in self.answers]

    @property
    def settled_findings(self) -> list[Finding]:
        return [one for one in self.findings if key_of(one) in self.answers]

    @property
    def is_verified(self) -> bool:
        return self.table is not None and self.table.is_verified_for(self.period)

    @property
    def file(self) -> MonthFile | None:
        return month_file(self.month, self.table, self.corrections) if self.table else None

    @property
    def query(self) -> str:
        """What stands behind the question mark of every page about this month."""
        return f"?payer={self.payer.key}&month={self.period.start:%Y-%m}"


def asked_of(member: StaffMember, given: QueryDict) -> Asked | None:
    """Read which month of which municipality is asked; None for who has no municipality, Http404 for another's."""
    payers = payers_of(member)
    if not payers:
        return None
    key = given.get("payer") or next(iter(payers))
    if key not in payers:
        raise Http404
    return Asked(payers, payers[key], _month(given.get("month", "")))


def _month(text: str) -> Period:
    """The month that an address names (2026-10); the last one that is over when it names none that can be."""
    now = Period.month(today().year, today().month)
    try:
        year, month = text.split("-")
        named = Period.month(int(year), int(month))
    except ValueError:
        return months_before(now, 1)
    return named if EARLIEST <= named.start <= now.start else months_before(now, 1)


def month_name(month: Period) -> str:
    return date_format(month.start, "F Y")


def frame(asked: Asked, part: str) -> dict[str, Any]:
    """What stands around each page of the statistic: choices, tabs, and the words of the month."""
    stops = len(errors(asked.findings))
    return {
        "asked": asked,
        "payers": asked.payers.values(),
        "months": _months(asked.period),
        "month_name": month_name(asked.period),
        "deliver_before": asked.period.end + DELIVER_WITHIN,
        "tabs": [
            _tab("statistic", _("Delivery"), asked, part),
            _tab("statistic_checks", _("Checks"), asked, part) | {"count": len(asked.open_findings)},
            _tab("statistic_people", _("Lines per person"), asked, part),
        ],
        "stops": stops,
    }


def _tab(name: str, label: str, asked: Asked, part: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(f"reporting:{name}") + asked.query, "current": name == part}


def _months(chosen: Period) -> list[dict[str, Any]]:
    now = Period.month(today().year, today().month)
    months = [months_before(now, back) for back in range(MONTHS_TO_CHOOSE)]
    if chosen not in months:
        months.append(chosen)
    return [{"value": f"{one.start:%Y-%m}", "label": month_name(one), "chosen": one == chosen} for one in months]


def figs(asked: Asked) -> list[Fig]:
    """The month in four numbers."""
    checks = reverse("reporting:statistic_checks") + asked.query
    people = reverse("reporting:statistic_people") + asked.query
    stops = len(errors(asked.findings))
    return [
        Fig(_("Provisions"), len(asked.month.lines), people),
        Fig(_("Persons"), len(asked.month.people), people),
        Fig(_("Errors"), stops, checks),
        Fig(_("Warnings"), len(asked.open_findings) - stops, checks),
    ]


def settings_in_words(asked: Asked) -> list[tuple[str, str]]:
    """How this municipality wants it; the functional manager keeps it."""
    choices = asked.month.choices
    back = choices.months_back
    return [
        (_("Code of who delivers (berichtgevercode)"), choices.reporter_code or _("not filled in yet")),
        (_("Ends after the month"), str(LaterEnds(choices.later_ends).label)),
        (_("Ended months sent again"), str(back) if back else _("none")),
    ]


def correction_rows(found: Sequence[Correction], names: dict[UUID, str]) -> list[dict[str, Any]]:
    """The corrections in words, with a link to each person who has a name here."""
    changes = {Change.ADDED: _("new"), Change.CHANGED: _("changed"), Change.GONE: _("gone")}
    return [
        {
            "month": month_name(one.month),
            "registration": one.registration,
            "name": names.get(one.participant_id, "") if one.participant_id else "",
            "url": reverse("trajectories:provisions", args=[one.participant_id]) if one.participant_id in names else "",
            "change": changes[one.change],
            "before": sent_in_words(one.before),
            "now": sent_in_words(one.now),
        }
        for one in found
    ]


@dataclass(frozen=True)
class Window:
    """One page of a longer list, with what the pager reads."""

    rows: list[Any]
    next: str = ""
    previous: str = ""


def window(rows: Sequence[Any], text: str, size: int = PEOPLE_ON_A_PAGE) -> Window:
    """Return the page of a list that an address names by its number from 1; the first for what is no number."""
    last = max(1, -(-len(rows) // size))
    number = min(int(text), last) if text.isdecimal() and int(text) else 1
    shown = list(rows[(number - 1) * size : number * size])
    return Window(shown, str(number + 1) if number < last else "", str(number - 1) if number > 1 else "")


def person_row(
    person: Somebody, lines: Sequence[Ran], wrong: dict[UUID, list[Finding]], month: Month
) -> dict[str, Any]:
    """Somebody as the file will tell them; the BSN masked. Of a file that is not open, the lines only."""
    return {
        "person": person,
        "url": reverse("trajectories:provisions", args=[person.id]) if person.is_open else "",
        "birth": "-".join(str(part) for part in (person.birth_day, person.birth_month, person.birth_year) if part),
        "capacity": str(WorkCapacity(person.capacity or WorkCapacity.UNKNOWN).label),
        "aim": str(ProvisionAim(person.aim).label) if person.aim else "",
        "lines": [_line_row(ran, wrong.get(ran.id, []), month) for ran in lines],
    }


def _line_row(ran: Ran, wrong: Sequence[Finding], month: Month) -> dict[str, Any]:
    """A provision as it is delivered: without diacritics, and without an end that is not sent."""
    return {
        "ran": ran,
        "kind": kind_label(ran.kind),
        "description": without_diacritics(ran.description),
        "ends_on": end_of(ran, month),
        "wrong": [finding.wrong for finding in wrong],
    }


def sent_in_words(sent: Sent | None) -> str:
    """What was or would be delivered of a provision: its kind and its days."""
    if sent is None:
        return _("not there")
    days = {"first": date_format(sent.starts_on, "j-n-Y"), "last": date_format(sent.ends_on or sent.starts_on, "j-n-Y")}
    ran = _("%(first)s to %(last)s") if sent.ends_on else _("from %(first)s")
    return f"{kind_label(sent.kind)}, {ran % days}"
