"""A signed report without the work of making it."""

from django.utils import timezone

from reporting.documents.content import ReportContent, sealed, to_data
from reporting.models import FileFormat, Report, ReportFile, ReportState, ReportText, TextKind
from tests import factories as make
from trajectories.models import Agreement


def signed_report(agreement: Agreement) -> Report:
    """A signed report over ``agreement`` with one stored file and a story, without the work of making it."""
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
    stored = b"inhoud van het rapport"
    ReportFile.objects.create(
        report=report, format=FileFormat.CSV, name="rapport.zip", size=len(stored), sha256="0" * 64, content=stored
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
