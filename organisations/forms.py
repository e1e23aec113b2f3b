"""The forms of an organisation: the door, and moving in."""

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from foundation.forms import HouseForm, HouseMixin
from organisations.models import Organisation, StaffMember
from organisations.roles import Permission
from organisations.zips import check_zip


class SignInForm(HouseMixin, AuthenticationForm):
    """Sign in with e-mail address and password. What is missing is called by its name, as in every form of ours."""


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
