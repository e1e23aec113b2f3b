"""What was exported of the statistic, and whether a file somebody has is that one."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from foundation.uploads import InMemoryHandler
from organisations.access import Permission, StaffRequest, requires
from reporting.models import StatisticDelivery
from reporting.screens.deliveries import delivery_of, sent_rows
from reporting.screens.statistic import window
from reporting.screens.statisticform import MOST_BYTES, CheckDeliveryForm
from reporting.statistic.kept import KeyGone, Likeness, NotOurs, compare


@csrf_exempt
@require_http_methods(["GET", "POST"])
@requires(Permission.STATISTIC_EXPORT)
def statistic_delivery(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """What was sent of a month: its lines with their check numbers; a file can be laid beside it."""
    if request.method == "POST":
        request.upload_handlers = [InMemoryHandler(request, MOST_BYTES)]
    return _statistic_delivery(request, pk)


@csrf_protect
def _statistic_delivery(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    delivery = delivery_of(request.user, pk)
    form = CheckDeliveryForm(request.POST, request.FILES) if request.method == "POST" else CheckDeliveryForm()
    found = _compare(form, delivery) if form.is_valid() else None
    page = window(sent_rows(delivery, request.user), request.GET.get("page", ""))
    context: dict[str, Any] = {"delivery": delivery, "form": form, "found": found, "page": page}
    return render(request, "reporting/statistic_delivery.html", context)


def _compare(form: CheckDeliveryForm, delivery: StatisticDelivery) -> Likeness | None:
    """How far the file is what was sent; the form says so when it is no such file."""
    try:
        return compare(delivery, form.cleaned_data["file"].read())
    except NotOurs:
        form.add_error("file", _("This is no zip of the statistic. Choose the file as it was exported."))
        return None
    except KeyGone:
        form.add_error(
            "file",
            _("This is not the same file. Which lines differ cannot be told any more: the keys were renewed since."),
        )
        return None
