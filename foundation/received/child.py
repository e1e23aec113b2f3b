"""Run in a process of its own: a file on standard input, what may be kept of it on standard output.

It has no environment, reads no settings and opens no connection. What it may use is limited before it reads a byte.
"""

import resource
import sys
from pathlib import Path

MOST_MEMORY, MOST_SECONDS = 1024 * 2**20, 20


def limit() -> None:
    """Use no more memory and time than any letter needs, write no file and leave no picture of the memory behind."""
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of memory
            continue


def main(kind: str) -> int:
    """Look at what comes in; 1 with a word on standard error when it is not taken."""
    limit()
    from foundation.received.looking import look
    from foundation.received.wrong import Wrong

    try:
        kept = look(kind, sys.stdin.buffer.read())
    except Wrong as wrong:
        sys.stderr.write(wrong.reason)
        return 1
    except MemoryError:
        sys.stderr.write("heavy")
        return 1
    sys.stdout.buffer.write(kept)
    return 0


if __name__ == "__main__":
    # -I leaves our own folder out; of it only this package is wanted, which imports nothing else of the product.
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    sys.exit(main(sys.argv[1]))
