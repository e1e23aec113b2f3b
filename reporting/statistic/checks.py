"""The checks of a month before it is delivered: what is wrong, and what to do about it.

An error stops the delivery, a warning does not. Only the formats come from the regulation itself; the other checks
are our own, from the law and from older texts, since the list that CBS uses is not public. Each rule says its source.
"""

from reporting.statistic.findings import Finding, Looked
from reporting.statistic.rules import OF_A_DELIVERY, OF_A_LINE, formats, missing


def check(looked: Looked) -> list[Finding]:
    """Return everything that is wrong with a month: of the delivery first, errors before warnings, by name."""
    found = [Finding(rule, str(rule.wrong)) for rule, trips in OF_A_DELIVERY if trips(looked)]
    found += formats(looked)
    for ran in looked.month.lines:
        found += [Finding(rule, str(rule.wrong), ran) for rule, trips in OF_A_LINE if trips(ran, looked)]
    found += missing(looked)
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[bool, bool, bool, str]:
    person = finding.person
    if person is None:
        return (False, not finding.is_error, False, "")
    return (True, not finding.is_error, not person.is_open, person.sort_name)


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that stop the delivery."""
    return [finding for finding in findings if finding.is_error]
