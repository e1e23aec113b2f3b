"""Facts read from the database: each table in one query, when it is first asked for."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from foundation.clock import AMSTERDAM
from foundation.periods import Period
from foundation.together import Rows
from guidance.models import Assessment, HalfDayAttendance, ProgrammeInstrument, Session
from guidance.scoring import LADDER
from participants.models import Participant, TargetGroupFlag
from reporting.facts.reading import Reading, Table, read_tables, reading, rows
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

__all__ = [
    "DatabaseFacts",
    "agreements_asked",
    "agreements_where",
    "in_scope",
    "load",
    "of_agreements",
    "of_programmes",
    "programmes_asked",
    "programmes_where",
    "rows",
]

# How long after the last day a row may still decide about a row of the period (figures.md: picked_up_again,
# relapse_without_follow_up).
PICKED_UP_WITHIN = timedelta(days=84)
FOLLOWED_UP_WITHIN = timedelta(days=14)


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

    @Table["DatabaseFacts", TrajectoryRow]
    def trajectories(self) -> Reading[TrajectoryRow]:
        found = Trajectory.objects.filter(in_scope(self.scope), started_on__lte=self.reference)
        return reading(
            TrajectoryRow, found.order_by("started_on", "id"), referred_on="referral__referred_on",
            end_reason="end_reason__code", is_dropout="end_reason__is_dropout", destination="destination__code",
        )  # fmt: skip

    @Table["DatabaseFacts", AgreementRow]
    def agreements(self) -> Reading[AgreementRow]:
        return agreements_asked(of_agreements(self.scope))

    @Table["DatabaseFacts", ProgrammeRow]
    def programmes(self) -> Reading[ProgrammeRow]:
        """All of the provider: a programme may have moved to another unit, or lost its payer, since."""
        return programmes_asked(Q(provider=self.scope.provider) if self.scope.provider else Q())

    @Table["DatabaseFacts", Person]
    def persons(self) -> Reading[Person]:
        return reading(Person, Participant.objects.filter(pk__in=self._running.values("participant")))

    @Table["DatabaseFacts", FlagRow]
    def flags(self) -> Reading[FlagRow]:
        return reading(FlagRow, TargetGroupFlag.objects.filter(participant__in=self._running.values("participant")))

    @Table["DatabaseFacts", CoachRow]
    def coaches(self) -> Reading[CoachRow]:
        return reading(CoachRow, TrajectoryCoach.objects.filter(self._hanging()).order_by("starts_on"))

    @Table["DatabaseFacts", EventRow]
    def events(self) -> Reading[EventRow]:
        found = TrajectoryEvent.objects.holding().filter(self._hanging(), self._dated(PICKED_UP_WITHIN))
        return reading(EventRow, found, recorded_on=DAY_RECORDED)

    @Table["DatabaseFacts", OutcomeRow]
    def outcomes(self) -> Reading[OutcomeRow]:
        found = Outcome.objects.filter(self._hanging(), self._dated())
        return reading(OutcomeRow, found.order_by("dated_on", "id"), recorded_on=DAY_RECORDED)

    @Table["DatabaseFacts", SessionRow]
    def sessions(self) -> Reading[SessionRow]:
        found = Session.objects.filter(self._hanging(), self._dated(FOLLOWED_UP_WITHIN, "held_on"))
        return reading(SessionRow, found.order_by("held_on", "id"), dated_on="held_on", recorded_on=DAY_RECORDED)

    @Table["DatabaseFacts", HalfDayRow]
    def half_days(self) -> Reading[HalfDayRow]:
        found = HalfDayAttendance.objects.filter(self._hanging(), self._dated())
        return reading(HalfDayRow, found.order_by("dated_on", "half_day", "id"))

    @Table["DatabaseFacts", AssessmentRow]
    def assessments(self) -> Reading[AssessmentRow]:
        found = Assessment.objects.filter(
            participant__in=self._running.values("participant"), dated_on__lte=self._last
        ).annotate(
            dimensions=ArrayAgg("scores__dimension", filter=HAS_SCORES, order_by="scores__id", default=[]),
            values=ArrayAgg("scores__value", filter=HAS_SCORES, order_by="scores__id", default=[]),
        )
        fields = ("id", "participant_id", "version__slug", "dated_on", "moment", "dimensions", "values")
        return Reading(_assessment, found.order_by("dated_on", "id").values_list(*fields))

    @Table["DatabaseFacts", SlotRow]
    def slots(self) -> Reading[SlotRow]:
        found = Slot.objects.filter(programme__in=Programme.objects.filter(of_programmes(self.scope)))
        return reading(SlotRow, found.order_by("code", "id"))

    @Table["DatabaseFacts", PlacementRow]
    def placements(self) -> Reading[PlacementRow]:
        """Also those of others in a place that somebody in scope had: who took it next."""
        had = Placement.objects.filter(self._hanging()).values("slot")
        found = Placement.objects.filter(slot__in=had, starts_on__lte=self.reference)
        return reading(PlacementRow, found.exclude(trajectory__state=State.CANCELLED).order_by("starts_on", "id"))

    @Table["DatabaseFacts", CertificateRow]
    def certificates(self) -> Reading[CertificateRow]:
        found = Certificate.objects.filter(self._hanging(), self._dated())
        return reading(CertificateRow, found.order_by("dated_on", "id"))

    @Table["DatabaseFacts", TargetRow]
    def targets(self) -> Reading[TargetRow]:
        asked = [row.id for row in self.agreements if row.starts_on <= self._last]
        found = Requirement.objects.by_days_held().filter(agreement__in=asked, target__isnull=False)
        return reading(TargetRow, found, starts_on="held_from", ends_on="held_until")

    def read(self, *names: str, others: Sequence[QuerySet[Any, tuple[Any, ...]]] = ()) -> list[Rows]:
        """Read these tables in one round trip, and the rows of other questions that are asked along with them."""
        return read_tables(self, names, *others)

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
        vars(facts)["agreements"] = agreements
    if programmes is not None:
        vars(facts)["programmes"] = programmes
    return facts


def agreements_where(condition: Q) -> list[AgreementRow]:
    """Agreements, with the municipality that pays."""
    return agreements_asked(condition).read()


def agreements_asked(condition: Q) -> Reading[AgreementRow]:
    """Ask for agreements, with the municipality that pays."""
    found = Agreement.objects.filter(condition).order_by("code", "id")
    return reading(AgreementRow, found, municipality_code="municipality__code", municipality_name="municipality__name")


def programmes_where(condition: Q) -> list[ProgrammeRow]:
    """Programmes, with their unit, and whether they use the ladder."""
    return programmes_asked(condition).read()


def programmes_asked(condition: Q) -> Reading[ProgrammeRow]:
    """Ask for programmes, with their unit, and whether they use the ladder."""
    found = Programme.objects.filter(condition).order_by("code", "id")
    switched_off = ProgrammeInstrument.objects.filter(
        programme=OuterRef("pk"), instrument__versions__slug=LADDER, is_used=False
    )
    return reading(
        ProgrammeRow, found, unit_code="unit__code", unit_name="unit__name", uses_ladder=~Exists(switched_off)
    )


DAY_RECORDED = TruncDate("recorded_at", tzinfo=AMSTERDAM)
HAS_SCORES = Q(scores__isnull=False)


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
