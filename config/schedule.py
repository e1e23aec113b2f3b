"""What happens by itself, and how often. A unique row per task and period makes a second scheduler harmless."""

from datetime import timedelta
from typing import Any, NamedTuple

from celery.schedules import crontab, schedule


class Periodic(NamedTuple):
    """One periodic job: its task and its rhythm. A message that waited longer than `expires` says nothing new."""

    task: str
    every: timedelta | crontab
    expires: timedelta


PERIODIC = [
    # The doorbell: jobs that people asked for wait two seconds at most.
    Periodic("foundation.tasks.run_queued_jobs", timedelta(seconds=2), expires=timedelta(seconds=2)),
    Periodic("foundation.tasks.send_mail", timedelta(seconds=5), expires=timedelta(seconds=5)),
    # Every minute, so that what can still be changed unseen is a minute of reading at most.
    Periodic("foundation.tasks.seal_log", crontab(), expires=timedelta(minutes=1)),
    # Every minute: what a restore could bring back is a minute of erasing at most.
    Periodic("participants.tasks.write_ledger", crontab(), expires=timedelta(minutes=1)),
    # Every hour, so that the first run after midnight is not the only chance of the day.
    Periodic("trajectories.tasks.start_due", crontab(minute=7), expires=timedelta(minutes=30)),
    Periodic("organisations.tasks.forget_folders", crontab(minute=52), expires=timedelta(minutes=30)),
    Periodic("organisations.tasks.forget_sign_ins", crontab(minute=47), expires=timedelta(minutes=30)),
    # On the hour; the reports themselves are opened at the moment that the organisation has set.
    Periodic("reporting.tasks.open_due_reports", crontab(minute=0), expires=timedelta(minutes=30)),
    # Every hour: each reminder goes out once, in the morning of its day or as soon as something runs again.
    Periodic("reporting.tasks.remind_of_reports", crontab(minute=30, hour="7-18"), expires=timedelta(minutes=30)),
]


def for_beat() -> dict[str, dict[str, Any]]:
    """PERIODIC as Celery's scheduler wants it."""
    return {
        job.task: {
            "task": job.task,
            "schedule": schedule(job.every) if isinstance(job.every, timedelta) else job.every,
            "options": {"expires": job.expires.total_seconds()},
        }
        for job in PERIODIC
    }
