"""What a manager keeps beside the figures: a choice of filters under a name, and dated notes."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.refused import Refused
from organisations.access import Permission
from organisations.models import StaffMember, Unit
from reporting.models import FigureNote, SavedView


@transaction.atomic
def save_view(*, by: StaffMember, name: str, query: str) -> SavedView:
    """Keep the filters of an address under a name, for oneself. The same name again takes the new filters.

    Raises Refused when the address is longer than can be kept.
    """
    if len(query) > (SavedView._meta.get_field("query").max_length or 0):
        raise Refused(_("These are too many filters to keep. Choose fewer."))
    view, _is_new = SavedView.objects.update_or_create(staff_member=by, name=name, defaults={"query": query})
    return view


@transaction.atomic
def delete_view(*, by: StaffMember, view: SavedView) -> None:
    """Forget a saved view; the figures themselves stay as they are."""
    SavedView.objects.filter(pk=view.pk, staff_member=by).delete()


@transaction.atomic
def add_note(*, by: StaffMember, unit_id: UUID, figure: str, dated_on: date, text: str) -> FigureNote:
    """Write a note beside a figure, on a day, for everybody who sees the figures of the unit.

    Raises Refused for a day that has not come yet.
    """
    if dated_on > today():
        raise Refused(_("This day lies in the future. Choose today or an earlier day."), field="dated_on")
    unit = Unit.objects.get(pk=unit_id)
    return FigureNote.objects.create(
        provider_id=unit.provider_id, unit=unit, figure=figure, dated_on=dated_on, text=text, written_by=by
    )


@transaction.atomic
def remove_note(*, by: StaffMember, note: FigureNote) -> None:
    """Take a note away, whoever of the unit's managers wrote it.

    Raises Refused to who does not see the figures of the unit.
    """
    if note.unit_id not in by.standing.units(Permission.FIGURES_READ):
        raise Refused(_("This note is another unit's. Ask its manager."))
    note.delete()
