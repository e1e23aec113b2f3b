"""Which address leads where. Each app keeps its own; the sign-in page and the administration stand here."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.views.i18n import set_language

from config.health import livez, readyz
from config.security_txt import security_txt
from organisations.access import requires
from organisations.roles import Permission
from organisations.views.sign_ins import SignInView

handler500 = "config.outage.server_error"
APPS = ["organisations", "participants", "trajectories", "guidance", "reporting"]


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it kept; over plain HTTP it may keep it."""
    response = auth_views.LogoutView.as_view()(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def to_the_one_door(request: HttpRequest) -> HttpResponse:
    """The administration has no door of its own: it would not know of a second step."""
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


urlpatterns = [
    path("beheer/login/", requires(Permission.PUBLIC)(to_the_one_door), name="admin_door"),
    path("beheer/", admin.site.urls),
    path("taal/", requires(Permission.PUBLIC)(set_language), name="set_language"),
    *(path("", include(f"{app}.urls")) for app in APPS),
    path("inloggen/", requires(Permission.PUBLIC)(SignInView.as_view()), name="login"),
    path("uitloggen/", requires(Permission.PUBLIC)(sign_out), name="logout"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
