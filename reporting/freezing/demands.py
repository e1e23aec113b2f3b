"""What the agreements of a report demand, as words that are frozen with its rows."""

from collections.abc import Iterator, Sequence
from datetime import date

from reporting.freezing.tables import Word
from reporting.models import Template
from reporting.tranches import demanded_on, tranches_on
from trajectories.models import Agreement

DEMANDED, SPLIT, CHAPTERS = "demanded", "split", "chapters"


def demands_in_words(agreements: Sequence[Agreement], day: date) -> Iterator[Word]:
    """What the agreements of a report demand on its last day, to be frozen with its rows.

    The report is short only when all of them want it so.
    """
    tranches = tranches_on(agreements, day)
    if len(tranches) == len(agreements) and all(one.template == Template.SHORT for one in tranches):
        yield Word(CHAPTERS, Template.SHORT.value, "")
    asked = demanded_on(agreements, day).order_by("figure").values_list("figure", "splits")
    found = {(DEMANDED, figure) for figure, _splits in asked}
    found |= {(SPLIT, f"{figure}.{by}") for figure, splits in asked for by in splits}
    for name, code in sorted(found):
        yield Word(name, code, "")
