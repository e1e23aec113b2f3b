"""What the worker does for who works here. Each task is one call and safe to run twice."""

from celery import shared_task

from organisations import actions


@shared_task(name="organisations.tasks.forget_sign_ins", ignore_result=True)
def forget_sign_ins() -> None:
    """Delete what the site kept of sign-ins that are over."""
    actions.forget_sign_ins()
