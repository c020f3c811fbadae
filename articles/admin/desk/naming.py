"""Columns that name an object in a list."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import other_language
from articles.content.labels import label


def named(model: type[models.Model]) -> Callable[[Any], str]:
    """Return the column: the object's name in the interface language, sorted as the list is."""

    @admin.display(description=capfirst(model._meta.verbose_name))
    def name(obj: models.Model) -> str:
        return label(obj)

    return name


@admin.display(description=_("In the other language"))
def other_name(obj: Any) -> SafeString:
    """Return the object's name in the language that the editor does not work in; empty where it has none."""
    language = other_language("en" if (get_language() or "").startswith("en") else "ru")
    return format_html('<span lang="{}">{}</span>', language, obj.name_in(language))
