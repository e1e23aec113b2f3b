"""What the worker does for everybody. Each is one call and safe to run twice."""

from celery import shared_task

from foundation import jobs, mail, once, scheduling, sealing
from foundation.clock import now


@shared_task(name="foundation.tasks.run_queued_jobs", ignore_result=True)
def run_queued_jobs() -> None:
    """The doorbell: run the jobs that wait."""
    jobs.run_all()


@shared_task(name="foundation.tasks.send_mail", ignore_result=True)
def send_mail() -> None:
    """The other doorbell: send the e-mail that waits in the outbox."""
    mail.send_waiting()


@jobs.quick_work("foundation.tasks.seal_log")
def seal_log() -> None:
    """Seal what was written into the read log since the last seal."""
    sealing.seal_log()


@jobs.quick_work("foundation.tasks.forget_runs")
def forget_runs() -> None:
    """Delete what the scheduler noted long ago, and which forms were sent."""
    scheduling.forget_runs(now())
    once.forget_sent()
