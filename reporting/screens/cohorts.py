"""The page of cohorts and of programmes beside each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.charts.intervals import IntervalChart, Shared
from foundation.charts.tables import Cell, DataTable, Row
from foundation.clock import today
from foundation.periods import Period
from organisations.models import StaffMember
from reporting.facts import load
from reporting.figures import Question, Record
from reporting.figures.cohorts import (
    ANY,
    KINDS,
    MONTHS,
    OTHER,
    STARTED,
    Cohort,
    Comparison,
    Way,
    cohorts,
    endings,
    ways,
)
from reporting.figures.intervals import wilson
from reporting.figures.outcomes import INSIGHT, PAID_WORK
from reporting.screens.filters import Choices, Filters, chosen
from reporting.screens.records import Lines, Where, lines, visible_people
from reporting.screens.ten.returned import cells_of, chart_of, quarters_before
from reporting.screens.verdicts import verdict

BEFORE_START = timedelta(days=31)  # an outcome may be dated 30 days before a start
NAMES = ("kind", "months", "one", "other")


@dataclass(frozen=True)
class AskedFor:
    """Which outcome, after how many months, and which two programmes. ``cell`` names a number that is opened."""

    kind: str = ANY
    months: int = 12
    one: UUID | None = None
    other: UUID | None = None
    cell: str = ""

    @classmethod
    def of(cls, query: QueryDict, choices: Choices) -> "AskedFor":
        """Read the address; what is not among the choices is not found."""
        kind, months = query.get("kind", ANY), query.get("months", "12")
        if kind not in KINDS or months not in {str(number) for number in MONTHS}:
            raise Http404
        one, other = (next(iter(chosen(query, name, choices.own_programmes)), None) for name in ("one", "other"))
        return cls(kind, int(months), one, other, query.get("cell", ""))

    @property
    def more(self) -> dict[str, str]:
        """What of it stands in the address: what is not as usual."""
        given = {
            "kind": self.kind,
            "months": f"{self.months}",
            "one": f"{self.one or ''}",
            "other": f"{self.other or ''}",
        }
        usual = {"kind": ANY, "months": "12"}
        return {name: value for name, value in given.items() if value != usual.get(name, "")}


def kind_names() -> dict[str, str]:
    return {
        ANY: _("Any outcome"),
        PAID_WORK.value: _("Paid work"),
        INSIGHT.value: _("Insight into the help question"),
        OTHER: _("Another route"),
    }


def without_coach(asked: Filters) -> Filters:
    """The same question without what would rank coaches, or would cut a person's first start off."""
    return replace(asked, coach=None, started_in=None)


class CohortsPage:
    """Counts cohorts and programmes, and lays them out."""

    def __init__(self, asked: Filters, choices: Choices, chosen_: AskedFor) -> None:
        self.asked, self.choices, self.chosen = asked, choices, chosen_
        self.quarters = quarters_before(asked)
        window = Period(self.quarters[0].start - BEFORE_START, today())
        facts = load(asked.scope, window, today(), programmes=choices.programmes)
        self.question = Question(facts, window, today())
        self.cohorts = since_first(cohorts(self.question, self.quarters))
        self.endings = endings(self.question, self.quarters)
        followed = Period(self.quarters[0].start, self.quarters[-1].end)
        found = ways(self.question, followed, chosen_.kind, chosen_.months)
        self.ways = sorted((way for way in found if way.started), key=lambda way: self._name(way.programme))

    def _name(self, programme: UUID) -> str:
        return next((row.name for row in self.choices.programmes if row.id == programme), "")

    @cached_property
    def cells(self) -> dict[str, list[Record]]:
        """Every number that can be opened, by its name in the address."""
        found = {f"{key_of(one)}.{cell}": records for one in self.cohorts for cell, records in one.cells.items()}
        for way in self.ways:
            found |= {f"{way.programme}.{STARTED}": way.started, f"{way.programme}.reached": way.reached}
        return found | cells_of(self.endings)

    def context(self, member: StaffMember, after: str) -> dict[str, Any]:
        """What the template shows: the page itself, or the list behind one number."""
        if self.chosen.cell:
            return {"lines": self._lines(member, after), "number": len(self.records), "whole_url": self._url()}
        return {
            "lines": None,
            "kinds": self._chips("kind", kind_names().items()),
            "horizons": self._chips("months", [(f"{months}", months_words(months)) for months in MONTHS]),
            "cohort_chart": self._cohort_chart(),
            "cohort_table": self.cohort_table(),
            "returned": chart_of(self.asked, self.endings) if any(one.ended for one in self.endings) else None,
            "way_chart": self._way_chart() if self.ways else None,
            "verdict": verdict(self.pair, self._name) if self.pair else None,
            "options": [(way.programme, self._name(way.programme)) for way in self.ways],
            "pair": self.pair,
            "kept": kept_in(self.asked.query(**self._kept())),
        }

    def _kept(self) -> dict[str, str]:
        return {name: value for name, value in self.chosen.more.items() if name in {"kind", "months"}}

    @property
    def records(self) -> list[Record]:
        """The people behind the number that is opened."""
        if self.chosen.cell not in self.cells:
            raise Http404
        return self.cells[self.chosen.cell]

    def _lines(self, member: StaffMember, after: str) -> Lines:
        records = self.records
        people = visible_people(member, [record.participant_id for record in records if record.participant_id])
        return lines(records, people, self.where, after=after)

    @property
    def where(self) -> Where:
        """On what the records hang."""
        return Where(self.question.trajectories, {row.id: row.name for row in self.choices.programmes})

    def _url(self, **changes: Any) -> str:
        more = replace(self.chosen, **{"cell": "", **changes})
        return reverse("reporting:cohorts") + self.asked.query(**more.more, cell=more.cell)

    def _chips(self, name: str, options: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        read: Callable[[str], Any] = int if name == "months" else str
        return [
            {"label": label, "url": self._url(**{name: read(key)}), "current": getattr(self.chosen, name) == read(key)}
            for key, label in options
        ]

    def cohort_table(self) -> DataTable:
        """Each cohort with who had the outcome after so many months."""
        rows = [Row(quarter_words(one), [self._started(one), *self._reached(one)]) for one in self.cohorts]
        headings = (_("Started in"), _("People"), *(_("%(months)s mo.") % {"months": months} for months in MONTHS))
        caption = _("%(kind)s, so many months after the first start") % {"kind": kind_names()[self.chosen.kind]}
        return DataTable(caption, headings, rows)

    def _started(self, one: Cohort) -> Cell:
        return Cell(len(one.started), self._url(cell=f"{key_of(one)}.{STARTED}") if one.started else "")

    def _reached(self, one: Cohort) -> list[Cell]:
        found = []
        for months in MONTHS:
            records = one.reached(self.chosen.kind, months)
            if records is None or not one.started:
                found.append(Cell(_("not yet") if records is None else "–"))
                continue
            words = f"{len(records)} ({len(records) / len(one.started):.0%})"
            url = self._url(cell=f"{key_of(one)}.{self.chosen.kind}.{months}") if records else ""
            found.append(Cell(words, url))
        return found

    def _cohort_chart(self) -> IntervalChart:
        whole = [one for one in self.cohorts if one.reached(self.chosen.kind, self.chosen.months) is not None]
        started = sum(len(one.started) for one in whole)
        reached = sum(len(one.reached(self.chosen.kind, self.chosen.months) or ()) for one in whole)
        return IntervalChart(
            id="cohorts",
            title=self._message(reached, started),
            sentence=_("The band shows where the share lies with 95% certainty; the line is the share itself."),
            shares=[self._shared(one) for one in self.cohorts],
            caption=_("%(kind)s, %(months)s, by the quarter of the first start")
            % {"kind": kind_names()[self.chosen.kind], "months": months_words(self.chosen.months)},
            headings=(_("Started in"), _("People"), _("With the outcome"), _("Share"), _("95% certain")),
        )

    def _message(self, reached: int, started: int) -> str:
        words = {"kind": kind_names()[self.chosen.kind], "months": months_words(self.chosen.months)}
        if not started:
            return _("%(kind)s, %(months)s: not to be told yet") % words
        words |= {"share": f"{reached / started:.0%}", "started": f"{started}"}
        return _("%(kind)s, %(months)s: %(share)s of %(started)s people") % words

    def _shared(self, one: Cohort) -> Shared:
        records, whole = one.reached(self.chosen.kind, self.chosen.months), len(one.started)
        if records is None or not whole:
            return Shared(quarter_words(one), whole, word=_("not yet") if records is None else "–")
        cell = f"{key_of(one)}.{self.chosen.kind}.{self.chosen.months}"
        url = self._url(cell=cell) if records else ""
        band = wilson(len(records), whole)
        return Shared(
            quarter_words(one),
            whole,
            self._started(one).url,
            len(records),
            url,
            len(records) / whole,
            band.low,
            band.high,
        )

    def _way_chart(self) -> IntervalChart:
        return IntervalChart(
            id="ways",
            title=_("%(kind)s, %(months)s, by programme")
            % {"kind": kind_names()[self.chosen.kind], "months": months_words(self.chosen.months)},
            sentence=_("Sorted by name. Who was in two programmes counts in both."),
            shares=[self._way(way) for way in self.ways],
            caption=_("Programmes beside each other"),
            headings=(_("Programme"), _("People"), _("With the outcome"), _("Share"), _("95% certain")),
        )

    def _way(self, way: Way) -> Shared:
        band = wilson(len(way.reached), len(way.started))
        reached_url = self._url(cell=f"{way.programme}.reached") if way.reached else ""
        return Shared(
            self._name(way.programme),
            len(way.started),
            self._url(cell=f"{way.programme}.{STARTED}"),
            len(way.reached),
            reached_url,
            way.share,
            band.low,
            band.high,
        )

    @cached_property
    def pair(self) -> Comparison | None:
        """The two programmes that are compared: those chosen, or the two with most people."""
        by_id = {way.programme: way for way in self.ways}
        largest = sorted(self.ways, key=lambda way: -len(way.started))
        one = by_id.get(self.chosen.one) if self.chosen.one else next(iter(largest), None)
        rest = [way for way in largest if way is not one]
        other = by_id.get(self.chosen.other) if self.chosen.other else next(iter(rest), None)
        return Comparison(one, other) if one and other and one is not other else None


def since_first(found: list[Cohort]) -> list[Cohort]:
    """The cohorts from the first quarter in which somebody started."""
    first = next((at for at, one in enumerate(found) if one.started), len(found))
    return found[first:]


def key_of(one: Cohort) -> str:
    return f"{one.quarter.start:%Y}-{(one.quarter.start.month + 2) // 3}"


def quarter_words(one: Cohort) -> str:
    quarter = {"year": f"{one.quarter.start:%Y}", "number": (one.quarter.start.month + 2) // 3}
    return _("%(year)s, Q%(number)s") % quarter


def months_words(months: int) -> str:
    return _("after %(months)s months") % {"months": months}


def kept_in(query: str) -> list[tuple[str, str]]:
    """What an address asks, pair by pair: what a form beside the filters sends along."""
    return [(name, value) for name, values in QueryDict(query[1:]).lists() for value in values]
