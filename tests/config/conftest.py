"""A cluster that is made once per run, for the tests that start servers of their own."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.postgres import Postgres

Made = Callable[[Path], None]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Puts a stopped cluster where it is asked: making one takes longer than starting it."""
    folder = tmp_path_factory.mktemp("made")
    postgres = Postgres(folder / "data", log=folder / "log", durable=False)
    postgres.start().stop()

    def put(data: Path) -> None:
        copy = Postgres(data, log=folder / "log")
        subprocess.run(["cp", "-a", f"{postgres.identity.data}/.", str(copy.identity.data)], check=True)
        copy.stop()

    yield put
    postgres.remove()
