"""How often payers are told, and the first reports."""

from datetime import date, timedelta
from typing import NamedTuple

from foundation.clock import today
from foundation.periods import Period
from organisations.models import Organisation, StaffMember
from reporting.actions import ask_for_report, period_holding
from reporting.models import CombinationConsent, Report, ReportSchedule, Rhythm
from trajectories.models import Agreement


def schedule(provider: Organisation) -> None:
    """Plan a report a year for Amersfoort, for Leusden and for both; for the others one a quarter."""
    now = today()
    running = [agreement for agreement in Agreement.objects.filter(provider=provider) if agreement.holds_on(now)]
    if provider.code != "AMF":
        for agreement in running:
            plan(provider, f"Kwartaalrapport {agreement.municipality}", Rhythm.QUARTER, [agreement])
        return
    for agreement in running:
        officer = {"0307": "Omar Idrissi", "0327": "Karin Smeets"}[agreement.municipality.code]
        CombinationConsent.objects.create(agreement=agreement, given_by=officer, given_on=date(2020, 11, 2))
        plan(provider, f"Jaarrapport {agreement.municipality}", Rhythm.YEAR, [agreement])
    plan(provider, "Jaarrapport Amersfoort en Leusden", Rhythm.YEAR, running)


def plan(provider: Organisation, name: str, rhythm: Rhythm, agreements: list[Agreement]) -> None:
    """Plan reports from the current period on: nothing is due at once."""
    starts_on = period_holding(today(), rhythm).start
    planned = ReportSchedule.objects.create(provider=provider, name=name, rhythm=rhythm, starts_on=starts_on)
    planned.agreements.set(agreements)


class First(NamedTuple):
    """The first reports, which have no agreement in common: the published year, and a quarter of another provider."""

    published: Report
    elsewhere: Report


def ask_for_first_reports(by: dict[str, StaffMember]) -> First:
    """Ask for the published year of the AE-teams, and for a quarter elsewhere."""
    return First(
        published=ask("AMF", Period.year(2021), by, reference_date=date(2022, 1, 31)),
        elsewhere=ask_for_quarter("PAN", by),
    )


def ask_for_quarter(code: str, by: dict[str, StaffMember], *, payer: str = "") -> Report:
    """Ask for the report of a provider over the last whole quarter, for one payer or for all."""
    this = period_holding(today(), Rhythm.QUARTER)
    return ask(code, period_holding(this.start - timedelta(days=1), Rhythm.QUARTER), by, payer=payer)


def ask_for_last_year(by: dict[str, StaffMember]) -> Report:
    """Ask for the last year of the AE-teams: it stays a draft."""
    return ask("AMF", Period.year(today().year - 1), by)


def ask(
    code: str, period: Period, by: dict[str, StaffMember], *, payer: str = "", reference_date: date | None = None
) -> Report:
    agreements = Agreement.objects.filter(provider__code=code).order_by("code")
    if payer:
        agreements = agreements.filter(municipality__code=payer)
    return ask_for_report(by=by[code], agreements=list(agreements), period=period, reference_date=reference_date)
