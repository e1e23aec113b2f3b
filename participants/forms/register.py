"""The form of a line of the register."""

from foundation.forms import HouseModelForm
from participants.law.register import COLUMNS
from participants.models import ProcessingActivity


class ActivityForm(HouseModelForm):
    """One line of the register of processing."""

    class Meta:
        model = ProcessingActivity
        fields = COLUMNS
