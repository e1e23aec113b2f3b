"""What happens around every request, whatever app answers it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from foundation import outliving
from foundation.encryption import file_keys_kept


def keep_file_keys(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Open the key of a file once for each request that reads it, and forget it with the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with file_keys_kept():
            return get_response(request)

    return middleware


def write_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write into the read log who was refused, came in or went: after the view, whose transaction may be undone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        outliving.begin(request)
        response = get_response(request)
        outliving.note_refusal(request, response)
        outliving.write_waiting(request)
        return response

    return middleware
