"""The addresses of the triage. No question and no outcome has one: they are answers to forms. The past of a protocol is
told as that of every text."""

from django.urls import path

# Reading it registers the kind of path that a language is.
from articles.reader import urls as reader
from triage.pages import views

app_name = "triage"

urlpatterns = [
    path("<language:language>/triage/", views.protocols, name="protocols"),
    path("<language:language>/triage/<slug:slug>/", views.protocol, name="protocol"),
    *(
        path(f"<language:language>/triage/<slug:slug>/{below}", view, {"kind": "protocol"}, name=f"protocol-{name}")
        for below, (name, view) in reader.PAST.items()
    ),
]
