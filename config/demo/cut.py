"""Leaves out what has not happened yet today, but for what is planned."""

from datetime import date, timedelta

from config.demo.life import Course, Session, World

PLANNED_AHEAD = timedelta(days=21)
"""A trajectory that starts at most this long after today stands in the plan already."""
APPOINTMENTS_AHEAD = timedelta(days=14)


def cut(world: World, today: date) -> None:
    """Let the world stop at ``today``."""
    for person in world.people:
        person.courses = [course for course in person.courses if is_known(course, today)]
        person.assessments = [
            a for a in person.assessments if a.on <= today and (a.course is None or a.course in person.courses)
        ]
        for course in person.courses:
            cut_course(course, today)
    referred = {referral.person.reference for referral in world.referrals}
    world.people = [person for person in world.people if person.courses or person.reference in referred]


def is_known(course: Course, today: date) -> bool:
    if course.started_on <= today:
        return True
    return course.started_on <= today + PLANNED_AHEAD and (course.referred_on or course.started_on) <= today


def cut_course(course: Course, today: date) -> None:
    for on, end in course.later_ends:
        if on <= today:
            course.planned_end_on = end
    if course.ended_on and course.ended_on > today:
        course.ended_on, course.end_reason, course.destination = None, "", ""
    course.events = [event for event in course.events if event.on <= today]
    course.outcomes = [outcome for outcome in course.outcomes if outcome.on <= today]
    for outcome in course.outcomes:
        outcome.ended_on = not_after(outcome.ended_on, today)
        outcome.last_seen_on = not_after(outcome.last_seen_on, today)
    course.certificates = [certificate for certificate in course.certificates if certificate[1] <= today]
    course.half_days = [half_day for half_day in course.half_days if half_day[0] < today]
    course.placements = [placement for placement in course.placements if placement.starts_on <= today]
    for placement in course.placements:
        placement.ends_on = not_after(placement.ends_on, today)
    cut_sessions(course, today)


def not_after(day: date | None, today: date) -> date | None:
    return day if day and day <= today else None


def cut_sessions(course: Course, today: date) -> None:
    """Keep what was, and the next appointment; leave some of the last days not filled in."""
    by_hand = [session for session in course.sessions if session.is_made_by_hand]
    others = [session for session in course.sessions if not session.is_made_by_hand]
    past = [session for session in others if session.on < today]
    ahead = (
        [session for session in others if today <= session.on <= today + APPOINTMENTS_AHEAD][:1]
        if course.ended_on is None and not by_hand
        else []
    )
    lately = [
        session
        for session in past
        if session.on >= today - timedelta(days=6) and (session.on.toordinal() + course.started_on.toordinal()) % 6 == 0
    ]
    for session in ahead + lately:
        session.attendance = session.note = session.plan = ""
    course.sessions = sorted(past + ahead + by_hand, key=lambda session: session.on)


def see_today(world: World, coach: str, today: date, number: int) -> None:
    """Give a coach appointments today until there are ``number``: brought forward, or made for who has none."""
    running = [course for course in world.courses() if course.coach == coach and course.runs_on(today)]
    ahead = [session for course in running for session in course.sessions if session.on >= today]
    missing = number - sum(session.on == today for session in ahead)
    later = sorted((s for s in ahead if s.on > today and not s.is_made_by_hand), key=lambda session: session.on)
    for session in later[: max(0, missing)]:
        session.on = today
    idle = [course for course in running if not any(session.on >= today for session in course.sessions)]
    for course in idle[: max(0, missing - len(later))]:
        course.sessions.append(Session(today, 45, "individual", "", coach))
