"""Builders of rows that are valid by default. Every trajectory has its events and its unit's link."""

from datetime import date, time, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from foundation.clock import today
from guidance.models import Assessment, Goal, Group, GroupDay, Instrument, InstrumentVersion, Moment, Score, Session
from organisations.models import Membership, Organisation, OrganisationKind, Role, StaffMember, Unit
from participants.models import Participant, ParticipantUnit
from reporting.models import CombinationConsent, Report, ReportPart, ReportSchedule, Requirement, Rhythm, Tranche
from trajectories.models import (
    Agreement,
    Aim,
    Destination,
    DestinationCategory,
    EndReason,
    EventKind,
    LegalGround,
    Outcome,
    OutcomeKind,
    Placement,
    Programme,
    ProgrammeKind,
    Provision,
    Referral,
    Slot,
    State,
    Trajectory,
    TrajectoryCoach,
    TrajectoryEvent,
)

PASSWORD = "draad-test-2026"
_MADE_HASH: dict[str, str] = {}


def days_ago(days: int) -> date:
    """The day ``days`` before today."""
    return today() - timedelta(days=days)


class ProviderFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.PROVIDER
    code = factory.Sequence(lambda n: f"PR{n}")
    name = factory.Sequence(lambda n: f"Provider {n}")


class MunicipalityFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.MUNICIPALITY
    code = factory.Sequence(lambda n: f"{1000 + n}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")


class HostFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = OrganisationKind.HOST
    provider = factory.SubFactory(ProviderFactory)
    code = factory.Sequence(lambda n: f"H{n}")
    name = factory.Sequence(lambda n: f"Werkplek {n}")


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    provider = factory.SubFactory(ProviderFactory)
    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.Sequence(lambda n: f"Unit {n}")


class StaffMemberFactory(DjangoModelFactory[StaffMember]):
    """Somebody with an account. Traits give a role: ``coach=unit``, ``manager=unit``, ``officer=municipality``."""

    class Meta:
        model = StaffMember
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Persoon {n}")
    password = factory.LazyFunction(lambda: hashed(PASSWORD))

    @factory.post_generation
    def coach(self, create: bool, unit: Unit | None, **kwargs: Any) -> None:
        if unit:
            add_role(self, Role.COACH, unit.provider, unit)

    @factory.post_generation
    def manager(self, create: bool, unit: Unit | None, **kwargs: Any) -> None:
        if unit:
            add_role(self, Role.UNIT_MANAGER, unit.provider, unit)

    @factory.post_generation
    def officer(self, create: bool, municipality: Organisation | None, **kwargs: Any) -> None:
        if municipality:
            add_role(self, Role.MUNICIPAL_OFFICER, municipality)

    @factory.post_generation
    def functional_manager(self, create: bool, provider: Organisation | None, **kwargs: Any) -> None:
        if provider:
            add_role(self, Role.FUNCTIONAL_MANAGER, provider)

    @factory.post_generation
    def privacy_officer(self, create: bool, provider: Organisation | None, **kwargs: Any) -> None:
        if provider:
            add_role(self, Role.PRIVACY_OFFICER, provider)


def hashed(password: str) -> str:
    """Hash a test password once per process: argon2 is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return _MADE_HASH.setdefault(password, make_password(password))


def add_role(member: Any, role: str, organisation: Organisation, unit: Unit | None = None) -> Membership:
    """Give ``member`` a role since ten years ago."""
    return Membership.objects.create(
        staff_member=member, organisation=organisation, unit=unit, role=role, starts_on=days_ago(3650)
    )


class ParticipantFactory(DjangoModelFactory[Participant]):
    """A file. ``unit=`` makes that unit work with the person from three years ago on."""

    class Meta:
        model = Participant
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    reference = factory.Sequence(lambda n: f"P{n:05}")
    given_names = factory.Iterator(["Samira", "Jan", "Ayşe", "Mei Lin", "Joëlle", "Henk"])
    prefix = factory.Iterator(["el", "", "", "", "van den", "de"])
    surname = factory.Sequence(lambda n: f"{['Amrani', 'Bakker', 'Şahin', 'Chan', 'Berg', 'Graaf'][n % 6]} {n}")
    birth_year = 1985
    birth_month = 5
    birth_day = 17
    gender = "f"
    benefit = "participatiewet"
    home_municipality = factory.SubFactory(MunicipalityFactory)

    @factory.post_generation
    def unit(self, create: bool, unit: Unit | None, **kwargs: Any) -> None:
        if unit:
            work_with(self, unit, days_ago(1095))


def work_with(participant: Any, unit: Unit, since: date, until: date | None = None) -> None:
    """Record that ``unit`` works with ``participant``."""
    ParticipantUnit.objects.update_or_create(
        participant=participant,
        unit=unit,
        defaults={"provider": participant.provider, "starts_on": since, "ends_on": until},
    )


class ProgrammeFactory(DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    unit = factory.SubFactory(UnitFactory)
    provider = factory.SelfAttribute("unit.provider")
    code = factory.Sequence(lambda n: f"PG{n}")
    name = factory.Sequence(lambda n: f"Programma {n}")
    kind = ProgrammeKind.WORK_TEAM
    aim = Aim.WORK
    legal_ground = LegalGround.PARTICIPATIEWET

    class Params:
        with_trial = factory.Trait(trial_weeks=3, norm_weeks=13, kind=ProgrammeKind.LEARN_WORK)


class AgreementFactory(DjangoModelFactory[Agreement]):
    """An agreement from ten years ago without end. ``programmes=[...]`` sets what it pays for."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    starts_on = factory.LazyFunction(lambda: days_ago(3650))

    @factory.post_generation
    def programmes(self, create: bool, programmes: list[Programme] | None, **kwargs: Any) -> None:
        if programmes:
            self.programmes.add(*programmes)


class DestinationFactory(DjangoModelFactory[Destination]):
    class Meta:
        model = Destination

    provider = factory.SubFactory(ProviderFactory)
    code = factory.Sequence(lambda n: f"D{n}")
    name = factory.Sequence(lambda n: f"Bestemming {n}")
    category = DestinationCategory.PAID_WORK


class EndReasonFactory(DjangoModelFactory[EndReason]):
    class Meta:
        model = EndReason

    provider = factory.SubFactory(ProviderFactory)
    code = factory.Sequence(lambda n: f"R{n}")
    name = factory.Sequence(lambda n: f"Reden {n}")
    is_dropout = False


class ReferralFactory(DjangoModelFactory[Referral]):
    class Meta:
        model = Referral

    participant = factory.SubFactory(ParticipantFactory)
    provider = factory.SelfAttribute("participant.provider")
    programme = factory.SubFactory(ProgrammeFactory, provider=factory.SelfAttribute("..provider"))
    reference = factory.Sequence(lambda n: f"AANM{n}")
    referred_on = factory.LazyFunction(lambda: days_ago(20))
    referrer = "Gemeente"
    question = "Wil graag weer onder de mensen zijn."


class TrajectoryFactory(DjangoModelFactory[Trajectory]):
    """A running trajectory that started 60 days ago, with its events, coach and unit link.

    ``ended_on=`` ends it; ``events=[(kind, day), ...]`` adds what happened in between.
    """

    class Meta:
        model = Trajectory
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    provider = factory.SelfAttribute("programme.provider")
    unit = factory.SelfAttribute("programme.unit")
    participant = factory.SubFactory(ParticipantFactory, provider=factory.SelfAttribute("..provider"))
    agreement = factory.SubFactory(AgreementFactory, provider=factory.SelfAttribute("..provider"))
    reference = factory.Sequence(lambda n: f"T{n:06}")
    legal_ground = factory.SelfAttribute("programme.legal_ground")
    aim = factory.SelfAttribute("programme.aim")
    started_on = factory.LazyFunction(lambda: days_ago(60))
    state = factory.LazyAttribute(lambda made: State.ENDED if made.ended_on else State.RUNNING)
    ended_on = None

    @factory.post_generation
    def events(self, create: bool, events: list[tuple[str, date]] | None, **kwargs: Any) -> None:
        self.agreement.programmes.add(self.programme)
        work_with(self.participant, self.unit, self.started_on, self.ended_on)
        give_course(self, events or [])


def give_course(trajectory: Trajectory, events: list[tuple[str, date]]) -> None:
    """Write the events of ``trajectory`` and set the state they lead to."""
    from trajectories.workflow import replay

    if trajectory.state == State.PLANNED:
        return
    happened = [(EventKind.STARTED, trajectory.started_on), *events]
    if trajectory.ended_on and trajectory.state == State.ENDED:
        happened.append((EventKind.ENDED, trajectory.ended_on))
    rows = [add_event(trajectory, kind, day) for kind, day in happened]
    rows.sort(key=lambda row: (row.dated_on, row.sequence))
    state = replay(rows, has_trial=trajectory.programme.trial_weeks > 0)
    if state != trajectory.state:
        trajectory.state = state
        trajectory.save(update_fields=["state"])
    if trajectory.coach_id:
        TrajectoryCoach.objects.create(
            provider=trajectory.provider,
            participant=trajectory.participant,
            trajectory=trajectory,
            staff_member_id=trajectory.coach_id,
            starts_on=trajectory.started_on,
            ends_on=trajectory.ended_on,
        )


def add_event(trajectory: Trajectory, kind: str, day: date, **more: Any) -> TrajectoryEvent:
    """Add one event with the next sequence number."""
    return TrajectoryEvent.objects.create(
        provider=trajectory.provider,
        participant=trajectory.participant,
        trajectory=trajectory,
        sequence=trajectory.events.count() + 1,
        dated_on=day,
        kind=kind,
        **more,
    )


class OutcomeFactory(DjangoModelFactory[Outcome]):
    class Meta:
        model = Outcome

    trajectory = factory.SubFactory(TrajectoryFactory)
    provider = factory.SelfAttribute("trajectory.provider")
    participant = factory.SelfAttribute("trajectory.participant")
    dated_on = factory.LazyFunction(lambda: days_ago(10))
    kind = OutcomeKind.PAID_WORK


class ProvisionFactory(DjangoModelFactory[Provision]):
    """Coaching that runs since the trajectory started."""

    class Meta:
        model = Provision

    trajectory = factory.SubFactory(TrajectoryFactory)
    provider = factory.SelfAttribute("trajectory.provider")
    participant = factory.SelfAttribute("trajectory.participant")
    kind = "40"
    description = "Coaching"
    starts_on = factory.SelfAttribute("trajectory.started_on")


class SlotFactory(DjangoModelFactory[Slot]):
    class Meta:
        model = Slot

    programme = factory.SubFactory(ProgrammeFactory)
    provider = factory.SelfAttribute("programme.provider")
    code = factory.Sequence(lambda n: f"PLEK{n}")
    starts_on = factory.LazyFunction(lambda: days_ago(3650))


class PlacementFactory(DjangoModelFactory[Placement]):
    class Meta:
        model = Placement

    trajectory = factory.SubFactory(TrajectoryFactory)
    provider = factory.SelfAttribute("trajectory.provider")
    participant = factory.SelfAttribute("trajectory.participant")
    slot = factory.SubFactory(SlotFactory, programme=factory.SelfAttribute("..trajectory.programme"))
    starts_on = factory.SelfAttribute("trajectory.started_on")


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    trajectory = factory.SubFactory(TrajectoryFactory)
    provider = factory.SelfAttribute("trajectory.provider")
    participant = factory.SelfAttribute("trajectory.participant")
    coach = factory.SelfAttribute("trajectory.coach")
    held_on = factory.LazyFunction(lambda: days_ago(7))
    minutes = 45
    attendance = "attended"
    note = "Het ging goed. Samen de post bekeken."
    plan = "Bellen met de bewindvoerder."


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    participant = factory.SubFactory(ParticipantFactory)
    provider = factory.SelfAttribute("participant.provider")
    words = "Ik wil weer elke ochtend op tijd zijn."
    set_on = factory.LazyFunction(lambda: days_ago(30))
    target_on = factory.LazyFunction(lambda: days_ago(-30))


def measure(participant: Participant, slug: str, on: date, scores: dict[str, int], **more: Any) -> Assessment:
    """Record an assessment with its scores."""
    version = InstrumentVersion.objects.filter(slug=slug).first()
    if version is None:
        version = InstrumentVersion.objects.create(
            slug=slug, name=slug, instrument=Instrument.objects.create(name=slug)
        )
    more = {"moment": Moment.INTERIM, **more}
    made = Assessment.objects.create(
        provider=participant.provider, participant=participant, version=version, dated_on=on, **more
    )
    for dimension, value in scores.items():
        Score.objects.create(
            provider=participant.provider, participant=participant, assessment=made, dimension=dimension, value=value
        )
    return made


class GroupFactory(DjangoModelFactory[Group]):
    """A group that meets on Tuesday, morning and afternoon. ``trajectories=[...]`` are in it."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    provider = factory.SelfAttribute("unit.provider")
    name = factory.Sequence(lambda n: f"Ploeg {n}")

    @factory.post_generation
    def trajectories(self, create: bool, trajectories: list[Trajectory] | None, **kwargs: Any) -> None:
        GroupDay.objects.create(group=self, weekday=2, half_day="am", starts_at=time(9), ends_at=time(12))
        GroupDay.objects.create(group=self, weekday=2, half_day="pm", starts_at=time(13, 30), ends_at=time(16, 30))
        self.trajectories.add(*(trajectories or []))


class RequirementFactory(DjangoModelFactory[Requirement]):
    class Meta:
        model = Requirement

    agreement = factory.SubFactory(AgreementFactory)
    figure = "participants"
    target = 60


class TrancheFactory(DjangoModelFactory[Tranche]):
    """A tranche that is still a draft, unless it is told when it was confirmed: with its demands, which then stand."""

    class Meta:
        model = Tranche
        skip_postgeneration_save = True

    agreement = factory.SubFactory(AgreementFactory)
    name = factory.Sequence(lambda n: f"Tranche {n + 1}")
    starts_on = factory.LazyFunction(lambda: days_ago(400))

    @classmethod
    def _create(cls, model_class: type[Tranche], *args: Any, confirmed_at: Any = None, **kwargs: Any) -> Tranche:
        made: Tranche = super()._create(model_class, *args, **kwargs)
        made.confirmed_at = confirmed_at
        return made

    @factory.post_generation
    def demands(self, create: bool, figures: tuple[str, ...] | None, **kwargs: Any) -> None:
        days = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        splits: dict[str, list[str]] = kwargs.get("splits", {})
        for figure in figures or ("participants",):
            RequirementFactory(
                agreement=self.agreement, tranche=self, figure=figure, splits=splits.get(figure, []), **days
            )
        if self.confirmed_at:
            self.save()


class CombinationConsentFactory(DjangoModelFactory[CombinationConsent]):
    class Meta:
        model = CombinationConsent

    agreement = factory.SubFactory(AgreementFactory)
    given_by = "Contractmanager"
    given_on = factory.LazyFunction(lambda: days_ago(400))


class ReportScheduleFactory(DjangoModelFactory[ReportSchedule]):
    class Meta:
        model = ReportSchedule
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    name = factory.Sequence(lambda n: f"Jaarrapport {n}")
    rhythm = Rhythm.YEAR
    starts_on = factory.LazyFunction(lambda: days_ago(800))

    @factory.post_generation
    def agreements(self, create: bool, agreements: list[Agreement] | None, **kwargs: Any) -> None:
        if agreements:
            self.agreements.add(*agreements)


class ReportFactory(DjangoModelFactory[Report]):
    """A report that is asked for and not made yet. ``agreements=[...]`` gives its parts."""

    class Meta:
        model = Report
        skip_postgeneration_save = True

    provider = factory.SubFactory(ProviderFactory)
    title = "Jaarrapport 2025"
    number = factory.Sequence(lambda n: f"TST-2025-{n:03}")
    period_from = date(2025, 1, 1)
    period_until = date(2025, 12, 31)
    reference_date = date(2026, 1, 5)

    @factory.post_generation
    def agreements(self, create: bool, agreements: list[Agreement] | None, **kwargs: Any) -> None:
        for agreement in agreements or []:
            ReportPart.objects.create(report=self, agreement=agreement)
