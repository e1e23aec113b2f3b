"""The smallest honest Django views on our schema, with login, to hold our pages against: `bench/fences.py` visits them.

No permissions, no read log, no forms, no names of rooms: what a list, a file and a saved session cost at the least.
"""

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.urls import path

from foundation.clock import today
from guidance.models import Session
from participants.models import Participant
from trajectories.models import Trajectory

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "organisations.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
LIST = Template(
    "<table>{% for one in rows %}<tr><td>{{ one.given_names }} {{ one.surname }}</td><td>{{ one.running }}</td>"
    "<td>{{ one.seen }}</td></tr>{% endfor %}</table>"
)
FILE = Template(
    "<h1>{{ one.given_names }} {{ one.surname }}</h1>{% for each in trajectories %}<h2>{{ each.programme.name }}</h2>"
    "{% endfor %}{% for each in sessions %}<p>{{ each.held_on }} {{ each.note }}</p>{% endfor %}"
)


def rows(_request: HttpRequest, unit: uuid.UUID) -> HttpResponse:
    """R-list: 50 people of a unit with their trajectory and newest session."""
    mine = Trajectory.objects.filter(participant=OuterRef("pk"), unit=unit).order_by("-started_on")
    seen = Session.objects.filter(participant=OuterRef("pk")).order_by("-held_on")
    people = Participant.objects.filter(Exists(Trajectory.objects.filter(participant=OuterRef("pk"), unit=unit)))
    found = people.annotate(
        running=Subquery(mine.values("programme__name")[:1]), seen=Subquery(seen.values("held_on")[:1])
    )
    return HttpResponse(LIST.render(Context({"rows": found.order_by("sort_name")[:50]})))


def file(_request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """R-case: one person with trajectories and the 20 newest sessions."""
    one = Participant.objects.get(pk=pk)
    there: dict[str, Any] = {
        "one": one,
        "trajectories": one.trajectories.select_related("programme"),
        "sessions": Session.objects.filter(participant=one).order_by("-held_on")[:20],
    }
    return HttpResponse(FILE.render(Context(there)))


def insert(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """R-insert: one INSERT of a session, and away."""
    told = Trajectory.objects.only("provider_id", "participant_id").get(pk=pk)
    Session.objects.create(
        provider_id=told.provider_id, participant_id=told.participant_id, trajectory=told, held_on=today(),
        kind="individual", attendance="attended", coach_id=request.user.pk, recorded_by_id=request.user.pk,
    )  # fmt: skip
    return HttpResponseRedirect("/")


def nothing(_request: HttpRequest) -> HttpResponse:
    """The first visit, which loads the middleware."""
    return HttpResponse()


urlpatterns = [
    path("", nothing),
    path("list/<uuid:unit>/", rows),
    path("file/<uuid:pk>/", file),
    path("save/<uuid:pk>/", insert),
]
