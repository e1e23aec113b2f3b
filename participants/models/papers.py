from django.db import models


class Paper(models.Model):
    """A row that holds a paper of a person: a letter, a certificate. Whoever asks for their file gets it along.

    A model that is one has a `participant`, says what it is called (`download_name`, `content_type`), whether it may
    go out (`may_be_opened`), and what it holds (`read`).
    """

    class Meta:
        abstract = True

    @property
    def may_be_opened(self) -> bool:
        raise NotImplementedError

    @property
    def content_type(self) -> str:
        raise NotImplementedError

    @property
    def download_name(self) -> str:
        raise NotImplementedError

    def read(self) -> bytes:
        """Return the paper itself. Raises Unreadable when it was tampered with, or its key is gone."""
        raise NotImplementedError
