"""A form that is sent twice does once what it asks: a double click, a second try on a slow line, the back button.

Each form that is shown carries a token of its own (``{% csrf_token %}`` writes it). The row that says "this was sent"
is written in the transaction of what the form does, so either both stand or neither. Of five that come at the same
moment four wait for the first and then lead to where it led.

Other answers under the same token are another form: who goes back, corrects something and sends it again means it.
A form that was refused did nothing, and may be sent again. Without a token nothing is held back.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from foundation.clock import now
from foundation.models import SentForm

FIELD = "once"
KEPT = timedelta(days=2)
"""Longer than anybody may stay signed in: a page of before is asked to sign in first."""

_BESIDE_THE_ANSWERS = {"csrfmiddlewaretoken"}  # signing in again renews it in pages that stand open


def answer_once(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Let a view do what a form asks, unless this very form did so already; then lead to where that led.

    Args:
        request: of somebody who is signed in, within the transaction of the view.
        view: does it. Only when it leads to another page has it done something.
    """
    if request.method != "POST" or not request.POST.get(FIELD):
        return view()
    digest = _digest(request)
    if not _is_first(digest):
        return HttpResponseRedirect(SentForm.objects.values_list("went_to", flat=True).get(pk=digest))
    response = view()
    if connection.needs_rollback:
        return response
    sent = SentForm.objects.filter(pk=digest)
    if isinstance(response, HttpResponseRedirect):
        sent.update(went_to=response.url)
    else:
        sent.delete()
    return response


def forget_sent() -> None:
    """Delete what was noted of forms that nobody can send again."""
    SentForm.objects.filter(sent_at__lt=now() - KEPT).delete()


def _is_first(digest: str) -> bool:
    """Note it; false when it stands there already. Waits for whoever is doing it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_sentform (digest) VALUES (%s) ON CONFLICT DO NOTHING RETURNING digest", [digest]
        )
        return cursor.fetchone() is not None


def _digest(request: HttpRequest) -> str:
    """Over who sent what to where. Each part goes in with its length: no two forms run into each other."""
    found = hashlib.sha256()
    parts = [str(request.user.pk), request.get_full_path()]
    parts += [
        part for name, values in request.POST.lists() if name not in _BESIDE_THE_ANSWERS for part in (name, *values)
    ]
    for part in parts:
        sent = part.encode(errors="surrogatepass")
        found.update(len(sent).to_bytes(8) + sent)
    for name, file in request.FILES.items():
        content: Any = file
        found.update(name.encode() + b"".join(content.chunks()))
        content.seek(0)
    return found.hexdigest()
