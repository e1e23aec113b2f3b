"""Ask a virus scanner (clamd) about the bytes of a file, over its own protocol: INSTREAM.

https://docs.clamav.net/manual/Usage/Scanning.html#clamd. Only the one answer that says that nothing was found counts as
such; no answer, half an answer and an answer we do not know are all the same: the scanner did not look.
"""

import re
import socket
import struct
import time

SECONDS_TO_CONNECT = 5.0
PIECE = 2**16
LONGEST_ANSWER = 4096

_CLEAN = b"stream: OK"
_FOUND = re.compile(rb"stream: ([\x21-\x7e]{1,200}) FOUND")


class NoAnswer(Exception):
    """The scanner is away, slow, or says something that we do not understand."""


def scan(content: bytes, address: str, *, seconds: float) -> str:
    """Return what the scanner calls what it found, or nothing when it found nothing. Raises NoAnswer.

    Args:
        content: the bytes of a file.
        address: the path of clamd's socket, or host:port.
        seconds: how long it may take altogether.
    """
    until = time.monotonic() + seconds
    try:
        with _connected(address, min(seconds, SECONDS_TO_CONNECT)) as line:
            for piece in _pieces(content):
                _wait_no_longer(line, until)
                line.sendall(piece)
            answer = _answer(line, until)
    except OSError as fault:
        raise NoAnswer(type(fault).__name__) from fault
    if answer == _CLEAN:
        return ""
    if found := _FOUND.fullmatch(answer):
        return found[1].decode("ascii")
    raise NoAnswer("an answer that we do not know")


def _connected(address: str, seconds: float) -> socket.socket:
    host, _colon, port = address.rpartition(":")
    if host and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _pieces(content: bytes) -> list[bytes]:
    """The command, the content in pieces with their lengths, and a piece of length nought: the end."""
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    return [b"zINSTREAM\0", *(struct.pack("!I", len(piece)) + piece for piece in [*pieces, b""])]


def _answer(line: socket.socket, until: float) -> bytes:
    """What it says, up to the NUL with which it ends. A line that breaks before that said nothing."""
    said = b""
    while not said.endswith(b"\0"):
        _wait_no_longer(line, until)
        fresh = line.recv(LONGEST_ANSWER)
        said += fresh
        if not fresh or len(said) > LONGEST_ANSWER:
            raise NoAnswer("an answer without its end")
    return said[:-1]


def _wait_no_longer(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise NoAnswer("it takes too long")
    line.settimeout(left)
