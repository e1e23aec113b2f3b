"""The forms of an organisation: the door, one's own account, and moving in."""

from typing import Any, cast

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm, HouseMixin
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from organisations.signing_in import goes_elsewhere
from organisations.zips import check_zip


class SignInForm(HouseMixin, AuthenticationForm):
    """Sign in with e-mail address and password. What is missing is called by its name, as in every form of ours."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Whose organisation signs its own people in has no password here. Said to who knows the password only."""
        super().confirm_login_allowed(user)
        if elsewhere := goes_elsewhere(user):
            words = _("You log in through %(organisation)s. Choose that below, not your password.")
            raise ValidationError(words % {"organisation": elsewhere.organisation.name})


class SecondStepForm(HouseForm):
    """The code of an app, or one from paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the code.")},
    )


class OwnAccountForm(HouseForm):
    """What somebody changes in how they sign in: the password is asked once more, as nobody else knows it."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, member: StaffMember, *args: Any, **kwargs: Any) -> None:
        self.request, self.member = request, member
        is_asked = kwargs.pop("asks_password", True)
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["password"]

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if authenticate(self.request, username=self.member.email, password=password) != self.member:
            raise ValidationError(_("This is not your password."))
        return password


class ConfirmAppForm(OwnAccountForm):
    """The first code that a new app makes, and what to call it."""

    name = forms.CharField(
        label=_("What do you call it?"), max_length=60, required=False, help_text=_("For example: my phone.")
    )
    code = forms.CharField(
        label=_("The code that the app shows"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-short"}),
    )
    field_order = ("code", "name", "password")


class AddPasskeyForm(OwnAccountForm):
    """What the browser says of a new passkey, and what to call it."""

    name = forms.CharField(
        label=_("What do you call it?"), max_length=60, required=False, help_text=_("For example: my laptop.")
    )
    answer = forms.CharField(
        widget=forms.HiddenInput(), error_messages={"required": _("The browser made no passkey. Try again.")}
    )
    field_order = ("name", "password", "answer")


class ChangePasswordForm(OwnAccountForm):
    """The password of now, and a new one twice."""

    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("12 characters or more. Three or four words that do not belong together are best."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, once more"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.member)
        if password == self.cleaned_data.get("password"):
            raise ValidationError(_("This is the password that you have now. Choose another."))
        return password

    def clean_again(self) -> str:
        if (again := str(self.cleaned_data["again"])) != self.cleaned_data.get("new_password", again):
            raise ValidationError(_("The two new passwords are not the same. Type them again."))
        return again


class ResetFactorsForm(HouseForm):
    """Why somebody's second steps are taken away."""

    reason = forms.CharField(
        label=_("How do you know that it is them, and what did they lose?"),
        help_text=_("This stays in the log, and they get an e-mail."),
        max_length=300,
        min_length=10,
        widget=forms.Textarea({"rows": 3}),
    )


class UploadFolderForm(HouseForm):
    """A folder of CSV files, as a zip, and for which provider it is."""

    provider = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For which provider?"),
        error_messages={"required": _("Choose a provider.")},
    )
    file = forms.FileField(
        label=_("The zip with the files"),
        help_text=_("At most 30 MB. We keep it locked until you have read it in or thrown it away."),
        error_messages={
            "required": _("Choose a zip file of at most 30 MB."),
            "empty": _("This file is empty. Choose another."),
            "missing": _("Choose a zip file of at most 30 MB."),
        },
    )

    def __init__(self, member: StaffMember, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=member.standing.providers(Permission.CONFIGURE)).order_by("name")
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["provider"])
        field.queryset, field.empty_label, field.initial = own, None, own.first()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_zip(file)
        return file
