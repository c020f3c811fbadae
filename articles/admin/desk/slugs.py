"""A form of what has a page: an address that belongs to something else is said at its field, with the other's name."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from articles.admin.desk.objects import DeskForm
from articles.canonical.languages import LANGUAGES
from articles.content.addressed import Addressed
from articles.content.aggregates import kind_of
from articles.publishing.slugs import Holder, holder_of


class AddressedForm(DeskForm):
    """The press asks once more, behind its lock: between two saves somebody may take the address."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for language in LANGUAGES:
            field = f"slug_{language}"
            slug = cleaned.get(field)
            if slug and (holder := holder_of(kind_of(self.instance), slug, self.instance.pk)):
                self.add_error(field, _sentence(slug, holder))
        return cleaned


def proposed(obj: Addressed | None) -> dict[str, Sequence[str]]:
    """Return the addresses that a form proposes while the title is typed, for `get_prepopulated_fields`.

    A translation is often written long after the first save. An address that is there stays when the title changes.
    """
    empty = [language for language in LANGUAGES if obj is None or not getattr(obj, f"slug_{language}")]
    return {f"slug_{language}": [f"title_{language}"] for language in empty}


def _sentence(slug: str, holder: Holder) -> str:
    words = (
        _("The address “%(slug)s” once led to “%(name)s” and still leads there. Choose another one.")
        if holder.was
        else _("“%(name)s” has the address “%(slug)s” already. Choose another one.")
    )
    return words % {"slug": slug, "name": holder.name}
