from importlib.util import find_spec

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

APPS = ["foundation", "organisations", "participants", "trajectories", "guidance", "reporting"]

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("taal/", include("django.conf.urls.i18n")),
    *(path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")),
    path("inloggen/", auth_views.LoginView.as_view(), name="login"),
    path("uitloggen/", auth_views.LogoutView.as_view(), name="logout"),
]
