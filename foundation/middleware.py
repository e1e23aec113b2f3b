"""What happens around every request, whatever app answers it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from foundation.encryption import file_keys_kept


def keep_file_keys(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Open the key of a file once for each request that reads it, and forget it with the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with file_keys_kept():
            return get_response(request)

    return middleware
