"""Facts read from the database: each table in one query, when it is first asked for."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import starmap
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from foundation.clock import AMSTERDAM
from foundation.periods import Period
from guidance.models import Assessment, HalfDayAttendance, ProgrammeInstrument, Session
from guidance.scoring import LADDER
from participants.models import Participant, TargetGroupFlag
from reporting.facts.rows import (
    AgreementRow,
    AssessmentRow,
    CertificateRow,
    CoachRow,
    EventRow,
    FlagRow,
    HalfDayRow,
    OutcomeRow,
    Person,
    PlacementRow,
    ProgrammeRow,
    SessionRow,
    SlotRow,
    TargetRow,
    TrajectoryRow,
)
from reporting.facts.scope import Scope
from reporting.models import Requirement
from trajectories.models import (
    Agreement,
    Certificate,
    Outcome,
    Placement,
    Programme,
    Slot,
    State,
    Trajectory,
    TrajectoryCoach,
    TrajectoryEvent,
)

# How long after the last day a row may still decide about a row of the period (figures.md: picked_up_again,
# relapse_without_follow_up).
PICKED_UP_WITHIN = timedelta(days=84)
FOLLOWED_UP_WITHIN = timedelta(days=14)

RowType = TypeVar("RowType")


class DatabaseFacts:
    """The rows of ``scope`` that figures over a period need, as the database holds them now.

    Args:
        scope: which trajectories.
        window: the days asked about; from the first day of the first period to the last of the last.
        reference: the reference date; rows dated after it are not read.
    """

    def __init__(self, scope: Scope, window: Period, reference: date) -> None:
        self.scope, self.window, self.reference = scope, window, reference
        self.coach = scope.coach

    @cached_property
    def trajectories(self) -> list[TrajectoryRow]:
        found = Trajectory.objects.filter(in_scope(self.scope), started_on__lte=self.reference)
        return rows(
            TrajectoryRow, found.order_by("started_on", "id"), referred_on="referral__referred_on",
            end_reason="end_reason__code", is_dropout="end_reason__is_dropout", destination="destination__code",
        )  # fmt: skip

    @cached_property
    def agreements(self) -> list[AgreementRow]:
        return agreements_where(of_agreements(self.scope))

    @cached_property
    def programmes(self) -> list[ProgrammeRow]:
        """All of the provider: a programme may have moved to another unit, or lost its payer, since."""
        return programmes_where(Q(provider=self.scope.provider) if self.scope.provider else Q())

    @cached_property
    def persons(self) -> list[Person]:
        return rows(Person, Participant.objects.filter(pk__in=self._running.values("participant")))

    @cached_property
    def flags(self) -> list[FlagRow]:
        return rows(FlagRow, TargetGroupFlag.objects.filter(participant__in=self._running.values("participant")))

    @cached_property
    def coaches(self) -> list[CoachRow]:
        return rows(CoachRow, TrajectoryCoach.objects.filter(self._hanging()).order_by("starts_on"))

    @cached_property
    def events(self) -> list[EventRow]:
        found = TrajectoryEvent.objects.holding().filter(self._hanging(), self._dated(PICKED_UP_WITHIN))
        return rows(EventRow, found, recorded_on=DAY_RECORDED)

    @cached_property
    def outcomes(self) -> list[OutcomeRow]:
        found = Outcome.objects.filter(self._hanging(), self._dated())
        return rows(OutcomeRow, found.order_by("dated_on", "id"), recorded_on=DAY_RECORDED)

    @cached_property
    def sessions(self) -> list[SessionRow]:
        found = Session.objects.filter(self._hanging(), self._dated(FOLLOWED_UP_WITHIN, "held_on"))
        return rows(SessionRow, found.order_by("held_on", "id"), dated_on="held_on", recorded_on=DAY_RECORDED)

    @cached_property
    def half_days(self) -> list[HalfDayRow]:
        found = HalfDayAttendance.objects.filter(self._hanging(), self._dated())
        return rows(HalfDayRow, found.order_by("dated_on", "half_day", "id"))

    @cached_property
    def assessments(self) -> list[AssessmentRow]:
        found = Assessment.objects.filter(
            participant__in=self._running.values("participant"), dated_on__lte=self._last
        ).annotate(
            dimensions=ArrayAgg("scores__dimension", filter=HAS_SCORES, order_by="scores__id", default=[]),
            values=ArrayAgg("scores__value", filter=HAS_SCORES, order_by="scores__id", default=[]),
        )
        fields = ("id", "participant_id", "version__slug", "dated_on", "moment", "dimensions", "values")
        return list(starmap(_assessment, found.order_by("dated_on", "id").values_list(*fields)))

    @cached_property
    def slots(self) -> list[SlotRow]:
        found = Slot.objects.filter(programme__in=Programme.objects.filter(of_programmes(self.scope)))
        return rows(SlotRow, found.order_by("code", "id"))

    @cached_property
    def placements(self) -> list[PlacementRow]:
        """Also those of others in a place that somebody in scope had: who took it next."""
        had = Placement.objects.filter(self._hanging()).values("slot")
        found = Placement.objects.filter(slot__in=had, starts_on__lte=self.reference)
        return rows(PlacementRow, found.exclude(trajectory__state=State.CANCELLED).order_by("starts_on", "id"))

    @cached_property
    def certificates(self) -> list[CertificateRow]:
        found = Certificate.objects.filter(self._hanging(), self._dated())
        return rows(CertificateRow, found.order_by("dated_on", "id"))

    @cached_property
    def targets(self) -> list[TargetRow]:
        asked = [row.id for row in self.agreements if row.starts_on <= self._last]
        return rows(TargetRow, Requirement.objects.standing().filter(agreement__in=asked, target__isnull=False))

    @cached_property
    def whole_agreements(self) -> "DatabaseFacts":
        """Those with a target, from the first day of the earliest of them."""
        wanted = frozenset(row.agreement_id for row in self.targets)
        if not wanted:
            raise LookupError("no agreement in this scope has a target")
        first = min([self.window.start, *(row.starts_on for row in self.agreements if row.id in wanted)])
        return DatabaseFacts(Scope(agreements=wanted), Period(first, self.window.end), self.reference)

    @property
    def _last(self) -> date:
        return min(self.window.end, self.reference)

    @property
    def _running(self) -> QuerySet[Trajectory]:
        """The trajectories in scope that run in the window."""
        still_ran = Q(ended_on__isnull=True) | Q(ended_on__gte=self.window.start)
        return Trajectory.objects.filter(in_scope(self.scope), still_ran, started_on__lte=self._last)

    def _hanging(self) -> Q:
        return in_scope(self.scope, "trajectory__")

    def _dated(self, longer: timedelta = timedelta(0), column: str = "dated_on") -> Q:
        last = min(self.window.end + longer, self.reference)
        return Q(**{f"{column}__gte": self.window.start, f"{column}__lte": last})


def load(
    scope: Scope,
    window: Period,
    reference: date,
    *,
    agreements: list[AgreementRow] | None = None,
    programmes: list[ProgrammeRow] | None = None,
) -> DatabaseFacts:
    """The facts in ``scope`` for figures over ``window`` (or any part of it), counted on ``reference``.

    Who has read the agreements in scope or the programmes already (for a list of filters) hands them over.
    """
    facts = DatabaseFacts(scope, window, reference)
    if agreements is not None:
        facts.agreements = agreements
    if programmes is not None:
        facts.programmes = programmes
    return facts


def agreements_where(condition: Q) -> list[AgreementRow]:
    """Agreements, with the municipality that pays."""
    found = Agreement.objects.filter(condition).order_by("code", "id")
    return rows(AgreementRow, found, municipality_code="municipality__code", municipality_name="municipality__name")


def programmes_where(condition: Q) -> list[ProgrammeRow]:
    """Programmes, with their unit, and whether they use the ladder."""
    found = Programme.objects.filter(condition).order_by("code", "id")
    switched_off = ProgrammeInstrument.objects.filter(
        programme=OuterRef("pk"), instrument__versions__slug=LADDER, is_used=False
    )
    return rows(ProgrammeRow, found, unit_code="unit__code", unit_name="unit__name", uses_ladder=~Exists(switched_off))


DAY_RECORDED = TruncDate("recorded_at", tzinfo=AMSTERDAM)
HAS_SCORES = Q(scores__isnull=False)


def rows(kind: Callable[..., RowType], found: QuerySet[Any], **elsewhere: Any) -> list[RowType]:
    """Read ``found`` as rows of ``kind``: each field by its own name, or where ``elsewhere`` says it stands."""
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    expressions = {name: F(where) if isinstance(where, str) else where for name, where in elsewhere.items()}
    columns = {f"of_{name}": where for name, where in expressions.items()}
    asked = [f"of_{name}" if name in expressions else name for name in fields]
    values: Iterable[tuple[Any, ...]] = found.annotate(**columns).values_list(*asked)
    return list(starmap(kind, values))


def _assessment(
    key: UUID, participant_id: UUID, slug: str, on: date, moment: str, names: list[str], values: list[int]
) -> AssessmentRow:
    return AssessmentRow(key, participant_id, slug, on, moment, dict(zip(names, values, strict=True)))


def in_scope(scope: Scope, prefix: str = "") -> Q:
    """The trajectories of a scope that count; the coach is looked at when counting."""
    wanted = ~Q(**{f"{prefix}state": State.CANCELLED})
    for column, ids in (
        ("agreement__in", scope.agreements),
        ("agreement__municipality__in", scope.municipalities),
        ("programme__in", scope.programmes),
        ("unit__in", scope.units),
        ("participant__in", scope.participants),
    ):
        if ids:
            wanted &= Q(**{f"{prefix}{column}": ids})
    if scope.provider:
        wanted &= Q(**{f"{prefix}provider": scope.provider})
    if scope.started_in:
        wanted &= Q(**{f"{prefix}started_on__year": scope.started_in})
    return wanted


def of_agreements(scope: Scope) -> Q:
    """The agreements of a scope, whatever programme or unit is asked for."""
    wanted = Q(provider=scope.provider) if scope.provider else Q()
    if scope.agreements:
        wanted &= Q(pk__in=scope.agreements)
    return wanted & Q(municipality__in=scope.municipalities) if scope.municipalities else wanted


def of_programmes(scope: Scope) -> Q:
    """The programmes of a scope: asked for, of a unit asked for, and paid by an agreement asked for."""
    wanted = Q(provider=scope.provider) if scope.provider else Q()
    if scope.programmes:
        wanted &= Q(pk__in=scope.programmes)
    if scope.units:
        wanted &= Q(unit__in=scope.units)
    if scope.agreements or scope.municipalities:
        paying = Agreement.programmes.through.objects.filter(
            agreement__in=Agreement.objects.filter(of_agreements(scope)).values("pk")
        )
        wanted &= Q(pk__in=paying.values("programme"))
    return wanted
