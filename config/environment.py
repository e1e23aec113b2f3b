"""What the environment tells the settings: where things are, and which database role this process has."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.embedded.seat import running

ROOT = Path(__file__).resolve().parent.parent
OWNER_SEES = "draad.providers=*"


def flag(name: str, *, default: bool = False) -> bool:
    """A variable that is on or off: 1, true, yes, on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A variable that holds a list, with commas between."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def home() -> Path:
    """The folder with the state of this installation: databases, keys, logs. DRAAD_HOME, or .draad in the checkout."""
    return Path(os.environ.get("DRAAD_HOME") or ROOT / ".draad").resolve()


def secret_key() -> str:
    """SECRET_KEY, or one that is made at the first start and kept in DRAAD_HOME, for its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    kept = home() / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def connection(*, owner: str, application: str) -> dict[str, Any]:
    """The database settings of this process: as the owner under DRAAD_AS_OWNER, else as the application's role.

    With two URLs each has its own login. With DATABASE_URL alone both are that login, which steps into the role: it
    must be a member of both (`manage.py prepare_database`). With none it is the server of a demo that runs here.
    """
    as_owner = flag("DRAAD_AS_OWNER")
    given = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if os.environ.get(name)}
    urls = given if "DATABASE_URL" in given else running(home())
    if "DATABASE_URL" not in urls:
        return database(f"postgresql:///draad?host={home()}/no-server-runs")
    if "DATABASE_OWNER_URL" in urls:
        return _seeing_all(database(urls["DATABASE_OWNER_URL"])) if as_owner else database(urls["DATABASE_URL"])
    settings = database(urls["DATABASE_URL"])
    if not flag("DRAAD_AS_LOGIN"):
        settings = with_option(settings, f"role={owner if as_owner else application}")
    return _seeing_all(settings) if as_owner else settings


def _seeing_all(settings: dict[str, Any]) -> dict[str, Any]:
    """Row-level security holds for the owner too. A migration sees every row: it would else change none, in silence."""
    return with_option(settings, OWNER_SEES)


def with_option(settings: dict[str, Any], option: str) -> dict[str, Any]:
    """Database settings with one more setting of PostgreSQL for each connection: ``name=value``."""
    options = f"{settings['OPTIONS'].get('options', '')} -c {option}".strip()
    return {**settings, "OPTIONS": {**settings["OPTIONS"], "options": options}}


def broker() -> str:
    """The broker's URL, from REDIS_URL or from a demo that runs here."""
    url = os.environ.get("REDIS_URL") or running(home()).get("REDIS_URL") or "redis+socket:///nowhere"
    return "redis+socket://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def _write_once(path: Path, text: str) -> None:
    """Write a file that nobody else reads, whole or not at all; who comes second keeps the first one's."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/socket/folder&sslmode=...`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql:// (Draad runs on PostgreSQL only)")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "foundation.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "draad",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }
