"""The form on which a month of the statistic is exported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm, Segments
from reporting.screens.statistic import Asked
from reporting.statistic.writers import WRITERS

MOST_BYTES = 20 * 2**20


class CheckDeliveryForm(HouseForm):
    """A file to lay beside what was exported."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("We compare the file and do not keep it. At most 20 MB."),
        error_messages={
            "required": _("Choose the zip that was exported, of at most 20 MB."),
            "empty": _("This file is empty. Choose another."),
            "missing": _("Choose a file."),
        },
    )


class ExportStatisticForm(HouseForm):
    """Which format; for a month of which the text was not compared, also that one knows that."""

    format = forms.ChoiceField(label=_("Format"), widget=Segments(), initial=next(iter(WRITERS)))
    is_confirmed = forms.BooleanField(
        label=_("I know that the text for this month was not compared yet."),
        error_messages={"required": _("Tick that you know this, or wait until the text is compared.")},
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [(key, one.label) for key, one in WRITERS.items()]  # type: ignore[attr-defined]
        if asked.is_verified:
            del self.fields["is_confirmed"]
