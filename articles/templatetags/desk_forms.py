"""What templates of the desk ask for that is made in Python: the parts of a form that a page has hundreds of."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.admin.desk.fieldsets import fieldset_html
from articles.admin.desk.row_forms import BlankRow, PlacedRow
from articles.admin.desk.row_html import insert_html, row_html, row_list
from articles.reader.templating import html_of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_fieldset(context: Any) -> SafeString:
    """Return the `fieldset` of the admin's own template; what that says of its heading is in the context."""
    heading = f"{context['prefix']}-{context['id_prefix']}-{context['id_suffix']}-heading"
    return fieldset_html(context["fieldset"], level=context.get("heading_level", 2), heading=heading)


@register.simple_tag(takes_context=True)
def desk_row(context: Any, row: PlacedRow | BlankRow) -> SafeString:
    """Return a row of the form."""
    return row_html(row, row_list(context))


@register.simple_tag(takes_context=True)
def desk_insert(context: Any) -> SafeString:
    """Return the button above all rows of the form, for those who may insert one."""
    return insert_html(row_list(context))


@register.simple_tag
def desk_part(name: str, **values: Any) -> SafeString:
    """Return a part that rows and the head of a form have alike."""
    return mark_safe(html_of(f"desk/{name}.html", values))
