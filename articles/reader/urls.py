"""The reader's addresses. What other parts of the project rely on stands in the contract's table of addresses."""

from django.urls import path, register_converter

from articles.reader import views


class LanguageConverter:
    regex = "ru|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

app_name = "reader"

urlpatterns = [
    path("", views.home, name="home"),
    path("<language:language>/", views.language_home, name="language-home"),
    path("<language:language>/articles/", views.articles, name="articles"),
    path("<language:language>/articles/<slug:slug>/", views.article, name="article"),
]
