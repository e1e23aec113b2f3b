"""The Celery app: `celery -A config worker`. What it does by itself, the dispatcher asks for: `manage.py dispatch`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("draad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
