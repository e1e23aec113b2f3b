"""What was measured, and measuring."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.notices import saved
from foundation.reading import record_read
from foundation.refused import Refused
from guidance import actions
from guidance.forms.measuring import RecordAssessmentForm
from guidance.scoring import LADDER, SCALES
from guidance.screens.file import header_of, may_change, open_file
from guidance.screens.measurements import instruments_of, measurements_of
from guidance.wording import INSTRUMENT_NAMES
from organisations.access import Permission, StaffRequest, requires


@require_GET
@requires(Permission.FILE_READ)
def measurements(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """What was measured of somebody, per instrument."""
    file = open_file(request, pk)
    record_read(request, "guidance:measurements", [file.person])
    context = {
        **header_of(file, request.user, part="measurements"),
        "tables": measurements_of(file.person),
        "instruments": instruments_of(file) if may_change(file, request.user, Permission.SESSION_LOG) else [],
    }
    return render(request, "guidance/measurements.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SESSION_LOG)
def record_assessment(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Measure somebody with one instrument; the ladder unless the address names another."""
    file = open_file(request, pk)
    asked = request.GET.get("instrument", "")
    instrument = asked if asked in SCALES else LADDER
    form = RecordAssessmentForm(request.POST or None, instrument=instrument)
    if form.is_valid():
        try:
            actions.record_assessment(
                by=request.user,
                participant=file.person,
                trajectory=file.main,
                instrument=instrument,
                on=form.cleaned_data["on"],
                moment=form.cleaned_data["moment"],
                answers=form.answers(),
            )
            saved(request, _("Measurement of %(name)s saved.") % {"name": file.person.first_name})
            return redirect("guidance:measurements", file.person.pk)
        except Refused as refused:
            form.refuse(refused)
    record_read(request, "guidance:record_assessment", [file.person])
    context = {
        "form": form,
        "person": file.person,
        "instrument": instrument,
        "instrument_name": INSTRUMENT_NAMES[instrument],
        "instruments": instruments_of(file),
    }
    return render(request, "guidance/record_assessment.html", context)
