from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from organisations.configuring import OwnProviderAdmin
from organisations.models import Organisation, OrganisationKind
from reporting.models import CombinationConsent, ReportSchedule, Requirement, StatisticSetting


@admin.register(Requirement)
class RequirementAdmin(OwnProviderAdmin):
    """What is demanded without a tranche. What a tranche demands is written in its wizard, and then stands."""

    provider_path = "agreement__provider"
    list_display = ("agreement", "figure", "target", "starts_on", "ends_on")
    exclude = ("tranche",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(tranche=None)


@admin.register(CombinationConsent)
class CombinationConsentAdmin(OwnProviderAdmin):
    provider_path = "agreement__provider"
    list_display = ("agreement", "given_by", "given_on")


@admin.register(ReportSchedule)
class ReportScheduleAdmin(OwnProviderAdmin):
    list_display = ("name", "rhythm", "starts_on", "ends_on")
    filter_horizontal = ("agreements",)


@admin.register(StatisticSetting)
class StatisticSettingAdmin(OwnProviderAdmin):
    """How the national statistic (SRG) is delivered for a municipality."""

    list_display = ("municipality", "reporter_code", "later_ends", "months_back")
    list_select_related = ("municipality",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "municipality":
            kwargs["queryset"] = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
