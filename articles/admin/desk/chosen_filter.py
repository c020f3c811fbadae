"""A filter by another object that is found by typing: a list of all topics would grow with them."""

from typing import Any

from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from articles.admin.desk.choosing import ChosenOne
from articles.admin.site import desk_site
from articles.content.labels import label


class ChosenFilter(FieldListFilter):
    """Filters a list by one object of a relation; the picker is that of the forms."""

    template = "admin/articles/chosen_filter.html"

    def __init__(
        self,
        field: Field,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: ModelAdmin,
        field_path: str,
    ) -> None:
        self.parameter = f"{field_path}__id__exact"
        self.value = (params.get(self.parameter) or [""])[-1]
        super().__init__(field, request, params, model, model_admin, field_path)
        related: Any = field.related_model
        self.chosen = self._chosen(related)
        self.id = f"chosen-{field_path}"
        picker = ChosenOne(field, model_admin.admin_site, attrs={"id": self.id})
        # A field makes a copy of its widget.
        choice = ModelChoiceField(related._default_manager.none(), required=False, widget=picker)
        if self.chosen:
            choice.widget.known = {str(self.chosen.pk): label(self.chosen)}
        self.picker = choice.widget.render(self.parameter, str(self.chosen.pk) if self.chosen else "")

    def _chosen(self, related: Any) -> Model | None:
        try:
            return related._default_manager.filter(pk=self.value).first() if self.value else None
        except ValidationError:
            return None

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter]

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Any:
        """Return what the template shows: the rest of the query, and the way back to the whole list."""
        others = [(name, value) for name, values in changelist.filter_params.items() for value in values]
        kept = [(name, value) for name, value in others if name not in (self.parameter, "p", "e")]
        if changelist.query:
            kept.append(("q", changelist.query))
        return [{"kept": kept, "all": changelist.get_query_string(remove=[self.parameter])}]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value:
            return queryset
        return queryset.filter(**{self.field_path: self.chosen.pk}) if self.chosen else queryset.none()


def media() -> Any:
    """Return what the picker needs on the page of a list."""
    return AutocompleteSelect(None, desk_site).media
