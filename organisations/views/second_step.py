"""The second step at the door, and coming in with a passkey alone."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.outliving import note_failed_step
from foundation.refused import Refused
from organisations import factors, passkeys
from organisations.access import StaffRequest, requires
from organisations.forms import SecondStepForm
from organisations.models import FactorKind, SecondFactor, StaffMember
from organisations.roles import Permission
from organisations.signing_in import Pending, come_in, goes_elsewhere, pending, safe_onward, to_the_door


@requires(Permission.PUBLIC)
@passkeys.offers_passkeys
def second_step(request: StaffRequest) -> HttpResponse:
    """Ask for a code or a passkey of whose password was right; who comes here without goes to the door."""
    between = pending(request)
    if between is None:
        return to_the_door()
    form = SecondStepForm()
    if request.method == "POST":
        answer = _with_passkey(request, between) if "answer" in request.POST else _with_code(request, between)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    return render(request, "registration/second_step.html", _page(request, between, form))


def _with_code(request: HttpRequest, between: Pending) -> HttpResponse | SecondStepForm:
    form = SecondStepForm(request.POST)
    if not form.is_valid():
        return form
    try:
        if factors.pass_with_code(by=between.member, code=form.cleaned_data["code"]):
            return come_in(request, between.member, between.onward, step="code")
        form.add_error("code", _("This code is not right. Type the code that your app shows now."))
    except Refused as refused:
        form.refuse(refused)
    note_failed_step(request, between.member)
    return form


def _with_passkey(request: HttpRequest, between: Pending) -> HttpResponse | SecondStepForm:
    try:
        passkeys.used(request, request.POST["answer"], between.member)
    except passkeys.NotThis:
        note_failed_step(request, between.member)
        return _saying(_("That passkey did not work. Try again, or type a code."))
    return come_in(request, between.member, between.onward, step=FactorKind.PASSKEY)


def _saying(wrong: str) -> SecondStepForm:
    """An empty form that says what was wrong, at no field."""
    form = SecondStepForm({})
    form.errors.clear()
    form.add_error(None, wrong)
    return form


def _page(request: HttpRequest, between: Pending, form: SecondStepForm) -> dict[str, object]:
    kinds = SecondFactor.objects.usable().filter(staff_member=between.member).values_list("kind", flat=True)
    asked = passkeys.ask_to_use(request, between.member) if FactorKind.PASSKEY in kinds else ""
    return {"form": form, "has_app": FactorKind.APP in kinds, "asked": asked, "member": between.member}


@requires(Permission.PUBLIC)
@passkeys.offers_passkeys
def passkey_sign_in(request: StaffRequest) -> HttpResponseBase:
    """Come in with a passkey alone: it is something one has, and it asks for a finger or a PIN."""
    form = SecondStepForm()
    onward = safe_onward(request, request.GET.get("next", ""))
    if request.method == "POST":
        if member := _owner(request):
            return come_in(request, member, onward, step=FactorKind.PASSKEY)
        form = _saying(_("That passkey did not work. Try again, or log in with your password."))
    context = {"form": form, "asked": passkeys.ask_to_use(request, None), "onward": onward}
    return render(request, "registration/passkey.html", context)


def _owner(request: HttpRequest) -> StaffMember | None:
    try:
        owner = passkeys.used(request, request.POST.get("answer", ""), None).staff_member
    except passkeys.NotThis:
        note_failed_step(request, None)
        return None
    return None if goes_elsewhere(owner) else owner
