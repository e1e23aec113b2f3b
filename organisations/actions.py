"""What somebody does with the own account."""

from django.db import transaction

from organisations.models import SignIn, StaffMember
from organisations.roles import Permission


@transaction.atomic
def end_sign_in(*, by: StaffMember, sign_in: SignIn) -> None:
    """Sign out on one device: its next page is the sign-in page."""
    SignIn.objects.visible_to(by, Permission.SIGNED_IN).filter(pk=sign_in.pk).delete()


@transaction.atomic
def end_other_sign_ins(*, by: StaffMember, here: str) -> int:
    """Sign out everywhere but ``here``, and tell on how many devices that was."""
    others = SignIn.objects.visible_to(by, Permission.SIGNED_IN).exclude(pk=here)
    return int(others.delete()[0])
