from django.contrib import admin

from guidance.models import Group, GroupDay, ProgrammeInstrument
from organisations.configuring import OwnProviderAdmin


class GroupDayInline(admin.TabularInline[GroupDay, Group]):
    model = GroupDay
    extra = 0


@admin.register(Group)
class GroupAdmin(OwnProviderAdmin):
    """A crew or day activity and its week. Who is in it is kept on the coach's screens."""

    list_display = ("name", "unit", "coach", "ends_on")
    exclude = ("trajectories",)
    inlines = (GroupDayInline,)


@admin.register(ProgrammeInstrument)
class ProgrammeInstrumentAdmin(OwnProviderAdmin):
    provider_path = "programme__provider"
    list_display = ("programme", "instrument", "is_used")
