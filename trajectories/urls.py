from django.urls import path

from trajectories.views import moves, undoing

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
]
