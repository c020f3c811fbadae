"""Addresses of version 1. The names of views are the operations of the description."""

from django.urls import path, re_path

from articles.api.v1.views import articles, changes, history, root, schema

urlpatterns = [
    path("", root.Start.as_view(), name="api-root"),
    path("articles/", articles.Articles.as_view(), name="api-articles"),
    path("articles/<str:item>/", articles.ArticleDetail.as_view(), name="api-article"),
    path("articles/<str:item>/editions/", history.Editions.as_view(), name="api-editions"),
    path("articles/<str:item>/editions/<str:number>/", history.EditionRecord.as_view(), name="api-edition"),
    path(
        "articles/<str:item>/editions/<str:number>/document/",
        history.EditionDocument.as_view(),
        name="api-document",
    ),
    path("changes/", changes.Journal.as_view(), name="api-changes"),
    path("schema/", schema.Schema.as_view(), name="api-schema"),
    path("problems/<slug:name>/", root.ProblemPage.as_view(), name="api-problem"),
    re_path(r"", root.unknown_address),
]
