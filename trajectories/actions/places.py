"""Places: who takes which."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from organisations.models import StaffMember
from trajectories.models import Placement, Slot, Trajectory
from trajectories.slots import free_slots
from trajectories.workflow import MoveRefused


@transaction.atomic
def place_in_slot(
    *,
    by: StaffMember,  # noqa: ARG001 the change history knows who, from the request
    trajectory: Trajectory,
    slot: Slot,
    starts_on: date,
) -> Placement:
    """Somebody takes a place from a day on. Raises MoveRefused when it is taken or of another programme."""
    Slot.objects.select_for_update().get(pk=slot.pk)
    if not free_slots(trajectory.programme, starts_on).filter(pk=slot.pk).exists():
        raise MoveRefused(
            _("Place %(code)s is taken on this day or later. Choose another place or another day.")
            % {"code": slot.code},
            field="slot",
        )
    return Placement.objects.create(
        provider_id=trajectory.provider_id,
        participant_id=trajectory.participant_id,
        trajectory=trajectory,
        slot=slot,
        starts_on=starts_on,
        hours_per_week=slot.hours_per_week,
    )
