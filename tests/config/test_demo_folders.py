import csv
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from config.demo.folders import DemoProvider, write_folders
from config.demo.words.telling import DECKS
from tests.oracle.count import count, plain_numbers
from tests.oracle.folder import COLUMNS, read_folder
from tests.oracle.terms import Fact, Question, World, facts_of
from tests.oracle.valid import violations

TODAY = date(2026, 11, 22)
NOOR = "noor@amfors.voorbeeld.test"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory) -> list[DemoProvider]:
    return write_folders(tmp_path_factory.mktemp("demo"), today=TODAY)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> list[DemoProvider]:
    """The same demo on a leap day, more than a year on."""
    return write_folders(tmp_path_factory.mktemp("later"), today=date(2028, 2, 29))


@pytest.fixture(scope="module")
def amfors(providers: list[DemoProvider]) -> Path:
    return providers[0].folder


def rows(folder: Path, name: str) -> Rows:
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def facts(folder: Path) -> dict[str, list[Fact]]:
    return facts_of(read_folder(folder))


def year(folder: Path, number: int, *, agreements: tuple[str, ...] = ()) -> dict[str, Any]:
    """The four key figures of a year, and both outcomes, as the oracle counts them."""
    question = Question(date(number, 1, 1), date(number, 12, 31), TODAY, agreements, (), (), ("AE",))
    figures = plain_numbers(World(facts(folder), question))
    keys = ("participants", "trajectories", "paid_work", "help_question_insight", "both_outcomes")
    return {key: figures[key] for key in keys}


def test_the_ae_year_2021_is_the_published_one(amfors: Path) -> None:
    found = year(amfors, 2021)
    assert (found["participants"], found["trajectories"]) == (55, 146)
    assert (found["paid_work"], found["help_question_insight"]) == (13, 21)
    assert found["both_outcomes"] >= 2


def test_the_year_before_is_the_one_of_the_pictures(amfors: Path) -> None:
    assert list(year(amfors, 2020).values())[:4] == [51, 132, 9, 16]


@pytest.mark.parametrize("number", range(2020, 2026))
def test_each_payer_can_be_shown_the_own_part_of_a_year(amfors: Path, number: int) -> None:
    whole = year(amfors, number)
    parts = [year(amfors, number, agreements=(code,)) for code in ("AMF-0307", "AMF-0327")]
    for key in ("participants", "trajectories", "paid_work", "help_question_insight"):
        assert sum(part[key] for part in parts) == whole[key]
        assert all(part[key] == 0 or part[key] >= 5 for part in parts), key


def test_2021_has_trajectories_on_both_edges_and_just_outside(amfors: Path) -> None:
    trajectories = rows(amfors, "trajectories")
    starts = Counter(row["started_on"] for row in trajectories)
    ends = Counter(row["ended_on"] for row in trajectories)
    assert starts["2021-12-31"] and ends["2021-01-01"]
    assert starts["2022-01-01"] and ends["2020-12-31"]
    assert any(row["started_on"] < "2021" and "2021" <= row["ended_on"] < "2022" for row in trajectories)
    assert any("2021" <= row["started_on"] < "2022" <= row["ended_on"] for row in trajectories)


def test_jobs_of_2021_come_twice_to_one_person_late_to_another_and_in_january_to_a_third(amfors: Path) -> None:
    trajectories = {row["reference"]: row for row in rows(amfors, "trajectories")}
    jobs = [(row, trajectories[row["trajectory"]]) for row in rows(amfors, "outcomes") if row["kind"] == "paid_work"]
    in_2021 = [(job, of) for job, of in jobs if job["on"].startswith("2021")]
    assert max(Counter(of["participant"] for _, of in in_2021).values()) == 2
    assert any(job["on"] > of["ended_on"] for job, of in in_2021)
    assert any(job["on"].startswith("2022-01") and of["ended_on"].startswith("2021") for job, of in jobs)


def test_people_came_back_and_relapses_were_and_were_not_picked_up(amfors: Path) -> None:
    figures = count(amfors, period_from=date(2021, 1, 1), period_to=date(2021, 12, 31), reference_date=TODAY)
    assert figures["relapses"] == 19
    assert figures["picked_up_again"] == {"within_28": 10, "within_84": 14, "too_early_28": 0, "too_early_84": 0}
    assert all(figures["re_entries"][band] for band in ("within_182", "within_365", "over_365"))


def test_one_person_moved_house_and_no_year_counts_the_move_twice(amfors: Path) -> None:
    paid_by = defaultdict(set)
    for row in rows(amfors, "trajectories"):
        paid_by[row["participant"]].add(row["agreement"])
    assert sum(len(agreements) == 2 for agreements in paid_by.values()) == 1


def test_every_folder_is_valid_now_and_later(providers: list[DemoProvider], later: list[DemoProvider]) -> None:
    for provider in providers + later:
        assert violations(read_folder(provider.folder)) == [], provider.folder


def test_a_later_day_leaves_the_past_as_it_was(later: list[DemoProvider], amfors: Path) -> None:
    for number in (2020, 2021, 2022):
        assert year(later[0].folder, number) == year(amfors, number)


def test_columns_are_those_of_the_import_format(providers: list[DemoProvider]) -> None:
    for provider in providers:
        for path in provider.folder.iterdir():
            assert set(rows(provider.folder, path.stem)[0]) <= set(COLUMNS[path.stem]), path


def test_two_runs_write_the_same_bytes(tmp_path: Path, providers: list[DemoProvider]) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path; from config.demo.folders import write_folders"
    )
    code += f"; write_folders(Path(sys.argv[1]), today=date({TODAY.year}, {TODAY.month}, {TODAY.day}))"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    first = sorted(path for provider in providers for path in provider.folder.iterdir())
    second = sorted(path for path in tmp_path.rglob("*.csv"))
    assert [path.name for path in first] == [path.name for path in second]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(first, second, strict=True))


def test_the_size_is_that_of_a_real_installation(providers: list[DemoProvider]) -> None:
    numbers = Counter[str]()
    for provider in providers:
        for name in ("participants", "trajectories", "sessions"):
            numbers[name] += len(rows(provider.folder, name))
    assert 300 <= numbers["participants"] <= 500
    assert 1000 <= numbers["trajectories"] <= 1300
    assert 8000 <= numbers["sessions"] <= 12000


def test_trajectories_and_referrals_stand_in_every_state(amfors: Path) -> None:
    today = TODAY.isoformat()
    events = defaultdict(list)
    for row in rows(amfors, "events"):
        events[row["trajectory"]].append(row["event"])
    open_now = [row for row in rows(amfors, "trajectories") if not row["ended_on"]]
    last = {events[row["reference"]][-1] if events[row["reference"]] else "none" for row in open_now}
    assert {"none", "trial_passed", "relapse", "paused", "resumed"} <= last
    assert any(row["started_on"] > today for row in open_now)
    assert {row["decision"] for row in rows(amfors, "referrals")} == {"new", "waiting", "declined", "withdrawn"}


def test_noor_has_five_appointments_today_and_two_sessions_to_fill_in(amfors: Path) -> None:
    own = [row for row in rows(amfors, "sessions") if row["coach"] == NOOR and not row["attendance"]]
    assert sum(row["on"] == TODAY.isoformat() for row in own) == 5
    recent = (TODAY - timedelta(days=7)).isoformat()
    assert 2 <= sum(recent <= row["on"] < TODAY.isoformat() for row in own) <= 4


def test_every_coach_of_a_provider_has_somebody_today(providers: list[DemoProvider]) -> None:
    for provider in providers:
        assert sum(row["on"] == TODAY.isoformat() for row in rows(provider.folder, "sessions")) >= 2, provider.name


def test_no_file_says_the_same_thing_twice(providers: list[DemoProvider]) -> None:
    for provider in providers:
        person_of = {row["reference"]: row["participant"] for row in rows(provider.folder, "trajectories")}
        notes = Counter(
            (person_of[row["trajectory"]], row["note"]) for row in rows(provider.folder, "sessions") if row["note"]
        )
        assert max(notes.values()) == 1, provider.name


def test_there_are_many_ways_to_say_things() -> None:
    assert len(DECKS["ordinary"]) >= 60
    assert len(DECKS["plan"]) >= 60
    assert len(DECKS["question"]) >= 40
    assert all(len(set(deck)) == len(deck) for deck in DECKS.values())


def test_quality_checks_have_something_to_find(amfors: Path) -> None:
    figures = count(amfors, period_from=date(2026, 1, 1), period_to=date(2026, 12, 31), reference_date=TODAY)
    wrong = {check: row["wrong"] for check, row in figures["data_quality"].items()}
    for check in ("ended_without_destination", "started_without_referral_date", "no_first_ladder"):
        assert 2 <= wrong[check] <= 6, check
    assert wrong["session_not_filled_in"] and wrong["relapse_without_follow_up"] and wrong["slot_past_end"]
