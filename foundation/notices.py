"""The bar that says what was saved, and offers to undo it."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from foundation import clock


def saved(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Say on the next page what was saved and at what time. The undo button sends a POST to `undo_url`."""
    time = _("Saved at %(time)s.") % {"time": clock.now().strftime("%H:%M")}
    messages.success(request, f"{text} {time}", extra_tags=undo_url)


def said(request: HttpRequest, text: str) -> None:
    """Say something on the next page that is no saving: a report is being made, a mail is on its way."""
    messages.info(request, text)


def refused(request: HttpRequest, text: str) -> None:
    """Say on the next page that something did not happen, and what to do."""
    messages.error(request, text)
