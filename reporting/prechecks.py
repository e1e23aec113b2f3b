"""What is looked at before a report is checked: points that stand in the way, and signals that do not."""

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.periods import Period
from reporting.composing.deciding import told_since
from reporting.differences import exact
from reporting.figures import CATALOGUE, DEFINITIONS_VERSION
from reporting.figures.quality import CHECK_LABELS
from reporting.models import FEWEST_STORIES, MOST_STORIES, Report, TextKind
from reporting.provisional import provisional_months
from reporting.screens.filters import OWN, Filters
from trajectories.models import Agreement


class Point(NamedTuple):
    """Something that stands in the way of checking, or a signal: what, and where to do something about it."""

    text: str
    url: str
    link: str
    is_button: bool = False
    """The address is not a page to look at, but does it."""


class Deviation(NamedTuple):
    """A target that is missed or exceeded, by what is expected at the end of the period."""

    agreement: Agreement
    figure_id: str
    target: float
    realised: int
    expected: float | None

    @property
    def label(self) -> str:
        return str(CATALOGUE[self.figure_id].label)

    @property
    def is_missed(self) -> bool:
        return self.expected is not None and self.realised < floor(self.expected)

    @property
    def is_exceeded(self) -> bool:
        return self.realised > ceil(self.target if self.expected is None else self.expected)

    @property
    def name(self) -> str:
        """Names the target in a form."""
        return f"{self.agreement.pk}.{self.figure_id}"


def deviations_of(report: Report) -> list[Deviation]:
    """Return the targets of a report that must be explained.

    Missed: realised is below what is expected by the days that have passed. Exceeded: it is above that. Both
    rounded in favour of "as agreed". An agreement without a last day has no expectation: only its target can
    be exceeded.
    """
    parts = report.parts.select_related("agreement__municipality")
    agreements = {part.agreement.code: part.agreement for part in parts}
    found = [
        Deviation(agreements[row["agreement"]], row["figure"], row["target"], row["realised"], row["expected"])
        for row in exact(report).get("targets", [])
        if row["agreement"] in agreements and row["figure"] in CATALOGUE
    ]
    return [one for one in found if one.is_missed or one.is_exceeded]


def blocking_points(report: Report) -> list[Point]:
    """Return what stands in the way of checking this draft, with what to do about each."""
    return [
        *_figures_in_the_way(report),
        *_targets_in_the_way(report),
        *_stories_in_the_way(report),
    ]


def _figures_in_the_way(report: Report) -> Iterator[Point]:
    again = reverse("reporting:remake_report", args=[report.pk])
    if exact(report).get("participants") == 0:
        yield Point(
            _("Nobody took part in this period. Choose another period or agreement."),
            reverse("reporting:make_report"),
            _("Make another report"),
        )
    if report.definitions_version != DEFINITIONS_VERSION:
        text = _("The definitions changed since this draft was counted. Count it again.")
        yield Point(text, again, _("Count again"), is_button=True)
    elif text := signed_since(report):
        yield Point(text, again, _("Count again"), is_button=True)


def signed_since(report: Report) -> str:
    """Return in words which reports on these agreements were signed after this one was counted; "" when none was.

    What is withheld was decided without knowing what those tell: it must be decided again before this one is signed.
    """
    numbers = sorted(f"{one.number} v{one.version}" if one.version > 1 else one.number for one in told_since(report))
    if not numbers:
        return ""
    text = ngettext(
        "Count again: %(reports)s was signed since. Together the two could tell too much.",
        "Count again: %(reports)s were signed since. Together they could tell too much.",
        len(numbers),
    )
    return text % {"reports": ", ".join(numbers)}


def _small_counts_to_look_at(report: Report) -> Iterator[Point]:
    decided = report.protection or {}
    page = reverse("reporting:report", args=[report.pk]) + "#withheld"
    if decided.get("silent"):
        text = _(
            "So few people took part that a payer reads no numbers. Over a longer period, or together with another"
            " agreement, there is more to tell."
        )
        yield Point(text, reverse("reporting:make_report"), _("Make another report"))
    if number := int(decided.get("exposed", 0)):
        text = ngettext(
            "%(number)s small number can be worked out from reports that the payer has already."
            " This report does not add to that.",
            "%(number)s small numbers can be worked out from reports that the payer has already."
            " This report does not add to that.",
            number,
        )
        yield Point(text % {"number": number}, page, _("What is withheld, and why"))


def _targets_in_the_way(report: Report) -> Iterator[Point]:
    written = {(t.agreement_id, t.figure) for t in report.texts.all() if t.kind == TextKind.EXPLANATION}
    for one in deviations_of(report):
        if (one.agreement.pk, one.figure_id) not in written:
            text = (
                _("The target “%(figure)s” of %(payer)s is missed. Explain it.")
                if one.is_missed
                else _("The target “%(figure)s” of %(payer)s is exceeded. Explain it.")
            )
            values = {"figure": one.label, "payer": one.agreement.municipality.name}
            yield Point(text % values, reverse("reporting:explain_targets", args=[report.pk]), _("Explain"))


def _stories_in_the_way(report: Report) -> Iterator[Point]:
    for story in report.texts.all():
        if story.kind != TextKind.STORY:
            continue
        page = reverse("reporting:edit_story", args=[story.pk])
        if story.consent_on is None:
            text = _("The story “%(title)s” has no consent. Ask for it, or remove the story.")
            yield Point(text % {"title": story.title}, page, _("Change the story"))
        elif not story.consent_of:
            text = _("It is not recorded who agreed to the story “%(title)s”. Fill in the number of the file.")
            yield Point(text % {"title": story.title}, page, _("Change the story"))
        if story.read_by_id is None:
            yield Point(
                _("Nobody else has read the story “%(title)s”. Ask a colleague.") % {"title": story.title},
                page,
                _("Ask a colleague"),
            )


def signals_of(report: Report) -> list[Point]:
    """Return what does not stand in the way, but is worth a look: checks with something wrong, provisional months."""
    return [
        *_small_counts_to_look_at(report),
        *_stories_signal(report),
        *_quality_signals(report),
        *_provisional_signal(report),
    ]


def _stories_signal(report: Report) -> Iterator[Point]:
    number = sum(text.kind == TextKind.STORY for text in report.texts.all())
    if FEWEST_STORIES <= number <= MOST_STORIES:
        return
    text = _("A report has two to four stories. This one has %(number)s.")
    if not number:
        text = _("A report has two to four stories. This one has none.")
    page = reverse("reporting:add_story", args=[report.pk]) if number < FEWEST_STORIES else ""
    yield Point(text % {"number": number}, page, _("Add a story"))


def _quality_signals(report: Report) -> Iterator[Point]:
    asked = Filters(
        own_units=frozenset(),
        period=Period(report.period_from, report.period_until),
        choice=OWN,
        agreements=frozenset(part.agreement_id for part in report.parts.all()),
    )
    quality = exact(report).get("data_quality", {})
    for check, label in CHECK_LABELS.items():
        if wrong := quality.get(check, {}).get("wrong", 0):
            url = asked.figure_url("data_quality", f"{check}.wrong")
            yield Point(f"{label}: {wrong}", url, _("See which"))


def _provisional_signal(report: Report) -> Iterator[Point]:
    period = Period(report.period_from, report.period_until)
    if months := provisional_months(period, report.reference_date):
        names = ", ".join(date_format(month.start, "F Y") for month in months)
        text = _("Still provisional, for not everything is entered at once: %(months)s") % {"months": names}
        yield Point(text, "", "")
