"""Forms of the house: one look for every field, dates and minutes as people write them, errors that say what to do."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import Field
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.refused import Refused

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y"]
# Whoever is guided was born later, and nothing is planned further ahead: a slip of the keyboard.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LONGEST_MINUTES = 600


class HouseHelper(FormHelper):
    """Tells crispy how we draw a form: the screen writes the form tag, the token and the buttons itself."""

    def __init__(self, form: forms.BaseForm | None = None) -> None:
        super().__init__(form)  # type: ignore[no-untyped-call]  # crispy has no types
        self.form_tag = False
        self.disable_csrf = True
        self.use_custom_control = False


class Segments(forms.RadioSelect):
    """A few choices beside each other; `css` sets how the room is divided (seg-visit, seg-next, seg-4).

    With seg-list they stand below each other: for choices that are sentences.
    """

    def __init__(self, css: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.css = css


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "w-short", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show what is no day as plain text: a date picker would leave it out, and the typed text would be lost."""
        context = super().get_context(name, value, attrs)
        text = context["widget"]["value"]
        if text and not _is_day(text):
            context["widget"]["type"] = "text"
        return context


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:  # the form of a day, but there is no such day: 2026-02-30
        return False


class DayField(forms.DateField):
    """A calendar day: from the browser's picker, or typed as 3-11-2026."""

    widget = DayInput
    default_error_messages = {
        "required": gettext_lazy("Fill in a day."),
        "invalid": gettext_lazy("This is not a day we know. Write it like 3-11-2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DAY_FORMATS, **kwargs)
        unlikely = gettext_lazy("Fill in a day between 1900 and 2200.")
        self.validators += [MinValueValidator(FIRST_DAY, unlikely), MaxValueValidator(LAST_DAY, unlikely)]


class MinutesField(forms.IntegerField):
    """A whole number of minutes, 1 to `longest` (600 unless told)."""

    default_error_messages = {
        "required": gettext_lazy("Fill in how many minutes."),
        "invalid": gettext_lazy("Write the minutes as a whole number, like 45."),
    }

    def __init__(self, *, longest: int = LONGEST_MINUTES, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.NumberInput({"class": "w-short", "inputmode": "numeric", "min": 1, "max": longest})
        )
        super().__init__(**kwargs)
        self.validators += [
            MinValueValidator(1, gettext_lazy("Fill in 1 minute or more.")),
            MaxValueValidator(longest, gettext_lazy("Fill in %(limit_value)s minutes or fewer.")),
        ]


class HouseMixin:
    """What every form of ours does: the server checks, not the browser, and a missing answer is called by its name."""

    use_required_attribute = False
    fields: dict[str, Field]
    # Where an action names an answer otherwise than the form does: {name in the action: name of the field}.
    refused_at: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper()
        for name, field in self.fields.items():
            field.error_messages["required"] = _required_message(name, field)

    def refuse(self, refused: Refused) -> None:
        """Show why an action said no, at the field that it names or else above the form."""
        name = self.refused_at.get(refused.field or "", refused.field)
        self.add_error(name if name in self.fields else None, str(refused))  # type: ignore[attr-defined]


class HouseForm(HouseMixin, forms.Form):
    """Base of our forms. A form checks and cleans; saving is what an action does."""


class HouseModelForm(HouseMixin, forms.ModelForm):  # type: ignore[type-arg]  # the model stands in each form's Meta
    """Base of our forms that read their fields from a model."""


def _required_message(name: str, field: Field) -> str:
    """Return the field's own words, or a sentence with its label instead of Django's "This field is required"."""
    own = str(field.error_messages["required"])
    if own != str(Field.default_error_messages["required"]):
        return own
    label = field.label or name.replace("_", " ").capitalize()
    chooses = isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple)
    return (_("Choose an answer at “%(label)s”.") if chooses else _("Fill in “%(label)s”.")) % {"label": label}
