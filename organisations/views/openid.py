"""Signing in through one's own organisation: away to its identity provider, and back.

Away is a form, so that no link or picture on another site begins it. The form is answered with a page that leads on and
not with a redirect: ``form-action 'self'`` holds for where a form is led on to as well.
"""

import logging
import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation import notices
from foundation.outliving import note_failed_step
from foundation.read_only import writing_all_the_same
from organisations.access import StaffRequest, requires
from organisations.models import IdentityProvider, StaffMember
from organisations.openid import people, speaking
from organisations.openid.believing import believed
from organisations.openid.speaking import NotBelieved, Question
from organisations.roles import Permission
from organisations.signing_in import come_in, safe_onward, to_the_door

_ASKED = "openid"
ASKED_SECONDS = 600
logger = logging.getLogger(__name__)


@requires(Permission.PUBLIC)
def openid_start(request: StaffRequest, slug: str) -> HttpResponse:
    """Send somebody to their organisation, with a question that only this browser can bring the answer to.

    Who comes here by a link, which organisations keep on their own pages, finds the door and presses the button there.
    """
    provider = _provider(slug)
    onward = safe_onward(request, (request.POST or request.GET).get("next", ""))
    if request.user.is_authenticated:
        return _already_in(request, onward)
    if request.method != "POST":
        return to_the_door(onward)
    question = speaking.new_question()
    try:
        server = speaking.discover(provider)
    except NotBelieved as reason:
        return _refused(request, provider, reason)
    request.session[_ASKED] = {
        "provider": str(provider.pk),
        "question": [question.state, question.nonce, question.verifier],
        "onward": onward,
        "at": time.time(),
    }
    away = speaking.address_to_ask(provider, server, question, _return_to(request, provider))
    return render(request, "registration/leading_on.html", {"organisation": provider.organisation, "away": away})


@require_GET
@requires(Permission.PUBLIC)
def openid_return(request: StaffRequest, slug: str) -> HttpResponse:
    """Somebody comes back. Only what all holds brings them in; why not stands in the log and not on the page."""
    provider = _provider(slug)
    if request.user.is_authenticated:
        return _already_in(request, settings.LOGIN_REDIRECT_URL)
    held = request.session.pop(_ASKED, None)
    try:
        with writing_all_the_same("an identity provider sends people back with GET, and state makes it count once"):
            member = _member(request, provider, held)
            return come_in(request, member, held["onward"], step="identity_provider")
    except NotBelieved as reason:
        return _refused(request, provider, reason)


def _already_in(request: StaffRequest, onward: str) -> HttpResponse:
    """A session is never changed for another behind somebody's back: who wants that logs out first."""
    words = _("You are logged in already, as %(name)s. To use another account, log out first.")
    notices.said(request, words % {"name": request.user.name})
    return redirect(onward)


def _member(request: HttpRequest, provider: IdentityProvider, held: dict[str, Any] | None) -> StaffMember:
    if held is None or held["provider"] != str(provider.pk) or time.time() - held["at"] > ASKED_SECONDS:
        raise NotBelieved("nobody here asked for it")
    question = Question(*held["question"])
    if not constant_time_compare(request.GET.get("state", ""), question.state):
        raise NotBelieved("it answers another question")
    server = speaking.discover(provider)
    if request.GET.get("iss", provider.issuer if not server.names_itself else "") != provider.issuer:
        raise NotBelieved("another server answered")
    if "error" in request.GET or not request.GET.get("code"):
        raise NotBelieved("the organisation let nobody in")
    code = request.GET["code"]
    token = speaking.exchange(provider, server, question, code, _return_to(request, provider))
    claims = believed(token, keys=speaking.keys_of(server), provider=provider, nonce=question.nonce)
    return people.receive(by=provider, claims=claims)


def _provider(slug: str) -> IdentityProvider:
    found = IdentityProvider.objects.active().select_related("organisation").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _return_to(request: HttpRequest, provider: IdentityProvider) -> str:
    """Each organisation has its own address to come back to: an answer of one is never taken for another's."""
    return request.build_absolute_uri(reverse("organisations:openid_return", args=[provider.slug]))


def _refused(request: HttpRequest, provider: IdentityProvider, reason: NotBelieved) -> HttpResponse:
    logger.warning("Sign-in through %s refused: %s", provider.slug, reason)
    note_failed_step(request, None)
    return redirect(f"{reverse(settings.LOGIN_URL)}?why=elsewhere")
