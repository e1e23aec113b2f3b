"""Places that are free."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from trajectories.models import Placement, Programme, Slot


def free_slots(programme: Programme, on: date) -> QuerySet[Slot]:
    """The places of a programme that nobody holds on this day or later."""
    held = Placement.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), slot=OuterRef("pk"))
    there = Slot.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), programme=programme, starts_on__lte=on)
    return there.filter(~Exists(held))
