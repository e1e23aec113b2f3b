"""What an agreement demands, tranche by tranche: opened as a copy, changed as a draft, confirmed; then it stands."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refused import Refused
from organisations.models import StaffMember
from reporting.figures import CATALOGUE
from reporting.models import Profile, Requirement, Tranche
from trajectories.models import Agreement

log = logging.getLogger(__name__)

LEAST_SMALL_COUNT = 5
"""Below this, the check of the answers asks to look again (figures.md, small counts)."""


@dataclass(frozen=True)
class Demand:
    """That a figure is asked for, perhaps with a target, and by what it is split out."""

    figure: str
    target: Decimal | None = None
    splits: tuple[str, ...] = ()


@transaction.atomic
def open_tranche(
    *, by: StaffMember, agreement: Agreement, name: str, starts_on: date, ends_on: date | None = None
) -> Tranche:
    """Begin a new tranche as a draft: a copy of the last one of the agreement, to be changed and confirmed.

    Without an earlier tranche it starts from what the agreement demands already. A figure that is no
    longer counted is not copied: it can be read in the old tranche, not chosen again.

    Raises Refused when the days lie outside the agreement or within another tranche.
    """
    _refuse_bad_days(agreement, starts_on, ends_on)
    last = agreement.tranches.filter(confirmed_at__isnull=False).order_by("starts_on").last()
    tranche = Tranche(
        agreement=agreement, name=name, starts_on=starts_on, ends_on=ends_on, small_count=agreement.small_count
    )
    if last is not None:
        tranche.copied_from = last
        for field in ("rhythm", "deadline_days", "signed_by", "template", "profile", "small_count"):
            setattr(tranche, field, getattr(last, field))
    tranche.save()
    known = last.requirements.all() if last else agreement.requirements.filter(tranche=None)
    set_demands(
        by=by,
        tranche=tranche,
        demands=[Demand(one.figure, one.target, tuple(one.splits)) for one in known if one.figure in CATALOGUE],
    )
    return tranche


@transaction.atomic
def change_terms(*, by: StaffMember, tranche: Tranche) -> Tranche:
    """Save the terms of a draft: rhythm, days to deliver, who signs, chapters and small counts.

    Raises Refused when it is confirmed, or its days do not fit.
    """
    _refuse_confirmed(tranche)
    _refuse_bad_days(tranche.agreement, tranche.starts_on, tranche.ends_on, but=tranche)
    tranche.save()
    tranche.requirements.update(starts_on=tranche.starts_on, ends_on=tranche.ends_on)
    log.info("terms of tranche %s changed by %s", tranche.pk, by.pk)
    return tranche


@transaction.atomic
def set_demands(*, by: StaffMember, tranche: Tranche, demands: Iterable[Demand]) -> None:
    """Write which figures a draft demands, instead of those it had.

    Raises Refused for a figure that is not counted, or a target on one that is no plain number.
    """
    _refuse_confirmed(tranche)
    wanted = {demand.figure: demand for demand in demands}
    for figure, demand in wanted.items():
        if figure not in CATALOGUE:
            raise Refused(_("“%(figure)s” is not counted any more. Choose another figure.") % {"figure": figure})
        if demand.target is not None and not CATALOGUE[figure].is_plain:
            raise Refused(
                _("%(figure)s is more than one number, so it cannot have a target.")
                % {"figure": CATALOGUE[figure].label}
            )
    tranche.requirements.all().delete()
    Requirement.objects.bulk_create(
        Requirement(
            agreement=tranche.agreement,
            tranche=tranche,
            figure=demand.figure,
            target=demand.target,
            splits=list(demand.splits),
            starts_on=tranche.starts_on,
            ends_on=tranche.ends_on,
        )
        for demand in wanted.values()
    )
    log.info("demands of tranche %s written by %s", tranche.pk, by.pk)


@transaction.atomic
def confirm_tranche(*, by: StaffMember, tranche: Tranche, at: datetime | None = None) -> Tranche:
    """Confirm a draft: from its first day its demands hold, and nobody changes them any more.

    A tranche before it without a last day ends on the day before; it stays as it was otherwise. ``at``: when it was
    confirmed, where that is written down later.

    Raises Refused when it is confirmed already, demands nothing, or its days do not fit.
    """
    tranche = Tranche.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=tranche.pk)
    _refuse_confirmed(tranche)
    _refuse_bad_days(tranche.agreement, tranche.starts_on, tranche.ends_on, but=tranche)
    if not tranche.requirements.exists():
        raise Refused(_("This tranche demands no figure yet. Choose at least one."))
    day_before = tranche.starts_on - timedelta(days=1)
    for earlier in tranche.agreement.tranches.filter(
        confirmed_at__isnull=False, ends_on=None, starts_on__lt=tranche.starts_on
    ):
        Tranche.objects.filter(pk=earlier.pk).update(ends_on=day_before)
        earlier.requirements.update(ends_on=day_before)
    tranche.confirmed_at, tranche.confirmed_by = at or timezone.now(), by
    tranche.save(update_fields=["confirmed_at", "confirmed_by"])
    return tranche


@transaction.atomic
def discard_tranche(*, by: StaffMember, tranche: Tranche) -> None:
    """Throw away a draft that nobody confirmed."""
    _refuse_confirmed(tranche)
    log.info("tranche %s thrown away by %s", tranche.pk, by.pk)
    tranche.delete()


def remarks_on(tranche: Tranche) -> list[str]:
    """Return what may be a mistake in a draft, in words; none of it stops anybody."""
    found = []
    last = _last_confirmed(tranche)
    if last and last.ends_on and tranche.starts_on > last.ends_on + timedelta(days=1):
        found.append(_("There are days between the last tranche and this one: on those nothing is demanded."))
    if tranche.profile == Profile.MUNICIPALITY and tranche.small_count < LEAST_SMALL_COUNT:
        found.append(
            _("Numbers from %(number)s people are shown. Below 5 people can be recognised: ask your privacy officer.")
            % {"number": tranche.small_count}
        )
    if last:
        gone = set(last.requirements.values_list("figure", flat=True)) - set(
            tranche.requirements.values_list("figure", flat=True)
        )
        found += [_("Not demanded any more: %(figure)s.") % {"figure": label_of(figure)} for figure in sorted(gone)]
    return found


def label_of(figure: str) -> str:
    """The name of a figure; of one that is not counted any more its old code."""
    known = CATALOGUE.get(figure)
    return str(known.label) if known else _("%(figure)s (not counted any more)") % {"figure": figure}


def _last_confirmed(tranche: Tranche) -> Tranche | None:
    earlier = tranche.agreement.tranches.filter(confirmed_at__isnull=False, starts_on__lt=tranche.starts_on)
    return earlier.order_by("starts_on").last()


def _refuse_confirmed(tranche: Tranche) -> None:
    """Hold the tranche, so that nobody confirms it meanwhile."""
    if Tranche.objects.select_for_update().get(pk=tranche.pk).confirmed_at is not None:
        raise Refused(_("This tranche is confirmed and stays as it is. Begin a new one for other demands."))


def _refuse_bad_days(agreement: Agreement, starts_on: date, ends_on: date | None, but: Tranche | None = None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("The last day lies before the first day. Check both dates."), field="ends_on")
    if starts_on < agreement.starts_on or (agreement.ends_on and starts_on > agreement.ends_on):
        raise Refused(_("The first day lies outside the agreement. Choose a day within it."), field="starts_on")
    others = agreement.tranches.exclude(pk=but.pk) if but else agreement.tranches.all()
    if others.filter(starts_on=starts_on).exists():
        raise Refused(_("This agreement has a tranche from that day already."), field="starts_on")
    later = Q(starts_on__gt=starts_on)
    if ends_on is not None:
        later &= Q(starts_on__lte=ends_on)
    within = Q(starts_on__lt=starts_on, ends_on__gte=starts_on)
    overlapping = others.filter(later | within, confirmed_at__isnull=False).first()
    if overlapping is not None:
        raise Refused(
            _("These days are within %(name)s. Choose days after it.") % {"name": overlapping.name}, field="starts_on"
        )
