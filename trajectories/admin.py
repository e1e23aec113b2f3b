from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from organisations.configuring import OwnProviderAdmin
from trajectories.models import Agreement, Destination, EndReason, OutcomeLabel, Programme, Slot


@admin.register(Programme)
class ProgrammeAdmin(OwnProviderAdmin):
    list_display = ("name", "code", "unit", "kind", "aim")
    list_filter = ("kind", "aim")
    search_fields = ("name", "code")


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
