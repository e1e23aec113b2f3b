from django.urls import path

from reporting.views import dashboard, definitions, figures, reports

app_name = "reporting"
urlpatterns = [
    path("overzicht/", dashboard.dashboard, name="dashboard"),
    path("overzicht/<slug:figure_id>/", figures.figure, name="figure"),
    path("begrippen/", definitions.definitions, name="definitions"),
    path("rapporten/", reports.reports, name="reports"),
    path("rapporten/maken/", reports.make_report, name="make_report"),
    path("rapporten/<uuid:pk>/", reports.report, name="report"),
    path("rapporten/<uuid:pk>/voortgang/", reports.report_progress, name="report_progress"),
    path("rapporten/<uuid:pk>/ondertekenen/", reports.sign_report, name="sign_report"),
    path("rapporten/<uuid:pk>/weggooien/", reports.discard_report, name="discard_report"),
    path("rapporten/<uuid:pk>/opnieuw/", reports.retry_report, name="retry_report"),
    path("rapporten/<uuid:pk>/bestanden/<uuid:file>/", reports.download_report, name="download_report"),
]
