"""``manage.py verify_report``: whether a signed report is still exactly what was signed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.rows import seeing_every_provider
from reporting.asking import UnknownCode, provider_named
from reporting.freezing.verifying import verify
from reporting.models import Report, ReportState


class Command(BaseCommand):
    """Count a signed report again from its frozen rows and check every hash."""

    help = "Check a signed report: every hash, and every figure again from its frozen rows. Fails naming what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="the number of the report, such as AMF-2022-001")
        parser.add_argument("--version", dest="edition", type=int, metavar="N", help="one version: all of them")
        parser.add_argument("--provider", default="", metavar="NAME", help="where several providers use this number")

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Django's own ``--version`` makes room for ours."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, **options: Any) -> None:
        # What is large is read by a cursor on the server, which lives within a transaction.
        with seeing_every_provider(), transaction.atomic():
            self.verify(options)

    def verify(self, options: dict[str, Any]) -> None:
        """Check each version of the report; CommandError when something differs."""
        differences = 0
        for report in reports_named(options["number"], options["edition"], options["provider"]):
            verdict = verify(report)
            differences += len(verdict.wrong)
            heading = _("%(number)s, version %(version)s") % {"number": report.number, "version": report.version}
            self.stdout.write(heading)
            for sentence in verdict.checked:
                self.stdout.write("  " + _("Checked: %(what)s") % {"what": sentence})
            for sentence in verdict.wrong:
                self.stdout.write("  " + _("DIFFERS: %(what)s") % {"what": sentence})
        if differences:
            raise CommandError(
                ngettext(
                    "%(number)s difference. This is not what was signed.",
                    "%(number)s differences. This is not what was signed.",
                    differences,
                )
                % {"number": differences}
            )
        self.stdout.write(_("All as it was signed."))


def reports_named(number: str, version: int | None, provider: str) -> list[Report]:
    """Return the versions of the report of this number; CommandError with one line where there is none, or several."""
    found = (
        Report.objects.filter(number=number, state=ReportState.SIGNED)
        .select_related("provider", "replaces")
        .order_by("version")
    )
    try:
        found = found.filter(provider=provider_named(provider)) if provider else found
    except UnknownCode as error:
        raise CommandError(str(error)) from error
    reports = list(found.filter(version=version) if version else found)
    if not reports:
        raise CommandError(
            _("There is no signed report “%(number)s”. Check the number and the version.") % {"number": number}
        )
    if len({report.provider_id for report in reports}) > 1:
        message = _("Several providers have a report “%(number)s”. Name one of them with --provider.")
        raise CommandError(message % {"number": number})
    return reports
