"""The form at the door."""

from django.contrib.auth.forms import AuthenticationForm

from foundation.forms import HouseMixin


class SignInForm(HouseMixin, AuthenticationForm):
    """Sign in with e-mail address and password. What is missing is called by its name, as in every form of ours."""
