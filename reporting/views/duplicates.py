"""Two files that may be of one person, side by side."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.back import way_back
from foundation.reading import record_read
from organisations.access import Permission, StaffRequest, fetch, requires
from participants.models import Participant
from reporting.screens.duplicates import column, files_beside, have_other_bsn, lines_of
from reporting.signals.checks import SIGNAL_CHECKS
from reporting.signals.forms import AnswerSignalForm

CHECK = "possible_duplicate"


@require_GET
@requires(Permission.SIGNALS_READ)
def compare_files(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Lay a file beside those that look like it: are these two people? Files are not merged here."""
    rows = Participant.objects.select_related("home_municipality")
    person: Participant = fetch(rows, request, Permission.SIGNALS_READ, pk=pk)
    files = files_beside(request.user, person)
    record_read(request, "reporting:compare_files", files)
    back = way_back(request) or f"{reverse('reporting:signals')}?{urlencode({'check': CHECK})}"
    answer_url = reverse("reporting:answer_signal", args=[CHECK, person.pk])
    context = {
        "check": SIGNAL_CHECKS[CHECK],
        "columns": [column(file) for file in files],
        "lines": lines_of(files),
        "is_alone": len(files) == 1,
        "have_other_bsn": have_other_bsn(files),
        "form": AnswerSignalForm(initial={"reason": _("These are two people.")}),
        "answer_url": f"{answer_url}?{urlencode({'back': back})}",
        "back": back,
    }
    return render(request, "reporting/compare_files.html", context)
