"""Which address leads where. Each app keeps its own; the sign-in page and the administration stand here."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path
from django.views.i18n import set_language

from organisations.access import requires
from organisations.forms import SignInForm
from organisations.roles import Permission

APPS = ["organisations", "trajectories", "guidance", "reporting"]
sign_in = auth_views.LoginView.as_view(authentication_form=SignInForm)

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("taal/", requires(Permission.PUBLIC)(set_language), name="set_language"),
    *(path("", include(f"{app}.urls")) for app in APPS),
    path("inloggen/", requires(Permission.PUBLIC)(sign_in), name="login"),
    path("uitloggen/", requires(Permission.PUBLIC)(auth_views.LogoutView.as_view()), name="logout"),
]
