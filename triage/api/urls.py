"""The addresses of a protocol beside those that every kind has (`articles/api/v1/urls.py`)."""

from django.urls import path

from triage.api import views

urlpatterns = [
    path("protocols/<str:item>/decide/", views.Decide.as_view(), name="api-decide"),
    path("protocols/<str:item>/fhir/", views.FhirQuestionnaire.as_view(), name="api-fhir"),
]
