"""The addresses of the triage. No question and no outcome has one: they are answers to forms."""

from django.urls import path

# Reading it registers the kind of path that a language is.
from articles.reader import urls as _reader  # noqa: F401
from triage.pages import views

app_name = "triage"

urlpatterns = [
    path("<language:language>/triage/", views.protocols, name="protocols"),
    path("<language:language>/triage/<slug:slug>/", views.protocol, name="protocol"),
]
