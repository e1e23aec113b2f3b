"""How an action says no: in words for the screen, at the answer that is wrong."""


class Refused(Exception):
    """What was asked cannot be done; nothing of it was written.

    Args:
        message: two sentences for the screen: what is wrong, and what to do.
        field: the answer that is wrong, by the name that the action gives it; None when it is about the whole.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
