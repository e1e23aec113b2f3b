"""``manage.py figures``: every figure over a period and a scope, as JSON or as a table."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from foundation.clock import today
from foundation.periods import Period
from organisations.rows import seeing_every_provider
from reporting.asking import UnknownCode, scope_of_codes
from reporting.figures import Figure, ReferenceTooEarly, compute

NARROWED_BY = ("agreement", "municipality", "programme", "unit")


class Command(BaseCommand):
    """Print every figure of the catalogue."""

    help = "Print every figure over a period, over all providers or narrowed by code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="DATE", help="first day")
        parser.add_argument("--to", dest="last", required=True, metavar="DATE", help="last day, included")
        for name in NARROWED_BY:
            parser.add_argument(f"--{name}", nargs="+", action="extend", default=[], metavar="CODE")
        parser.add_argument("--provider", default="", metavar="NAME")
        parser.add_argument("--reference-date", metavar="DATE", help="the day on which is counted: today")
        parser.add_argument("--format", choices=("json", "table"), default="json")

    def handle(self, **options: Any) -> None:
        figures = counted(options)
        if options["format"] == "json":
            values = {key: figure.value for key, figure in figures.items()}
            self.stdout.write(json.dumps(values, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(table(figures)))


def day(text: str) -> date:
    """The day that is written; CommandError for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is not a date. Write it as 2021-12-31.") % {"text": text}) from error


def counted(options: dict[str, Any]) -> dict[str, Figure]:
    """The figures asked for; CommandError with one line on what cannot be."""
    first, last = day(options["first"]), day(options["last"])
    reference = day(options["reference_date"]) if options["reference_date"] else today()
    if last < first:
        raise CommandError(_("The last day lies before the first day. Check both dates."))
    try:
        scope = scope_of_codes(
            agreements=options["agreement"],
            municipalities=options["municipality"],
            programmes=options["programme"],
            units=options["unit"],
            provider=options["provider"],
        )
        with seeing_every_provider():
            return compute(scope, Period(first, last), reference)
    except (UnknownCode, ReferenceTooEarly) as error:
        raise CommandError(str(error)) from error


def table(figures: dict[str, Figure]) -> Iterator[str]:
    """A line for each number, under the name of its figure."""
    for key, figure in figures.items():
        for path, value in flat(figure.value):
            name = f"{key}.{path}" if path else key
            yield f"{name:<58} {written(value):>12}"


def flat(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every number in a value, with the path to it."""
    if not isinstance(value, dict | list):
        yield at, value
        return
    inner = value.items() if isinstance(value, dict) else ((number, one) for number, one in enumerate(value, 1))
    for key, one in inner:
        yield from flat(one, f"{at}.{key}" if at else str(key))


def written(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
