"""What can be wrong with a file from outside, in a word that can go from the child to its parent."""

from typing import ClassVar


class Wrong(Exception):
    """A file is not taken. ``reason`` is one of ``REASONS``; what to say of it is for who asked."""

    REASONS: ClassVar = {
        "empty": "there is nothing in it",
        "large": "more bytes than we take",
        "kind": "no PDF, JPEG or PNG",
        "name": "its name says that it is something else",
        "damaged": "it cannot be read to its end, or not in one way only",
        "pixels": "far more points than a camera makes",
        "heavy": "reading it takes more time or memory than any letter does",
        "locked": "a PDF with a password, or whose use is limited",
        "active": "a PDF that does something, or carries other files",
    }

    def __init__(self, reason: str) -> None:
        super().__init__(self.REASONS[reason])
        self.reason = reason
