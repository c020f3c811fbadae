"""Columns for text. Whatever the way in (form, loader, shell), a value is brought into its one form or refused.

Django runs validators in forms only; `pre_save` is passed by every save, so the form is enforced there.
"""

from typing import Any

from django.db import models

from articles.canonical import icd10, text
from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.problems import Problem, Refused
from articles.canonical.table_text import read_table, table_text
from articles.content.words import validation_error


class _Canonical:
    """Mixed into a text field: `canonical` brings a value into its one form or raises Refused."""

    def canonical(self, value: str) -> str:
        raise TypeError(f"{type(self).__name__} does not say what its canonical form is")

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        # First of all: a lone surrogate breaks validators, and nh3, with UnicodeEncodeError.
        try:
            value = self.canonical(value or "")
        except Refused as refusal:
            raise validation_error(refusal.problems) from refusal
        return super().clean(value, model_instance)  # type: ignore[misc]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)  # type: ignore[misc]
        if not isinstance(value, str | None):
            return value
        value = self.canonical(value or "")
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class LineField(_Canonical, models.CharField):
    """One line of plain text."""

    def canonical(self, value: str) -> str:
        return text.line(value)


class CodesField(LineField):
    """Codes of ICD-10 in one line: `R25.2, G25.8`."""

    def canonical(self, value: str) -> str:
        return icd10.codes(value)


class PassageField(_Canonical, models.TextField):
    """Plain text in paragraphs."""

    def canonical(self, value: str) -> str:
        return text.passage(value)


class TableField(_Canonical, models.TextField):
    """A plain table, kept as `canonical.table_text` writes it."""

    def canonical(self, value: str) -> str:
        return table_text(read_table(value))


class RichTextField(_Canonical, models.TextField):
    """The rich-text tree, kept as the HTML that the editor shows (`canonical.html_writing.editor_html`)."""

    def canonical(self, value: str) -> str:
        body, problems = read_html(value)
        errors: list[Problem] = [problem for problem in problems if problem.severity == "error"]
        if errors:
            raise Refused(errors)
        return editor_html(body)
