"""An account: its password, and second steps that somebody lost."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notices import saved
from organisations import actions, factors
from organisations.access import StaffRequest, requires
from organisations.configuring import account_of_own_provider
from organisations.forms import ChangePasswordForm, ResetFactorsForm
from organisations.models import AccountEvent, SecondFactor
from organisations.roles import Permission
from organisations.signing_in import goes_elsewhere


@requires(Permission.SIGNED_IN)
def change_password(request: StaffRequest) -> HttpResponse:
    """Choose another password. All sign-ins end, this one too: whoever knew the old one is out."""
    if goes_elsewhere(request.user):
        return redirect("organisations:sign_ins")
    form = ChangePasswordForm(request, request.user, request.POST or None)
    if form.is_valid():
        actions.change_password(by=request.user, password=form.cleaned_data["new_password"])
        request.session.flush()
        return redirect(reverse("login") + "?why=password")
    return render(request, "organisations/change_password.html", {"form": form})


change_password.before_own_password = True  # type: ignore[attr-defined]


@requires(Permission.CONFIGURE)
def reset_factors(request: StaffRequest, pk: object) -> HttpResponse:
    """Take all second steps of a colleague away, who lost them; they set up new ones at the next sign-in."""
    member = account_of_own_provider(request, pk)
    form = ResetFactorsForm(request.POST or None)
    if form.is_valid():
        factors.reset_factors(by=request.user, member=member, reason=form.cleaned_data["reason"])
        saved(request, _("%(name)s sets up a new second step at the next login.") % {"name": member.name})
        return redirect("admin:organisations_staffmember_change", member.pk)
    steps = SecondFactor.objects.usable().filter(staff_member=member).order_by("added_at", "id")
    events = AccountEvent.objects.visible_to(member, Permission.SIGNED_IN)[:10]
    return render(
        request,
        "organisations/reset_factors.html",
        {"form": form, "member": member, "steps": steps, "events": events},
    )
