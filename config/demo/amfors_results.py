"""What came of a year in the AE-teams: exactly as many jobs and insights as the plan of that year says."""

from datetime import date, timedelta

from config.demo.amfors_years import Town, YearPlan
from config.demo.days import workday_within
from config.demo.life import Course, Person
from config.demo.results import a_route, add_outcome, close_courses, end_by_route, find_work, last_course
from config.demo.threads import fail_trial
from config.demo.words.telling import Teller


def results_of_year(town: Town, year: int, plan: YearPlan, people: list[Person], teller: Teller) -> None:
    """Divide the year's jobs, insights and other routes over the people who took part."""
    leavers = [p for p in people if (last_course(p).ended_on or date.max).year == year]
    found_late = [p for p in town.people if paid_in(p, year)]
    workers = jobs(leavers, year, plan.paid_work - len(found_late), teller)
    insights(year, plan, people, teller)
    others = [p for p in leavers if p not in workers]
    late = late_job(year, others, teller) if year > 2020 and plan.both else None
    failed = None if late is None else failed_trial(others, late, teller)
    for person in others:
        if person not in (late, failed):
            end_by_route(last_course(person), a_route(person.rng), teller, until=date(year, 12, 31))
    for person in people:
        close_courses(person, year)
        on_the_way(person, year, teller)


def paid_in(person: Person, year: int) -> bool:
    return any(o.kind == "paid_work" and o.on.year == year for course in person.courses for o in course.outcomes)


def jobs(leavers: list[Person], year: int, number: int, teller: Teller) -> list[Person]:
    """Give so many leavers a job: one of them long after the end, one a second job after the first did not last."""
    able = [p for p in leavers if date(year, 1, 25) < ended(p) < date(year, 12, 12)]
    able.sort(key=lambda p: (any(o.kind == "paid_work" for c in p.courses for o in c.outcomes), p.rng.random()))
    workers = able[:number]
    if len(workers) < number:
        raise ValueError(f"{number} jobs asked in {year}, {len(workers)} people left in time.")
    early = sorted(workers, key=ended)
    for person in workers:
        course = last_course(person)
        if number > 5 and person is early[0]:
            two_jobs(course, teller)
        elif number > 5 and person is early[1]:
            job_after_the_end(course, teller)
        else:
            on = workday_within(
                ended(person) - timedelta(days=person.rng.randint(-12, 10)), date(year, 1, 4), date(year, 12, 31)
            )
            find_work(course, on, teller, keeps=person.rng.random() < 0.75)
            course.destination, course.end_reason = "WERK", "DOEL"
    return workers


def ended(person: Person) -> date:
    return last_course(person).last_day


def two_jobs(course: Course, teller: Teller) -> None:
    """A job that did not last, and a second one in the same year: one person to paid work."""
    first = find_work(course, course.last_day, teller)
    first.ended_on = course.last_day + timedelta(days=48)
    find_work(
        course,
        workday_within(course.last_day + timedelta(days=75), course.last_day, date(course.last_day.year, 12, 30)),
        teller,
    )
    course.destination, course.end_reason = "WERK", "DOEL"


def job_after_the_end(course: Course, teller: Teller) -> None:
    """A job found two months after the trajectory: it counts when it was found."""
    find_work(
        course,
        workday_within(course.last_day + timedelta(days=66), course.last_day, date(course.last_day.year, 12, 30)),
        teller,
    )
    course.destination, course.end_reason = "GEM", "TIJD"


def late_job(year: int, others: list[Person], teller: Teller) -> Person | None:
    """Somebody who left at the end of the year and found a job in January: outside this year."""
    person = max(others, key=ended, default=None)
    if person is None or ended(person) < date(year, 10, 15):
        return None
    find_work(last_course(person), date(year + 1, 1, 17), teller)
    last_course(person).destination, last_course(person).end_reason = "GEM", "TIJD"
    return person


def failed_trial(others: list[Person], late: Person, teller: Teller) -> Person | None:
    """A newcomer whose trial ends without a match."""
    found = next((p for p in others if p is not late and len(p.courses) == 1 and not p.courses[0].outcomes), None)
    if found:
        fail_trial(found.courses[0], 3, teller)
    return found


def insights(year: int, plan: YearPlan, people: list[Person], teller: Teller) -> None:
    """Give as many people insight into their help question as the plan says, some of whom found a job too."""
    able = [p for p in people if insight_days(p, year)]
    able.sort(
        key=lambda p: (any(o.kind == "help_question_insight" for c in p.courses for o in c.outcomes), p.rng.random())
    )
    with_job = [p for p in able if paid_in(p, year)][: plan.both]
    without_job = [p for p in able if not paid_in(p, year)][: plan.insight - plan.both]
    if len(with_job) + len(without_job) < plan.insight:
        raise ValueError(
            f"{plan.insight} insights asked in {year}, {len(with_job)} and {len(without_job)} people can have one."
        )
    for person in with_job + without_job:
        course, first, last = person.rng.choice(insight_days(person, year))
        day = first + timedelta(days=person.rng.randint(0, (last - first).days))
        add_outcome(course, "help_question_insight", workday_within(day, first, last), teller)


def insight_days(person: Person, year: int) -> list[tuple[Course, date, date]]:
    """Per trajectory the days in the year on which insight may have come."""
    found = []
    for course in person.courses:
        first = max(course.started_on + timedelta(days=24), date(year, 1, 4))
        last = min(course.ended_on or date.max, date(year, 12, 30))
        if first <= last:
            found.append((course, first, last))
    return found


def on_the_way(person: Person, year: int, teller: Teller) -> None:
    """Now and then something else comes of a trajectory that goes on."""
    for course, first, last in insight_days(person, year):
        if person.rng.random() < 0.1 and first.year == year:
            kind = person.rng.choice(
                ("buddy", "education", "volunteering", "volunteering", "debt_help", "care", "day_activity")
            )
            add_outcome(course, kind, min(last, first + timedelta(days=person.rng.randint(0, 40))), teller)
        elif (
            course.destination == "VERV"
            and course.ended_on
            and course.ended_on.year == year
            and person.rng.random() < 0.1
        ):
            add_outcome(course, "next_trajectory", course.last_day, teller)
