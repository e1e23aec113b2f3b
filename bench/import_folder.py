"""How long an import takes, and whether its memory grows with the folder: `python -m bench.import_folder`.

Makes folders of invented people of growing size, imports each twice into a database of its own DRAAD_HOME, and prints
seconds, peak memory of the command, and what the second run changed (nothing). The sizes are numbers of sessions; to
40,000 sessions belong 2,000 people and 6,000 trajectories.
"""

import argparse
import csv
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from config.embedded.servers import serve
from config.environment import ROOT
from foundation.keys import create_key_ring

SESSIONS_PER_PERSON = 20
TRAJECTORIES_PER_PERSON = 3
FIRST = date(2019, 1, 1)
SLOTS = 60
COACHES = 25
Row = list[object]
# A line of the summary that says: nothing added, nothing changed.
_QUIET = re.compile(r"\.csv: 0 \D+ 0 \D+ \d+")

HEADERS = {
    "municipalities": "code,name",
    "units": "code,name",
    "staff": "email,name,role,unit,municipality",
    "destinations": "code,name,category",
    "end_reasons": "code,name,dropout",
    "programmes": "code,name,unit,kind,aim,legal_ground,trial_weeks",
    "agreements": "code,municipality,programmes,starts_on",
    "participants": "reference,given_names,surname,date_of_birth,gender,municipality,flags",
    "slots": "code,programme,from",
    "trajectories": "reference,participant,programme,agreement,coach,referred_on,referrer,question,started_on,ended_on,"
    "end_reason,destination",
    "events": "trajectory,on,event,note",
    "outcomes": "trajectory,on,kind,note",
    "placements": "trajectory,slot,from,until",
    "sessions": "reference,trajectory,on,minutes,kind,attendance,coach,note,plan",
    "attendance": "trajectory,on,half_day,status",
    "assessments": "participant,trajectory,instrument,on,moment,dimension,value",
}
SENTENCES = (
    "Samen de post bekeken en de brief van de bank besproken.",
    "Het ging goed op de werkplek, de ploeg is tevreden.",
    "Zei dat het thuis onrustig is; we bellen morgen met het wijkteam.",
    "Geoefend met op tijd komen en afmelden.",
)


class Folder:
    """An invented folder, row by row."""

    def __init__(self, people: int, marker: str) -> None:
        self.people = people
        self.marker = marker
        self.chance = random.Random(people)

    def write(self, folder: Path) -> None:
        for name, header in HEADERS.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(header.split(","))
                writer.writerows(getattr(self, name)())

    def municipalities(self) -> Iterator[Row]:
        yield ["0307", "Amersfoort"]

    def units(self) -> Iterator[Row]:
        yield ["WS", "Werksupport"]

    def staff(self) -> Iterator[Row]:
        for number in range(COACHES):
            yield [self.coach(number), f"Begeleider {number}", "coach", "WS", ""]

    def destinations(self) -> Iterator[Row]:
        yield ["WERK", "Betaald werk", "paid_work"]

    def end_reasons(self) -> Iterator[Row]:
        yield ["DOEL", "Doel bereikt", "no"]

    def programmes(self) -> Iterator[Row]:
        yield ["AE", "AE-team", "WS", "work_team", "work", "participatiewet", "2"]

    def agreements(self) -> Iterator[Row]:
        yield ["0307-A", "0307", "AE", FIRST]

    def participants(self) -> Iterator[Row]:
        for person in range(self.people):
            born = date(1960, 1, 1) + timedelta(days=person * 7 % 16_000)
            yield [f"P{person}", f"Voornaam{person}", f"Achternaam{person}", born, "mfx"[person % 3], "0307", ""]

    def slots(self) -> Iterator[Row]:
        for slot in range(SLOTS):
            yield [f"PLEK{slot}", "AE", FIRST]

    def spans(self) -> Iterator[tuple[int, date, date | None]]:
        """Number, first and last day of each trajectory; of a person one after the other, the last one open."""
        for person in range(self.people):
            for turn in range(TRAJECTORIES_PER_PERSON):
                first = FIRST + timedelta(days=800 * turn + person % 400)
                last = first + timedelta(days=300) if turn < TRAJECTORIES_PER_PERSON - 1 else None
                yield person * TRAJECTORIES_PER_PERSON + turn, first, last

    def trajectories(self) -> Iterator[Row]:
        for number, first, last in self.spans():
            person = f"P{number // TRAJECTORIES_PER_PERSON}"
            end = [last, "DOEL", "WERK"] if last else ["", "", ""]
            coach = self.coach(number % COACHES)
            referred = first - timedelta(days=20)
            yield [f"T{number}", person, "AE", "0307-A", coach, referred, "wijkteam", SENTENCES[0], first, *end]

    def events(self) -> Iterator[Row]:
        for number, first, _last in self.spans():
            yield [f"T{number}", first + timedelta(days=14), "trial_passed", ""]
            if number % 4 == 0:
                yield [f"T{number}", first + timedelta(days=60), "relapse", SENTENCES[2]]
                yield [f"T{number}", first + timedelta(days=80), "resumed", ""]

    def outcomes(self) -> Iterator[Row]:
        for number, first, last in self.spans():
            if last and number % 3 == 0:
                yield [f"T{number}", first + timedelta(days=200), "help_question_insight", SENTENCES[0]]

    def placements(self) -> Iterator[Row]:
        """Each slot held one week after the other, by whoever's trajectory runs then."""
        taken = dict.fromkeys(range(SLOTS), FIRST)
        for number, first, _last in self.spans():
            slot = number % SLOTS
            if taken[slot] <= first:
                taken[slot] = first + timedelta(days=8)
                yield [f"T{number}", f"PLEK{slot}", first, first + timedelta(days=7)]

    def sessions(self) -> Iterator[Row]:
        per_trajectory = SESSIONS_PER_PERSON / TRAJECTORIES_PER_PERSON
        made = 0
        for number, first, _last in self.spans():
            for turn in range(round((number + 1) * per_trajectory) - made):
                made += 1
                note = " ".join(self.chance.choices(SENTENCES, k=4))
                day = first + timedelta(days=7 * turn)
                coach = self.coach(number % COACHES)
                yield [f"S{made}", f"T{number}", day, 45, "individual", "attended", coach, note, SENTENCES[turn % 4]]

    def attendance(self) -> Iterator[Row]:
        for number, first, _last in self.spans():
            for turn in range(6):
                yield [f"T{number}", first + timedelta(days=turn), "am", "present"]

    def assessments(self) -> Iterator[Row]:
        for number, first, _last in self.spans():
            person = f"P{number // TRAJECTORIES_PER_PERSON}"
            yield [person, f"T{number}", "ladder", first, "intake", "step", 1 + number % 6]

    def coach(self, number: int) -> str:
        return f"coach{number}.{self.marker}@voorbeeld.test"


class Measured(NamedTuple):
    """One import: how long it took, the most memory it had, and which files it changed."""

    seconds: float
    megabytes: float
    touched: list[str]

    def __str__(self) -> str:
        return f"{self.seconds:>8.1f} s {self.megabytes:>5.0f} MB"


def measure(folder: Path, provider: str, environment: dict[str, str]) -> Measured:
    """Import a folder in a process of its own."""
    command = [sys.executable, "-m", "bench.import_folder", "--measured", str(folder), "--provider", provider]
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - begun
    said, peak = done.stdout.rsplit("peak", 1)
    counts = [line for line in said.splitlines() if ".csv: " in line]
    return Measured(seconds, int(peak) / 1024, [line for line in counts if not _QUIET.search(line)])


def run_measured(folder: Path, provider: str) -> None:
    """Be that process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], "import_dossiers", str(folder), "--provider", provider])
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


@contextmanager
def own_database() -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with a migrated database of its own, and the environment that leads to it."""
    with tempfile.TemporaryDirectory(prefix="draad-bench-") as home:
        create_key_ring(Path(home) / "keys.json")
        with serve(Path(home), join=False, patient=False) as urls:
            environment = {**os.environ, **urls, "DRAAD_HOME": home, "DRAAD_DEMO": "1"}
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
            yield Path(home), environment


def compare(sizes: list[int]) -> None:
    with own_database() as (home, environment):
        print(f"{'sessions':>9} {'people':>7}   {'first run':>18} {'again':>18}  changed again")
        for size in sizes:
            people = size // SESSIONS_PER_PERSON
            folder = home / f"folder-{size}"
            folder.mkdir()
            Folder(people, str(size)).write(folder)
            first, again = (measure(folder, f"Bedrijf {size}", environment) for _turn in range(2))
            print(f"{size:>9} {people:>7}   {first} {again}  {again.touched or 'nothing'}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sessions", type=int, nargs="*", default=[20_000, 40_000, 80_000])
    parser.add_argument("--measured", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--provider", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measured:
        run_measured(given.measured, given.provider)
    else:
        compare(given.sessions)


if __name__ == "__main__":
    main()
