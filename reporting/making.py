"""How the worker makes a report. The steps, in order, each safe to run again:

1. freeze: copy the rows at one moment, with serial numbers for ids; from that copy alone count the figures on the
   reference date and withhold small counts; write all of it down.
2. one step per format: make the file of the whole, and of each payer's part, and store it with its hash.
3. check: make sure that every file is there and whole, then turn the report over to the manager, or,
   when it is signed, write its manifest and turn it over to the payers: a link by e-mail.

A worker that dies at any of them leaves what is stored; the next one goes on from there.
"""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import today
from foundation.garbage import no_search_for_cycles
from foundation.jobs import Held, work_of
from organisations.models import Membership
from organisations.roles import Role
from reporting import exports
from reporting.composing import compose
from reporting.differences import kept_for_next_draft
from reporting.documents.content import ReportContent, from_data, to_data
from reporting.documents.formats import FORMATS, file_name
from reporting.figures import DEFINITIONS_VERSION
from reporting.freezing.canonical import hash_of
from reporting.freezing.facts import read
from reporting.freezing.manifest import manifest_of
from reporting.freezing.snapshot import take
from reporting.models import Report, ReportEvent, ReportFile, ReportPart, ReportState, ReportStep

SHA256 = Func(Func(F("content"), function="sha256"), Value("hex"), function="encode", output_field=TextField())
"""The hash of a stored file, reckoned by the database, so that the file itself stays there."""

KIND = "reporting.make_report"
FREEZE, CHECK = "freeze", "check"
STEPS = [FREEZE, *FORMATS, CHECK]


@work_of(KIND)
def make_report(held: Held) -> None:
    """Make what the report needs in the state it is in: a draft, or the final files of a signed one."""
    held.step(FREEZE, 0)
    freeze(held)
    for number, format_id in enumerate(FORMATS, start=1):
        held.step(format_id, number)
        make_files(held, format_id)
    held.step(CHECK, len(STEPS) - 1)
    hand_over(held)


def freeze(held: Held) -> None:
    """Copy the rows as they are at this moment, count the figures from the copy alone, and write both down.

    What is frozen already stays as it is.
    """
    with held.writing(at_one_moment=True), no_search_for_cycles():
        report = Report.objects.select_for_update().get(pk=held.subject_id)
        if report.content is not None:
            return
        report.frozen_tables.all().delete()
        for table in take(report):
            table.save(force_insert=True)
        made = compose(report, read(report))
        report.figures = made.figures | kept_for_next_draft(report)
        report.content, report.protection = to_data(made.whole), made.protection
        report.content_hash, report.definitions_version = made.whole.content_hash, DEFINITIONS_VERSION
        report.save(update_fields=["figures", "content", "protection", "content_hash", "definitions_version"])
        for part in report.parts.all():
            if part.agreement_id in made.parts:
                part.content = to_data(made.parts[part.agreement_id])
                part.save(update_fields=["content"])


def make_files(held: Held, format_id: str) -> None:
    """Make one format of the whole report and of each payer's own part; what is stored already is not made again."""
    report = Report.objects.get(pk=held.subject_id)
    there = set(report.files.filter(format=format_id).values_list("part_id", flat=True))
    for part, content in contents_of(report):
        if FORMATS[format_id].is_made_of(part) and (part.pk if part else None) not in there:
            _store(held, report, part, format_id, content)


def contents_of(report: Report) -> Iterator[tuple[ReportPart | None, ReportContent]]:
    """The frozen contents of a report: the whole (no part), and each payer's own part if it has one."""
    yield None, from_data(report.content)
    for part in report.parts.exclude(content=None).order_by("agreement__code"):
        yield part, from_data(part.content)


def _store(held: Held, report: Report, part: ReportPart | None, format_id: str, content: ReportContent) -> None:
    with translation.override(report.language):
        made = exports.render(report, content, format_id)
    with held.writing():
        ReportFile.objects.create(
            report=report,
            part=part,
            format=format_id,
            name=_name(content, part, format_id),
            size=len(made),
            sha256=hashlib.sha256(made).hexdigest(),
            content=made,
        )


def _name(content: ReportContent, part: ReportPart | None, format_id: str) -> str:
    name = file_name(content, format_id)
    return f"{part.agreement.code}-{name}" if part else name


def hand_over(held: Held) -> None:
    """Check the files, then give the draft to the manager or the signed report to the payers."""
    with held.writing():
        report = Report.objects.select_for_update().get(pk=held.subject_id)
        _refuse_incomplete(report)
        if report.state == ReportState.SIGNING:
            report.state = ReportState.SIGNED
            report.manifest = manifest_of(report)
            report.manifest_hash = hash_of(report.manifest)
            report.save(update_fields=["state", "manifest", "manifest_hash"])
            ReportEvent.objects.create(report=report, step=ReportStep.DELIVERED)
            _tell_payers(report)
        else:
            report.state, report.drafted_at = ReportState.DRAFT, timezone.now()
            report.save(update_fields=["state", "drafted_at"])
            _tell_manager(report)
        held.finish()


def _refuse_incomplete(report: Report) -> None:
    wanted = {
        (part.pk if part else None, format_id)
        for part, _content in contents_of(report)
        for format_id, one in FORMATS.items()
        if one.is_made_of(part)
    }
    as_stored = report.files.alias(found=SHA256, length=Length("content"))
    whole = as_stored.filter(sha256=F("found"), size=F("length")).values_list("part_id", "format")
    if wanted != set(whole):
        raise RuntimeError(f"Files missing or damaged: {sorted(map(str, wanted - set(whole)))}")


def officers_of(report: Report) -> QuerySet[Membership]:
    """Return who speaks for the municipalities that pay: they are told when a report is delivered."""
    return Membership.objects.on(today()).filter(
        role=Role.MUNICIPAL_OFFICER,
        organisation__paid_agreements__report_parts__report=report,
        staff_member__is_active=True,
    )


def _tell_payers(report: Report) -> None:
    values = {
        "title": report.title,
        "provider": report.provider.name,
        "number": report.number,
        "version": report.version,
        "link": address_of(report),
    }
    with translation.override(report.language):
        subject = _("%(title)s of %(provider)s is ready")
        body = _("%(title)s (%(number)s) is signed. Read and download it here:\n\n%(link)s\n")
        if report.version > 1:
            subject = _("Version %(version)s of %(title)s of %(provider)s is ready")
            body = _("%(title)s (%(number)s) has a new version. Read what changed, and answer, here:\n\n%(link)s\n")
        for email in sorted(set(officers_of(report).values_list("staff_member__email", flat=True))):
            mail.queue(to=email, subject=subject % values, body=body % values)


def _tell_manager(report: Report) -> None:
    if report.requested_by is None:
        return
    with translation.override(report.language):
        mail.queue(
            to=report.requested_by.email,
            subject=_("The draft of %(title)s is ready") % {"title": report.title},
            body=_("Check the draft of %(title)s (%(number)s) and sign it:\n\n%(link)s\n")
            % {"title": report.title, "number": report.number, "link": address_of(report)},
        )


def address_of(report: Report) -> str:
    """Return the full address of the report's page, for an e-mail."""
    return settings.DRAAD_URL.rstrip("/") + reverse("reporting:report", args=[report.pk])
