"""What the difference between two programmes tells, in words."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.figures.cohorts import FEWEST, Comparison
from trajectories.models import Programme


def verdict(pair: Comparison, name: Callable[[UUID], str]) -> dict[str, Any]:
    """In words what the difference tells, and what speaks against reading too much in it: one query."""
    names = {"one": name(pair.one.programme), "other": name(pair.other.programme)}
    points = 100 * pair.difference
    band = {"low": f"{100 * pair.interval.low:+.0f}", "high": f"{100 * pair.interval.high:+.0f}"}
    if pair.tells:
        text = _("The share of %(one)s differs from that of %(other)s by more than chance explains.")
    elif pair.is_small:
        text = _("One of the two groups is smaller than %(fewest)s people: this is too small to compare.")
    else:
        text = _("%(one)s and %(other)s differ too little to tell: it may well be chance.")
    return {
        "title": text % {**names, "fewest": FEWEST},
        "difference": _("Difference: %(points)s percentage points; with 95%% certainty from %(low)s to %(high)s.")
        % {"points": f"{points:+.0f}", **band},
        "tells": pair.tells,
        "warnings": list(warnings(pair)),
    }


def warnings(pair: Comparison) -> Iterable[str]:
    """Why these groups may not be alike."""
    if pair.in_both:
        words = ngettext(
            "%(number)s person was in both programmes.", "%(number)s people were in both programmes.", pair.in_both
        )
        yield words % {"number": pair.in_both}
    keys = [pair.one.programme, pair.other.programme]
    rows = list(Programme.objects.filter(pk__in=keys))
    if len(rows) == len(keys):
        labels = {
            "kind": _("The ways of working differ in kind."),
            "aim": _("One aims at work, the other at taking part."),
            "legal_ground": _("People are guided on different laws."),
            "ladder_steps": _("They are for people on different steps of the participation ladder."),
        }
        yield from (text for name, text in labels.items() if getattr(rows[0], name) != getattr(rows[1], name))
