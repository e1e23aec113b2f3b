"""What the web server does to every request and answer, beside Django's own."""

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.utils import translation

from foundation.read_only import only_reading

Handler = Callable[[HttpRequest], HttpResponse]


NUL = "\x00"
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def browser_rules(get_response: Handler) -> Handler:
    """Say in headers what a browser may load, keep, show and offer.

    A view that says otherwise is left its word. The rest of the headers is Django's own SecurityMiddleware's.
    """
    headers = {
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_OFF),
        "Cross-Origin-Resource-Policy": "same-origin",
        # Whoever signs in after a colleague on a shared machine finds nothing with "back". Static files say otherwise.
        "Cache-Control": "private, no-store",
    }
    # Django 6 has this built in, under the same setting.
    page, download = _policy(settings.SECURE_CSP), _policy(settings.DOWNLOAD_CSP)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_download = response.headers.get("Content-Disposition", "").startswith("attachment")
        response.headers.setdefault("Content-Security-Policy", download if is_download else page)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def _policy(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([directive, *sources]) for directive, sources in directives.items())


def known_methods(get_response: Handler) -> Handler:
    """Refuse every method that no view of ours knows: TRACE would send back what a script must not read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def readable_address(get_response: Handler) -> Handler:
    """Refuse an address with the sign that no text can hold, before the database does in the middle of a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if NUL in unquote(request.get_full_path()):
            raise SuspiciousOperation("an address with NUL")
        return get_response(request)

    return middleware


def looking_changes_nothing(get_response: Handler) -> Handler:
    """Let a request that only asks for a page write nothing but bookkeeping. A view that tries fails."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return get_response(request)
        with only_reading(but=settings.WRITTEN_WHILE_READING):
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            # What is made while it is sent is made after the view has ended.
            response.streaming_content = _guarded(iter(response.streaming_content))
        return response

    return middleware


def _guarded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with only_reading(but=settings.WRITTEN_WHILE_READING):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def chosen_language(get_response: Handler) -> Handler:
    """Speak the language of the switch, and Dutch as long as nobody touched it.

    Django's LocaleMiddleware would follow the browser: half of the laptops in a town hall are set to English, and
    a colleague's screen would then differ from the handbook.
    """
    languages = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in languages else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware
