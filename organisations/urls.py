from django.urls import path

from organisations.views.colours import colours

app_name = "organisations"
urlpatterns = [
    path("kleuren.css", colours, name="colours"),
]
