"""What happens when one account opens or takes along very much: it waits, and the privacy officer hears of it."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import now, today
from foundation.limiting import TooMuch
from foundation.models import ReadEvent
from foundation.outliving import note_too_much
from foundation.read_only import writing_all_the_same
from organisations.models import Membership
from organisations.roles import Role

TOLD_AGAIN_AFTER = timedelta(hours=1)


class AskToWait(MiddlewareMixin):
    """Answer for a view that was refused by ``foundation.limiting``. What it had written is rolled back by now."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooMuch):
            return None
        with writing_all_the_same("the privacy officer hears of it, at most once an hour for each account"):
            tell_of_too_much(request, exception)
        note_too_much(request, exception.limit.key)
        seconds = max(1, ceil((exception.again_at - now()).total_seconds()))
        context = {"says": exception.limit.says, "again_at": exception.again_at}
        response = render(request, "429.html", context, status=429)
        response.headers["Retry-After"] = str(seconds)
        return response


@transaction.atomic
def tell_of_too_much(request: HttpRequest, refused: TooMuch) -> None:
    """Mail the privacy officers of whose people it is about. It names nobody: who it was stands in the log."""
    earlier = ReadEvent.objects.filter(what=refused.limit.key, read_at__gt=now() - TOLD_AGAIN_AFTER)
    if earlier.filter(staff_member_id=request.user.pk).exists():
        return
    address = settings.DRAAD_URL + reverse("participants:log_signal", args=["too_much"])
    body = _(
        "One account opened very many files or took very much along in a short time. It has to wait now. Look who it"
        " was, and whether there is a good reason:\n\n%(address)s"
    )
    officers = Membership.objects.on(today()).filter(role=Role.PRIVACY_OFFICER, organisation__in=refused.providers)
    for to in officers.values_list("staff_member__email", flat=True).distinct():
        mail.queue(to=to, subject=_("Very much was opened in a short time"), body=body % {"address": address})
