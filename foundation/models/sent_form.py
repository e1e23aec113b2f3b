from django.db import models
from django.db.models.functions import Now


class SentForm(models.Model):
    """That a form was sent and did what it asks, so that the same form sent again does nothing.

    ``digest`` is over the account, the token that stood in the form, the address and the answers: without the token,
    which is kept nowhere, it tells nothing. ``went_to`` is where the first one led. Rows go after two days.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    went_to = models.TextField(db_default="")
    sent_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"a form sent at {self.sent_at}"
