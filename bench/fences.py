"""What the fences cost: `run.py bench fences [ROUNDS]`.

A list, a file and a saved session of the demo, through all of Django but the web server, with everything on and with
something off, in turns in one run: every round begins anew with the other. It prints medians and how they compare.

Beside them stand the smallest honest views of a list, a file and an insert (``bench/references.py``): P1, P2, P3.

Off are first the policies, the keys over provider and id and what tells a transaction whose rows it sees; then also
the read log and the history of changes. What cannot be taken away fairly stays on: the sealing of texts, the session.
"""

import os
import statistics
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from bench._site import site

ROUNDS = 12
VISITS = 15
COACH = "noor@amfors.voorbeeld.test"
LEAST = "the smallest view"
Visit = Callable[[Any], Any]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    copy_of = os.environ.get("DRAAD_BENCH_HOME")
    with site(copy_of=Path(copy_of) if copy_of else None) as made:
        os.environ.update(made.environment, DJANGO_SETTINGS_MODULE="config.settings", DRAAD_HTTPS="0")
        import django

        django.setup()
        with psycopg.connect(made.postgres.url("postgres"), autocommit=True) as administrator:
            measure(Fences(administrator), rounds)


class Fences:
    """The fences of a database, to be taken away and put back."""

    def __init__(self, administrator: "psycopg.Connection[Any]") -> None:
        self.administrator = administrator
        self.tables = self._names("SELECT relname FROM pg_class WHERE relrowsecurity")
        self.keys = self._names(
            "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conname LIKE '%one\\_file'"
        )
        self.history = self._names(
            "SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger"
            " WHERE tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_'"
        )

    def _names(self, query: str) -> list[str]:
        return [row[0] for row in self.administrator.execute(query)]

    @contextmanager
    def off(self, *, history: bool) -> Iterator[None]:
        """Without policies and keys, and when asked without what copies each change."""
        self._switch("DISABLE", history=history)
        for key in self.keys:
            table, name, _definition = key.split(" ", 2)
            self.administrator.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            self._switch("ENABLE", history=history)
            for key in self.keys:
                table, name, definition = key.split(" ", 2)
                self.administrator.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")

    def _switch(self, way: str, *, history: bool) -> None:
        for table in self.tables:
            self.administrator.execute(f"ALTER TABLE {table} {way} ROW LEVEL SECURITY")
        for trigger in self.history if history else []:
            table, name = trigger.split(" ")
            self.administrator.execute(f"ALTER TABLE {table} {way} TRIGGER {name}")


def measure(fences: Fences, rounds: int) -> None:
    """Visit in turns, and say how the medians compare."""
    from django.test import override_settings

    from bench import references
    from foundation.rows import seeing_everything

    ways: dict[str, Callable[[], Any]] = {
        "all on": nullcontext,
        "fences off": lambda: fences.off(history=False),
        "fences, read log and history off": lambda: fences.off(history=True),
    }
    with seeing_everything("the bench chooses whom to visit"):
        visits, least = visits_of(), least_of()
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(rounds):
        for way in list(ways)[:: 1 if number % 2 else -1]:
            quiet = patch("foundation.reading.write_and_count", list) if "log" in way else nullcontext()
            with ways[way](), quiet:
                client = client_of(is_told=way == "all on")
                for name, visit in visits.items():
                    took[way, name] += timed(client, visit)
        with fences.off(history=True), override_settings(ROOT_URLCONF="bench.references"):
            client = client_of(middleware=references.MIDDLEWARE)
            for name, visit in least.items():
                took[LEAST, name] += timed(client, visit)
    for name in visits:
        on = statistics.median(took["all on", name])
        for way in [*list(ways)[1:], LEAST]:
            off = statistics.median(took[way, name])
            sys.stdout.write(f"{name:5} all on {on * 1000:6.2f} ms, {way} {off * 1000:6.2f} ms: {on / off:.2f} x\n")
    sys.stdout.write(f"{rounds} rounds of {VISITS} visits each of the demo\n")


def visits_of() -> dict[str, Visit]:
    """A list, a file and a saved session of one coach, as a browser asks for them."""
    from django.urls import reverse

    from foundation.clock import today

    trajectory = longest_of(COACH)
    answers = {"held_on": today().isoformat(), "starts_at": "09:00", "minutes": "45", "kind": "individual"}
    answers |= {"place": "Werkplaats", "attendance": "attended", "note": "Gebeld.", "plan": "", "next_meeting": "none"}
    people, person = reverse("guidance:people"), reverse("guidance:person", args=[trajectory.participant_id])
    save = reverse("guidance:log_session", args=[trajectory.pk])
    return {
        "list": lambda client: client.get(people),
        "file": lambda client: client.get(person),
        "save": lambda client: client.post(save, {**answers, "token": str(uuid.uuid4())}),
    }


def longest_of(email: str) -> Any:
    """The running trajectory of this coach with the most sessions: the same in each run, with 20 to show."""
    from django.db.models import Count

    from trajectories.models import State, Trajectory

    own = Trajectory.objects.filter(coach__email=email, state=State.RUNNING)
    return own.annotate(many=Count("sessions")).order_by("-many", "reference")[0]


def least_of() -> dict[str, Visit]:
    """The same, asked of the smallest views."""
    own = longest_of(COACH)
    return {
        "list": lambda client: client.get(f"/list/{own.unit_id}/"),
        "file": lambda client: client.get(f"/file/{own.participant_id}/"),
        "save": lambda client: client.post(f"/save/{own.pk}/"),
    }


def client_of(*, is_told: bool = True, middleware: Sequence[str] = ()) -> Any:
    """A signed-in browser; when not told, on a site whose transactions hear nothing of whose rows they see."""
    from django.conf import settings
    from django.test import Client, override_settings

    from organisations.models import StaffMember

    told = "organisations.middleware.see_own_rows"
    ours = [one for one in settings.MIDDLEWARE if is_told or one != told]
    with override_settings(MIDDLEWARE=middleware or ours):
        client = Client(SERVER_NAME="localhost")
        client.force_login(StaffMember.objects.get(email=COACH), backend="django.contrib.auth.backends.ModelBackend")
        client.get("/")  # loads the middleware, whatever it answers
    return client


def timed(client: Any, visit: Visit) -> list[float]:
    """How long each of the visits takes, after one that is not counted."""
    found = []
    for number in range(VISITS + 1):
        begun = time.perf_counter()
        answer = visit(client)
        if number:
            found.append(time.perf_counter() - begun)
        if answer.status_code not in (200, 302):
            sys.exit(f"{answer.status_code}: this measures nothing")
    return found


if __name__ == "__main__":
    main()
