from django.urls import path

from organisations.views.colours import colours
from organisations.views.home import home
from organisations.views.sign_ins import end_other_sign_ins, end_sign_in, sign_ins, stay_signed_in

app_name = "organisations"
urlpatterns = [
    path("", home, name="home"),
    path("kleuren.css", colours, name="colours"),
    path("ingelogd/", sign_ins, name="sign_ins"),
    path("ingelogd/blijven/", stay_signed_in, name="stay_signed_in"),
    path("ingelogd/elders-uitloggen/", end_other_sign_ins, name="end_other_sign_ins"),
    path("ingelogd/<str:pk>/uitloggen/", end_sign_in, name="end_sign_in"),
]
