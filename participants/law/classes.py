"""The retention classes that a provider begins with. They are data: each provider looks at them and changes them.

Sources: Selectielijst gemeenten en intergemeentelijke organen 2020 (Stcrt. 2020, 11143), which binds municipalities and
joint bodies and which many providers follow by contract; Wmo 2015, art. 5.3.4; AVG, art. 5. A lawyer should look.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, StaffMember
from participants.models import Process, RetentionClass

_LIST = "Selectielijst gemeenten en intergemeentelijke organen 2020 (Stcrt. 2020, 11143)"


class Usual(NamedTuple):
    """A class as it usually is."""

    code: str
    name: str | Promise
    process: str
    results: tuple[str, ...]
    years: int
    source: str | Promise


USUAL = (
    Usual("AANM-AFG", _("Referral declined"), Process.REFERRAL, ("declined",), 3, _LIST),
    Usual("AANM-ING", _("Referral withdrawn"), Process.REFERRAL, ("withdrawn",), 1, _LIST),
    Usual("AANM", _("Referral that came to nothing"), Process.REFERRAL, (), 3, _LIST),
    Usual(
        "TRAJ-PW",
        _("Trajectory under the Participatiewet"),
        Process.TRAJECTORY,
        ("participatiewet",),
        10,
        _("Advice with the Selectielijst 2020 on files of benefit clients since 2017; the municipality decides"),
    ),
    Usual("TRAJ-WMO", _("Trajectory under the Wmo"), Process.TRAJECTORY, ("wmo",), 15, "Wmo 2015, art. 5.3.4"),
    Usual(
        "TRAJ",
        _("Trajectory on another ground"),
        Process.TRAJECTORY,
        (),
        2,
        _("AVG art. 5: no longer than needed; the agreement with the payer may say otherwise"),
    ),
    Usual("VZ-LKS", _("Wage-cost subsidy"), Process.PROVISION, ("10", "11", "12"), 20, _LIST),
    Usual("VZ-BW", _("Sheltered work"), Process.PROVISION, ("21",), 20, _LIST),
    Usual("VZ", _("Another provision that was granted"), Process.PROVISION, (), 7, _LIST),
)


@transaction.atomic
def take_usual_classes(*, by: StaffMember, provider: Organisation) -> None:  # noqa: ARG001 - every action says who
    """A provider begins with the usual classes; those whose code is there already stay as they are."""
    rows = [
        RetentionClass(
            provider=provider,
            code=one.code,
            name=str(one.name),
            process=one.process,
            results=list(one.results),
            years=one.years,
            source=str(one.source),
        )
        for one in USUAL
    ]
    RetentionClass.objects.bulk_create(rows, ignore_conflicts=True)
