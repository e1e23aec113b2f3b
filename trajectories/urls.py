from django.urls import path

from trajectories.views import moves, provisions, retention, undoing

app_name = "trajectories"
urlpatterns = [
    path("trajecten/<uuid:pk>/starten/", moves.start, name="start"),
    path("trajecten/<uuid:pk>/pauzeren/", moves.pause, name="pause"),
    path("trajecten/<uuid:pk>/terugval/", moves.relapse, name="relapse"),
    path("trajecten/<uuid:pk>/weer-gestart/", moves.resume, name="resume"),
    path("trajecten/<uuid:pk>/proef/", moves.trial, name="trial"),
    path("trajecten/<uuid:pk>/verlengen/", moves.extend, name="extend"),
    path("trajecten/<uuid:pk>/begeleider/", moves.change_coach, name="change_coach"),
    path("trajecten/<uuid:pk>/gaat-niet-door/", moves.cancel, name="cancel"),
    path("trajecten/<uuid:pk>/nazorg/", moves.aftercare, name="aftercare"),
    path("gebeurtenissen/<uuid:pk>/ongedaan-maken/", undoing.void, name="void"),
    path("gebeurtenissen/<uuid:pk>/terugdraaien/", undoing.undo, name="undo"),
    path("deelnemers/<uuid:pk>/voorzieningen/", provisions.provisions, name="provisions"),
    path("deelnemers/<uuid:pk>/arbeidsvermogen/", provisions.record_position, name="record_position"),
    path("trajecten/<uuid:pk>/voorziening/", provisions.add_provision, name="add_provision"),
    path("bewaren/", retention.retention, name="retention"),
    path("bewaren/gebruikelijk/", retention.take_usual_classes, name="take_usual_classes"),
    path("bewaren/termijn/<uuid:pk>/", retention.edit_class, name="edit_retention_class"),
    path("bewaren/termijn/nieuw/", retention.add_class, name="add_retention_class"),
    path("bewaren/lijst/", retention.make_list, name="make_destruction_list"),
    path("bewaren/lijst/<uuid:pk>/", retention.destruction_list, name="destruction_list"),
    path("bewaren/lijst/<uuid:pk>/akkoord/", retention.approve_list, name="approve_destruction_list"),
    path("bewaren/lijst/<uuid:pk>/niet-doen/", retention.discard_list, name="discard_destruction_list"),
    path("bewaren/dossier/<uuid:pk>/", retention.keep_file, name="keep_file"),
    path("voorzieningen/<uuid:pk>/aanpassen/", provisions.change_provision, name="change_provision"),
    path("voorzieningen/<uuid:pk>/afsluiten/", provisions.end_provision, name="end_provision"),
    path("voorzieningen/<uuid:pk>/weghalen/", provisions.remove_provision, name="remove_provision"),
]
