"""Wiring only: settings, urls, the Celery app, the schedule, the embedded servers and the demo."""
