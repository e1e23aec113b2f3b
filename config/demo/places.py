"""Who has which place: a slot goes to the next person as soon as it is free."""

from datetime import date, timedelta

from config.demo.life import Course, Placement, Slot, World


def row_of_slots(
    programme: str, number: int, *, starts_on: date, hours: int, hosts: tuple[str, ...], code: str = ""
) -> list[Slot]:
    """So many slots of one programme, shared out over hosts."""
    return [
        Slot(f"{code or programme}-{n:02}", programme, hosts[(n - 1) % len(hosts)], starts_on, None, hours)
        for n in range(1, number + 1)
    ]


def place_people(world: World, *, shortest: int, gap: int = 1) -> None:
    """Give trajectories of at least ``shortest`` days a free slot of their programme, in order of start.

    ``gap`` is the number of days between one person and the next, at least 1.
    """
    free_from: dict[str, date] = {slot.code: slot.starts_on for slot in world.slots}
    for course in sorted(world.courses(), key=lambda c: (c.started_on, c.reference)):
        if course.ended_on and course.ended_on - course.started_on < timedelta(days=shortest):
            continue
        slot = free_slot(world, course, free_from)
        if slot:
            starts_on = max(course.started_on, free_from[slot.code])
            course.placements.append(Placement(slot.code, starts_on, course.ended_on, slot.hours_per_week))
            free_from[slot.code] = (course.ended_on or date.max - timedelta(days=gap)) + timedelta(days=gap)


def free_slot(world: World, course: Course, free_from: dict[str, date]) -> Slot | None:
    """The slot of the programme that is free soonest, if that is within three weeks of the start."""
    able = [
        slot
        for slot in world.slots
        if slot.programme == course.programme
        and slot.starts_on <= course.started_on
        and (slot.ends_on is None or (course.ended_on is not None and course.ended_on <= slot.ends_on))
        and free_from[slot.code] <= min(course.started_on + timedelta(days=21), course.ended_on or date.max)
    ]
    return min(able, key=lambda slot: (free_from[slot.code], slot.code), default=None)
