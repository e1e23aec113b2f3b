"""The national statistic of provisions (SRG): a month per municipality, its checks, its people, and the export."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation import notices
from foundation.encryption import open_file_keys
from foundation.reading import record_read
from foundation.refused import Refused
from organisations.access import Permission, StaffRequest, requires
from participants.models import Participant
from reporting.screens import statistic as screen
from reporting.screens.deliveries import deliveries_of
from reporting.screens.findings import finding_rows
from reporting.screens.statistic import Asked, asked_of, frame
from reporting.screens.statisticform import ExportStatisticForm
from reporting.statistic.checks import errors
from reporting.statistic.export import export_statistic as export_month
from reporting.statistic.findings import Finding
from reporting.statistic.selection import Ran, open_to
from reporting.statistic.writers import WRITERS


@require_GET
@requires(Permission.STATISTIC_EXPORT)
def statistic(request: StaffRequest) -> HttpResponse:
    """A month of one municipality: how many provisions, what stops it, the export, corrections and deliveries."""
    asked = asked_of(request.user, request.GET)
    if asked is None:
        return _nobody_pays(request)
    return render(request, "reporting/statistic.html", _overview(request, asked, ExportStatisticForm(asked=asked)))


def _nobody_pays(request: StaffRequest) -> HttpResponse:
    return render(request, "reporting/statistic_none.html")


def _overview(request: StaffRequest, asked: Asked, form: ExportStatisticForm) -> dict[str, Any]:
    people = _people_of(asked)
    record_read(request, "reporting:statistic", people)
    names = {person.pk: person.full_name for person in people if person.is_open}
    return {
        **frame(asked, "statistic"),
        "form": form,
        "figs": screen.figs(asked),
        "settings": screen.settings_in_words(asked),
        "corrections": screen.correction_rows(asked.corrections, names),
        "deliveries": deliveries_of(asked),
    }


def _people_of(asked: Asked) -> list[Any]:
    """Who stands among the corrections, and whether their file is open to who looks: ``is_open``."""
    ids = {one.participant_id for one in asked.corrections if one.participant_id}
    people = Participant.objects.filter(pk__in=ids).annotate(is_open=open_to(asked.payer.scope.reader, "pk"))
    return list(people) if ids else []


@require_GET
@requires(Permission.STATISTIC_EXPORT)
def statistic_checks(request: StaffRequest) -> HttpResponse:
    """What is wrong with a month, what to do, and where."""
    asked = asked_of(request.user, request.GET)
    if asked is None:
        return _nobody_pays(request)
    page = screen.window([*asked.open_findings, *asked.settled_findings], request.GET.get("page", ""))
    people = [one.person.id for one in page.rows if one.person]
    log_people(request, asked, "reporting:statistic_checks", people)
    open_file_keys(people)
    rows = finding_rows(page.rows, asked, request.get_full_path())
    context = {
        **frame(asked, "statistic_checks"),
        "page": page,
        "errors": [row for row in rows if row["finding"].is_error],
        "warnings": [row for row in rows if not row["finding"].is_error and not row["is_fine"]],
        "settled": [row for row in rows if row["is_fine"]],
    }
    return render(request, "reporting/statistic_checks.html", context)


@require_GET
@requires(Permission.STATISTIC_EXPORT)
def statistic_people(request: StaffRequest) -> HttpResponse:
    """The lines of a month per person, as the file will tell them; the BSN masked."""
    asked = asked_of(request.user, request.GET)
    if asked is None:
        return _nobody_pays(request)
    page = screen.window(asked.month.people, request.GET.get("page", ""))
    lines, wrong = _by_person(asked)
    log_people(request, asked, "reporting:statistic_people", [person.id for person in page.rows])
    context = {
        **frame(asked, "statistic_people"),
        "page": page,
        "people": [screen.person_row(person, lines[person.id], wrong, asked.month) for person in page.rows],
    }
    return render(request, "reporting/statistic_people.html", context)


def _by_person(asked: Asked) -> tuple[dict[UUID, list[Ran]], dict[UUID, list[Finding]]]:
    lines: dict[UUID, list[Ran]] = defaultdict(list)
    for ran in asked.month.lines:
        lines[ran.person.id].append(ran)
    wrong: dict[UUID, list[Finding]] = defaultdict(list)
    for finding in asked.findings:
        if finding.ran:
            wrong[finding.ran.id].append(finding)
    return lines, wrong


@require_POST
@requires(Permission.STATISTIC_EXPORT)
def export_statistic(request: StaffRequest) -> HttpResponse:
    """Export a month to an interim file. It is logged: who, when, how many, the hash, and whose data are in it."""
    asked = asked_of(request.user, request.POST)
    if asked is None:
        raise Http404
    form, file = ExportStatisticForm(request.POST, asked=asked), asked.file
    if form.is_valid() and file is not None:
        try:
            written = export_month(
                by=request.user,
                scope=asked.payer.scope,
                file=file,
                findings=asked.findings,
                writer=WRITERS[form.cleaned_data["format"]],
                is_confirmed=form.cleaned_data.get("is_confirmed", False),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            log_people(request, asked, "reporting:export_statistic", [one.id for one in asked.month.people])
            response = HttpResponse(written.content, content_type=written.media_type)
            response["Content-Disposition"] = f'attachment; filename="{written.name}"'
            response["X-Content-Type-Options"] = "nosniff"
            return response
    if errors(asked.findings):
        notices.refused(request, _("There are still errors in this month. Solve them first."))
        return redirect(reverse("reporting:statistic_checks") + asked.query)
    return render(request, "reporting/statistic.html", _overview(request, asked, form))


def log_people(request: StaffRequest, asked: Asked, what: str, people: list[UUID]) -> None:
    """Note in the read log whose data were shown or left the house."""
    files = [_File(one, asked.payer.scope.provider_id) for one in dict.fromkeys(people)]
    record_read(request, what, files)


@dataclass
class _File:
    """A file as the read log knows it."""

    pk: UUID
    provider_id: UUID
