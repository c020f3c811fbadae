"""Form fields for text: brought into its one form, or refused, before a validator or sanitiser sees it."""

from typing import Any

from django import forms

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.problems import Refused
from articles.content.fields import LineField, PassageField, RichTextField
from articles.content.words import validation_error
from articles.publishing.own_addresses import own_item

TextColumn = LineField | PassageField | RichTextField


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
    """Rich text; an address of ours becomes a link to the article, so that it follows when that moves."""

    def canonical(self, value: str) -> str:
        body, problems = read_html(value, own=own_item)
        if errors := [problem for problem in problems if problem.severity == "error"]:
            raise Refused(errors)
        return editor_html(body)
