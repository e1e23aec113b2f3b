"""Whether a file gets slower as it gets longer: `run.py bench long_file [ROUNDS]` (P2).

Two people of one coach in the demo, alike but for their sessions: 520 of one, 20 of the other, each with a note that is
sealed. Both files are opened in turns, through all of Django but the web server.
"""

import os
import statistics
import sys
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from bench._site import site
from bench.fences import COACH, client_of, longest_of, timed

ROUNDS = 12
SESSIONS = (520, 20)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with site() as made:
        os.environ.update(made.environment, DJANGO_SETTINGS_MODULE="config.settings", DRAAD_HTTPS="0")
        import django

        django.setup()
        from django.urls import reverse

        from foundation.rows import seeing_everything

        with seeing_everything("the bench writes sessions of whom it visits"):
            pages = [reverse("guidance:person", args=[make_file(number)]) for number in SESSIONS]
        measure(pages, rounds)


def make_file(sessions: int) -> uuid.UUID:
    """Take somebody in who has a course and this many sessions, one a day back from today; return their id."""
    from foundation.clock import today
    from guidance.actions import log_session
    from guidance.answers import Meeting, Report
    from organisations.models import StaffMember
    from participants.models import Participant

    coach = StaffMember.objects.get(email=COACH)
    like = longest_of(COACH)
    person: Any = Participant.objects.get(pk=like.participant_id)
    links = list(person.units.all())
    person.pk, person.reference, person._state.adding = uuid.uuid4(), f"lang-{sessions}", True
    person.bsn = person.bsn_hash = person.bsn_hash_even = person.attention = None
    person.save(force_insert=True)
    for link in links:
        link.pk, link.participant, link._state.adding = uuid.uuid4(), person, True
        link.save(force_insert=True)
    like.pk, like.participant, like.referral, like._state.adding = uuid.uuid4(), person, None, True
    like.reference, like.started_on = f"lang-{sessions}", today() - timedelta(days=600)
    like.save(force_insert=True)
    for back in range(sessions):
        log_session(
            by=coach,
            trajectory=like,
            session_id=uuid.uuid4(),
            meeting=Meeting(held_on=today() - timedelta(days=back)),
            report=Report(attendance="attended", note="Gebeld en een afspraak gemaakt voor donderdag."),
        )
    return person.pk  # type: ignore[no-any-return]


def measure(pages: list[str], rounds: int) -> None:
    """Open both files in turns, and say how the medians compare."""
    client = client_of()
    took: list[list[float]] = [[], []]
    for number in range(rounds):
        for which in (0, 1) if number % 2 else (1, 0):
            took[which] += timed(client, partial(_open, pages[which]))
    long, short = (statistics.median(each) * 1000 for each in took)
    sys.stdout.write(f"file of {SESSIONS[0]} sessions {long:.2f} ms, of {SESSIONS[1]} {short:.2f} ms: ")
    sys.stdout.write(f"{long / short:.2f} x (goal 1.1), {rounds} rounds of {len(took[0]) // rounds} visits each\n")


def _open(page: str, client: Any) -> Any:
    return client.get(page)


if __name__ == "__main__":
    main()
