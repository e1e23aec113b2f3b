"""``manage.py verify_log``: whether the read log is still what was sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.verifying import Verdict, verify_log


class Command(BaseCommand):
    """Reckon every seal of the read log again."""

    help = "Check the read log: every seal, and every row that it covers. Fails and says what was changed or is gone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="kept",
            nargs=2,
            action="append",
            metavar=("SEAL", "HASH"),
            default=[],
            help="the number and the hash of a seal as they were kept elsewhere; may be given more than once",
        )

    def handle(self, **options: Any) -> None:
        verdict = verify_log(_kept(options["kept"]))
        for sentence in _looked_at(verdict):
            self.stdout.write(sentence)
        for sentence in verdict.wrong:
            self.stdout.write("  " + _("WRONG: %(what)s") % {"what": sentence})
        if verdict.wrong:
            raise CommandError(_("The read log is not what was sealed."))
        self.stdout.write(_("The read log is what was sealed."))


def _kept(given: list[tuple[str, str]]) -> dict[int, str]:
    if wrong := [number for number, _hash in given if not number.isdecimal()]:
        raise CommandError(_("“%(number)s” is not the number of a seal.") % {"number": wrong[0]})
    return {int(number): known for number, known in given}


def _looked_at(verdict: Verdict) -> list[str]:
    checked = _("Checked: rows %(rows)s, seals %(seals)s.") % {"rows": verdict.rows, "seals": verdict.seals}
    if not verdict.open_since:
        return [checked]
    since = date_format(localtime(verdict.open_since), "Y-m-d H:i:s")
    still = _("Not sealed yet: rows %(rows)s, the oldest of %(since)s.") % {"rows": verdict.open_rows, "since": since}
    return [checked, still]
