"""Goals in people's own words, with steps and ratings over time, and who promised to do what."""

from datetime import date, timedelta
from random import Random

from config.demo.words.plans import GOALS
from foundation.clock import today
from guidance.models import ActionPoint, Goal, GoalRating, GoalState, GoalStep, Rater
from organisations.models import Organisation
from participants.models import Participant
from trajectories.models import Trajectory
from trajectories.workflow import UNDERWAY

SAMIRA = (
    ("work_education", "Ik wil elke ochtend op tijd zijn, ook als het thuis druk is.", 3),
    ("finances", "Ik snap mijn post en weet wie ik kan bellen.", 1),
)
PROMISES = (
    "De bewindvoerder terugbellen over het leefgeld.",
    "De busreis vergoed krijgen.",
    "Vragen of er een plek vrij is op de taalles.",
    "Het certificaat printen en meegeven.",
    "De consulent laten weten hoe het gaat.",
    "Een afspraak maken bij het inloopspreekuur.",
    "Het rooster van volgende maand maken.",
    "Navragen of de werkschoenen er zijn.",
)


class Written:
    """Rows on their way to the database, in a few inserts."""

    def __init__(self) -> None:
        self.goals: list[Goal] = []
        self.steps: list[GoalStep] = []
        self.ratings: list[GoalRating] = []

    def save(self) -> None:
        Goal.objects.bulk_create(self.goals)
        GoalStep.objects.bulk_create(self.steps)
        GoalRating.objects.bulk_create(self.ratings)


def add_goals(provider: Organisation) -> None:
    """Give everybody underway one to three goals, and some steps taken."""
    written = Written()
    for trajectory in first_underway(provider):
        person = trajectory.participant
        if person.reference == "AE-2041":
            add_goals_of_samira(written, trajectory)
            continue
        rng = Random(f"{person.reference} goals")
        for domain, words, steps in rng.sample(GOALS, rng.choice((1, 2, 2, 3))):
            add_goal(written, trajectory, domain, words, steps, taken=rng.randint(0, len(steps)), rng=rng)
    written.save()


def first_underway(provider: Organisation) -> list[Trajectory]:
    """The oldest trajectory underway of each person."""
    rows = Trajectory.objects.filter(provider=provider, state__in=UNDERWAY).select_related("participant", "coach")
    return list(rows.order_by("participant_id", "started_on").distinct("participant_id"))


def add_goals_of_samira(written: Written, trajectory: Trajectory) -> None:
    steps_of = {words: steps for _domain, words, steps in GOALS}
    for domain, words, taken in SAMIRA:
        add_goal(written, trajectory, domain, words, steps_of[words], taken=taken, rng=Random(words))


def add_goal(
    written: Written,
    trajectory: Trajectory,
    domain: str,
    words: str,
    steps: tuple[str, ...],
    *,
    taken: int,
    rng: Random,
) -> None:
    person, now = trajectory.participant, today()
    own = {"provider_id": trajectory.provider_id, "participant": person}
    set_on = min(now, trajectory.started_on + timedelta(days=rng.randint(3, 14)))
    reached = taken == len(steps)
    goal = Goal(
        **own,
        domain=domain,
        words=words,
        set_on=set_on,
        target_on=trajectory.planned_end_on or set_on + timedelta(days=120),
        state=GoalState.REACHED if reached else GoalState.BUSY if taken else GoalState.OPEN,
        closed_on=now - timedelta(days=min(6, (now - set_on).days)) if reached else None,
    )
    written.goals.append(goal)
    for position, step in enumerate(steps, start=1):
        done_on = between(set_on, now, position / (len(steps) + 1)) if position <= taken else None
        written.steps.append(GoalStep(**own, goal=goal, words=step, position=position, done_on=done_on))
    rate(written, goal, person, rng, far=taken / len(steps))


def rate(written: Written, goal: Goal, person: Participant, rng: Random, *, far: float) -> None:
    """A mark by both at the start, and one now that says how far it is."""
    days = {goal.set_on: rng.randint(2, 4)}
    if today() - goal.set_on > timedelta(days=14):
        days[between(goal.set_on, today(), 0.9)] = 3 + round(far * 5)
    for rated_on, value in days.items():
        for rater in Rater.values:
            mark = max(1, min(9, value + rng.choice((-1, 0, 0, 1))))
            own = {"provider_id": goal.provider_id, "participant": person}
            written.ratings.append(GoalRating(**own, goal=goal, rater=rater, rated_on=rated_on, value=mark))


def between(first: date, last: date, part: float) -> date:
    return first + timedelta(days=int((last - first).days * part))


def add_promises(provider: Organisation) -> None:
    """Who does what by when, for some of those underway."""
    points = []
    for trajectory in first_underway(provider):
        rng = Random(f"{trajectory.reference} promises")
        if trajectory.coach and rng.random() < 0.4:
            points.append(
                ActionPoint(
                    provider_id=trajectory.provider_id,
                    participant=trajectory.participant,
                    trajectory=trajectory,
                    what=rng.choice(PROMISES),
                    staff_member=trajectory.coach,
                    due_on=today() + timedelta(days=rng.randint(-3, 14)),
                )
            )
    ActionPoint.objects.bulk_create(points)
