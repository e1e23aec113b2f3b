"""The overview of a unit manager: what is counted, and the blocks it is shown in.

All figures of both years come from one load of facts.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from foundation.clock import today
from foundation.periods import Period
from foundation.together import Rows
from organisations.models import StaffMember
from reporting.facts import load
from reporting.facts.rows import AgreementRow
from reporting.figures.places import free_on
from reporting.screens.counting import FREE
from reporting.screens.filters import Choices, Filters
from reporting.screens.notes import KEY_FIGURES, Noted, by_block, notes_asked
from reporting.screens.ten import (
    bullets,
    coaches,
    flow,
    keys,
    measured,
    places,
    quality,
    relapse,
    returned,
    routes,
    times,
)
from reporting.screens.ten.block import Block, Counted, counted_of
from reporting.screens.ten.provisional import provisional_words
from reporting.screens.terms import terms_asked, terms_of
from reporting.screens.waiting import referrals, referrals_asked
from reporting.screens.words import Names, code_names_asked, named_codes
from reporting.signals.checks import SIGNAL_CHECKS
from reporting.signals.tally import tally, tally_asked

COUNTED = (
    *keys.KEY_FIGURES,
    "waiting_time",
    "lead_time",
    "running_time",
    "outcomes_by_kind",
    "ended_by_destination",
    "ladder",
    "loneliness",
    "instrument_change",
    "relapses",
    "picked_up_again",
    "re_entries",
    "stock_start",
    "inflow",
    "outflow",
    "stock_end",
    "occupancy",
    "data_quality",
    "targets",
)
"""The figures that the page shows."""

TABLES = ("trajectories", "coaches", "events", "outcomes", "sessions", "assessments", "slots", "placements", "targets")
"""What the figures of the page are counted from: read in one round trip."""

MOST_TO_MEND = 5


@dataclass(frozen=True)
class Overview:
    """Everything the page shows, counted."""

    choices: Choices
    counted: Counted
    referrals: Rows
    code_names: tuple[Names, Names]
    still_open: dict[str, int]
    notes: dict[str, list[Noted]]

    @classmethod
    def of(cls, asked: Filters, choices: Choices, member: StaffMember) -> "Overview":
        """Count both years from one load."""
        window = Period(asked.before.start, asked.period.end)
        payers = payers_of(asked, choices)
        facts = load(asked.scope, window, today(), agreements=payers, programmes=choices.programmes)
        others = [referrals_asked(asked), code_names_asked(choices.units), notes_asked(asked), terms_asked(asked)]
        due = tally_asked(member, asked.scope, asked.period, today())
        waiting, codes, notes, weeks, *rows = facts.read(*TABLES, others=[*others, *due])
        if facts.targets:
            facts.whole_agreements.read("trajectories", "outcomes")
        counted = counted_of(asked, facts, terms_of(weeks))
        question, quality = counted.question, counted.now["data_quality"]
        still_open = tally(member, asked.scope, asked.period, question=question, quality=quality, rows=rows)
        return cls(choices, counted, waiting, named_codes(codes), still_open, by_block(notes))

    @property
    def is_empty(self) -> bool:
        """Whether nothing ran in the period, and nothing was counted of what ran before."""
        now = self.counted.now
        return not (now["trajectories"].value or now["outcomes_by_kind"].records or now["data_quality"].records)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        counted = self.counted
        shown: dict[str, Any] = {
            "figs": keys.key_figures(counted),
            "waiting_n": counted.now["waiting_time"].number("n"),
            "referrals": referrals(self.referrals, counted.asked),
            "places_today": self.places_today(),
            "provisional": provisional_words(counted.asked.counted),
            "key_notes": self.notes.get(KEY_FIGURES, []),
            "empty": self.is_empty,
        }
        return shown if self.is_empty else shown | self._blocks()

    def _blocks(self) -> dict[str, Any]:
        return {
            "to_mend": self.to_mend()[:MOST_TO_MEND],
            "targets": self.noted(bullets.targets(self.counted, payers_of(self.counted.asked, self.choices))),
            "pairs": [
                [[self.noted(block) for block in column] for column in pair] for pair in self.pairs(*self.code_names)
            ],
            "places": self.noted(places.places(self.counted)),
            "quality": self.noted(quality.quality(self.counted)),
        }

    def noted(self, block: Block | None) -> Block | None:
        """A block with what managers wrote beside its figures."""
        return replace(block, notes=self.notes.get(block.chart.id, [])) if block else None

    def pairs(self, destinations: Names, outcomes: Names) -> list[list[list[Block]]]:
        """The figures in two columns beside each other, each column with what stands in it."""
        counted = self.counted
        staff = {str(key): name for key, name in self.choices.coaches.items()}
        came_back = returned.returned(counted)
        by_coach = coaches.coaches(counted, staff, coaches.agreed(counted.asked, self.choices))
        return [
            [[flow.flow(counted)], [routes.outcomes(counted, outcomes)]],
            [[routes.destinations(counted, destinations)], [by_coach]],
            [[times.waiting(counted)], [times.durations(counted)]],
            [[measured.ladder(counted), measured.loneliness(counted)], [measured.domains(counted)]],
            [[relapse.relapse(counted)], [relapse.returns(counted), *([came_back] if came_back else [])]],
        ]

    def places_today(self) -> dict[str, Any] | None:
        """How many places are free today; nothing where a filter hides who has the others, or without places."""
        if self.counted.asked.hides_others:
            return None
        free, everything = free_on(self.counted.question, today())
        url = self.counted.asked.figure_url("occupancy", FREE) if free else ""
        return {"free": len(free), "all": everything, "url": url} if everything else None

    def to_mend(self) -> list[dict[str, Any]]:
        """What somebody can see to now, the most first: as many as stand open on the worklist behind each."""
        page = reverse("reporting:signals")
        found = [
            {"label": SIGNAL_CHECKS[name].label, "wrong": number, "url": page + self.counted.asked.query(check=name)}
            for name, number in self.still_open.items()
            if number
        ]
        return sorted(found, key=lambda row: -int(row["wrong"]))


def payers_of(asked: Filters, choices: Choices) -> list[AgreementRow]:
    """The agreements that the filters leave."""
    return [
        row
        for row in choices.agreements
        if (not asked.agreements or row.id in asked.agreements)
        and (not asked.municipalities or row.municipality_id in asked.municipalities)
    ]
