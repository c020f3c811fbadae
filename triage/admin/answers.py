"""Choosing answers of a protocol by what they say: conditions of rules and of first aid are never typed as codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.admin.widgets import get_select2_language
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from articles.admin.site import desk_site
from articles.canonical.text import excerpt
from articles.content.labels import label
from articles.editorial.roles import right
from triage.protocols.tables import Option, Protocol

# How much of a question and of an answer a chosen one shows.
_QUESTION, _ANSWER = 40, 90


@dataclass(frozen=True)
class Answer:
    """One answer of a protocol; `code` is `question.option`, as conditions are stored."""

    code: str
    question: str
    text: str

    @property
    def words(self) -> str:
        """The answer behind its question, in short: «Посмотрите на обе ноги… — Одна нога отекла»."""
        return f"{excerpt(self.question, _QUESTION)} — {excerpt(self.text, _ANSWER)}"


class Catalogue:
    """The answers of one protocol, read once when first asked for; of no protocol there are none."""

    def __init__(self, protocol: UUID | None) -> None:
        self.protocol = protocol

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """Code to answer, in the order in which they are asked."""
        rows = Option.objects.filter(parent__protocol=self.protocol).select_related("parent")
        in_order = rows.order_by("parent__position", "parent__pk", "ordering", "pk")
        found = [(f"{one.parent.code}.{one.code}", one) for one in in_order]
        return {code: Answer(code, label(one.parent), label(one)) for code, one in found}

    def words(self, code: str) -> str:
        """Return what an answer says; of one that is gone, that it is."""
        if answer := self.answers.get(code):
            return answer.words
        return _("%(code)s: there is no such answer any more") % {"code": code}

    def found(self, typed: str) -> list[Answer]:
        """Return the answers that hold every word, in their question, their own text or their id."""
        words = typed.casefold().split()
        return [
            one
            for one in self.answers.values()
            if all(word in f"{one.question} {one.text} {one.code}".casefold() for word in words)
        ]


class ChosenAnswers(forms.SelectMultiple):
    """The picker of sources, over the answers of one protocol; the page holds the chosen ones, not all of them."""

    def __init__(self, catalogue: Catalogue, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.catalogue = catalogue

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        address = reverse("admin:triage_answers", args=[self.catalogue.protocol]) if self.catalogue.protocol else ""
        return super().build_attrs(base_attrs, extra_attrs) | {
            "class": "admin-autocomplete",
            "data-ajax--cache": "true",
            "data-ajax--delay": 150,
            "data-ajax--type": "GET",
            "data-ajax--url": address,
            "data-theme": "admin-autocomplete",
            "data-allow-clear": "false",
            "data-placeholder": "",
            "lang": get_select2_language(),
        }

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        options = [
            self.create_option(name, code, self.catalogue.words(code), True, number)
            for number, code in enumerate(value)
        ]
        return [(None, options, 0)]


class AnswersField(forms.Field):
    """Conditions as they are stored, one answer a line; the form sends each chosen one as a value of its own."""

    default_error_messages = {"unknown": gettext_lazy("The protocol has no answer %(code)s. Choose it from the list.")}

    def __init__(self, *, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(widget=ChosenAnswers(catalogue), **kwargs)
        self.catalogue = catalogue
        # What was chosen before may lack its answer by now: that is a finding, and no reason to lose the rest.
        self.stored: frozenset[str] = frozenset()

    def prepare_value(self, value: Any) -> list[str]:
        return codes(value)

    def to_python(self, value: Any) -> str:
        """Return the chosen codes, one a line, each once; raise ValidationError for what is no answer."""
        chosen = list(dict.fromkeys(codes(value)))
        for code in chosen:
            if code not in self.catalogue.answers and code not in self.stored:
                raise ValidationError(self.error_messages["unknown"], code="unknown", params={"code": code[:50]})
        return "\n".join(chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return codes(initial) != codes(data)


def codes(value: Any) -> list[str]:
    """Return the answers that a stored text or a posted list names."""
    lines = value if isinstance(value, list | tuple) else str(value or "").split("\n")
    return [line.strip() for line in lines if line.strip()]


@desk_site.page("triage/answers/<uuid:protocol>/", name="triage_answers")
@require_GET
def find_answers(request: HttpRequest, protocol: UUID) -> JsonResponse:
    """Answer with the protocol's answers that hold every word of `term`, under their questions."""
    if not request.user.has_perm(right("view", Protocol)):
        raise PermissionDenied
    groups: dict[str, list[dict[str, str]]] = {}
    for answer in Catalogue(protocol).found(request.GET.get("term", "")):
        groups.setdefault(answer.question, []).append({"id": answer.code, "text": answer.text})
    results = [{"text": question, "children": answers} for question, answers in groups.items()]
    return JsonResponse({"results": results, "pagination": {"more": False}})
