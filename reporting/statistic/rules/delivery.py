"""Checks of the delivery as a whole, of the formats, and of what is not recorded at all."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reporting.statistic.findings import Finding, Fix, Looked, Rule
from reporting.statistic.lines import header_of, line_of
from reporting.statistic.rules.registry import E, W, of_a_delivery


@of_a_delivery(
    "a",
    E,
    _("No verified list of fields holds for this month."),
    _("Choose a month from January 2025 on."),
    Fix.WAIT,
)
def no_field_table(looked: Looked) -> bool:
    """A month before the first text of the regulation that we know."""
    return looked.table is None


@of_a_delivery(
    "b17",
    E,
    _("This month is not over yet."),
    _("Deliver it when it is over. Until then you can look ahead."),
    Fix.WAIT,
)
def month_not_over(looked: Looked) -> bool:
    """The month of the statistic is a month that is over (own check; CBS wants it within four weeks after it)."""
    return looked.month.period.end >= looked.today


@of_a_delivery(
    "a",
    E,
    _("The code of who delivers (berichtgevercode) is missing."),
    _("Ask the functional manager to fill it in, under the settings of the statistic."),
    Fix.ADMINISTRATION,
)
def no_reporter_code(looked: Looked) -> bool:
    """Kenmerk 7 has four digits."""
    return not looked.month.choices.reporter_code


FORMAT = Rule(
    "formats",
    "a",
    E,
    _("“%(field)s” is not written as CBS demands."),
    _("Change it. A description has plain letters only."),
    Fix.PROVISION,
)
OWN_CHECK = {"burgerservicenummer", "berichtgevercode"}
"""Fields that may be empty here, since a check of their own says what is wrong then."""


def formats(looked: Looked) -> Iterator[Finding]:
    """Every value is written as its kenmerk demands: length, digits, codes, days (regulation, bijlage 2)."""
    if looked.table is None:
        return
    header = header_of(looked.month)
    for field in looked.table.faults(header):
        if field.name in header and (header[field.name] or field.name not in OWN_CHECK):
            yield Finding(FORMAT, FORMAT.wrong % {"field": field.label})
    for ran in looked.month.lines:
        line = line_of(ran, looked.month)
        for field in looked.table.faults(line):
            if field.name not in header and (line[field.name] or field.name not in OWN_CHECK):
                yield Finding(FORMAT, FORMAT.wrong % {"field": field.label}, ran)


MISSING = Rule(
    "missing",
    "",
    W,
    _("%(programme)s runs, and no provision is recorded."),
    _("Record the provision. Is it no provision of the Participatiewet? Then say that it is right as it is."),
    Fix.RECORD,
)


def missing(looked: Looked) -> Iterator[Finding]:
    """A trajectory of the Participatiewet in a programme that counts, without a provision (own check)."""
    for one in looked.unrecorded:
        yield Finding(MISSING, MISSING.wrong % {"programme": one.programme}, unrecorded=one)
