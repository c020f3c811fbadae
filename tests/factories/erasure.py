"""Erasing as two people would, and looking for what is left."""

import json

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

from articles.content.desk_object import DeskObject
from articles.editions.expunged import Expunged
from articles.publishing.expunge import ask_expunge, confirm_expunge
from tests.factories.shelf import later

GROUNDS = "Статья 17, письмо от 20 ноября"


def words_of(*texts: str) -> set[str]:
    """Tables and columns of the database that hold any of these texts, whatever the table belongs to."""
    found: set[str] = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for value in model._base_manager.values_list(field.attname, flat=True):
                    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    if any(word in text for word in texts):
                        found.add(f"{model._meta.label}.{field.attname}")
    return found


def erase(obj: DeskObject, kind: str, vera: User, administrator: User) -> list[Expunged]:
    asked = ask_expunge(kind, obj.pk, reason=GROUNDS, by=vera, at=later(10))
    return confirm_expunge(asked, by=administrator, at=later(20))
