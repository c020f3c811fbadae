"""What a save says about translations, noted from the forms; the rules are in `articles/publishing/agreeing.py`."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest

from articles.admin.moments import person
from articles.canonical.languages import Language
from articles.content.aggregates import dump
from articles.content.desk_object import DeskObject
from articles.editorial.revisions import with_rows_again
from articles.publishing.agreeing import NOTHING_BEFORE, Before, before, note

# Ticked where only the wording of one language changed; never a field of a form of ours: an underscore comes first.
THIS_LANGUAGE_ONLY = "_this_language_only"


def look(request: HttpRequest, obj: DeskObject) -> None:
    """Keep what the object and the parts that show it were, ahead of the first change of a save."""
    stored = type(obj)._default_manager.get(pk=obj.pk)
    request.desk_before = before(stored)  # type: ignore[attr-defined]


def tell(request: HttpRequest, obj: DeskObject, at: datetime) -> None:
    """Record which translations this save confirms, and which stay as they were."""
    was: Before = getattr(request, "desk_before", NOTHING_BEFORE)
    if any(getattr(one, "brought_back", ()) for one in getattr(request, "desk_formsets", ())):
        # Words that only come back were not written beside what the other language says now.
        was = replace(was, data=with_rows_again(obj, was.data, dump(obj)))
    unseen: frozenset[tuple[str, Language]] = getattr(request, "desk_unseen", frozenset())
    note(
        obj, was, this_language_only=THIS_LANGUAGE_ONLY in request.POST, unseen=unseen, by=person(request), at=at
    )  # fmt: skip
