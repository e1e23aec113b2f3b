"""What the environment decides, and what every answer of the web server says."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config import environment
from config.environment import ROOT
from config.schedule import PERIODIC
from foundation import jobs
from foundation.scheduling import Periodic

ROLES = {"owner": "draad_owner", "application": "draad_app"}


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "DRAAD_AS_OWNER", "DRAAD_AS_LOGIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DRAAD_HOME", str(tmp_path))
    return monkeypatch


def test_a_database_url_is_read_whole() -> None:
    assert environment.database("postgresql://j%40n:p%2Fw@db.example:5433/draad?sslmode=require") == {
        "ENGINE": "foundation.postgres",
        "NAME": "draad",
        "USER": "j@n",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_another_database_than_postgresql_is_refused() -> None:
    with pytest.raises(ValueError, match="PostgreSQL only"):
        environment.database("mysql://localhost/draad")


def test_with_one_url_the_login_steps_into_the_role(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATABASE_URL", "postgresql://ops@db/draad")
    assert environment.connection(**ROLES)["OPTIONS"] == {"options": "-c role=draad_app"}
    bare.setenv("DRAAD_AS_OWNER", "1")
    assert environment.connection(**ROLES)["OPTIONS"] == {"options": "-c role=draad_owner -c draad.providers=*"}


def test_with_two_urls_each_role_has_its_own_login(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATABASE_URL", "postgresql://app@db/draad")
    bare.setenv("DATABASE_OWNER_URL", "postgresql://boss@db/draad")
    assert (environment.connection(**ROLES)["USER"], environment.connection(**ROLES)["OPTIONS"]) == ("app", {})
    bare.setenv("DRAAD_AS_OWNER", "1")
    boss = environment.connection(**ROLES)
    assert (boss["USER"], boss["OPTIONS"]) == ("boss", {"options": "-c draad.providers=*"})


def test_without_a_url_and_a_demo_there_is_no_database(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert environment.connection(**ROLES)["HOST"] == f"{tmp_path}/no-server-runs"


def test_the_broker_may_be_named_as_redis_does(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("REDIS_URL", "unix:///run/redis.sock")
    assert environment.broker() == "redis+socket:///run/redis.sock"
    bare.setenv("REDIS_URL", "rediss://db:6380/1")
    assert environment.broker() == "rediss://db:6380/1"


def test_the_secret_key_is_made_once_for_its_owner_only(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = environment.secret_key()
    assert len(key) >= 50
    assert environment.secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    bare.setenv("SECRET_KEY", "from the environment")
    assert environment.secret_key() == "from the environment"


def test_outside_the_demo_the_site_is_safe_by_default(tmp_path: Path) -> None:
    names = {"PATH", "HOME", "LANG"}
    bare = {name: value for name, value in os.environ.items() if name in names} | {"DRAAD_HOME": str(tmp_path)}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_argon2_hashes_a_password() -> None:
    from config import settings as product

    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


@pytest.mark.django_db
def test_a_page_may_load_nothing_from_elsewhere_and_run_nothing_inline(client: Client) -> None:
    policy = client.get("/inloggen/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_it_speaks_dutch_until_someone_switches(client: Client) -> None:
    headers = {"accept-language": "en-GB,en"}
    assert client.get("/inloggen/", headers=headers).headers["Content-Language"] == "nl"
    client.post("/taal/", {"language": "en", "next": "/inloggen/"})
    answer = client.get("/inloggen/")
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.django_db
def test_a_language_we_do_not_speak_is_dutch(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/inloggen/").headers["Content-Language"] == "nl"


@pytest.mark.parametrize("job", PERIODIC, ids=lambda job: job.kind)
def test_what_happens_by_itself_exists(job: Periodic) -> None:
    from config.celery import app

    app.loader.import_default_modules()
    assert job.kind in jobs.kinds()
