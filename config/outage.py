"""What somebody sees when a page fails: that it is our fault, or that the database is away for a moment."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

AGAIN_SECONDS = 10


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a view or a middleware that failed. Django calls this while the exception is being handled."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _away(request)
    return defaults.server_error(request)


def _away(request: HttpRequest) -> HttpResponse:
    """The database restarts or cannot be reached. Nothing here may ask it anything.

    What somebody sent was either saved whole or not at all; which of the two, only the page itself can tell later.
    """
    page = render_to_string("503.html", {"has_sent": request.method == "POST"})
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_SECONDS)})
