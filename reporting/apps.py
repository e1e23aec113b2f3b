from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Requirements and schedules")

    def ready(self) -> None:
        # The page of the day stands below the worklist: what was answered there is handed down.
        from guidance.screens.answered import tell_answers
        from reporting.signals.telling import answered_for

        tell_answers(answered_for)
