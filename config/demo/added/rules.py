"""The rules of programmes and agreements that no column of a folder holds, and the colours of a provider."""

from typing import NamedTuple

from guidance.models import InstrumentVersion, ProgrammeInstrument
from organisations.models import Organisation
from trajectories.models import Agreement, Programme


class Rules(NamedTuple):
    """What a programme is like: in a group or not, with places, how long at most, for whom, hoping for what."""

    is_group: bool = False
    has_slots: bool = False
    longest_weeks: int | None = None
    learning_hours: int | None = None
    steps: tuple[int, ...] = ()
    hoped: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ("ladder",)


TEAM = Rules(
    is_group=True, has_slots=True, hoped=("paid_work", "help_question_insight"), instruments=("ladder", "zrm2017")
)
RULES = {
    "AE-D": TEAM,
    "AE-H": TEAM,
    "AE-C": TEAM,
    "IKW": Rules(
        is_group=True,
        has_slots=True,
        hoped=("volunteering", "buddy", "care", "day_activity", "paid_work"),
        instruments=("ladder", "djg6", "who5"),
    ),
    "PAHW-B": Rules(hoped=("care", "debt_help", "next_trajectory"), instruments=("ladder", "zrm2017")),
    "PAHW-S": Rules(is_group=True, hoped=("volunteering", "day_activity"), instruments=("ladder", "zrm2017")),
    "LWG": Rules(is_group=True, has_slots=True, steps=(3, 4), hoped=("paid_work", "education")),
    "NAT": Rules(is_group=True, has_slots=True, hoped=("day_activity", "volunteering", "buddy")),
    "BUURT": Rules(has_slots=True, longest_weeks=105, learning_hours=8, hoped=("paid_work",)),
    "PJK-T": Rules(steps=(1, 2), hoped=("volunteering", "debt_help", "buddy"), instruments=("ladder", "djg6", "who5")),
    "PJK-D": Rules(
        is_group=True, steps=(1, 2), hoped=("buddy", "day_activity"), instruments=("ladder", "djg6", "who5")
    ),
}
COLOURS = {
    "PAN": ("#6b2d5c", "#4f1f44", "#dcaacd"),
    "LUC": ("#1f5a46", "#15422f", "#93ccb3"),
    "NVV": ("#1f5a46", "#15422f", "#93ccb3"),
    "BBW": ("#6e3f1d", "#522d13", "#dfb48f"),
}
BSN_GROUND = "Artikel 6 van de opdracht: levering aan de gemeente voor de statistiek"


def set_rules(provider: Organisation) -> None:
    """Write what programmes are like, which instruments they use, and who may use the BSN."""
    versions = {version.slug: version.instrument for version in InstrumentVersion.objects.select_related("instrument")}
    for programme in Programme.objects.filter(provider=provider):
        rules = RULES[programme.code]
        programme.is_group, programme.has_slots = rules.is_group, rules.has_slots
        programme.longest_weeks, programme.learning_hours_per_week = rules.longest_weeks, rules.learning_hours
        programme.ladder_steps, programme.hoped_outcomes = list(rules.steps), list(rules.hoped)
        programme.save()
        ProgrammeInstrument.objects.bulk_create(
            ProgrammeInstrument(programme=programme, instrument=versions[slug]) for slug in rules.instruments
        )
    if provider.code in ("AMF", "LUC"):
        Agreement.objects.filter(provider=provider).update(bsn_ground=BSN_GROUND)
    if provider.code in COLOURS:
        provider.colour, provider.colour_deep, provider.colour_bright = COLOURS[provider.code]
        provider.save()
