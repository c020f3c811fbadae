"""The column that names an object in a list."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import models
from django.utils.text import capfirst

from articles.content.labels import label


def named(model: type[models.Model]) -> Callable[[Any], str]:
    """Return the column: the object's name in the interface language, sorted as the list is."""

    @admin.display(description=capfirst(model._meta.verbose_name))
    def name(obj: models.Model) -> str:
        return label(obj)

    return name
