"""Files that may be of one person, beside each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from guidance.models import Session
from guidance.models.session import TOOK_PLACE
from organisations.access import Permission
from organisations.models import StaffMember
from participants.models import Participant
from reporting.screens.records import file_url
from reporting.signals.checks import alike
from reporting.signals.looking import PersonRow, people_asked
from trajectories.models import Trajectory

MOST_BESIDE = 4


@dataclass(frozen=True)
class Line:
    """One thing that is known of each file, in the order of the files."""

    label: str
    texts: list[str]

    @property
    def differs(self) -> bool:
        """Whether two files that both know it, know something else."""
        return len({text for text in self.texts if text}) > 1


def looks_like(member: StaffMember, person: Participant) -> list[UUID]:
    """The other files that look like this one, as the check finds them; of files that this reader may see."""
    known = person.birth_year and person.birth_month and person.birth_day
    near = Q(pk=person.pk) | Q(sort_name=person.sort_name)
    if known:
        near |= Q(birth_year=person.birth_year, birth_month=person.birth_month, birth_day=person.birth_day)
    rows = people_asked(member).filter(near, provider=person.provider_id)
    pairs = alike(list(starmap(PersonRow, rows)))
    return [one if other == person.pk else other for one, other in pairs if person.pk in {one, other}]


def files_beside(member: StaffMember, person: Participant) -> list[Participant]:
    """The file, and those that look like it and that this reader may open."""
    ids = [person.pk, *looks_like(member, person)]
    found = Participant.objects.visible_to(member, Permission.FILE_READ).filter(pk__in=ids)
    rows = found.select_related("home_municipality").order_by("created_at")[: MOST_BESIDE + 1]
    return [person, *(file for file in rows if file.pk != person.pk)]


def lines_of(files: Sequence[Participant]) -> list[Line]:
    """What tells one person from another: two queries. A BSN is not shown, only whether it is known."""
    ids = [file.pk for file in files]
    courses = _courses(ids)
    contacts = dict(
        Session.objects.filter(participant__in=ids, attendance__in=TOOK_PLACE)
        .values_list("participant")
        .annotate(last=Max("held_on"))
    )
    told: list[tuple[str, Any]] = [
        (_("Name"), lambda file: file.full_name),
        (_("Date of birth"), _birth),
        (_("Gender"), lambda file: str(file.get_gender_display())),
        (_("Municipality"), lambda file: file.home_municipality.name),
        (_("Language spoken at home"), lambda file: file.language),
        (_("Benefit"), lambda file: str(file.get_benefit_display())),
        (_("BSN"), lambda file: _("known") if file.has_bsn else ""),
        (_("File made on"), lambda file: date_format(localdate(file.created_at), "j-n-Y")),
        (_("Trajectories"), lambda file: "; ".join(courses[file.pk])),
        (_("Last contact"), lambda file: date_format(contacts[file.pk], "j-n-Y") if file.pk in contacts else ""),
    ]
    return [Line(label, [tell(file) for file in files]) for label, tell in told]


def have_other_bsn(files: Sequence[Participant]) -> bool:
    """Whether two files know a BSN: at one provider no two files have the same, so these are two people."""
    return sum(file.has_bsn for file in files) > 1


def _courses(ids: list[UUID]) -> dict[UUID, list[str]]:
    """The trajectories of each file: programme, days and coach."""
    rows = Trajectory.objects.filter(participant__in=ids).select_related("programme", "coach").order_by("started_on")
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        last = date_format(row.ended_on, "j-n-Y") if row.ended_on else _("now")
        days = f"{date_format(row.started_on, 'j-n-Y')} – {last}"
        found[row.participant_id].append(
            ", ".join(part for part in (row.programme.name, days, row.coach.name if row.coach else "") if part)
        )
    return found


def _birth(file: Participant) -> str:
    return "-".join(str(part) for part in (file.birth_day, file.birth_month, file.birth_year) if part)


def column(file: Participant) -> dict[str, str]:
    """What stands above each file."""
    return {"name": file.full_name, "reference": file.reference, "url": file_url(file)}
