"""What was measured of somebody, per instrument, newest first."""

from collections import defaultdict
from typing import Any

from django.urls import reverse

from guidance.models import Assessment, ProgrammeInstrument
from guidance.scoring import LADDER, LONELINESS, SCALES, loneliness_class
from guidance.screens.file import File
from guidance.wording import ANSWERS, DIMENSIONS, INSTRUMENT_NAMES, LONELINESS_CLASSES, SCORE_NAMES
from participants.models import Participant

MOST_SHOWN = 6


def measurements_of(person: Participant) -> list[dict[str, Any]]:
    """A table for each instrument with the last measurements: two queries."""
    rows = person.assessments.select_related("version").prefetch_related("scores").order_by("-dated_on", "-recorded_at")
    by_slug: dict[str, list[Assessment]] = defaultdict(list)
    for row in rows:
        by_slug[row.version.slug].append(row)
    return [_table(slug, found[:MOST_SHOWN]) for slug, found in by_slug.items() if slug in SCALES]


def _table(slug: str, assessments: list[Assessment]) -> dict[str, Any]:
    """One row for each part, one column for each measurement."""
    answers = [{score.dimension: score.value for score in row.scores.all()} for row in assessments]
    parts = SCALES[slug].dimensions
    lines = [(DIMENSIONS[slug][part], [_words(slug, given.get(part)) for given in answers]) for part in parts]
    scored = [part for part in SCALES[slug].scored if part not in parts]
    scores = [SCALES[slug].score(given) for given in answers]
    totals = [(SCORE_NAMES[part], [_total(slug, part, found.get(part)) for found in scores]) for part in scored]
    return {
        "name": INSTRUMENT_NAMES[slug],
        "columns": [{"on": row.dated_on, "moment": row.get_moment_display()} for row in assessments],
        "lines": [*totals, *((name, cells) for name, cells in lines if any(cells))],
    }


def _words(slug: str, value: int | None) -> str:
    if value is None:
        return ""
    words = str(ANSWERS[slug][value])
    return words if SCALES[slug].words else f"{value}. {words}"


def _total(slug: str, part: str, value: int | None) -> str:
    if value is None:
        return ""
    if slug == LONELINESS and part == "total":
        return f"{value} ({LONELINESS_CLASSES[loneliness_class(value)]})"
    return str(value)


def instruments_of(file: File) -> list[dict[str, Any]]:
    """The instruments with which this person is measured: the ladder, and those of the open programmes; one query."""
    programmes = [trajectory.programme_id for trajectory in file.open or file.trajectories[:1]]
    links = ProgrammeInstrument.objects.filter(programme__in=programmes).values_list(
        "instrument__versions__slug", "is_used"
    )
    used = {slug for slug, is_used in links if is_used} | {LADDER}
    unused = {slug for slug, is_used in links if not is_used}
    url = reverse("guidance:record_assessment", args=[file.person.pk])
    return [
        {"slug": slug, "name": INSTRUMENT_NAMES[slug], "url": f"{url}?instrument={slug}"}
        for slug in SCALES
        if slug in used - unused
    ]
