"""What the page of a draft shows beside the report itself: what is still to do, and what changed."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.differences import differences_of, last_of
from reporting.models import MOST_STORIES, Report, ReportText, TextKind
from reporting.prechecks import blocking_points, deviations_of, signals_of


class Task(NamedTuple):
    """A section of a report: what it is, where it is done, how far it is, and in words whether it is finished."""

    label: str
    url: str
    detail: str
    is_done: bool
    is_optional: bool = False

    @property
    def word(self) -> str:
        if self.is_done:
            return _("Done")
        return _("Not needed") if self.is_optional else _("Still to do")


def draft_context(report: Report) -> dict[str, Any]:
    """Return the tasks, the stories and the differences of a draft."""
    blocking, signals = blocking_points(report), signals_of(report)
    stories = [text for text in report.texts.all() if text.kind == TextKind.STORY]
    return {
        "tasks": [
            _explaining(report),
            _story_task(report, stories),
            _planning(report),
            _checking(report, len(blocking), len(signals)),
        ],
        "stories": stories,
        "may_add_story": len(stories) < MOST_STORIES,
        "differences": differences_of(report),
        "has_last": bool(last_of(report)),
    }


def _explaining(report: Report) -> Task:
    wanted = {(one.agreement.pk, one.figure_id) for one in deviations_of(report)}
    written = {(t.agreement_id, t.figure) for t in report.texts.all() if t.kind == TextKind.EXPLANATION}
    if not wanted:
        detail = _("No target is missed or exceeded.")
    else:
        detail = ngettext(
            "%(done)s of %(number)s target explained.", "%(done)s of %(number)s targets explained.", len(wanted)
        ) % {"done": len(wanted & written), "number": len(wanted)}
    url = reverse("reporting:explain_targets", args=[report.pk]) if wanted else ""
    return Task(_("Explain the targets"), url, detail, wanted <= written)


def _story_task(report: Report, stories: list[ReportText]) -> Task:
    unread = sum(story.read_by_id is None for story in stories)
    if not stories:
        detail = _("Two to four stories, with consent and a second reader.")
    elif unread:
        detail = ngettext(
            "%(number)s story waits for a second reader.", "%(number)s stories wait for a second reader.", unread
        ) % {"number": unread}
    else:
        detail = ngettext("%(number)s story is ready.", "%(number)s stories are ready.", len(stories)) % {
            "number": len(stories)
        }
    url = reverse("reporting:add_story", args=[report.pk]) if len(stories) < MOST_STORIES else ""
    return Task(_("Add stories"), url, detail, bool(stories) and not unread, is_optional=not stories)


def _planning(report: Report) -> Task:
    is_written = any(text.kind == TextKind.PLANS for text in report.texts.all())
    detail = _("Written.") if is_written else _("What you plan for the next period.")
    return Task(_("Write the plans"), reverse("reporting:write_plans", args=[report.pk]), detail, is_written, True)


def _checking(report: Report, blocking: int, signals: int) -> Task:
    if blocking:
        detail = ngettext("%(number)s point stands in the way.", "%(number)s points stand in the way.", blocking) % {
            "number": blocking
        }
    else:
        detail = _("Nothing stands in the way.")
    if signals:
        more = ngettext("%(number)s signal to look at.", "%(number)s signals to look at.", signals)
        detail = f"{detail} {more % {'number': signals}}"
    return Task(_("Check the report"), reverse("reporting:check_report", args=[report.pk]), detail, False)
