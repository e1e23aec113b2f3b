"""A stand-in for clamd: it speaks INSTREAM over a socket on this machine, and misbehaves in every way we know."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Said in two halves, so that no scanner of whoever works on this takes the test away.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()

Says = Callable[[bytes], bytes]
# What it answers to what it read; some close the line instead, or keep it open and say nothing.
ANSWERS: dict[str, Says] = {
    "looks": lambda seen: b"stream: Eicar-Test-Signature FOUND\0" if EICAR in seen else b"stream: OK\0",
    "nonsense": lambda seen: b"stream: PERHAPS\0",
    "another file": lambda seen: b"/tmp/other: OK\0",
    "too large": lambda seen: b"INSTREAM size limit exceeded. ERROR\0",
    "half an answer": lambda seen: b"stream: OK",
    "two answers": lambda seen: b"stream: OK\0stream: Win.Test FOUND\0",
    "a web page": lambda seen: b"HTTP/1.1 200 OK\r\n\r\nstream: OK",
    "bytes without end": lambda seen: b"stream: OK " * 1000,
    "nothing": lambda seen: b"",
}
KILLED, SILENT = "killed in mid-scan", "never answers"
AWAY = [*(name for name in ANSWERS if name != "looks"), KILLED, SILENT]


@contextmanager
def running(folder: Path, behaves: str = "looks", *, tcp: bool = False) -> Iterator[str]:
    """Let one run, and give its address."""
    family = socket.AF_INET if tcp else socket.AF_UNIX
    with socket.socket(family) as door:
        door.bind(("127.0.0.1", 0) if tcp else str(folder / "clamd"))
        door.listen()
        done = threading.Event()
        thread = threading.Thread(target=_serve, args=(door, behaves, done), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{door.getsockname()[1]}" if tcp else str(folder / "clamd")
        finally:
            done.set()
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
    thread.join()
    (folder / "clamd").unlink(missing_ok=True)


def _serve(door: socket.socket, behaves: str, done: threading.Event) -> None:
    while not done.is_set():
        try:
            line, _who = door.accept()
        except OSError:
            return
        with line, suppress(OSError):
            line.settimeout(5)
            _answer(line, behaves, done)


def _answer(line: socket.socket, behaves: str, done: threading.Event) -> None:
    assert _take(line, 10) == b"zINSTREAM\0"
    seen = b""
    while length := struct.unpack("!I", _take(line, 4))[0]:
        seen += _take(line, length)
        if behaves == KILLED:
            return
    if behaves == SILENT:
        done.wait(5)
        return
    line.sendall(ANSWERS[behaves](seen))


def _take(line: socket.socket, length: int) -> bytes:
    taken = b""
    while len(taken) < length:
        fresh = line.recv(length - len(taken))
        if not fresh:
            raise OSError("hung up")
        taken += fresh
    return taken
