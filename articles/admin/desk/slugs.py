"""A form of what has a page: an address that belongs to something else is said at its field, with the other's name."""

from typing import Any

from django.utils.translation import gettext as _

from articles.admin.desk.objects import DeskForm
from articles.canonical.languages import LANGUAGES
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


def _sentence(slug: str, holder: Holder) -> str:
    words = (
        _("The address “%(slug)s” once led to “%(name)s” and still leads there. Choose another one.")
        if holder.was
        else _("“%(name)s” has the address “%(slug)s” already. Choose another one.")
    )
    return words % {"slug": slug, "name": holder.name}
