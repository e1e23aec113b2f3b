"""What the address asks of the figures: over which days, and of which part of somebody's units.

The address is the whole state: a link to a number is the same figures, asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import starmap
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.periods import ONE_DAY, Period
from foundation.together import read_together
from organisations.access import Permission, Role
from organisations.models import Membership, StaffMember, Unit
from reporting.facts import Scope, agreements_asked, programmes_asked
from reporting.facts.rows import AgreementRow, ProgrammeRow
from reporting.screens.days import OWN as OWN
from reporting.screens.days import days_in_short, spelled_out
from trajectories.models import Agreement, Trajectory, TrajectoryCoach

Key = TypeVar("Key", UUID, int)

YEAR, LAST_YEAR, QUARTER, LAST_QUARTER = "year", "last_year", "quarter", "last_quarter"


@dataclass(frozen=True)
class Choices:
    """What somebody can choose from: the own units, who pays for them, their programmes and their people.

    ``caseloads``: how many participants a coach of a unit has at a time by agreement, where there is one.
    """

    units: dict[UUID, str]
    agreements: list[AgreementRow]
    programmes: list[ProgrammeRow]
    coaches: dict[UUID, str]
    years: tuple[int, ...] = ()
    caseloads: dict[UUID, tuple[int, int]] = field(default_factory=dict)

    @property
    def municipalities(self) -> dict[UUID, str]:
        found = {row.municipality_id: row.municipality_name for row in self.agreements}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))

    @property
    def own_programmes(self) -> dict[UUID, str]:
        return {row.id: row.name for row in self.programmes if row.unit_id in self.units}

    @property
    def agreement_names(self) -> dict[UUID, str]:
        return {row.id: f"{row.code}, {row.municipality_name}" for row in self.agreements}


@dataclass(frozen=True)
class Filters:
    """The figures that are asked for; empty means everything of the own units."""

    own_units: frozenset[UUID]
    period: Period
    choice: str = YEAR
    units: frozenset[UUID] = frozenset()
    municipalities: frozenset[UUID] = frozenset()
    agreements: frozenset[UUID] = frozenset()
    programmes: frozenset[UUID] = frozenset()
    coach: UUID | None = None
    started_in: int | None = None

    @property
    def scope(self) -> Scope:
        """Never more than the own units."""
        return Scope(
            agreements=self.agreements,
            municipalities=self.municipalities,
            programmes=self.programmes,
            units=self.units or self.own_units,
            coach=self.coach,
            started_in=self.started_in,
        )

    @property
    def hides_others(self) -> bool:
        """Whether somebody outside this selection may hold a place that belongs to it."""
        return bool(self.agreements or self.municipalities or self.coach or self.started_in)

    @property
    def counted(self) -> Period:
        """The part of the period that has been."""
        return self.period.until(today())

    @property
    def before(self) -> Period:
        """The same days a year earlier."""
        return self.counted.year_before()

    @property
    def year_before(self) -> "Filters":
        """The same question over the same days a year earlier."""
        return self.over(self.before)

    def over(self, period: Period) -> "Filters":
        """The same question over other days: a month in a chart."""
        return replace(self, period=period, choice=OWN)

    def without(self, name: str, key: UUID | None = None) -> "Filters":
        """The same question with one filter less."""
        if name == "period":
            return replace(self, period=period_of(YEAR), choice=YEAR)
        kept: Any = None if name in {"coach", "started_in"} else getattr(self, name) - {key}
        return replace(self, **{name: kept})

    def query(self, **more: str) -> str:
        """The address of this question, from the question mark on."""
        pairs: list[tuple[str, str]] = []
        if self.choice == OWN:
            pairs.append(("days", days_in_short(self.period)))
        elif self.choice != YEAR:
            pairs.append(("period", self.choice))
        for name, ids in self._lists.items():
            pairs += [(name, key) for key in sorted(map(str, ids))]
        pairs += [(name, value) for name, value in more.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def _lists(self) -> dict[str, Iterable[UUID | int]]:
        return {
            "unit": self.units,
            "municipality": self.municipalities,
            "agreement": self.agreements,
            "programme": self.programmes,
            "coach": [self.coach] if self.coach else [],
            "started": [self.started_in] if self.started_in else [],
        }

    @property
    def url(self) -> str:
        return reverse("reporting:dashboard") + self.query()

    @property
    def saved_views_url(self) -> str:
        """Where these filters can be kept under a name."""
        return reverse("reporting:saved_views") + self.query()

    def figure_url(self, figure_id: str, cell: str = "", by: str = "", view: str = "") -> str:
        """Where the records behind a number are; ``view``: chart, table or people."""
        return reverse("reporting:figure", args=[figure_id]) + self.query(by=by, cell=cell, view=view)

    def export_url(self, figure_id: str, file_format: str, cell: str = "", by: str = "", view: str = "") -> str:
        """Where a list or table is as a file."""
        address = reverse("reporting:export_figure", args=[figure_id, file_format])
        return address + self.query(by=by, cell=cell, view=view)


def choices_of(member: StaffMember) -> Choices:
    """Read what ``member`` can choose from, in one round trip, however much there is."""
    units = member.standing.units(Permission.FIGURES_READ)
    pays = Exists(Agreement.programmes.through.objects.filter(agreement=OuterRef("pk"), programme__unit__in=units))
    paid = Trajectory.objects.filter(agreement=OuterRef("pk"), unit__in=units)
    providers = Unit.objects.filter(pk__in=units).values("provider")
    coaching = Membership.objects.filter(staff_member=OuterRef("pk"), unit__in=units, role=Role.COACH)
    coached = TrajectoryCoach.objects.filter(staff_member=OuterRef("pk"), trajectory__unit__in=units)
    people = StaffMember.objects.filter(Exists(coaching) | Exists(coached)).order_by("name", "pk")
    first = Trajectory.objects.filter(unit=OuterRef("pk")).order_by().values("unit").annotate(first=Min("started_on"))
    payers, offered = agreements_asked(Q(pays) | Q(Exists(paid))), programmes_asked(Q(provider__in=providers))
    own, found, names, programmes = read_together(
        [
            Unit.objects.filter(pk__in=units).values_list(
                "pk", "name", Subquery(first.values("first")), "caseload_from", "caseload_to"
            ),
            payers.found,
            people.values_list("pk", "name"),
            offered.found,
        ]
    )
    return Choices(
        units={key: name for key, name, *_more in own},
        agreements=list(starmap(payers.kind, found)),
        programmes=list(starmap(offered.kind, programmes)),
        coaches=dict(names),
        years=years_since([day for _key, _name, day, *_range in own if day]),
        caseloads={key: (low, high) for key, _name, _day, low, high in own if high is not None},
    )


def years_since(days: list[date]) -> tuple[int, ...]:
    """The years in which a trajectory may have started: from the first of these days to today, newest first."""
    return tuple(range(today().year, min(days).year - 1, -1)) if days else ()


def filters_of(query: QueryDict, choices: Choices, period: Period) -> Filters:
    """Read the address; ``period`` is what its days come to. Raises Http404 for what is not among the choices."""
    coaches = chosen(query, "coach", choices.coaches)
    return Filters(
        own_units=frozenset(choices.units),
        choice=choice_of(query),
        period=period,
        units=chosen(query, "unit", choices.units),
        municipalities=chosen(query, "municipality", choices.municipalities),
        agreements=chosen(query, "agreement", choices.agreement_names),
        programmes=chosen(query, "programme", choices.own_programmes),
        coach=next(iter(coaches), None),
        started_in=next(iter(chosen(query, "started", choices.years)), None),
    )


def chosen(query: QueryDict, name: str, known: Iterable[Key]) -> frozenset[Key]:
    """The ids (or years) given under ``name``. Another unit's and an unknown one look the same: 404."""
    by_text = {str(key): key for key in known}
    try:
        return frozenset(by_text[text] for text in query.getlist(name) if text)
    except KeyError:
        raise Http404 from None


def choice_of(query: QueryDict) -> str:
    """Which period is chosen; this year for an unknown word."""
    choice = spelled_out(query).get("period", YEAR)
    return choice if choice in period_names() else YEAR


def period_of(choice: str) -> Period:
    """The days of a choice, as it is today."""
    now = today()
    this = Period.quarter(now.year, (now.month + 2) // 3)
    before = this.start - ONE_DAY
    return {
        YEAR: Period.year(now.year),
        LAST_YEAR: Period.year(now.year - 1),
        QUARTER: this,
        LAST_QUARTER: Period.quarter(before.year, before.month // 3),
    }[choice]


def period_names() -> dict[str, str]:
    return {
        YEAR: _("This year"),
        LAST_YEAR: _("Last year"),
        QUARTER: _("This quarter"),
        LAST_QUARTER: _("Last quarter"),
        OWN: _("Own dates"),
    }


def active_filters(asked: Filters, choices: Choices, page: str, **more: str) -> list[dict[str, str]]:
    """What is filtered by, each with the address of ``page`` without it."""

    def there(fewer: Filters) -> str:
        return page + fewer.query(**more)

    found = []
    if asked.choice != YEAR:
        label = days_in_words(asked.period) if asked.choice == OWN else period_names()[asked.choice]
        found.append({"label": label, "url": there(asked.without("period"))})
    named = {
        "units": choices.units,
        "municipalities": choices.municipalities,
        "agreements": choices.agreement_names,
        "programmes": choices.own_programmes,
    }
    for name, names in named.items():
        found += [
            {"label": label, "url": there(asked.without(name, key))}
            for key, label in names.items()
            if key in getattr(asked, name)
        ]
    if asked.coach:
        found.append({"label": choices.coaches[asked.coach], "url": there(asked.without("coach"))})
    if asked.started_in:
        label = _("Started in %(year)s") % {"year": asked.started_in}
        found.append({"label": label, "url": there(asked.without("started_in"))})
    return found


def days_in_words(period: Period) -> str:
    """Write "1 January to 2 November 2026", or both years when they differ, or one day."""
    last = date_format(period.end, "j F Y")
    if period.start == period.end:
        return last
    form = "j F" if period.start.year == period.end.year else "j F Y"
    return _("%(first)s to %(last)s") % {"first": date_format(period.start, form), "last": last}
