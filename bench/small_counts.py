"""Whether a reader of all reports of a small unit can work out a withheld number: `python -m bench.small_counts`.

Makes random unit-years from a fixed seed, withholds as the product does, attacks what is published with a solver over
whole numbers, and prints how many numbers were recovered, how many withheld, and how often a key figure was.
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import django

KEY_FIGURES = ("participants", "trajectories", "paid_work", "help_question_insight")


class Outcome(NamedTuple):
    """What came of one unit-year."""

    seed: int
    documents: int
    numbers: int
    withheld: int
    key_figures: int
    key_figures_withheld: int
    recovered: int


def prepare() -> None:
    """Start Django; no database is touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def attack(job: tuple[int, bool]) -> Outcome:
    """Make one unit-year and attack it."""
    from tests.reporting.unityears import attack_on, unit_year

    seed, is_short = job
    made = unit_year(seed, is_short=is_short)
    attack = attack_on(made)
    found = len(attack.recovered())
    rows = [row for one in made.protections for row in one.data["withheld"]]
    return Outcome(
        seed,
        len(made.documents),
        len(attack.told),
        attack.withheld,
        sum(2 * len(KEY_FIGURES) for _document in made.documents),
        sum(row["key"] in KEY_FIGURES for row in rows),
        found,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seconds", type=int, default=3600, help="stop after so long")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--short", action="store_true", help="the small units of the ordinary suite")
    asked = parser.parse_args()
    started = time.monotonic()
    found: list[Any] = []
    jobs = [(seed, asked.short) for seed in range(asked.first, asked.first + asked.number)]
    with ProcessPoolExecutor(asked.workers, initializer=prepare) as pool:
        for start in range(0, len(jobs), 50):
            found += pool.map(attack, jobs[start : start + 50])
            if time.monotonic() - started > asked.seconds:
                break
    report(found, time.monotonic() - started)


def report(found: list[Outcome], seconds: float) -> None:
    """Print what came of all."""
    number = len(found)
    print(f"{number} unit-years in {seconds:.0f} s, {sum(one.documents for one in found) / number:.1f} documents each")
    print(
        f"numbers {sum(one.numbers for one in found)}, withheld {sum(one.withheld for one in found)}; key figures "
        f"withheld {sum(one.key_figures_withheld for one in found)} of {sum(one.key_figures for one in found)}"
    )
    recovered = [one for one in found if one.recovered]
    print(f"recovered {sum(one.recovered for one in recovered)} in {len(recovered)} unit-years")
    for one in recovered[:20]:
        print(f"  seed {one.seed}: {one.recovered}")


if __name__ == "__main__":
    main()
