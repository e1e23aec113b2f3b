"""Nothing in a test talks to the world outside this machine."""

import socket
from typing import Any

import pytest

_real_connect = socket.socket.connect
_LOCAL = ("127.", "::1", "localhost")


class OutsideWorld(Exception):
    """A test tried to reach another machine."""


def _connect(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not str(address[0]).startswith(_LOCAL):
        raise OutsideWorld(f"a test tried to reach {address}")
    _real_connect(self, address)


def stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but those over a unix socket or to this machine."""
    monkeypatch.setattr(socket.socket, "connect", _connect)
