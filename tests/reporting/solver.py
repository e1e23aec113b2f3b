"""Which whole numbers follow from what is known: every other one can have two values at least.

The numbers are the unknowns of a linear programme over the integers, that HiGHS solves. It knows nothing of how the
product decides what to withhold.
"""

from collections.abc import Iterable, Mapping
from random import Random

import highspy
import numpy as np

BEYOND = 100_000
"""No number of a report comes near; so every question has an answer."""


NEAR = 5
"""So many directions are tried near the first solution."""


class Contradiction(AssertionError):
    """No numbers fit what is said to be known."""


class System:
    """Unknown whole numbers, and what is known of them together."""

    def __init__(self) -> None:
        self.lows: list[int] = []
        self.highs: list[int] = []
        self.rows: list[tuple[dict[int, int], float, float]] = []

    def number(self, low: int, high: int = BEYOND) -> int:
        """Add an unknown that lies between two values; return its place."""
        self.lows.append(low)
        self.highs.append(high)
        return len(self.lows) - 1

    def require(self, terms: Mapping[int, int], low: float, high: float) -> None:
        """Say between which values a sum of unknowns lies, each with its factor."""
        fixed = sum(
            factor * self.lows[place] for place, factor in terms.items() if self.lows[place] == self.highs[place]
        )
        open_ = {place: factor for place, factor in terms.items() if factor and self.lows[place] != self.highs[place]}
        if open_:
            self.rows.append((open_, low - fixed, high - fixed))
        elif not low <= fixed <= high:
            raise Contradiction(f"{fixed} does not lie between {low} and {high}")

    def settled(self, wanted: Iterable[int]) -> list[int]:
        """Return those of the unknowns that can have one value only.

        Solutions near the first one show two values of most of them; the others are asked for one by one, everywhere.
        """
        open_ = list(wanted)
        if not open_:
            return []
        solver = self._solver()
        self.first = self._solution(solver, {})
        chance = Random(0)
        self._keep_near(solver, 1)
        for _ in range(NEAR):
            if open_:
                open_ = self._without_other_value(solver, {place: chance.choice((1, -1)) for place in open_}, open_)
        for reach in (1, BEYOND):
            self._keep_near(solver, reach)
            open_ = self._asked_one_by_one(solver, open_)
        if open_:  # asked once more the long way: what simplifies the question beforehand errs once in thousands
            solver = self._solver()
            solver.setOptionValue("presolve", "off")
            open_ = self._asked_one_by_one(solver, open_)
        return open_

    def _asked_one_by_one(self, solver: highspy.Highs, open_: list[int]) -> list[int]:
        for place in list(open_):
            for sign in (1, -1):
                if place in open_:
                    open_ = self._without_other_value(solver, {place: sign}, open_)
        return open_

    def _keep_near(self, solver: highspy.Highs, most: int) -> None:
        """Look no farther than so much from the first solution."""
        width = len(self.lows)
        lows = np.maximum(np.array(self.lows), np.array(self.first) - most).astype(np.double)
        highs = np.minimum(np.array(self.highs), np.array(self.first) + most).astype(np.double)
        solver.changeColsBounds(width, np.arange(width, dtype=np.int32), lows, highs)

    def _without_other_value(self, solver: highspy.Highs, goal: dict[int, int], open_: list[int]) -> list[int]:
        """Drop the unknowns that have another value in the solution that goes farthest to ``goal``."""
        found = self._solution(solver, goal)
        return [place for place in open_ if found[place] == self.first[place]]

    def _solver(self) -> highspy.Highs:
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        solver.silent()
        solver.setOptionValue("threads", 1)
        width = len(self.lows)
        solver.addVars(width, np.array(self.lows, dtype=np.double), np.array(self.highs, dtype=np.double))
        whole = np.full(width, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(width, np.arange(width, dtype=np.int32), whole)
        for terms, low, high in self.rows:
            places = np.fromiter(terms, dtype=np.int32)
            solver.addRow(low, high, len(places), places, np.fromiter(terms.values(), dtype=np.double))
        return solver

    def _solution(self, solver: highspy.Highs, goal: Mapping[int, int]) -> list[int]:
        """The numbers of a solution in which the sum of ``goal`` is greatest."""
        width = len(self.lows)
        costs = np.zeros(width)
        for place, sign in goal.items():
            costs[place] = -sign
        solver.changeColsCost(width, np.arange(width, dtype=np.int32), costs)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            solver.setOptionValue("presolve", "off")
            solver.run()
            solver.setOptionValue("presolve", "choose")
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Contradiction(f"the numbers do not fit: {solver.getModelStatus()}")
        return [round(value) for value in solver.getSolution().col_value]
