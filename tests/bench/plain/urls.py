"""Addresses of the plain site."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tests.bench.plain import views

router = SimpleRouter()
router.register("articles", views.Articles, basename="article")

urlpatterns = [
    path("api/", include(router.urls)),
    path("<str:language>/articles/", views.listed),
    path("<str:language>/articles/<slug:slug>/", views.page),
]
