"""One's own second steps: an app with codes, passkeys, recovery codes."""

from collections.abc import Callable

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.notices import refused as say_refused
from foundation.notices import saved
from foundation.refused import Refused
from organisations import actions, factors, one_time_codes, passkeys
from organisations.access import StaffRequest, View, fetch, requires
from organisations.forms import AddPasskeyForm, ConfirmAppForm, OwnAccountForm
from organisations.models import FactorKind, SecondFactor
from organisations.roles import Permission
from organisations.sessions import hashed
from organisations.signing_in import SECOND_STEP, goes_elsewhere, lacks_second_step

PAGE = "organisations:sign_ins"
KEY_GROUP = 4


def before_second_step(view: View[...]) -> View[...]:
    """Open a page to who must still set up a second step: there they do it."""
    view.before_second_step = True  # type: ignore[attr-defined]
    return view


def _own_steps(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whose organisation signs them in does the second step there."""

    def guarded(request: StaffRequest, **kwargs: object) -> HttpResponse:
        return redirect(PAGE) if goes_elsewhere(request.user) else view(request, **kwargs)

    return guarded


@before_second_step
@require_GET
@requires(Permission.SIGNED_IN)
def set_up(request: StaffRequest) -> HttpResponse:
    """Say that a second step is needed, and let somebody choose which."""
    return render(request, "organisations/set_up.html")


@before_second_step
@require_POST
@requires(Permission.SIGNED_IN)
@_own_steps
def begin_app(request: StaffRequest) -> HttpResponse:
    """Make the secret that the next page shows."""
    try:
        factors.begin_app(by=request.user)
    except Refused as refused:
        say_refused(request, str(refused))
        return redirect(PAGE)
    return redirect("organisations:set_up_app")


@before_second_step
@requires(Permission.SIGNED_IN)
@_own_steps
def set_up_app(request: StaffRequest) -> HttpResponse:
    """Show the secret of an app, as a picture and to type, and take the app into use when it makes a right code."""
    begun = SecondFactor.objects.filter(staff_member=request.user, kind=FactorKind.APP, confirmed_at=None).first()
    if begun is None:
        return redirect(PAGE)
    form = ConfirmAppForm(request, request.user, request.POST or None, asks_password=not lacks_second_step(request))
    if form.is_valid():
        try:
            code, name = form.cleaned_data["code"], form.cleaned_data["name"]
            return _taken_into_use(request, factors.confirm_app(by=request.user, code=code, name=name), FactorKind.APP)
        except Refused as refused:
            form.refuse(refused)
    address = one_time_codes.address_for_app(begun.secret, request.user.email)
    qr = segno.make_qr(address, error="m").svg_inline(scale=4, omitsize=True, svgclass="qr", light="#fff")
    key = " ".join(begun.secret[at : at + KEY_GROUP] for at in range(0, len(begun.secret), KEY_GROUP))
    return render(request, "organisations/set_up_app.html", {"form": form, "qr": qr, "key": key})


@before_second_step
@requires(Permission.SIGNED_IN)
@passkeys.offers_passkeys
@_own_steps
def add_passkey(request: StaffRequest) -> HttpResponse:
    """Let the browser make a passkey, and keep its public half."""
    form = AddPasskeyForm(request, request.user, request.POST or None, asks_password=not lacks_second_step(request))
    if form.is_valid():
        try:
            made = passkeys.made(request, form.cleaned_data["answer"])
            codes = factors.add_passkey(by=request.user, name=form.cleaned_data["name"], **made)
            return _taken_into_use(request, codes, FactorKind.PASSKEY)
        except passkeys.NotThis:
            form.add_error(None, _("The browser made no passkey that we can use. Try again."))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "asked": passkeys.ask_to_make(request, request.user)}
    return render(request, "organisations/add_passkey.html", context)


@requires(Permission.SIGNED_IN)
@_own_steps
def remove_factor(request: StaffRequest, pk: object) -> HttpResponse:
    """Throw one of one's own second steps away."""
    factor = fetch(SecondFactor.objects, request, Permission.SIGNED_IN, pk=pk)
    form = OwnAccountForm(request, request.user, request.POST or None)
    if form.is_valid():
        try:
            factors.remove_factor(by=request.user, factor=factor)
            saved(request, _("%(name)s removed.") % {"name": factor.name})
            return redirect(PAGE)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "organisations/remove_factor.html", {"form": form, "factor": factor})


@requires(Permission.SIGNED_IN)
@_own_steps
def renew_codes(request: StaffRequest) -> HttpResponse:
    """Make new recovery codes and show them, once."""
    form = OwnAccountForm(request, request.user, request.POST or None)
    if form.is_valid() and factors.has_second_step(request.user):
        return _show_codes(request, factors.renew_codes(by=request.user))
    return render(request, "organisations/renew_codes.html", {"form": form})


def _taken_into_use(request: StaffRequest, codes: list[str], kind: str) -> HttpResponse:
    """Go on with a session that counts as one with a second step: its owner showed it just now.

    With the first one every other sign-in ends: it came in with the password alone.
    """
    request.session[SECOND_STEP] = kind
    request.session.cycle_key()
    if codes:
        actions.end_other_sign_ins(by=request.user, here=hashed(request.session.session_key or ""))
    saved(request, _("Your second step is set up."))
    return _show_codes(request, codes) if codes else redirect(PAGE)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "organisations/recovery_codes.html", {"codes": codes})
