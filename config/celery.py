"""The Celery app: `celery -A config worker`. What it does by itself, the dispatcher asks for: `manage.py dispatch`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("draad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def begin(**_kwargs: Any) -> None:
    """A worker looks at its role and at the database before it takes anything. Celery has no other door for that."""
    from config.roles import refuse_too_mighty
    from config.starting import refuse_when_behind

    refuse_too_mighty()
    refuse_when_behind()
