from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisations.configuring import OwnProviderAdmin
from trajectories.models import Agreement, Destination, EndReason, OutcomeLabel, Programme, Slot
from trajectories.provision_kinds import KIND_LABELS


@admin.register(Programme)
class ProgrammeAdmin(OwnProviderAdmin):
    list_display = ("name", "code", "unit", "kind", "aim")
    list_filter = ("kind", "aim")
    search_fields = ("name", "code")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the kinds of provision by name instead of a code to type."""
        if db_field.name != "provision_type":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        kinds = [(code, f"{label} ({code})") for code, label in KIND_LABELS.items()]
        return forms.ChoiceField(
            label=db_field.verbose_name,
            help_text=_("What the national statistic (SRG) counts it as. Empty: it is no provision."),
            choices=[("", _("no provision")), *kinds],
            required=False,
        )


@admin.register(Agreement)
class AgreementAdmin(OwnProviderAdmin):
    list_display = ("code", "municipality", "starts_on", "ends_on", "small_count")
    filter_horizontal = ("programmes",)
    search_fields = ("code", "lot")


@admin.register(Destination, EndReason)
class CodeAdmin(OwnProviderAdmin):
    """A code that is in use is closed with a last day, not deleted: the database refuses."""

    list_display = ("name", "code", "active_until")
    search_fields = ("name", "code")


@admin.register(OutcomeLabel)
class OutcomeLabelAdmin(OwnProviderAdmin):
    list_display = ("kind", "label")


@admin.register(Slot)
class SlotAdmin(OwnProviderAdmin):
    list_display = ("code", "programme", "host", "starts_on", "ends_on")
    search_fields = ("code",)
    list_select_related = ("programme", "host")
    empty_value_display = _("none")
