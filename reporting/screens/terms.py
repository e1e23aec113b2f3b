"""How long a trajectory is meant to take: the trial and the usual length of the programmes that are asked about."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.screens.filters import Filters
from trajectories.models import Programme

Term = tuple[int, str]
"""After how many days it is over, and what it is called."""


def usual_terms() -> list[Term]:
    """The lines of who has no terms of his own: they only give the eye something to hold on to."""
    return [(21, _("3 weeks")), (91, _("3 months"))]


def terms_asked(asked: Filters) -> QuerySet[Any, tuple[Any, ...]]:
    """Ask for the weeks of trial and the usual weeks of each programme."""
    found = Programme.objects.filter(unit__in=asked.scope.units)
    if asked.programmes:
        found = found.filter(pk__in=asked.programmes)
    return found.order_by().values_list("trial_weeks", "norm_weeks").distinct()


def terms_of(rows: Iterable[tuple[Any, ...]]) -> list[Term]:
    """The terms that were asked for, each once, the shortest first. No agreement has a term of its own."""
    known = list(rows)
    trials, norms = (sorted({row[place] for row in known if row[place]}) for place in (0, 1))
    found = [(7 * weeks, _("trial, %(weeks)s") % {"weeks": weeks_words(weeks)}) for weeks in trials]
    found += [(7 * weeks, _("norm, %(weeks)s") % {"weeks": weeks_words(weeks)}) for weeks in norms]
    return sorted(found)


def weeks_words(weeks: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", weeks) % {"number": weeks}
