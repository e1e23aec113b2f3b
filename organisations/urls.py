from django.urls import path

from organisations.views.colours import colours
from organisations.views.home import home

app_name = "organisations"
urlpatterns = [
    path("", home, name="home"),
    path("kleuren.css", colours, name="colours"),
]
