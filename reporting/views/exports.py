"""The lists beside the figures as files, for who may see them; names that go along are noted in the read log."""

from typing import cast

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.clock import today
from foundation.encryption import open_file_keys
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, requires
from reporting.screens.cohorts import AskedFor, CohortsPage, without_coach
from reporting.screens.exporting import EXPORTS, Listing, people_listing, table_listing
from reporting.screens.filters import Choices, Filters, active_filters, days_in_words
from reporting.screens.listings import finding_listing, line_listing, signal_listing, unit_listing
from reporting.screens.records import in_order, visible_people
from reporting.screens.statistic import Asked, asked_of
from reporting.screens.units import UnitsOverview
from reporting.screens.waiting import WaitingList
from reporting.signals.checks import SIGNAL_CHECKS
from reporting.signals.looking import Look
from reporting.signals.screen import names_of
from reporting.signals.worklist import Worklist, period_of_coach, scope_of_coach
from reporting.views.frame import asked_for, own_choices
from reporting.views.statistic import log_people


def answer(listing: Listing, file_format: str) -> HttpResponse:
    """The file; a format that is not offered is not found."""
    if file_format not in EXPORTS:
        raise Http404
    return cast("HttpResponse", listing.exported(file_format))


def file_name(title: str) -> str:
    return f"{slugify(title)}-{today()}"


def _asked(request: StaffRequest) -> tuple[Filters, Choices]:
    """What is asked; what is no period is not found."""
    choices, form = own_choices(request)
    asked = asked_for(request, choices, form)
    if asked is None:
        raise Http404
    return asked, choices


def _about(request: StaffRequest, asked: Filters, choices: Choices) -> str:
    chips = [chip["label"] for chip in active_filters(asked, choices, request.path)]
    return " · ".join([days_in_words(asked.counted), *chips])


@require_GET
@requires(Permission.SIGNALS_READ)
def export_signals(request: StaffRequest, file_format: str) -> HttpResponse:
    """The worklist as a file: all checks, or one of them."""
    check = request.GET.get("check", "")
    if check and check not in SIGNAL_CHECKS:
        raise Http404
    worklist, about = _worklist(request)
    names = [check] if check else [name for name, one in SIGNAL_CHECKS.items() if not one.is_rate]
    if worklist is not None and not check:
        worklist.look.read_everything()
    signals = [signal for name in names for signal in worklist.signals(name)] if worklist else []
    people = visible_people(request.user, {one.found.record.participant_id for one in signals} - {None})  # type: ignore[arg-type]
    record_read(request, "reporting:export_signals", people.values())
    open_file_keys({one.answer.participant_id for one in signals if one.answer})
    title = str(SIGNAL_CHECKS[check].label) if check else _("Signals")
    coaches = names_of({one.owner for one in signals})
    return answer(signal_listing(file_name(title), title, about, signals, people, coaches), file_format)


def _worklist(request: StaffRequest) -> tuple[Worklist | None, str]:
    """The same as on the page: of a manager's units with the filters, or of whom a coach guides."""
    if request.user.standing.may(Permission.FIGURES_READ):
        asked, choices = _asked(request)
        look = Look(request.user, asked.scope, asked.period, today(), choices.programmes)
        return Worklist(look), _about(request, asked, choices)
    scope, period = scope_of_coach(request.user), period_of_coach()
    about = days_in_words(period)
    if not scope.participants:
        return None, about
    return Worklist(Look(request.user, scope, period, today()), mine=request.user), about


@require_GET
@requires(Permission.FIGURES_READ)
def export_waiting(request: StaffRequest, file_format: str) -> HttpResponse:
    """Who waits, as a file."""
    asked, choices = _asked(request)
    found = WaitingList(asked, choices, request.GET.get("which", ""))
    people = visible_people(request.user, {record.participant_id for record in found.records} - {None})  # type: ignore[arg-type]
    record_read(request, "reporting:export_waiting", people.values())
    records = in_order(found.records, people, longest=True)
    about = _about(request, asked, choices)
    listing = people_listing(file_name(found.title), found.title, about, records, people, found.where, _("Days"))
    return answer(listing, file_format)


@require_GET
@requires(Permission.FIGURES_READ)
def export_cohorts(request: StaffRequest, file_format: str) -> HttpResponse:
    """The cohorts as a file, or the list behind one of their numbers."""
    asked, choices = _asked(request)
    page = CohortsPage(without_coach(asked), choices, AskedFor.of(request.GET, choices))
    title, about = _("Cohorts and programmes"), _about(request, page.asked, choices)
    if not page.chosen.cell:
        return answer(table_listing(file_name(title), title, about, page.cohort_table()), file_format)
    records = page.records
    people = visible_people(request.user, {record.participant_id for record in records} - {None})  # type: ignore[arg-type]
    record_read(request, "reporting:export_cohorts", people.values())
    listing = people_listing(file_name(title), title, about, in_order(records, people), people, page.where, "")
    return answer(listing, file_format)


@require_GET
@requires(Permission.FIGURES_READ)
def export_units(request: StaffRequest, file_format: str) -> HttpResponse:
    """The key figures of each unit as a file."""
    asked, choices = _asked(request)
    found, title = UnitsOverview(asked, choices), _("All units")
    about = _about(request, asked, choices)
    return answer(
        unit_listing(file_name(title), title, about, [*found.rows(), found.total()], found.headings), file_format
    )


@require_GET
@requires(Permission.STATISTIC_EXPORT)
def export_statistic_checks(request: StaffRequest, file_format: str) -> HttpResponse:
    """What the checks of a month find, as a file."""
    asked = _month(request)
    findings = list(asked.findings)
    log_people(request, asked, "reporting:export_statistic_checks", [one.person.id for one in findings if one.person])
    return answer(finding_listing(file_name(_("Checks")), asked, findings), file_format)


@require_GET
@requires(Permission.STATISTIC_EXPORT)
def export_statistic_people(request: StaffRequest, file_format: str) -> HttpResponse:
    """The lines of a month per person, as a file."""
    asked = _month(request)
    log_people(request, asked, "reporting:export_statistic_people", [one.id for one in asked.month.people])
    return answer(line_listing(file_name(_("Lines per person")), asked), file_format)


def _month(request: StaffRequest) -> Asked:
    asked = asked_of(request.user, request.GET)
    if asked is None:
        raise Http404
    return asked
