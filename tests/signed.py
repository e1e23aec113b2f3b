"""A signed report without the work of making it."""

import hashlib
from collections.abc import Mapping

from django.utils import timezone

from reporting.documents.content import ReportContent, sealed, to_data
from reporting.models import FileFormat, Report, ReportFile, ReportState, ReportText, TextKind
from tests import factories as make
from trajectories.models import Agreement

FILES = {FileFormat.CSV: b"inhoud van het rapport"}


def signed_report(agreement: Agreement, files: Mapping[FileFormat, bytes] = FILES) -> Report:
    """A signed report over ``agreement`` with stored files and a story, without the work of making it."""
    report = make.ReportFactory(
        provider=agreement.provider, agreements=[agreement], title=f"Jaarrapport {agreement.code}"
    )
    content = sealed(
        ReportContent(
            title=report.title,
            provider=agreement.provider.name,
            payers=(agreement.municipality.name,),
            scope="",
            period_start=report.period_from,
            period_end=report.period_until,
            reference_date=report.reference_date,
            number=report.number,
            version=1,
            status="signed",
            definitions_version="1",
            language="nl",
        )
    )
    report.content, report.content_hash = to_data(content), content.content_hash
    report.signed_by, report.signed_at = make.StaffMemberFactory(name="Ondertekenaar"), timezone.now()
    report.state = ReportState.SIGNING
    report.save()
    for file_format, stored in files.items():
        digest = hashlib.sha256(stored).hexdigest()
        name = f"rapport.{file_format}"
        ReportFile.objects.create(
            report=report, format=file_format, name=name, size=len(stored), sha256=digest, content=stored
        )
    ReportText.objects.create(
        report=report,
        kind=TextKind.STORY,
        title="Marijke, tussen 45 en 54",
        text="Ze durft weer.",
        consent_on=make.days_ago(9),
    )
    report.state = ReportState.SIGNED
    report.save()
    return report
