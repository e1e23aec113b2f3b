"""What breaks while people work, in short: PostgreSQL. Often: `run.py bench faults database`."""

import signal
import threading
import time
from pathlib import Path

import psycopg

from config.embedded.postgres import Postgres
from tests.config.conftest import Made


def test_what_was_acknowledged_outlives_a_crash_and_a_fast_restart(made: Made, tmp_path: Path) -> None:
    made(tmp_path / "data")
    postgres = Postgres(tmp_path / "data", log=tmp_path / "log").start()
    acknowledged: list[int] = []
    stopped = threading.Event()

    def write() -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            try:
                with psycopg.connect(postgres.url("postgres"), autocommit=True) as own:
                    own.execute("INSERT INTO ledger VALUES (%s)", [number])
                    acknowledged.append(number)
            except psycopg.Error:
                time.sleep(0.01)

    with postgres.administrator("draad") as administrator:
        administrator.execute("CREATE TABLE ledger (number int PRIMARY KEY)")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for how in (signal.SIGQUIT, signal.SIGINT):
            time.sleep(0.2)
            assert postgres.child
            postgres.child.process.send_signal(how)
            postgres.child.process.wait(30)
            postgres.start()
        time.sleep(0.1)
        stopped.set()
        writer.join(30)
        with postgres.administrator("draad") as administrator:
            there = {row[0] for row in administrator.execute("SELECT number FROM ledger")}
    finally:
        stopped.set()
        postgres.stop()
        postgres.remove()
    assert len(acknowledged) > 5
    assert set(acknowledged) <= there
