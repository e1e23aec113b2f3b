from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.clock import now, today
from foundation.conditions import Condition
from foundation.constraints import dates_in_order
from foundation.encryption import SealedTextField
from foundation.history import tracked
from foundation.keys import key_ring
from foundation.models import UUIDModel
from foundation.names import fold
from organisations.models import Organisation, StaffMember, Unit
from organisations.roles import Permission
from participants.ages import ages_possible

SEEN_AFTER_LEAVING = timedelta(days=365)
WRITES = {Permission.PARTICIPANT_EDIT, Permission.SESSION_LOG, Permission.TRAJECTORY_MOVE}
EMERGENCY = "emergency"
"""The kind of ``AccessReason`` that opens a shielded file."""
BSN_HASHES = ("bsn_hash_even", "bsn_hash")
"""Columns for the keyed hash of a BSN, by the number of the key modulo two."""
# Conditions on a person, asked in nearly every question. Rows of models below and above this one, by their tables.
WORKED_WITH = (
    "EXISTS (SELECT FROM participants_participantunit works_ WHERE works_.participant_id = {row}"
    " AND works_.unit_id = ANY (%s::uuid[]) AND (works_.ends_on IS NULL OR works_.ends_on >= %s))"
)
SHIELDED = "EXISTS (SELECT FROM participants_shield is_ WHERE is_.participant_id = {row} AND is_.ends_on IS NULL)"
RESTRICTED = (
    "EXISTS (SELECT FROM participants_restriction is_ WHERE is_.participant_id = {row} AND is_.ends_on IS NULL)"
)
NAMED = (
    "EXISTS (SELECT FROM participants_filereader reads_ JOIN participants_shield is_ ON is_.id = reads_.shield_id"
    " WHERE reads_.participant_id = {row} AND reads_.staff_member_id = %s AND is_.ends_on IS NULL)"
)
OPENED = (
    "EXISTS (SELECT FROM participants_accessreason opened_ WHERE opened_.participant_id = {row}"
    " AND opened_.kind = %s AND opened_.staff_member_id = %s AND opened_.ends_at > %s)"
)
COACHED = "EXISTS (SELECT FROM trajectories_trajectory led_ WHERE led_.participant_id = {row} AND led_.coach_id = %s)"
CLOSE_ENOUGH = 0.4  # two letters changed places in a name of six: 3 of 7 trigrams left


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, member: StaffMember, permission: Permission) -> Self:
        """People with whom a unit of ``member`` works, or worked in the last year, and whose file is open to them."""
        return self.of_units(member, permission).open_to(member, permission)

    def of_units(self, member: StaffMember, permission: Permission) -> Self:
        """People with whom a unit of ``member`` works, or worked in the last year; shielded files too."""
        units, since = [*member.standing.units(permission)], today() - SEEN_AFTER_LEAVING
        return self.filter(Condition("pk", WORKED_WITH, units, since))

    def marked(self, member: StaffMember) -> Self:
        """With what stands above a file: ``is_shielded``, ``is_restricted``, and ``opened_until`` in an emergency."""
        opened = self._part("access_reasons").filter(kind=EMERGENCY, staff_member=member, ends_at__gt=now())
        return self.annotate(
            is_shielded=Condition("pk", SHIELDED),
            is_restricted=Condition("pk", RESTRICTED),
            opened_until=Subquery(opened.order_by("-ends_at").values("ends_at")[:1]),
        )

    def open_to(self, member: StaffMember, permission: Permission) -> Self:
        """Without shielded files, unless ``member`` is a named reader or opened one in an emergency, to read only.

        A file whose use is restricted is changed by nobody, and read by the person's own coaches.
        """
        shielded, restricted = Condition("pk", SHIELDED), Condition("pk", RESTRICTED)
        named = Condition("pk", NAMED, member.pk)
        if permission in WRITES:
            return self.filter(~shielded | named).filter(~restricted)
        opened = Condition("pk", OPENED, EMERGENCY, member.pk, now())
        coaches = Condition("pk", COACHED, member.pk)
        return self.filter(~shielded | named | opened).filter(~restricted | coaches | opened)

    def _part(self, name: str) -> models.QuerySet[Any]:
        """Rows of these people that models below refer to us from."""
        model: Any = self.model._meta.get_field(name).related_model
        return model._base_manager.filter(participant=OuterRef("pk"))  # type: ignore[no-any-return]

    def named(self, text: str) -> Self:
        """Those whose name or reference holds ``text``; diacritics and one typing error do not matter."""
        folded = fold(text)
        found = self.annotate(closeness=TrigramWordSimilarity(folded, "search_name"))
        return found.filter(
            Q(search_name__contains=folded) | Q(closeness__gte=CLOSE_ENOUGH) | Q(reference__iexact=text.strip())
        )


class Gender(models.TextChoices):
    MALE = "m", _("Man")
    FEMALE = "f", _("Woman")
    OTHER = "x", _("Other")


class Benefit(models.TextChoices):
    """The benefit somebody lives on."""

    PARTICIPATIEWET = "participatiewet", _("Social assistance (Participatiewet)")
    IOAW = "ioaw", _("IOAW")
    IOAZ = "ioaz", _("IOAZ")
    ANW = "anw", _("ANW")
    WW = "ww", _("WW")
    WIA = "wia", _("WIA")
    WAJONG = "wajong", _("Wajong")
    NONE = "none", _("No benefit")
    OTHER = "other", _("Another benefit")


@tracked(exclude=BSN_HASHES)
class Participant(UUIDModel):
    """The file of one person at one provider. Who is with two providers has two files.

    The BSN is found by its keyed hash. Keys for that have numbers: the hash of an odd one stands in ``bsn_hash``, that
    of an even one in ``bsn_hash_even``. So while keys are rotated every file has both, each unique within its provider.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("Number"), max_length=60)
    given_names = models.CharField(_("First name"), max_length=200, blank=True)
    prefix = models.CharField(_("Prefix"), max_length=40, blank=True)
    surname = models.CharField(_("Surname"), max_length=200)
    sort_name = models.CharField(max_length=450, editable=False)
    search_name = models.CharField(max_length=450, editable=False)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_month = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_day = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(_("Gender"), max_length=1, choices=Gender, blank=True)
    language = models.CharField(_("Language spoken at home"), max_length=60, blank=True)
    language_level = models.CharField(_("Level of Dutch"), max_length=2, blank=True)
    home_municipality = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    benefit = models.CharField(_("Benefit"), max_length=20, choices=Benefit, blank=True)
    bsn = SealedTextField(file="id")
    bsn_hash = models.BinaryField(max_length=32, null=True, editable=False)
    bsn_hash_even = models.BinaryField(max_length=32, null=True, editable=False)
    attention = SealedTextField(_("Mind this"), file="id")
    attention_on = models.DateField(null=True, blank=True)
    attention_by = models.ForeignKey(StaffMember, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["provider", "sort_name", "id"], name="participant_sorted"),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="participant_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                name="participant_reference_once",
                violation_error_message=_("Another participant has this number. Choose another number."),
            ),
            models.UniqueConstraint(
                fields=["provider", "bsn_hash"],
                name="participant_bsn_once",
                violation_error_message=_(
                    "Another participant has this BSN. Check the number, or look for the file that is there already."
                ),
            ),
            models.UniqueConstraint(
                fields=["provider", "bsn_hash_even"],
                condition=Q(bsn_hash_even__isnull=False),
                name="participant_bsn_even_once",
                violation_error_message=_(
                    "Another participant has this BSN. Check the number, or look for the file that is there already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True) | Q(birth_month__range=(1, 12), birth_year__isnull=False),
                name="participant_birth_month",
                violation_error_message=_("A month of birth is 1 to 12 and needs a year."),
            ),
            models.CheckConstraint(
                condition=Q(birth_day__isnull=True) | Q(birth_day__range=(1, 31), birth_month__isnull=False),
                name="participant_birth_day",
                violation_error_message=_("A day of birth is 1 to 31 and needs a month."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_derived()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_derived(self) -> None:
        """Fill the keys people are sorted and found by: from the name, and the BSN's keyed hashes."""
        self.sort_name = fold(f"{self.surname} {self.given_names}")
        self.search_name = fold(f"{self.given_names} {self.prefix} {self.surname}")
        self.bsn_hash_even, self.bsn_hash = bsn_hashes(self.provider_id, self.bsn)

    @property
    def has_bsn(self) -> bool:
        """Whether a BSN is recorded, without opening it."""
        return self.bsn_hash is not None or self.bsn_hash_even is not None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_names, self.prefix, self.surname) if part)

    @property
    def first_name(self) -> str:
        return self.given_names.split(" ")[0] if self.given_names else self.full_name

    def age_on(self, day: date) -> int | None:
        """Full years on ``day``; None when what is known of the birth date leaves it open."""
        ages = ages_possible(self, day)
        return ages[0] if ages and ages[0] == ages[1] else None

    @property
    def age(self) -> int | None:
        return self.age_on(today())


def bsn_hashes(provider_id: object, bsn: str) -> tuple[bytes | None, bytes | None]:
    """Return the keyed hashes under which a BSN is found within one provider, in the order of ``BSN_HASHES``."""
    ring = key_ring()
    found: list[bytes | None] = [None, None]
    for number in ring.lookups if bsn else ():
        found[number % 2] = ring.lookup_hash(f"bsn|{provider_id}", bsn.zfill(9), number=number)
    return found[0], found[1]


class TargetGroup(models.TextChoices):
    DOELGROEPREGISTER = "doelgroepregister", _("Target group register")
    STATUSHOUDER = "statushouder", _("Status holder")


@tracked()
class TargetGroupFlag(UUIDModel):
    """That somebody belongs to a target group, from a day (empty: always) until a day."""

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=TargetGroup)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            dates_in_order(
                "starts_on",
                "ends_on",
                name="flag_dates_in_order",
                message=_("The last day lies before the first day. Check both dates."),
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "starts_on"],
                nulls_distinct=False,
                name="flag_once",
                violation_error_message=_("This is recorded already from that day."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@tracked()
class ParticipantUnit(UUIDModel):
    """Which unit works with whom: written when a referral or trajectory opens. Visibility rests on it.

    ``ends_on`` is empty while something is open, else the last day the unit worked with the person.
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "ends_on", "participant"], name="participant_unit_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "unit"],
                name="participant_unit_once",
                violation_error_message=_("This unit works with this person already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.unit_id}"
