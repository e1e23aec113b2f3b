"""What is counted on a page of its own and is no figure of the catalogue: what is due today, and cohorts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.access import Permission
from organisations.models import StaffMember
from reporting.figures.cohorts import FEWEST, MONTHS
from reporting.signals.checks import DUE


@dataclass(frozen=True)
class Explained:
    """One of them: its name, what it is about in a sentence, the exact rule, what is counted, and where it stands."""

    id: str
    label: str | Promise
    sentence: str | Promise
    rule: str | Promise
    unit: str | Promise
    page: str
    permission: Permission

    def pages(self, member: StaffMember) -> list[tuple[str, str]]:
        """The page where it stands, for who may see it: address and words."""
        if not member.standing.may(self.permission):
            return []
        if self.page == "reporting:signals":
            return [(f"{reverse(self.page)}?check={self.id}", _("To the signals"))]
        return [(reverse(self.page), _("To the cohorts and programmes"))]


CHECK_UNITS = {
    "trajectory": gettext_lazy("trajectories"),
    "placement": gettext_lazy("placements"),
    "participant": gettext_lazy("files"),
}


def explained() -> dict[str, Explained]:
    """Return them by id, in the order in which they are listed."""
    return {one.id: one for one in (*_due(), *_cohorts())}


def _due() -> list[Explained]:
    """The checks of what is due today, on the worklist beside those of the figure "complete files"."""
    sentence = gettext_lazy("One of the signals: something in a file that somebody should see to. In no report.")
    return [
        Explained(
            check.name,
            check.label,
            sentence,
            check.rule,
            CHECK_UNITS[check.about[0]],
            "reporting:signals",
            Permission.SIGNALS_READ,
        )
        for check in DUE.values()
    ]


def _cohorts() -> list[Explained]:
    months = ", ".join(map(str, MONTHS))
    return [
        Explained(
            "cohorts",
            gettext_lazy("Cohorts"),
            gettext_lazy("Of who started in the same quarter: how many had an outcome later on. In no report."),
            _(
                "By the quarter of a person's first start within the filters: who had an outcome dated within"
                " %(months)s months of that start, on any trajectory within the filters, divided by who started. Not"
                " told before the months have passed for everybody of the quarter. With an interval of 95%% (Wilson)."
            )
            % {"months": months},
            gettext_lazy("participants"),
            "reporting:cohorts",
            Permission.FIGURES_READ,
        ),
        Explained(
            "programmes_compared",
            gettext_lazy("Programmes beside each other"),
            gettext_lazy("Of who started in a programme: how many had an outcome, beside another one. In no report."),
            _(
                "Who first started in the programme within the period and so many months ago or longer; who of them had"
                " an outcome within those months, on a trajectory of that programme. The difference has an interval of"
                " 95%% (Newcombe). With fewer than %(fewest)s people in one of the two it tells nothing. Never per"
                " coach."
            )
            % {"fewest": FEWEST},
            gettext_lazy("participants"),
            "reporting:cohorts",
            Permission.FIGURES_READ,
        ),
    ]
