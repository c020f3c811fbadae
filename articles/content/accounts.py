"""Accounts side by side: what several people or passages say on one point, with a neutral note."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.content.desk_object import DeskObject
from articles.content.fields import LineField, PassageField
from articles.content.ordered_row import OrderedRow
from articles.content.quotes import Attribution, Quote
from articles.content.sources import Source

# Only words under a person's own name can differ from another person's.
BY_NAME = (Attribution.QUOTED, Attribution.REPORTED)


class Accounts(DeskObject):
    title = LineField(_("title"), max_length=200, blank=True, help_text=_("The point on which they are compared."))
    note = PassageField(_("neutral note"), blank=True, help_text=_("What each says and what evidence says. No side."))
    experts_differ = models.BooleanField(
        _("the experts differ"),
        default=False,
        help_text=_("Only if each account is quoted or reported under the speaker's own name."),
    )
    sources = models.ManyToManyField(Source, verbose_name=_("sources of the note"), blank=True, related_name="accounts")

    class Meta:
        verbose_name = _("accounts side by side")
        verbose_name_plural = _("accounts side by side")
        ordering = ["title_ru", "title_en", "id"]

    def name_in(self, language: str) -> str:
        return getattr(self, f"title_{language}")

    def has_words(self, language: str) -> bool:
        """Whether readers of this language would see them: a title or a note, and a quote with words."""
        quoted = any(getattr(row.quote, f"text_{language}") for row in self.entries.all())
        return quoted and bool(getattr(self, f"title_{language}") or getattr(self, f"note_{language}"))


class AccountsEntry(OrderedRow):
    kind = "account"

    parent = models.ForeignKey(Accounts, models.CASCADE, related_name="entries")
    quote = models.ForeignKey(Quote, models.PROTECT, verbose_name=_("quote"), related_name="accounts_entries")

    class Meta(OrderedRow.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(name="a_quote_stands_once_in_accounts", fields=["parent", "quote"])]

    def name_in(self, language: str) -> str:
        return self.quote.name_in(language)
