from django.urls import path

from organisations.views.accounts import change_password, reset_factors
from organisations.views.colours import colours
from organisations.views.factors import add_passkey, begin_app, remove_factor, renew_codes, set_up, set_up_app
from organisations.views.folder_imports import folder_import, folder_imports, read_folder_in, throw_folder_away
from organisations.views.home import home
from organisations.views.openid import openid_return, openid_start
from organisations.views.second_step import passkey_sign_in, second_step
from organisations.views.sign_ins import end_other_sign_ins, end_sign_in, sign_ins, stay_signed_in

app_name = "organisations"
urlpatterns = [
    path("", home, name="home"),
    path("kleuren.css", colours, name="colours"),
    path("importeren/", folder_imports, name="folder_imports"),
    path("importeren/<uuid:pk>/", folder_import, name="folder_import"),
    path("importeren/<uuid:pk>/inlezen/", read_folder_in, name="read_folder_in"),
    path("importeren/<uuid:pk>/weggooien/", throw_folder_away, name="throw_folder_away"),
    path("inloggen/stap-twee/", second_step, name="second_step"),
    path("inloggen/passkey/", passkey_sign_in, name="passkey_sign_in"),
    path("inloggen/via/<slug:slug>/", openid_start, name="openid_start"),
    path("inloggen/terug/<slug:slug>/", openid_return, name="openid_return"),
    path("ingelogd/", sign_ins, name="sign_ins"),
    path("ingelogd/blijven/", stay_signed_in, name="stay_signed_in"),
    path("ingelogd/elders-uitloggen/", end_other_sign_ins, name="end_other_sign_ins"),
    path("ingelogd/instellen/", set_up, name="set_up"),
    path("ingelogd/app/nieuw/", begin_app, name="begin_app"),
    path("ingelogd/app/", set_up_app, name="set_up_app"),
    path("ingelogd/passkey/", add_passkey, name="add_passkey"),
    path("ingelogd/stap/<uuid:pk>/weghalen/", remove_factor, name="remove_factor"),
    path("ingelogd/herstelcodes/", renew_codes, name="renew_codes"),
    path("ingelogd/wachtwoord/", change_password, name="change_password"),
    path("accounts/<uuid:pk>/tweede-stap/", reset_factors, name="reset_factors"),
    path("ingelogd/<str:pk>/uitloggen/", end_sign_in, name="end_sign_in"),
]
