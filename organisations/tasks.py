"""What the worker does for who works here. Each task is one call and safe to run twice."""

from celery import shared_task

from organisations import actions, importing


@shared_task(name="organisations.tasks.forget_sign_ins", ignore_result=True)
def forget_sign_ins() -> None:
    """Delete what the site kept of sign-ins that are over."""
    actions.forget_sign_ins()


@shared_task(name="organisations.tasks.forget_folders", ignore_result=True)
def forget_folders() -> None:
    """Throw away the uploads that nobody read in."""
    importing.forget_folders()
