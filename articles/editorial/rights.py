"""In which languages somebody may write: data beside the role, a row for each person who is held to one language."""

from collections.abc import Collection
from typing import ClassVar, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import AGGREGATES
from articles.editorial.roles import NotAllowedError, right


class OneLanguage(models.Model):
    """A person who writes in this language only; whoever has no row writes in both."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=[("ru", _("Russian only")), ("en", _("English only"))])

    def __str__(self) -> str:
        return f"{self.user_id} {self.language}"


def languages_of(user: User | AnonymousUser) -> frozenset[Language]:
    """Return the languages in which the person may write what their role lets them write; one query."""
    held_to = OneLanguage.objects.filter(user=user.pk).values_list("language", flat=True).first()
    return frozenset(language for language in LANGUAGES if held_to in (None, language))


def may_write(user: User | AnonymousUser, language: str) -> bool:
    """Return whether the person may change words of texts in this language; the role decides, and the person's row."""
    return language in writable(user)


def writable(user: User | AnonymousUser) -> frozenset[Language]:
    """Return the languages whose words the person may change; the role decides, and the person's row."""
    if not (user.is_active and user.has_perm(right("change", AGGREGATES["article"]))):
        return frozenset()
    return languages_of(user)


def may_compose(user: User | AnonymousUser) -> bool:
    """Return whether the person may change what belongs to no language: blocks, their order, what they place.

    Translators put into words what is there. What is there, those decide who may add to it.
    """
    return user.is_active and user.has_perm(right("add", AGGREGATES["article"]))


def require_words(user: User, languages: Collection[Language]) -> None:
    """Raise NotAllowedError if words were changed in a language in which the person does not write."""
    if not set(languages) <= languages_of(user):
        raise NotAllowedError("write")


def hold_to(user: User, language: str) -> None:
    """Let the person write in one language only; an empty one lets them write in both."""
    if language:
        OneLanguage.objects.update_or_create(user=user, defaults={"language": language})
    else:
        OneLanguage.objects.filter(user=user).delete()
