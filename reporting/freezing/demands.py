"""What the tranches of a report demand, as words that are frozen with its rows."""

from collections.abc import Iterator, Sequence

from reporting.freezing.tables import Word
from reporting.models import Requirement, Template, Tranche

DEMANDED, SPLIT, CHAPTERS = "demanded", "split", "chapters"


def demands_in_words(tranches: Sequence[Tranche]) -> Iterator[Word]:
    """What the tranches of a report demand, to be frozen with its rows. Short only when all of them are."""
    if tranches and all(tranche.template == Template.SHORT for tranche in tranches):
        yield Word(CHAPTERS, Template.SHORT.value, "")
    asked = Requirement.objects.filter(tranche__in=tranches).order_by("figure").values_list("figure", "splits")
    found = {(DEMANDED, figure) for figure, _splits in asked}
    found |= {(SPLIT, f"{figure}.{by}") for figure, splits in asked for by in splits}
    for name, code in sorted(found):
        yield Word(name, code, "")
