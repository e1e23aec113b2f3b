from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Binds every @shared_task to our Celery app, in the web server and in commands too.
        import config.celery
        import config.importing  # noqa: F401  how an uploaded folder is read in
