"""Names of steps, levels and items of the instruments. Only names: item texts are licensed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guidance.scoring import LADDER, LONELINESS, MORE_OR_LESS, NO, WELL_BEING, YES, ZRM, LonelinessClass
from participants.models import LifeDomain

INSTRUMENT_NAMES: dict[str, Any] = {
    LADDER: _("Participation ladder"),
    ZRM: _("Self-reliance matrix 2017"),
    LONELINESS: _("Loneliness scale De Jong Gierveld, 6 questions"),
    WELL_BEING: _("WHO-5, well-being"),
}
LADDER_STEPS: dict[int, Any] = {
    1: _("Isolated"),
    2: _("Contact outside the house"),
    3: _("Takes part in activities"),
    4: _("Unpaid work"),
    5: _("Paid work with support"),
    6: _("Paid work"),
}
_LEVELS: dict[int, Any] = {
    1: _("Acute problems"),
    2: _("Not self-reliant"),
    3: _("Somewhat self-reliant"),
    4: _("Sufficiently self-reliant"),
    5: _("Fully self-reliant"),
}
_LONELY: dict[int, Any] = {YES: _("Yes"), MORE_OR_LESS: _("More or less"), NO: _("No")}
_HOW_OFTEN: dict[int, Any] = {
    5: _("All of the time"),
    4: _("Most of the time"),
    3: _("More than half of the time"),
    2: _("Less than half of the time"),
    1: _("Some of the time"),
    0: _("At no time"),
}
# The answers of each instrument, by the value that is stored.
ANSWERS: dict[str, dict[int, Any]] = {
    LADDER: LADDER_STEPS,
    ZRM: _LEVELS,
    LONELINESS: _LONELY,
    WELL_BEING: _HOW_OFTEN,
}
# What each part is about, in a word or two.
DIMENSIONS: dict[str, dict[str, Any]] = {
    LADDER: {"step": _("Step")},
    ZRM: {domain.value: domain.label for domain in LifeDomain},
    LONELINESS: {
        "1": _("Emptiness"),
        "2": _("Missing people around you"),
        "3": _("Feeling let down"),
        "4": _("People to fall back on"),
        "5": _("People to trust"),
        "6": _("People who are close"),
    },
    WELL_BEING: {
        "1": _("Cheerful"),
        "2": _("Calm"),
        "3": _("Active"),
        "4": _("Rested"),
        "5": _("Interested"),
    },
}
SCORE_NAMES: dict[str, Any] = {
    "total": _("Total"),
    "emotional": _("Emotional loneliness"),
    "social": _("Social loneliness"),
}
LONELINESS_CLASSES: dict[str, Any] = {
    LonelinessClass.NOT: _("not lonely"),
    LonelinessClass.SOMEWHAT: _("somewhat lonely"),
    LonelinessClass.STRONGLY: _("strongly lonely"),
}
