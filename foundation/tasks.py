"""What the worker does for everybody. Each task is one call and safe to run twice."""

from celery import shared_task

from foundation import jobs, mail, sealing


@shared_task(name="foundation.tasks.run_queued_jobs", ignore_result=True)
def run_queued_jobs() -> None:
    """The doorbell: run the jobs that wait."""
    jobs.run_all()


@shared_task(name="foundation.tasks.send_mail", ignore_result=True)
def send_mail() -> None:
    """Send the e-mail that waits in the outbox."""
    mail.send_waiting()


@shared_task(name="foundation.tasks.seal_log", ignore_result=True)
def seal_log() -> None:
    """Seal what was written into the read log since the last seal."""
    sealing.seal_log()
