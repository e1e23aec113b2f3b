"""What the pages of figures have in common: what somebody can choose from, what is asked, and what stands around it."""

from typing import Any

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.clock import now, today
from foundation.periods import Period
from organisations.access import StaffRequest
from reporting.screens.filterform import FilterForm
from reporting.screens.filters import Choices, Filters, active_filters, choices_of, days_in_words, filters_of


def own_choices(request: StaffRequest) -> tuple[Choices, FilterForm]:
    """What this person can choose from, and the form with what is chosen; 404 for a right without a unit."""
    choices = choices_of(request.user)
    if not choices.units:
        raise Http404
    return choices, FilterForm(request.GET, choices)


def asked_for(request: StaffRequest, choices: Choices, form: FilterForm) -> Filters | None:
    """The figures asked for; None when the days are no period: then nothing is counted and the form says why."""
    period = form.days
    filters = filters_of(request.GET, choices, period or Period.year(today().year))
    return filters if period else None


def chosen_units(asked: Filters | None, choices: Choices) -> str:
    """The names of the units that are counted, for the title page of a print."""
    chosen = asked.scope.units if asked else choices.units
    return _(" and ").join(sorted(name for key, name in choices.units.items() if key in chosen))


def frame(
    request: StaffRequest, choices: Choices, form: FilterForm, asked: Filters | None, **more: str
) -> dict[str, Any]:
    """What stands around the figures: whose they are, over which days, and what they are filtered by.

    ``more`` is what the address holds beside the filters, and keeps when they change.
    """
    units = _(" and ").join(sorted(choices.units.values()))
    return {
        "form": form,
        "units": chosen_units(asked, choices),
        "day": date_format(today(), "j F Y"),
        "heading": _("Overview %(units)s") % {"units": units},
        "asked": asked,
        "hidden": {name: value for name, value in more.items() if value},
        "filters": active_filters(asked, choices, request.path, **more) if asked else [],
        "counted": days_in_words(asked.counted) if asked else "",
        "time": f"{now():%H:%M}",
    }
