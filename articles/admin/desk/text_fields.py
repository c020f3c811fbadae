"""Form fields for text: brought into its one form, or refused, before a validator or sanitiser sees it."""

from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.problems import Refused
from articles.content.fields import LineField, PassageField, RichTextField, TableField
from articles.content.words import validation_error
from articles.publishing.own_addresses import own_item

TextColumn = LineField | PassageField | TableField | RichTextField


class CanonicalText(forms.CharField):
    """Text of a column in its one form.

    Django's own field strips, and complains of NUL in words of its own, before the column's rules are asked; a lone
    surrogate makes its validators raise UnicodeEncodeError.
    """

    def __init__(self, *, column: TextColumn, **kwargs: Any) -> None:
        kwargs.pop("strip", None)
        super().__init__(strip=False, **kwargs)
        self.column = column

    def to_python(self, value: Any) -> str:
        """Return the text in its one form; raise ValidationError with every reason at once."""
        try:
            return self.canonical(value or "")
        except Refused as refusal:
            raise validation_error(refusal.problems) from refusal

    def canonical(self, value: str) -> str:
        return self.column.canonical(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the words differ: other white space or other HTML for the same text is no change."""
        try:
            return self.canonical(data or "") != (initial or "")
        except Refused:
            return True


class CanonicalRichText(CanonicalText):
    """Rich text; an address of ours becomes a link to the item, so that it follows when that moves."""

    def to_python(self, value: Any) -> str:
        """Return the editor's HTML of the text; raise ValidationError for what the sanitiser would not let through.

        Our parser and writer know nothing but the vocabulary, so the sanitiser has nothing to do. If it ever has, the
        fault is ours, and the text is refused rather than changed.
        """
        html = super().to_python(value)
        if read_html(sanitised(html)) != read_html(html):
            raise ValidationError(
                _("The text holds something that may not be published. Look at its links and at what was pasted."),
                code="not-sanitary",
            )
        return html

    def canonical(self, value: str) -> str:
        body, problems = read_html(value, own=own_item)
        if errors := [problem for problem in problems if problem.severity == "error"]:
            raise Refused(errors)
        return editor_html(body)


def sanitised(html: str) -> str:
    """Return HTML of the editor with nothing but the elements and addresses that rich text may hold."""
    return nh3.clean(
        html,
        tags={"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "i", "a", "cite", "span"},
        attributes={
            "a": {"href", "data-kind", "data-item"},
            "cite": {"data-source", "data-locator"},
            "i": {"lang"},
            "span": {"data-term"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
