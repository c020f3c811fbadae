"""Which wording of the original a translation was written against, noted while it is saved.

Both languages stand side by side in the form, so whoever writes the translation has the original before them: saving a
changed translation says that it says what the original says now. Saving a changed original says nothing of the kind,
whoever does it: the translation was written against the old wording, and stays *behind* until it is changed or
confirmed on the publishing page.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.forms import ModelForm

from articles.canonical.canonical_json import digest
from articles.canonical.languages import LANGUAGES
from articles.content.blocks import Block, QuoteBlock
from articles.content.quotes import Quote
from articles.content.texts import Text
from articles.editorial.confirmations import confirm, confirmed
from articles.publishing.compose import compose

# The part of a quote that is confirmed at the quote itself, for articles that place it later.
_WORDS = "text"


def note_article(article: Text, form: ModelForm, blocks: Iterable[ModelForm], *, by: User, at: datetime) -> None:
    """Confirm the parts whose translation this save changed, against the original as it now is."""
    language = article.translation_language
    changed = [
        str(block.instance.id)
        for block in blocks
        if isinstance(block.instance, Block) and _translation_changed(block, article)
    ]
    if {f"title_{language}", f"summary_{language}"} & set(form.changed_data):
        changed.append("head")
    _confirm(article, changed, by=by, at=at)


def note_quote(quote: Quote, changed: Iterable[str], *, by: User, at: datetime) -> None:
    """Confirm the quote's changed languages for every article that shows it in translation, and for later ones.

    `changed` are names of columns.
    """
    languages = [language for language in LANGUAGES if f"text_{language}" in changed]
    for language in languages:
        confirm(quote.pk, language, {_WORDS: _other_words(quote, language)}, by=by, at=at)
    placed = QuoteBlock.objects.filter(quote=quote).select_related("parent")
    for block in placed:
        if block.parent.translation_language in languages:
            _confirm(block.parent, [str(block.id)], by=by, at=at)


def _translation_changed(form: ModelForm, article: Text) -> bool:
    block = form.instance
    if isinstance(block, QuoteBlock):
        # The words were translated at the quote; placing it elsewhere adds nothing if its original moved on since.
        language = article.translation_language
        agreed = confirmed(block.quote_id, language).get(_WORDS)
        return "quote" in form.changed_data and agreed == _other_words(block.quote, language)
    return any(name.endswith(f"_{article.translation_language}") for name in form.changed_data)


def _other_words(quote: Quote, language: str) -> str:
    return digest(quote.text_en if language == "ru" else quote.text_ru)  # type: ignore[attr-defined]


def _confirm(article: Text, parts: list[str], *, by: User, at: datetime) -> None:
    if not parts:
        return
    original = compose(article, article.original_language).document.parts()  # type: ignore[arg-type]
    translated = compose(article, article.translation_language).document.parts()  # type: ignore[arg-type]
    known = {part: original[part] for part in parts if part in original and part in translated}
    confirm(article.pk, article.translation_language, known, by=by, at=at)
