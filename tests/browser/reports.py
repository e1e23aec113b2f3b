"""Reports in every state. Their figures are counted; the files are of the usual size and hold nothing.

Typesetting takes longer than all else together, and other tests do that.
"""

import hashlib
from datetime import date
from typing import Any

from foundation import jobs
from foundation.models import Job, JobState
from foundation.periods import Period
from reporting import actions, making
from reporting.documents.formats import FORMATS, file_name
from reporting.models import FigureNote, Report, ReportFile
from tests import factories as make
from tests.cast import Cast

KILOBYTES = {"html": 46, "pdf": 118, "xlsx": 21, "ods": 14, "csv": 9, "json": 17, "rows": 310}


def make_reports(cast: Cast) -> dict[str, Report]:
    """Signed reports in every state with their payer, drafts, one that is being made and one that failed."""
    both, year = [cast.agreement, cast.other_agreement], Period.year(2025)
    for agreement in both:
        make.CombinationConsentFactory(agreement=agreement)
        for figure, target in (("participants", 30), ("paid_work", 8)):
            make.RequirementFactory(agreement=agreement, figure=figure, target=target)
    reports = {
        "signed": _signed(cast, year),
        "returned": _signed(cast, Period.quarter(2025, 4)),
        "draft": _ask_and_work(cast, both, year),
        "checked": _ask_and_work(cast, [cast.agreement], Period.quarter(2025, 3)),
        "stuck": _stuck(cast),
    }
    actions.check_report(by=cast.ineke, report=reports["checked"])
    actions.return_report(
        by=cast.omar, report=reports["returned"], question="Waarom zijn er in dit kwartaal minder mensen gestart?"
    )
    for name, month, state in (("progress", 2, JobState.RUNNING), ("failed", 1, JobState.FAILED)):
        reports[name] = actions.ask_for_report(
            by=cast.ineke, agreements=[cast.agreement], period=Period.month(2026, month)
        )
        Job.objects.filter(subject_id=reports[name].pk).update(state=state, steps_done=2, step=making.STEPS[2])
    return reports


def _signed(cast: Cast, period: Period) -> Report:
    report = _ask_and_work(cast, [cast.agreement], period)
    actions.check_report(by=cast.ineke, report=report)
    actions.sign_report(by=cast.ineke, report=report)
    work()
    return report


def _stuck(cast: Cast) -> Report:
    """A draft with a target to explain and a story that nobody else has read."""
    make.RequirementFactory(agreement=cast.agreement, figure="inflow", target=1)
    report = _ask_and_work(cast, [cast.agreement], Period.quarter(2025, 2))
    FigureNote.objects.create(
        provider=cast.provider,
        unit=cast.unit,
        figure="inflow",
        dated_on=date(2025, 5, 6),
        text="In mei was het atelier twee weken dicht.",
    )
    actions.write_plans(by=cast.ineke, report=report, text="Een tweede atelier.")
    actions.write_story(
        by=cast.ineke,
        report=report,
        title="Marijke, tussen 45 en 54",
        text="Marijke kwam eerst één ochtend.\n\nNu zet ze de koffie voor de hele ploeg.",
        consent_on=date(2026, 3, 2),
        consent_of=[cast.samira.pk],
    )
    return report


def _ask_and_work(cast: Cast, agreements: list[Any], period: Period) -> Report:
    report = actions.ask_for_report(by=cast.ineke, agreements=agreements, period=period)
    work()
    return report


def work(*, real: tuple[str, ...] = ()) -> None:
    """What the worker does, but for the making of files other than the ``real`` ones."""
    held = jobs.claim()
    assert held is not None
    making.freeze(held)
    report = Report.objects.get(pk=held.subject_id)
    for part, content in making.contents_of(report):
        for format_id, size in KILOBYTES.items():
            if not FORMATS[format_id].is_made_of(part) or report.files.filter(part=part, format=format_id).exists():
                continue
            render = FORMATS[format_id].render
            stored = render(content) if render and format_id in real else bytes(size * 1024)
            ReportFile.objects.create(
                report=report,
                part=part,
                format=format_id,
                name=file_name(content, format_id),
                size=len(stored),
                sha256=hashlib.sha256(stored).hexdigest(),
                content=stored,
            )
    making.hand_over(held)
