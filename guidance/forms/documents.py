"""The form on which a paper is put in somebody's file."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from foundation.clock import today
from foundation.forms import DayField, HouseForm, Segments
from foundation.received import Received, Wrong, receive
from guidance.models import DocumentKind
from participants.models import Participant
from trajectories.models import Certificate

# What is wrong with a file, and what to do.
WRONG = {
    "empty": gettext_lazy("There is nothing in this file. Choose another."),
    "large": gettext_lazy("This file is larger than 10 MB. Take a photo of it, or save it smaller."),
    "kind": gettext_lazy("This is no PDF, JPEG or PNG. Save it as a PDF, or take a photo of it."),
    "name": gettext_lazy("The name of this file says that it is something else than it is. Is it the right file?"),
    "damaged": gettext_lazy(
        "This file is damaged, or something is hidden in it. Print it to a PDF, or take a photo of it."
    ),
    "pixels": gettext_lazy("This picture is far larger than a camera makes. Save it smaller, or take a photo of it."),
    "heavy": gettext_lazy("This file takes too much to open. Print it to a new PDF, or take a photo of it."),
    "locked": gettext_lazy("This PDF is locked with a password. Save it without one, or print it to a new PDF."),
    "active": gettext_lazy(
        "There is more in this PDF than pages: a script, a form that does something, or another file. "
        "Print it to a new PDF, or take a photo of it."
    ),
}
ACCEPT = "application/pdf,image/jpeg,image/png"


class AddDocumentForm(HouseForm):
    """Which paper, what it is, what it is about and of which day."""

    file = forms.FileField(
        label=gettext_lazy("The document"),
        help_text=gettext_lazy(
            "A PDF, or a photo (JPEG or PNG), of at most 10 MB. On a phone you can take the photo now."
        ),
        widget=forms.FileInput({"accept": ACCEPT}),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a PDF or a photo of at most 10 MB."),
            "invalid": gettext_lazy("Choose a PDF or a photo of at most 10 MB."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=DocumentKind,
        initial=DocumentKind.LETTER,
        widget=Segments("seg-list"),
    )
    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("A few words, so that a colleague knows without opening it."),
        max_length=120,
    )
    dated_on = DayField(label=gettext_lazy("Date on it"), initial=today)
    certificate = forms.ModelChoiceField(
        Certificate.objects.none(), label=gettext_lazy("Belongs to certificate"), required=False
    )

    def __init__(self, person: Participant, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_large:
            self.fields["file"].error_messages["required"] = str(WRONG["large"])
        field = cast("forms.ModelChoiceField[Certificate]", self.fields["certificate"])
        field.queryset = Certificate.objects.filter(participant=person).order_by("-dated_on", "pk")
        field.empty_label = gettext_lazy("None")
        if not field.queryset.exists():
            del self.fields["certificate"]

    def clean_file(self) -> Received:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        file.seek(0)
        try:
            return receive(file.read(), file.name or "")
        except Wrong as wrong:
            raise ValidationError(WRONG[wrong.reason]) from None
