"""What the environment tells the settings: where things are, and which database role this process has."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


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


def _write_once(path: Path, text: str) -> None:
    """Write a file that nobody else reads, whole or not at all; who comes second keeps the first one's."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
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
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "draad",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }
