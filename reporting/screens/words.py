"""Words for what stands in a figure: the name of a cell, the unit, a number of days."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guidance.models import AttendanceKind, HalfDayStatus, SessionKind
from organisations.models import Unit as OwnUnit
from participants.models import Benefit, Gender, LifeDomain, TargetGroup
from reporting.figures import UNRECORDED, Unit
from reporting.figures.quality import CHECK_LABELS
from reporting.screens.filters import Choices, Filters
from trajectories.models import Destination, EndReason, LegalGround, OutcomeKind, OutcomeLabel

Names = Mapping[str, str]


def year_words(asked: Filters) -> tuple[str, str]:
    """The heads of two columns: this period and the year before."""
    if asked.period.start.year == asked.period.end.year:
        return str(asked.period.start.year), str(asked.period.start.year - 1)
    return _("This period"), _("A year before")


def unit_word(unit: Unit, count: int = 2) -> str:
    """What a figure counts, as the word after a number."""
    words = {
        Unit.PERSONS: ngettext("participant", "participants", count),
        Unit.TRAJECTORIES: ngettext("trajectory", "trajectories", count),
        Unit.EPISODES: ngettext("time", "times", count),
        Unit.SESSIONS: ngettext("session", "sessions", count),
        Unit.HALF_DAYS: ngettext("half-day", "half-days", count),
        Unit.CERTIFICATES: ngettext("certificate", "certificates", count),
        Unit.PLACEMENTS: ngettext("place", "places", count),
        Unit.SLOT_DAYS: ngettext("place", "places", count),
        Unit.RECORDS: ngettext("record", "records", count),
    }
    return words.get(unit, "")


def number(value: float | None) -> str:
    """Write a number as it is read: one decimal at most; a dash where there is none."""
    if value is None:
        return "–"
    rounded = round(value, 1)
    return number_format(int(rounded) if rounded == int(rounded) else rounded)


def percentage(share: float | None) -> str:
    return "–" if share is None else f"{number(100 * share)}%"


def code_names(figure_id: str, units: Collection[UUID]) -> dict[str, str]:
    """The provider's own words for the codes in the cells of a figure: one query, or none."""
    if figure_id not in {"ended_by_destination", "ended_by_reason", "outcomes_by_kind"}:
        return {}
    if figure_id == "ended_by_reason":
        return dict(EndReason.objects.filter(provider__in=providers_of(units)).values_list("code", "name"))
    destinations, outcomes = both_code_names(units)
    return outcomes if figure_id == "outcomes_by_kind" else destinations


def both_code_names(units: Collection[UUID]) -> tuple[dict[str, str], dict[str, str]]:
    """Destinations by code, and outcomes by kind, in the provider's own words: one query."""
    return named_codes(code_names_asked(units))


def code_names_asked(units: Collection[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    """Ask for the destinations and the outcomes of the providers of these units."""
    destinations = Destination.objects.filter(provider__in=providers_of(units)).order_by()
    labels = OutcomeLabel.objects.filter(provider__in=providers_of(units)).order_by()
    return destinations.values_list("code", "name", Value("d")).union(
        labels.values_list("kind", "label", Value("o")), all=True
    )


def named_codes(rows: Iterable[tuple[Any, ...]]) -> tuple[dict[str, str], dict[str, str]]:
    """Destinations by code and outcomes by kind, from what was asked for."""
    found: dict[str, dict[str, str]] = {"d": {}, "o": {kind: str(label) for kind, label in OutcomeKind.choices}}
    for code, name, of in rows:
        found[of][code] = name
    return found["d"], found["o"]


def providers_of(units: Collection[UUID]) -> Any:
    """The providers of these units, as a part of a query."""
    return OwnUnit.objects.filter(pk__in=units).values("provider")


def split_names(by: str, choices: Choices) -> dict[str, str]:
    """The words for the values of a split."""
    fixed = {
        "gender": dict(Gender.choices),
        "benefit": dict(Benefit.choices),
        "legal_ground": dict(LegalGround.choices),
        "flag": dict(TargetGroup.choices),
    }
    known = {
        "municipality": {row.municipality_code: row.municipality_name for row in choices.agreements},
        "programme": {row.code: row.name for row in choices.programmes},
        "unit": {str(key): name for key, name in choices.units.items()},
        "coach": {str(key): name for key, name in choices.coaches.items()},
    }
    lists: dict[str, Mapping[Any, Any]] = {**fixed, **known}
    found = lists.get(by, {})
    return {str(key): str(name) for key, name in found.items()} | {"unknown": _("Unknown")}


def split_label(by: str) -> str:
    return {
        "municipality": _("Municipality"),
        "programme": _("Programme"),
        "unit": _("Unit"),
        "coach": _("Coach"),
        "age_band": _("Age"),
        "gender": _("Gender"),
        "benefit": _("Benefit"),
        "legal_ground": _("Legal ground"),
        "flag": _("Target group"),
    }[by]


def ladder_steps() -> list[str]:
    """The six steps of the participation ladder, from the first."""
    return [
        _("Isolated"),
        _("Contact outside the home"),
        _("Takes part in activities"),
        _("Unpaid work"),
        _("Paid work with support"),
        _("Paid work"),
    ]


def cell_label(figure_id: str, cell: str, names: Names) -> str:
    """The name of a cell: the code's own word, or the words for its place in the figure."""
    if cell in names:
        return names[cell]
    if cell == UNRECORDED:
        return _("Not recorded")
    if figure_id == "data_quality":
        check, _dot, part = cell.partition(".")
        label = str(CHECK_LABELS.get(check, check))
        return _("%(check)s: looked at") % {"check": label} if part == "total" else label
    if cell.startswith("matrix."):
        _matrix, first, last = cell.split(".")
        return _("from step %(first)s to step %(last)s") % {"first": first, "last": last}
    if cell.startswith("counts."):
        return date_of(cell)
    if cell == "free":
        return _("free today")
    return ", ".join(part_label(part) for part in cell.split("."))


def date_of(cell: str) -> str:
    """The day in the name of a cell of counted places."""
    return date_format(date.fromisoformat(cell.removeprefix("counts.")), "j F Y")


def part_label(part: str) -> str:
    """The words for one part of a cell's name; the part itself where we have none."""
    return part_words(get_language()).get(part, part)


@cache
def part_words(language: str | None) -> dict[str, str]:  # noqa: ARG001  # what the words are made for
    """The words for the fixed parts of cells, by their code: made once for each language, not for each cell."""
    return {code: str(word) for code, word in _part_words().items()}


def _part_words() -> dict[str, str | Promise]:
    return {
        **dict(SessionKind.choices),
        **dict(AttendanceKind.choices),
        **dict(HalfDayStatus.choices),
        **dict(LifeDomain.choices),
        "by_kind": _("Took place"),
        "by_attendance": _("All"),
        "n": _("All"),
        "total": _("All"),
        "planned": _("Planned"),
        "within_14": _("Within 2 weeks"),
        "within_28": _("Within 4 weeks"),
        "within_56": _("Within 8 weeks"),
        "from_15_to_28": _("After 2 weeks and within 4 weeks"),
        "from_29_to_56": _("After 4 weeks and within 8 weeks"),
        "over_56": _("After more than 8 weeks"),
        "within_84": _("Within 12 weeks"),
        "up_to_21": _("Up to 3 weeks"),
        "from_22_to_91": _("After 3 weeks and up to 3 months"),
        "from_92_to_182": _("After 3 months and up to half a year"),
        "from_183_to_365": _("After half a year and up to a year"),
        "from_29_to_84": _("After 4 weeks and within 12 weeks"),
        "not_within_84": _("Not within 12 weeks"),
        "too_early_28": _("Too early to tell about 4 weeks"),
        "too_early_84": _("Too early to tell about 12 weeks"),
        "within_182": _("Within half a year"),
        "within_365": _("After half a year and within a year"),
        "over_365": _("After more than a year"),
        "182": _("After half a year"),
        "365": _("After a year"),
        "employed": _("still in work"),
        "not_employed": _("not in work any more"),
        "not_checked": _("not checked"),
        "reached": _("Spoken to"),
        "not_reached": _("Not reached"),
        "refused": _("Wants no more contact"),
        "first": _("First measurement"),
        "last": _("Last measurement"),
        "not": _("not lonely"),
        "somewhat": _("somewhat lonely"),
        "strongly": _("very lonely"),
        "no_second": _("No second measurement"),
        "up": _("Higher step"),
        "same": _("the same"),
        "down": _("Lower step"),
        "better": _("better"),
        "worse": _("worse"),
        "ladder": _("Participation ladder"),
        "step": _("step"),
        "zrm2017": _("Self-reliance matrix"),
        "who5": _("Well-being"),
        "djg6": _("Loneliness"),
        "emotional": _("emotional"),
        "social": _("social"),
        "slot_days": _("Days that places were available"),
        "occupied_days": _("Days that places were occupied"),
    }
