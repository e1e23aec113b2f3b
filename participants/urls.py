from django.urls import path

from participants.views import exports, files, register, requests, reviewing, shielded

app_name = "participants"
urlpatterns = [
    path("verzoeken/", requests.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.request_page, name="request"),
    path("verzoeken/<uuid:pk>/langer/", requests.extend_request, name="extend_request"),
    path("verzoeken/<uuid:pk>/wissen/", requests.erase_as_asked, name="erase_as_asked"),
    path("dossiers/", files.find_file, name="find_file"),
    path("dossiers/<uuid:pk>/", files.privacy_file, name="privacy_file"),
    path("dossiers/<uuid:pk>/wie-keek/", files.who_looked, name="who_looked"),
    path("dossiers/<uuid:pk>/verzoek/", requests.add_request, name="add_request"),
    path("dossiers/<uuid:pk>/verklaring/", files.add_statement, name="add_statement"),
    path("dossiers/<uuid:pk>/beperken/", files.restrict, name="restrict"),
    path("dossiers/<uuid:pk>/beperken/opheffen/", files.lift_restriction, name="lift_restriction"),
    path("dossiers/<uuid:pk>/langer-bewaren/", files.place_hold, name="place_hold"),
    path("dossiers/<uuid:pk>/langer-bewaren/opheffen/", files.lift_hold, name="lift_hold"),
    path("dossiers/<uuid:pk>/verstrekking/", files.add_disclosure, name="add_disclosure"),
    path("dossiers/<uuid:pk>/op-papier/", exports.ask_export, name="ask_export"),
    path("dossiers/<uuid:pk>/afschermen/", shielded.shield_file, name="shield_file"),
    path("dossiers/<uuid:pk>/afschermen/opheffen/", shielded.lift_shield, name="lift_shield"),
    path("dossiers/<uuid:pk>/uitleg/", shielded.notice, name="notice"),
    path("dossiers/<uuid:pk>/bsn/", shielded.reveal_bsn, name="reveal_bsn"),
    path("afgeschermd/", shielded.emergency, name="emergency"),
    path("wie-keek/", reviewing.log_review, name="log_review"),
    path("wie-keek/steekproef/", reviewing.draw_sample, name="draw_sample"),
    path("wie-keek/steekproef/<uuid:pk>/", reviewing.log_sample, name="log_sample"),
    path("wie-keek/<slug:signal>/", reviewing.log_signal, name="log_signal"),
    path("verwerkingen/", register.register, name="register"),
    path("verwerkingen/gebruikelijk/", register.take_usual_register, name="take_usual_register"),
    path("verwerkingen/<uuid:pk>/", register.edit_activity, name="edit_activity"),
    path("privacy/", register.privacy, name="privacy"),
    path("op-papier/<uuid:pk>/", exports.export, name="export"),
    path("op-papier/<uuid:pk>/meenemen/", exports.download_export, name="download_export"),
]
