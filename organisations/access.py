"""How a view asks who may do what. The roles and their rights stand in ``organisations.roles``.

Rows are scoped by ``visible_to(user, permission)`` on each queryset; a view fetches and authorises
in one call. Not yours: 404. Yours, but not allowed: 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from foundation.once import answer_once
from organisations.models import StaffMember
from organisations.roles import Permission, Role, Standing

__all__ = ["Permission", "Role", "StaffRequest", "Standing", "fetch", "requires"]


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: StaffMember


Params = ParamSpec("Params")
View = Callable[Concatenate[StaffRequest, Params], HttpResponseBase]


def requires(permission: Permission) -> Callable[[View[Params]], View[Params]]:
    """Return a decorator that names the one permission of a view and refuses (403) who lacks it.

    A form that comes twice is answered once (``foundation.once``); a view that takes a file asks for that itself, as
    nothing may look into such a request before it has said how the file is received.

    A generated test visits every address as every role; a view without this decorator fails it.
    """

    def decorate(view: View[Params]) -> View[Params]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: Params.args, **kwargs: Params.kwargs) -> HttpResponseBase:
            if permission is not Permission.PUBLIC and not request.user.standing.may(permission):
                raise PermissionDenied
            if permission is Permission.PUBLIC or _receives_itself(request):
                return view(request, *args, **kwargs)
            return answer_once(request, lambda: view(request, *args, **kwargs))

        guarded.permission = permission  # type: ignore[attr-defined]
        if permission is Permission.PUBLIC:
            guarded.login_required = False  # type: ignore[attr-defined]
        return guarded

    return decorate


def _receives_itself(request: HttpRequest) -> bool:
    """Whether the view says how a file is received, before anything looks into the request (``foundation.uploads``)."""
    return bool(request.resolver_match and getattr(request.resolver_match.func, "csrf_exempt", False))


class Scoped(Protocol):
    """A queryset that knows which rows somebody may see under a permission."""

    def visible_to(self, member: StaffMember, permission: Permission) -> Any: ...


def fetch(queryset: Scoped, request: StaffRequest, permission: Permission, **lookup: object) -> Any:
    """Return the one row of ``queryset`` that matches, if this person may see it under ``permission``.

    Raises Http404 when there is no such row or it is not theirs: from outside the two look the same.
    """
    return get_object_or_404(cast("models.QuerySet[Any]", queryset.visible_to(request.user, permission)), **lookup)
