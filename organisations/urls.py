from django.urls import path

from organisations.views.colours import colours
from organisations.views.folder_imports import folder_import, folder_imports, read_folder_in, throw_folder_away
from organisations.views.home import home
from organisations.views.sign_ins import end_other_sign_ins, end_sign_in, sign_ins, stay_signed_in

app_name = "organisations"
urlpatterns = [
    path("", home, name="home"),
    path("kleuren.css", colours, name="colours"),
    path("importeren/", folder_imports, name="folder_imports"),
    path("importeren/<uuid:pk>/", folder_import, name="folder_import"),
    path("importeren/<uuid:pk>/inlezen/", read_folder_in, name="read_folder_in"),
    path("importeren/<uuid:pk>/weggooien/", throw_folder_away, name="throw_folder_away"),
    path("ingelogd/", sign_ins, name="sign_ins"),
    path("ingelogd/blijven/", stay_signed_in, name="stay_signed_in"),
    path("ingelogd/elders-uitloggen/", end_other_sign_ins, name="end_other_sign_ins"),
    path("ingelogd/<str:pk>/uitloggen/", end_sign_in, name="end_sign_in"),
]
