"""Everything under /api/: the versions, and a problem document for any other address."""

from django.urls import include, path, re_path

from articles.api.v1.views.root import unknown_address

urlpatterns = [
    path("v1/", include("articles.api.v1.urls")),
    re_path(r"", unknown_address),
]
