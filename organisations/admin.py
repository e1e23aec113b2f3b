from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.colours import Palette, validate_palette
from organisations.configuring import OwnProviderAdmin, choosable, of_others, own_providers
from organisations.models import Membership, Organisation, OrganisationKind, Role, SecondFactor, StaffMember, Unit

admin.site.site_header = admin.site.site_title = _("Draad, administration")
admin.site.index_title = _("Configuration")
# Who may do what follows from a membership's role; Django's own groups would be a second answer.
admin.site.unregister(Group)


class OrganisationForm(forms.ModelForm[Organisation]):
    class Meta:
        model = Organisation
        fields = ("kind", "code", "name", "provider", "colour", "colour_deep", "colour_bright")

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        colours = [self.cleaned_data.get(name) for name in ("colour", "colour_deep", "colour_bright")]
        if any(colours):
            validate_palette(Palette(*[colour or "" for colour in colours]))
        return data


@admin.register(Organisation)
class OrganisationAdmin(OwnProviderAdmin):
    """The own provider, its hosts, and the municipalities that all share."""

    form = OrganisationForm
    list_display = ("name", "kind", "code")
    list_filter = ("kind",)
    search_fields = ("name", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return choosable(Organisation, request)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return obj is not None and obj.kind == OrganisationKind.HOST and super().has_delete_permission(request, obj)


@admin.register(Unit)
class UnitAdmin(OwnProviderAdmin):
    list_display = ("name", "code")
    search_fields = ("name", "code")


class StaffMemberForm(forms.ModelForm[StaffMember]):
    """An account. A password can be set here; it is never shown."""

    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("12 characters or more. Leave empty to keep the password as it is."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        required=False,
        strip=False,  # the door takes a password as it is typed
    )

    class Meta:
        model = StaffMember
        fields = ("email", "name", "is_active")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        if password:
            validate_password(password, self.instance)
        return password


class MembershipInline(admin.TabularInline[Membership, StaffMember]):
    model = Membership
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rows = choosable(db_field.remote_field.model, request)
        if db_field.name == "organisation":
            rows = rows.exclude(pk__in=of_others(request))
        kwargs.setdefault("queryset", rows)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        own = Q(organisation__in=own_providers(request)) | Q(role=Role.MUNICIPAL_OFFICER)
        return super().get_queryset(request).filter(own)


@admin.register(StaffMember)
class StaffMemberAdmin(OwnProviderAdmin):
    """The accounts of the own provider's staff and of the officers of municipalities."""

    form = StaffMemberForm
    inlines = (MembershipInline,)
    list_display = ("name", "email", "is_active", "last_login")
    search_fields = ("name", "email")
    readonly_fields = ("second_steps",)

    @admin.display(description=_("Second step"))
    def second_steps(self, member: StaffMember) -> str:
        """How many there are, and the way for who lost them."""
        steps = SecondFactor.objects.usable().filter(staff_member=member).count()
        if member._state.adding or not steps:
            return str(_("None yet"))
        address = reverse("organisations:reset_factors", args=[member.pk])
        return format_html('{} · <a href="{}">{}</a>', steps, address, _("Lost? Remove them"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffMember]:
        providers = own_providers(request)
        own = Q(memberships__organisation__in=providers) | Q(memberships__isnull=True)
        payers = Q(memberships__organisation__paid_agreements__provider__in=providers)
        return StaffMember.objects.filter(own | payers).distinct()

    def has_change_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:
        """Not the account of somebody who works for another provider too, or reads its reports: it opens those."""
        if obj is None:
            return super().has_change_permission(request)
        return not obj.memberships.filter(organisation__in=of_others(request)).exists()

    def save_model(self, request: HttpRequest, obj: StaffMember, form: Any, change: bool) -> None:
        if form.cleaned_data["new_password"]:
            obj.set_password(form.cleaned_data["new_password"])
            obj.must_choose_password = obj.pk != request.user.pk
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: StaffMember | None = None) -> bool:  # noqa: ARG002
        """Nobody is deleted: what somebody wrote stays theirs. An account is made inactive."""
        return False
