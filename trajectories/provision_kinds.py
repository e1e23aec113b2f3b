"""The kinds of provision of the national statistic (SRG), in words. A coach picks a programme, never a code.

Which codes may be sent for which month stands in the field table of the statistic; this is how they are called.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Regeling statistiek Participatiewet, bijlage 2, kenmerk 14, text in force on 1 January 2025.
KIND_LABELS: dict[str, str | Promise] = {
    "10": _("Wage-cost subsidy (Participatiewet)"),
    "11": _("Flat-rate wage-cost subsidy"),
    "12": _("Temporary wage-cost subsidy"),
    "20": _("WIW or ID job"),
    "21": _("Sheltered work"),
    "22": _("Participation placement"),
    "23": _("Trial placement to determine the wage value"),
    "29": _("Other workplace"),
    "30": _("Job coach or guidance at the workplace"),
    "31": _("Adaptation of the workplace"),
    "40": _("Coaching towards work or taking part"),
    "42": _("Training, course or education"),
    "43": _("Voluntary work"),
    "49": _("Other social activation"),
    "50": _("Transport"),
    "59": _("Other support in kind or costs"),
    "60": _("Outsourced, kind unknown"),
    "98": _("Cannot be classified further"),
}
WIW_OR_ID = "20"
WIW_AND_ID_CLOSED_ON = date(2004, 1, 1)
"""WIW and ID jobs are those of schemes as they stood on 31 December 2003 (Participatiewet, art. 1 j and k)."""


def kind_label(code: str) -> str:
    """Return what a kind of provision is called; an unknown code as it is."""
    return str(KIND_LABELS.get(code, code))
