"""What somebody sees who guessed too often at the door. Counting is django-axes' work; see the settings."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the address under which guesses are counted: as signing in reads it, so that capitals give no more."""
    return str((credentials or request.POST).get("username", "")).strip().lower()[:254]


def locked_out(request: HttpRequest, _answer: HttpResponse | None, _credentials: object) -> HttpResponse:
    """Say that somebody must wait. The same without an account: nobody learns who works here."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "registration/locked.html", {"minutes": minutes}, status=429)
