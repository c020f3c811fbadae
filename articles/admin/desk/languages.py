"""Russian and English side by side: how the form shows which language a field is in."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.admin.desk.choosing import ChosenOne, ChosenSeveral
from articles.admin.desk.rich_text import RichTextArea
from articles.admin.desk.rights import held, locked
from articles.admin.desk.table_area import TableArea
from articles.admin.desk.text_fields import CanonicalRichText, CanonicalText
from articles.content.fields import LineField, PassageField, RichTextField, TableField

NAMES = {"ru": _("in Russian"), "en": _("in English")}

_TEXTS: dict[type[models.Field], tuple[type[CanonicalText], type]] = {
    RichTextField: (CanonicalRichText, RichTextArea),
    LineField: (CanonicalText, AdminTextInputWidget),
    PassageField: (CanonicalText, AdminTextareaWidget),
    TableField: (CanonicalText, TableArea),
}


def language_of(column: models.Field) -> str:
    """Return `ru` or `en` for a column of a translated field, empty for any other."""
    return getattr(column, "language", "") or ""


def name_of(column: models.Field) -> str:
    """Return the field's name for people, without a language."""
    return capfirst(str(getattr(column, "translated_field", column).verbose_name))


def marked(name: str, language: str) -> SafeString:
    """Return a field's label: its name and the mark of its language."""
    return format_html('{} <span class="language-mark" title="{}">{}</span>', name, NAMES[language], language.upper())


def _read_only_words(model: type[models.Model]) -> dict[str, dict[str, str]]:
    """What a form says of columns that a person may only read, which have no form field to say it."""
    columns = [column for column in model._meta.get_fields() if language_of(column)]  # type: ignore[arg-type]
    return {
        "labels": {one.name: f"{name_of(one)} ({language_of(one).upper()})" for one in columns},  # type: ignore[arg-type]
        "help_texts": {one.name: "" for one in columns if language_of(one) != "ru"},  # type: ignore[arg-type]
    }


class Bilingual:
    """Mixed into a model admin or inline: columns get their language, their own text fields and their pickers."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        words = _read_only_words(self.model)  # type: ignore[attr-defined]
        return super().get_form(request, obj, change=change, **(words | kwargs))  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        words = _read_only_words(self.model)  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **(words | kwargs))  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        language = language_of(db_field)
        attrs = {}
        if language:
            kwargs["label"] = marked(name_of(db_field), language)
            attrs["lang"] = language
            if language != "ru":
                # Shown once for the pair: the same sentence twice is only noise.
                kwargs["help_text"] = ""
        for column, (form_class, widget) in _TEXTS.items():
            if isinstance(db_field, column):
                kwargs |= {"form_class": form_class, "column": db_field}
                if isinstance(db_field, PassageField):
                    attrs["rows"] = "3"
                kwargs["widget"] = widget(attrs=attrs)
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and attrs.get("lang"):
            field.widget.attrs.setdefault("lang", language)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Beside a field one may open and add; deleting belongs to the other object's own page, with its guards.
            # Django's own template puts the model's name into a sentence, which Russian grammar does not allow.
            field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.template_name = "admin/articles/related.html"
        # Whoever may only look is shown no fields at all.
        if field is not None and not held(request).may_change(db_field):
            return locked(field, db_field)
        return field

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = ChosenOne(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = ChosenSeveral(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
