from django.contrib import admin

from organisations.configuring import OwnProviderAdmin
from reporting.models import CombinationConsent, ReportSchedule, Requirement


@admin.register(Requirement)
class RequirementAdmin(OwnProviderAdmin):
    provider_path = "agreement__provider"
    list_display = ("agreement", "figure", "target", "starts_on", "ends_on")


@admin.register(CombinationConsent)
class CombinationConsentAdmin(OwnProviderAdmin):
    provider_path = "agreement__provider"
    list_display = ("agreement", "given_by", "given_on")


@admin.register(ReportSchedule)
class ReportScheduleAdmin(OwnProviderAdmin):
    list_display = ("name", "rhythm", "starts_on", "ends_on")
    filter_horizontal = ("agreements",)
