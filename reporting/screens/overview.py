"""The overview of a unit manager: what is counted, and the blocks it is shown in.

All figures of both years come from one load of facts.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.charts import Cell as TableCell
from foundation.charts import Chart, DataTable, Fig, Row, TargetBar
from foundation.clock import today
from foundation.periods import Period
from reporting.facts import load
from reporting.facts.rows import AgreementRow
from reporting.figures import CATALOGUE, Figure, Question, count_one, split
from reporting.figures.places import free_on
from reporting.figures.quality import CHECK_LABELS
from reporting.screens import bars, charts
from reporting.screens.filters import YEAR, Choices, Filters
from reporting.screens.words import Names, both_code_names, number
from trajectories.models import Decision, Referral

KEY_FIGURES = ("participants", "trajectories", "paid_work", "other_route", "help_question_insight")
COMPARED = (
    *KEY_FIGURES,
    "waiting_time",
    "lead_time",
    "running_time",
    "outcomes_by_kind",
    "ended_by_destination",
    "picked_up_again",
)
COUNTED = (
    *COMPARED,
    "stock_start",
    "inflow",
    "outflow",
    "stock_end",
    "ladder",
    "relapses",
    "by_programme",
    "occupancy",
    "targets",
    "data_quality",
)
MOST_TO_MEND = 5


class WholeTarget(TargetBar):
    """A target of an agreement that lasts longer than the period: its bar says how much of it is reached."""

    @property
    def target_words(self) -> str:
        return _("agreement: %(reached)s of %(target)s") % {
            "reached": number(self.realised),
            "target": number(self.target),
        }


def target_bar(row: dict[str, Any], value: object) -> TargetBar:
    """The bar of the one target that a figure has, over the whole agreement."""
    kind = TargetBar if row["realised"] == value else WholeTarget
    return kind(row["realised"], row["target"], row["expected"])


@dataclass(frozen=True)
class Overview:
    """Everything the page shows, counted."""

    asked: Filters
    choices: Choices
    question: Question
    now: dict[str, Figure]
    before: dict[str, Figure]

    @classmethod
    def of(cls, asked: Filters, choices: Choices) -> "Overview":
        """Count both years from one load."""
        reference = today()
        window = Period(asked.before.start, asked.period.end)
        payers = payers_of(asked, choices)
        facts = load(asked.scope, window, reference, agreements=payers, programmes=choices.programmes)
        question = Question(facts, asked.period, reference)
        earlier = Question(facts, asked.before, reference)
        wanted = [key for key in COUNTED if not (asked.coach and CATALOGUE[key].needs_no_coach)]
        return cls(
            asked,
            choices,
            question,
            {key: count_one(question, key) for key in wanted},
            {key: count_one(earlier, key) for key in COMPARED},
        )

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        destinations, outcomes = both_code_names(self.choices.units)
        return {
            "figs": self.figs(),
            "waiting_n": self.now["waiting_time"].number("n"),
            "to_mend": self.to_mend()[:MOST_TO_MEND],
            "quality": self.quality(),
            "targets": self.targets(),
            "referrals": referrals(self.asked),
            "places_today": self.places_today(),
            "pairs": self.pairs(destinations, outcomes),
            "places": charts.places(self.asked, self.question, self.now),
        }

    def pairs(self, destinations: Names, outcomes: Names) -> list[list[Chart]]:
        """The charts, two beside each other."""
        asked, now, before = self.asked, self.now, self.before
        coaches = {str(key): name for key, name in self.choices.coaches.items()}
        programmes = {row.code: row.name for row in self.choices.programmes}
        per_coach = split(self.question, "participants", "coach")
        return [
            [charts.flow(asked, self.question, now), bars.outcomes(asked, now, before, outcomes)],
            [charts.ladder(asked, now), charts.relapse(asked, now, before)],
            [bars.destinations(asked, now, before, destinations), bars.durations(asked, now, before)],
            [bars.coaches(asked, per_coach, coaches), bars.programmes(asked, now["by_programme"], programmes)],
        ]

    def figs(self) -> list[Fig]:
        """The six key figures, each with the same days a year before and its target."""
        found = [self._fig(key) for key in KEY_FIGURES]
        waiting, earlier = (figures["waiting_time"] for figures in (self.now, self.before))
        found.append(
            Fig(
                str(waiting.definition.label),
                bars.days_of(waiting),
                url=self.asked.figure_url("waiting_time", "n"),
                unit=_("days"),
                compare=self._last_year(bars.days_of(earlier)),
                no_target=True,
                definition=str(waiting.definition.sentence),
            )
        )
        return found

    def _fig(self, key: str) -> Fig:
        figure = self.now[key]
        targets = [row for row in self.now["targets"].value if row["figure"] == key]
        compare = self._last_year(self.before[key].value)
        if len(targets) > 1:
            more = _("see the targets")
            compare = f"{compare}, {more}"
        return Fig(
            str(figure.definition.label),
            figure.value,
            url=self.asked.figure_url(key),
            compare=compare,
            target=target_bar(targets[0], figure.value) if len(targets) == 1 else None,
            no_target=not targets,
            definition=str(figure.definition.sentence),
        )

    def _last_year(self, value: object) -> str:
        if self.asked.choice == YEAR:
            return _("last year %(value)s") % {"value": value}
        return _("a year before %(value)s") % {"value": value}

    def places_today(self) -> dict[str, int] | None:
        """How many places are free today; nothing where a filter hides who has the others, or without places."""
        if self.asked.hides_others:
            return None
        free, everything = free_on(self.question, today())
        return {"free": free, "all": everything} if everything else None

    def to_mend(self) -> list[dict[str, Any]]:
        """What somebody can complete now: the checks with something wrong, the most first."""
        figure = self.now["data_quality"]
        found = [
            {"label": label, "wrong": wrong, "url": self.asked.figure_url(figure.id, f"{check}.wrong")}
            for check, label in CHECK_LABELS.items()
            if (wrong := figure.number(f"{check}.wrong"))
        ]
        return sorted(found, key=lambda row: -int(row["wrong"]))

    def quality(self) -> DataTable:
        """Every check: how many to mend, of how many that were looked at."""
        figure = self.now["data_quality"]

        def cell(name: str) -> TableCell:
            return TableCell(figure.number(name), self.asked.figure_url(figure.id, name) if figure.number(name) else "")

        return DataTable(
            _("Complete files, in this period"),
            (_("Check"), _("To mend"), _("Looked at")),
            [Row(str(label), [cell(f"{key}.wrong"), cell(f"{key}.total")]) for key, label in CHECK_LABELS.items()],
        )

    def targets(self) -> DataTable | None:
        """What was agreed with each payer, over the whole agreement; nothing without targets."""
        figure = self.now["targets"]
        cells = list(figure.cells)
        rows = [
            Row(
                f"{row['agreement']}: {CATALOGUE[row['figure']].label}",
                [
                    TableCell(number_format(row["target"])),
                    TableCell(row["realised"], self.asked.figure_url("targets", cell)),
                    TableCell(number(row["expected"])),
                ],
            )
            for row, cell in zip(figure.value, cells, strict=True)
        ]
        headings = (_("Agreement and figure"), _("Target"), _("Reached"), _("Expected now"))
        note = _("Over the whole agreement, from its first day, whatever is chosen above.")
        return DataTable(_("Targets"), headings, rows, note=note) if rows else None


def payers_of(asked: Filters, choices: Choices) -> list[AgreementRow]:
    """The agreements that the filters leave."""
    return [
        row
        for row in choices.agreements
        if (not asked.agreements or row.id in asked.agreements)
        and (not asked.municipalities or row.municipality_id in asked.municipalities)
    ]


def referrals(asked: Filters) -> dict[str, Any]:
    """Who waits: the open referrals to the programmes asked about, today."""
    wanted = Q(programme__unit__in=asked.scope.units)
    if asked.programmes:
        wanted &= Q(programme__in=asked.programmes)
    found = list(Referral.objects.open().filter(wanted).values_list("decision", "referred_on"))
    waiting = [on for decision, on in found if decision == Decision.WAITING]
    fresh = [on for decision, on in found if decision != Decision.WAITING]
    return {
        "new": len(fresh),
        "new_days": _longest(fresh),
        "waiting": len(waiting),
        "waiting_days": _longest(waiting),
    }


def _longest(days: list[Any]) -> int | None:
    known = [(today() - on).days for on in days if on]
    return max(known, default=None)
