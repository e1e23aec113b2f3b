"""The drawings that the overview and the page of one figure share: the ladder, relapse and places."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from foundation.charts import (
    Cell,
    Course,
    DataTable,
    EpisodeChart,
    LadderChart,
    Row,
    StepChart,
)
from reporting.figures import Figure, Question
from reporting.figures.places import available_on, counting_days, occupied_on
from reporting.screens.filters import Filters
from reporting.screens.words import ladder_steps, year_words

WEEK = timedelta(days=7)

Figures = Mapping[str, Figure]


def short_month(day: date) -> str:
    """Jan, or jan in Dutch, which writes months small."""
    return date_format(day, "b" if get_language() == "nl" else "M").replace(".", "")


def ladder(asked: Filters, now: Figures) -> LadderChart:
    """From the first to the last step."""
    figure = now["ladder"]
    up, same, down = (figure.number(cell) for cell in ("up", "same", "down"))
    steps = range(1, 7)
    cells = {
        (first, last): Cell(figure.number(name), asked.figure_url("ladder", name))
        for first in steps
        for last in steps
        if figure.number(name := f"matrix.{first}.{last}")
    }
    return LadderChart(
        id="ladder",
        title=_("%(up)s of the %(all)s people stand higher on the ladder") % {"up": up, "all": up + same + down}
        if up + same + down
        else _("Nobody was measured twice on the ladder yet"),
        sentence=_("%(same)s stayed the same, %(down)s stand lower. Of %(once)s people there is no second measurement.")
        % {"same": same, "down": down, "once": figure.number("no_second")},
        definition=str(figure.definition.rule),
        steps=ladder_steps(),
        cells=cells,
        caption=_("Participation ladder: from the first measurement (rows) to the last (columns), participants"),
    )


def relapse(asked: Filters, now: Figures, before: Figures) -> EpisodeChart:
    """Every relapse once, by how it went on. Neutral: it is part of the way of working."""
    figure, previous = now["picked_up_again"], before["picked_up_again"]
    glyphs = {"within_28": "dip", "from_29_to_84": "dip-long", "not_within_84": "relapse", "too_early_84": "pause"}
    words = {
        "within_28": _("Picked up again within 4 weeks"),
        "from_29_to_84": _("Picked up again within 12 weeks"),
        "not_within_84": _("Not picked up within 12 weeks"),
        "too_early_84": _("Too early to tell"),
    }
    everything, picked = now["relapses"].number(), figure.number("within_84")
    return EpisodeChart(
        id="relapse",
        title=ngettext(
            "%(picked)s of the %(number)s time the thread was picked up again",
            "%(picked)s of the %(number)s times the thread was picked up again",
            everything,
        )
        % {"picked": picked, "number": everything}
        if everything
        else _("There was no relapse in this period"),
        sentence=_("Relapse is part of it. Each sign is one time."),
        definition=str(figure.definition.sentence),
        courses=[
            Course(
                words[cell],
                figure.number(cell),
                sign,
                asked.figure_url(figure.id, cell),
                previous.number(cell),
                asked.year_before.figure_url(figure.id, cell) if previous.number(cell) else "",
            )
            for cell, sign in glyphs.items()
        ],
        caption=_("Times that there was a relapse"),
        headings=(_("What followed"), *year_words(asked)),
    )


def places(asked: Filters, question: Question, now: Figures) -> StepChart | None:
    """Places occupied, week by week; nothing for a unit without places, or for one coach."""
    figure = now.get("occupancy")
    if figure is None or not figure.value["slot_days"]:
        return None
    period = asked.counted
    weeks = [period.start + WEEK * number for number in range((period.days + 6) // 7)]
    marked = {(day - period.start).days // 7: day for day in counting_days(period)}
    days = [marked.get(number, day) for number, day in enumerate(weeks)]
    there, taken = available_on(question, days), occupied_on(question, days)
    steps = {*marked, *(n for n in range(len(days)) if n == 0 or taken[n] != taken[n - 1])}
    available = round(figure.value["slot_days"] / period.days)
    return StepChart(
        id="places",
        title=_("On average %(taken)s of the %(places)s places were occupied")
        % {"taken": round(figure.value["occupied_days"] / period.days), "places": available},
        sentence=_("Week by week, all places of this selection."),
        definition=str(figure.definition.sentence),
        values=taken,
        available=there,
        urls={number: asked.figure_url("occupancy", f"counts.{days[number]}") for number in steps if taken[number]},
        names={number: date_format(days[number], "j F") for number in steps},
        capacity=available,
        capacity_words=ngettext("%(number)s place", "%(number)s places", there[-1]) % {"number": there[-1]},
        description=_(
            "A line of steps with the places occupied week by week, under a dotted line with those available."
        ),
        days={number: f"{day.day} {short_month(day)}" for number, day in marked.items()},
        numbers=DataTable(
            _("Places occupied on the counting days"),
            (_("Counting day"), _("Occupied")),
            [
                Row(date_format(day, "j F Y"), [Cell(number, asked.figure_url("occupancy", cell) if number else "")])
                for day in counting_days(period)
                for cell in [f"counts.{day}"]
                for number in [figure.number(cell)]
            ],
        ),
    )
