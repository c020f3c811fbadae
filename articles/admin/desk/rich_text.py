"""The editor of rich text: a text area that the page's script turns into an editor when its block is opened."""

import re
from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from js_asset import Script

from articles.admin.desk.table_area import words_of_grids
from articles.content.sources import Source

_CITED = re.compile(r'data-source="([0-9a-fA-F-]{36})"')


class RichTextArea(forms.Textarea):
    """Holds the editor's HTML, so a form without its script still sends everything."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({"data-rich-text": "", "class": "vLargeTextField", "rows": "6"} | (attrs or {}))

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["django_prose_editor/editor.css", "articles/admin/desk/rich_text.css"]},
            js=[
                # The picker of "new source" is Django's own popup.
                "admin/js/vendor/jquery/jquery.min.js",
                "admin/js/jquery.init.js",
                "admin/js/admin/RelatedObjectLookups.js",
                Script("articles/admin/desk/rich_text.js", type="module"),
            ],
        )


def settings_of_editors(texts: Iterable[str]) -> dict[str, object]:
    """Return what the editors' script needs: addresses, words, and the names of the sources that `texts` cite."""
    return {
        "editor": static("django_prose_editor/editor.js"),
        "paste": reverse("admin:paste"),
        "pasteTable": reverse("admin:paste_table"),
        "sources": reverse("admin:find_sources"),
        "items": reverse("admin:find_items"),
        "newSource": reverse("admin:articles_source_add"),
        "known": _names(texts),
        "words": _words(),
        "grid": words_of_grids(),
    }


def _names(texts: Iterable[str]) -> dict[str, str]:
    cited = {UUID(id) for text in texts for id in _CITED.findall(text) if id.count("-") == 4}
    return {str(source.id): source.short_name for source in Source.objects.filter(id__in=cited)} if cited else {}


def _words() -> dict[str, str]:
    return {
        "toolbar": gettext("Formatting"),
        "bold": gettext("Bold"),
        "boldSign": pgettext("letter on the button", "B"),
        "italic": gettext("Italic"),
        "italicSign": pgettext("letter on the button", "I"),
        "bullets": gettext("Bulleted list"),
        "numbers": gettext("Numbered list"),
        "heading": gettext("Heading"),
        "subheading": gettext("Smaller heading"),
        "link": gettext("Link"),
        "unlink": gettext("Remove link"),
        "citation": gettext("Source"),
        "citationLong": gettext("Cite a source"),
        "undo": gettext("Undo"),
        "redo": gettext("Redo"),
        "linkTitle": gettext("Link to a page"),
        "linkField": gettext("Address, or words from the title of an article of ours"),
        "linkHelp": gettext("A link to our own article follows it when its address changes."),
        "linkWrong": gettext("Write an address that starts with https://, mailto: or tel:, or choose an article."),
        "sourceField": gettext("Author, year or title"),
        "locator": gettext("Where in the source"),
        "locatorHelp": gettext("Page, section or minute, such as p. 351. May stay empty."),
        "newSource": gettext("New source…"),
        "newSourceHelp": gettext("Opens in a window of its own; your text stays here."),
        "insert": gettext("Insert"),
        "change": gettext("Change"),
        "cancel": gettext("Cancel"),
        "remove": gettext("Remove"),
        "nothing": gettext("Nothing found."),
        "found": gettext("Found: %s"),
        "choose": gettext("Choose one from the list."),
        "unknownSource": gettext("unknown source"),
        "pasting": gettext("Pasting…"),
        "pasted": gettext("Pasted. Please look at this:"),
        "asTable": gettext("Insert as a table block"),
        "asTableHelp": gettext("What you pasted is a table. Here it stands as paragraphs."),
        "pastedOffline": gettext("The server could not check what you pasted; it will be checked when you save."),
        "dismiss": gettext("Close this note"),
    }
