"""What the worker does for who works here. Each is one call and safe to run twice."""

from foundation.jobs import quick_work
from organisations import actions, importing
from organisations.rows import seeing_every_provider


@quick_work("organisations.tasks.forget_sign_ins")
def forget_sign_ins() -> None:
    """Delete what the site kept of sign-ins that are over."""
    actions.forget_sign_ins()


@quick_work("organisations.tasks.forget_folders")
def forget_folders() -> None:
    """Throw away the uploads that nobody read in."""
    with seeing_every_provider():
        importing.forget_folders()
