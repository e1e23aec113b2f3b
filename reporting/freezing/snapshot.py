"""The rows that a report is counted from, read once and written down without anybody's id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from foundation.periods import Period
from reporting.facts import DatabaseFacts, Scope, load
from reporting.freezing.canonical import sha256
from reporting.freezing.coding import encode, row_hash
from reporting.freezing.demands import demands_in_words
from reporting.freezing.earlier import EARLIER, earlier_reports
from reporting.freezing.pseudonyms import Serials, with_age_only
from reporting.freezing.tables import TABLES, PaidProgramme, PartRow, Word
from reporting.models import FrozenTable, Report
from trajectories.models import Agreement, Destination, EndReason, OutcomeLabel

Sources = dict[str, Callable[[], Iterable[Any]]]


def take(report: Report) -> Iterator[FrozenTable]:
    """Read the rows of ``report`` and yield each table, not saved yet; one at a time, so that memory stays flat.

    Call it in a transaction that sees everything as it was at one moment (``Held.writing(at_one_moment=True)``).
    """
    earlier = earlier_reports(report)
    facts, serials = _load(report, earlier.values()), Serials()
    sources = _sources(report, facts, earlier)
    for name, kind in TABLES.items():
        rows = iter(sources[name]() if name in sources else getattr(facts, name))
        if name != "agreements":
            vars(facts).pop(name, None)  # then the rows are let go as soon as they are all written
        lines = encode(kind.rows, rows, serials, is_named=kind.is_named, by=kind.by)
        yield _table(report, name, lines)


def _table(report: Report, name: str, lines: list[bytes]) -> FrozenTable:
    content = b"\n".join([*lines, b""])
    hashes = b"".join(map(row_hash, lines[1:]))
    return FrozenTable(
        report=report, name=name, rows=len(lines) - 1, sha256=sha256(content), content=content, row_hashes=hashes
    )


def _load(report: Report, earlier: Iterable[Report]) -> DatabaseFacts:
    """The facts over the period, the year before, what is corrected, and what agreements with a target did before."""
    agreements = frozenset(report.parts.values_list("agreement", flat=True))
    scope = Scope(agreements=agreements, provider=report.provider_id)
    first = min([period_of(report).year_before().start, *(one.period_from for one in earlier)])
    facts = load(scope, Period(first, report.period_until), report.reference_date)
    with_target = {row.agreement_id for row in facts.targets}
    earliest = min([first, *(row.starts_on for row in facts.agreements if row.id in with_target)])
    return load(scope, Period(earliest, report.period_until), report.reference_date, agreements=facts.agreements)


def period_of(report: Report) -> Period:
    """Return the period that a report is about."""
    return Period(report.period_from, report.period_until)


def _sources(report: Report, facts: DatabaseFacts, earlier: Mapping[str, Report]) -> Sources:
    """What the facts do not hold, or hold with more than is needed."""
    days = period_of(report).start, period_of(report).year_before().start
    agreements = [row.id for row in facts.agreements]
    paid = Agreement.programmes.through.objects.filter(agreement__in=agreements)
    return {
        "parts": lambda: [PartRow(key, str(key)) for key in agreements],
        "paid_programmes": lambda: (PaidProgramme(*pair) for pair in paid.values_list("agreement", "programme")),
        "persons": lambda: (with_age_only(person, *days) for person in facts.persons),
        "words": lambda: _words(report, earlier),
    }


def _words(report: Report, earlier: Mapping[str, Report]) -> Iterator[Word]:
    """The provider's words for its codes, what the payers demand, and which reports the corrections are about."""
    for name, model in (("destination", Destination), ("end_reason", EndReason)):
        for code, label in model._default_manager.filter(provider=report.provider_id).values_list("code", "name"):
            yield Word(name, code, label)
    labels = OutcomeLabel.objects.filter(provider=report.provider_id).order_by("kind")
    for kind, label in labels.values_list("kind", "label"):
        yield Word("outcome", kind, label)
    agreements = [part.agreement for part in report.parts.select_related("agreement")]
    yield from demands_in_words(agreements, report.period_until)
    for part, one in sorted(earlier.items()):
        yield Word(EARLIER, part, str(one.pk))
