"""What happens to the second steps of an account: made, passed, lost. Each change is written down and mailed."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation import mail
from foundation.clock import now
from foundation.refused import Refused
from organisations import one_time_codes
from organisations.models import (
    AccountChange,
    AccountEvent,
    FactorKind,
    RecoveryCode,
    SecondFactor,
    SignIn,
    StaffMember,
    StepGuesses,
)

# So many wrong codes, and somebody waits: a quarter of an hour, and each next time twice as long.
GUESSES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)
MOST_FACTORS = 10


def has_second_step(member: StaffMember) -> bool:
    """Whether this person can do a second step."""
    return SecondFactor.objects.usable().filter(staff_member=member).exists()


@transaction.atomic
def begin_app(*, by: StaffMember) -> SecondFactor:
    """Make a secret for an app that somebody is about to set up. Who began before starts anew."""
    _refuse_too_many(by)
    SecondFactor.objects.filter(staff_member=by, kind=FactorKind.APP, confirmed_at=None).delete()
    return SecondFactor.objects.create(
        staff_member=by, kind=FactorKind.APP, name=_("App"), secret=one_time_codes.new_secret()
    )


@transaction.atomic
def confirm_app(*, by: StaffMember, code: str, name: str) -> list[str]:
    """Take the app into use once it made a right code. Returns the recovery codes when this is the first step."""
    factor = SecondFactor.objects.select_for_update().filter(staff_member=by, kind=FactorKind.APP, confirmed_at=None)
    begun = factor.get()
    step = one_time_codes.step_of(code, begun.secret, after=0)
    if step is None:
        raise Refused(_("This code is not right. Look whether the clock of your phone is right."), field="code")
    begun.name, begun.last_step, begun.confirmed_at = name or begun.name, step, now()
    begun.save()
    return _added(by)


@transaction.atomic
def add_passkey(*, by: StaffMember, credential_id: bytes, credential: bytes, uses: int, name: str) -> list[str]:
    """Keep the public half of a passkey. Returns the recovery codes when this is the first step."""
    _refuse_too_many(by)
    if SecondFactor.objects.filter(credential_id=credential_id).exists():
        raise Refused(_("This passkey is known here already."))
    SecondFactor.objects.create(
        staff_member=by, kind=FactorKind.PASSKEY, name=name or _("Passkey"),
        credential_id=credential_id, credential=credential, uses=uses, confirmed_at=now(),
    )  # fmt: skip
    return _added(by)


@transaction.atomic
def remove_factor(*, by: StaffMember, factor: SecondFactor) -> None:
    """Throw a second step away. Where it is obligatory the last one stays: first add another."""
    own = SecondFactor.objects.select_for_update().filter(staff_member=by)
    others = [each for each in own if each.pk != factor.pk and each.confirmed_at]
    if settings.SECOND_STEP_REQUIRED and factor.confirmed_at and not others:
        raise Refused(_("This is your only second step. First add another."))
    own.filter(pk=factor.pk).delete()
    if not others:
        RecoveryCode.objects.filter(staff_member=by).delete()
    tell(member=by, by=by, change=AccountChange.FACTOR_REMOVED)


@transaction.atomic
def renew_codes(*, by: StaffMember) -> list[str]:
    """Make ten new recovery codes; those of before count no more. They are shown once and never again."""
    codes = _new_codes(by)
    tell(member=by, by=by, change=AccountChange.CODES_RENEWED)
    return codes


@transaction.atomic
def reset_factors(*, by: StaffMember | None, member: StaffMember, reason: str) -> None:
    """Somebody lost phone and codes: all second steps go, and at the next sign-in they set up a new one."""
    SecondFactor.objects.filter(staff_member=member).delete()
    RecoveryCode.objects.filter(staff_member=member).delete()
    StepGuesses.objects.filter(staff_member=member).delete()
    SignIn.objects.filter(staff_member=member).delete()
    tell(member=member, by=by, change=AccountChange.FACTORS_RESET, reason=reason)


@transaction.atomic
def pass_with_code(*, by: StaffMember, code: str) -> bool:
    """Look at a code that somebody typed as the second step. A right one counts once, also when two come at once.

    Raises Refused while too many were wrong: nothing is looked at then.
    """
    guesses = guesses_of(by)
    if guesses.waits:
        raise Refused(_("Too many wrong codes. Wait until %(time)s.") % {"time": _time(guesses)}, field="code")
    passed = _pass_with_app(by, code) or _pass_with_paper(by, code)
    _count(guesses, passed=passed)
    return passed


@transaction.atomic
def pass_with_passkey(*, factor: SecondFactor, uses: int) -> bool:
    """Note that a passkey was used. One that counts and does not go up is a copy: it opens nothing."""
    known = SecondFactor.objects.filter(pk=factor.pk, kind=FactorKind.PASSKEY)
    never_counts = known.filter(uses=0) if uses == 0 else known.filter(uses__lt=uses)
    return bool(never_counts.update(uses=uses, used_at=now()))


def guesses_of(member: StaffMember) -> StepGuesses:
    """Return the count of wrong codes, locked: who comes at the same moment waits for this one."""
    StepGuesses.objects.get_or_create(staff_member=member)
    return StepGuesses.objects.select_for_update().get(staff_member=member)


def tell(*, member: StaffMember, by: StaffMember | None, change: AccountChange, reason: str = "") -> None:
    """Write down what changed in how somebody signs in, and mail them: it may not have been them."""
    AccountEvent.objects.create(staff_member=member, by=by, change=change, reason=reason)
    lines = [
        str(change.label) + ".",
        _("Was that not you? Then tell the functional manager at once."),
        settings.DRAAD_URL + reverse("organisations:sign_ins"),
    ]
    mail.queue(to=member.email, subject=_("Draad: something changed in how you log in"), body="\n\n".join(lines))


def _refuse_too_many(member: StaffMember) -> None:
    if SecondFactor.objects.usable().filter(staff_member=member).count() >= MOST_FACTORS:
        raise Refused(_("You have ten second steps already. First remove one."))


def _added(member: StaffMember) -> list[str]:
    tell(member=member, by=member, change=AccountChange.FACTOR_ADDED)
    return [] if RecoveryCode.objects.filter(staff_member=member).exists() else _new_codes(member)


def _new_codes(member: StaffMember) -> list[str]:
    RecoveryCode.objects.filter(staff_member=member).delete()
    codes = one_time_codes.new_paper_codes()
    made = [RecoveryCode(staff_member=member, hashed=one_time_codes.slow_hash(code, member.pk)) for code in codes]
    RecoveryCode.objects.bulk_create(made)
    return codes


def _pass_with_app(member: StaffMember, code: str) -> bool:
    for factor in SecondFactor.objects.usable().filter(staff_member=member, kind=FactorKind.APP):
        step = one_time_codes.step_of(code, factor.secret, after=factor.last_step)
        if step is not None:
            changed = {"last_step": step, "used_at": now()}
            return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(**changed))
    return False


def _pass_with_paper(member: StaffMember, code: str) -> bool:
    hashes = [one_time_codes.slow_hash(code, member.pk), one_time_codes.quick_hash(code)]
    used = RecoveryCode.objects.filter(staff_member=member, hashed__in=hashes).delete()[0]
    if used:
        tell(member=member, by=member, change=AccountChange.CODE_USED)
    return bool(used)


def _count(guesses: StepGuesses, *, passed: bool) -> None:
    known: Any = StepGuesses.objects.filter(pk=guesses.pk)
    if passed:
        known.update(failures=0, wait_until=None)
        return
    failures = guesses.failures + 1
    turns = failures // GUESSES
    wait = min(FIRST_WAIT * 2 ** min(turns - 1, 10), LONGEST_WAIT) if failures % GUESSES == 0 else None
    known.update(failures=F("failures") + 1, wait_until=now() + wait if wait else None)


def _time(guesses: StepGuesses) -> str:
    return guesses.waits.strftime("%H:%M") if guesses.waits else ""
