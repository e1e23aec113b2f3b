"""The way back: a form that was opened from a list leads back to it, whatever page the form itself would lead to."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

PARAMETER = "back"


def way_back(request: HttpRequest) -> str:
    """Return the page of ours that the address names to go back to; nothing for any other."""
    page = request.GET.get(PARAMETER, "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else ""


def lead_back(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After a form that was opened with ``?back=/a/list/`` is saved, go there instead of where its view leads."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        page = way_back(request)
        if page and request.method == "POST" and isinstance(response, HttpResponseRedirect):
            response["Location"] = page
        return response

    return middleware
