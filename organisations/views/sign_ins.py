"""Where somebody is signed in, and going on or ending there."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from foundation.notices import said
from organisations import actions
from organisations.access import StaffRequest, fetch, requires
from organisations.forms import SignInForm
from organisations.models import AccountEvent, IdentityProvider, RecoveryCode, SecondFactor, SignIn
from organisations.roles import Permission
from organisations.sessions import SessionStore, hashed
from organisations.signing_in import goes_elsewhere, password_was_right

SHOWN_EVENTS = 10
REASONS = {
    "idle": gettext_lazy("You were away for %(minutes)d minutes, so you were logged out. Log in and go on."),
    "long": gettext_lazy("You were logged in for %(hours)d hours, so we ask who you are again."),
    "ended": gettext_lazy(
        "You were logged out here. You did that on another device, or something in your account changed."
    ),
    "password": gettext_lazy("Your password was changed. Log in with the new one."),
    "elsewhere": gettext_lazy("Logging in through your organisation did not work. Ask your administrator why."),
}


def _in_words(why: str) -> str:
    limits = {"minutes": settings.SESSION_IDLE_SECONDS // 60, "hours": settings.SESSION_LONGEST_SECONDS // 3600}
    return str(REASONS.get(why, "")) % limits


class SignInView(LoginView):
    """The door. Who was signed in hears why that is over."""

    form_class = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        """What was going on in this browser ends: also the own session of before, with its hours."""
        return password_was_right(self.request, form.get_user(), self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        elsewhere = IdentityProvider.objects.active().select_related("organisation").order_by("organisation__name")
        why = _in_words(self.request.GET.get("why", ""))
        return super().get_context_data(why=why, elsewhere=elsewhere, **kwargs)


@require_GET
@requires(Permission.SIGNED_IN)
def sign_ins(request: StaffRequest) -> HttpResponse:
    """How somebody signs in, what changed in it, and the devices on which they are signed in, this one marked."""
    member = request.user
    known = SignIn.objects.visible_to(member, Permission.SIGNED_IN).defer("session_data")
    rows = sorted((_row(request, sign_in) for sign_in in known), key=lambda row: not row["is_here"])
    context = {
        "rows": rows,
        "others": len(rows) > 1,
        "steps": [step for step in SecondFactor.objects.visible_to(member, Permission.SIGNED_IN) if step.confirmed_at],
        "codes": RecoveryCode.objects.filter(staff_member=member).count(),
        "elsewhere": goes_elsewhere(member),
        "events": AccountEvent.objects.visible_to(member, Permission.SIGNED_IN)[:SHOWN_EVENTS],
    }
    return render(request, "organisations/sign_ins.html", context)


def _row(request: HttpRequest, sign_in: SignIn) -> dict[str, Any]:
    is_here = sign_in.pk == _here(request)
    device = sign_in.device or (_session(request).device if is_here else "")
    return {"sign_in": sign_in, "is_here": is_here, "device": device or _("Unknown device")}


@require_POST
@requires(Permission.SIGNED_IN)
def end_sign_in(request: StaffRequest, pk: str) -> HttpResponse:
    """Sign out on one device."""
    row = fetch(SignIn.objects, request, Permission.SIGNED_IN, pk=pk)
    actions.end_sign_in(by=request.user, sign_in=row)
    said(request, _("Logged out on %(device)s.") % {"device": row.device or _("Unknown device")})
    return redirect("organisations:sign_ins")


@require_POST
@requires(Permission.SIGNED_IN)
def end_other_sign_ins(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = actions.end_other_sign_ins(by=request.user, here=_here(request))
    said(
        request,
        ngettext("Logged out on %(number)d other device.", "Logged out on %(number)d other devices.", ended)
        % {"number": ended},
    )
    return redirect("organisations:sign_ins")


@require_POST
@requires(Permission.SIGNED_IN)
def stay_signed_in(request: StaffRequest) -> HttpResponse:
    """The button of the warning: being there is what every request notes; say how long a page can stand now."""
    return JsonResponse({"seconds": _session(request).seconds_left})


def _here(request: HttpRequest) -> str:
    return hashed(request.session.session_key or "")


def _session(request: HttpRequest) -> SessionStore:
    return cast("SessionStore", request.session)
