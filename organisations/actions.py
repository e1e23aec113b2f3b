"""What happens to accounts and to who is signed in with them."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from foundation.clock import now, today
from organisations import factors
from organisations.models import AccountChange, Organisation, SignIn, StaffMember
from organisations.roles import Permission, Role


@transaction.atomic
def end_sign_in(*, by: StaffMember, sign_in: SignIn) -> None:
    """Sign out on one device: its next page is the sign-in page."""
    SignIn.objects.visible_to(by, Permission.SIGNED_IN).filter(pk=sign_in.pk).delete()


@transaction.atomic
def end_other_sign_ins(*, by: StaffMember, here: str) -> int:
    """Sign out everywhere but ``here``, and tell on how many devices that was."""
    others = SignIn.objects.visible_to(by, Permission.SIGNED_IN).exclude(pk=here)
    return int(others.delete()[0])


@transaction.atomic
def change_password(*, by: StaffMember, password: str) -> None:
    """Somebody chooses another password. The database ends all their sign-ins with it."""
    by.set_password(password)
    by.must_choose_password = False
    by.save(update_fields=["password", "must_choose_password"])
    factors.tell(member=by, by=by, change=AccountChange.PASSWORD_CHANGED)


@transaction.atomic
def add_officer(*, email: str, name: str, municipality: Organisation) -> StaffMember:
    """Let somebody read the reports of a municipality from today; who has no account gets one without a password."""
    member = StaffMember.objects.filter(email=email.lower()).first()
    if member is None:
        member = StaffMember.objects.create_user(email, name=name, must_choose_password=True)
    role = {"organisation": municipality, "role": Role.MUNICIPAL_OFFICER}
    if not member.memberships.on(today()).filter(**role).exists():
        member.memberships.create(**role, starts_on=today())
    return member


@transaction.atomic
def forget_sign_ins() -> None:
    """Delete the sign-ins that are over for a day: until then the door can say why. What stood in them goes too.

    The table that Django kept sessions in before has no use any more; its rows go when their time is over.
    """
    SignIn.objects.filter(expire_date__lt=now() - timedelta(days=1)).delete()
    Session.objects.filter(expire_date__lt=now()).delete()
