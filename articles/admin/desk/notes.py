"""What the press would still ask for, said beside the field where it is typed; it never keeps a form from being saved.

Problems name fields by model, id and column; a form knows which of them it shows. What lies in another object is said
at the field that chose this object, and in the list above the form with a link to the other's form.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.forms import BaseForm, ModelForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.admin.press import addresses
from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, kind_of
from articles.content.completeness import problems
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.part_completeness import part_problems, problems_of
from articles.content.problems import DeskProblem
from articles.publishing.desks import ITEMS
from articles.publishing.parts import SHARED

# In the object's own form its name need not be said again.
_HERE: Mapping[str, Promise] = {
    "quote-missing": _("The quote has no words in this language."),
    "box-untitled": _("There is no title in this language."),
    "table-untitled": _("There is no title in this language."),
    "accounts-untitled": _("There is no title in this language."),
    "box-without-signs": _("No sign is named in this language."),
    "box-sourceless": _("The box needs at least one source."),
    "box-without-number": _("The box asks to call, but no emergency service is chosen."),
    "box-placeholder": _("%(what)s is not filled in here: only {emergency} is, in the title and in what to do."),
    "table-without-options": _("The table has no option in this language."),
    "option-missing": _("The option has no words in this language."),
    "option-incomplete": _("The option does not say this in this language."),
    "option-sourceless": _("The option needs at least one source."),
    "accounts-noteless": _("There is no neutral note in this language."),
    "accounts-too-few": _("At least two quotes with words in this language are needed."),
    "picture-without-alt": _("There are no words instead of the picture in this language."),
    "speaker-nameless": _("There is no name in this language."),
    "service-nameless": _("There is no name in this language."),
    "source-unnamed": _("A source needs a title, or a publisher with a date."),
}

Place = tuple[str, str]


@dataclass(frozen=True)
class Note:
    """A problem as the form says it: a sentence for its field, and one for a list that names what it speaks of.

    `field` is the id of the field on the page, empty where `url` leads elsewhere; `is_inside` says that the problem
    lies in what the field has chosen.
    """

    language: str
    sentence: str
    listed: str
    field: str = ""
    url: str = ""
    is_inside: bool = False


def missing(obj: DeskObject) -> dict[str, list[DeskProblem]]:
    """Return for each language everything that keeps the object from its readers."""
    kind = kind_of(obj)
    reads = SHARED[kind].reads if kind in SHARED else ()
    models.prefetch_related_objects([obj], *reads)
    return {language: _ask(kind, obj, language) for language in LANGUAGES}


def beside_fields(
    obj: DeskObject, form: BaseForm, rows: Iterable[ModelForm], found: Mapping[str, list[DeskProblem]]
) -> dict[str, list[Note]]:
    """Give every field of the forms its notes, as `desk_notes`, and return all of them by language for the top."""
    page = _Page(obj, form, rows, found)
    noted = {language: [page.note(problem) for problem in one] for language, one in found.items()}
    # Two fields that lack the same are one line of the list, which leads to the first.
    return {
        language: list({note.listed: note for note in reversed(one)}.values())[::-1] for language, one in noted.items()
    }


def _ask(kind: str, obj: Any, language: Any) -> list[DeskProblem]:
    # A person who is only quoted needs no page, so nothing of a page is asked for until it has an address.
    is_page = kind in ITEMS and not (isinstance(obj, Expert) and not (obj.slug_ru or obj.slug_en))  # type: ignore[attr-defined]
    return problems(obj, language) if is_page else part_problems(obj, language)


class _Page:
    """The forms on one page, and which of their fields a problem belongs to."""

    def __init__(
        self, obj: DeskObject, form: BaseForm, rows: Iterable[ModelForm], found: Mapping[str, list[DeskProblem]]
    ) -> None:
        self.obj = obj
        self.forms: dict[Place, Any] = {_place(obj): form}
        self.forms |= {_place(row.instance): row for row in rows if not row.instance._state.adding}
        self.chosen = {pk: (one, name) for one in self.forms.values() for name, pk in _chosen(one)}
        # What a row shows may lack something deep inside; only the row that shows it is on this page.
        wanted = {problem for one in found.values() for problem in one if self._own(problem) is None}
        self.inside: dict[DeskProblem, tuple[BaseForm, str]] = {}
        for one, name, placed in self._placed() if wanted else ():
            for problem in (problem for language in LANGUAGES for problem in problems_of(placed, language)):
                if problem in wanted:
                    self.inside.setdefault(problem, (one, name))

    def note(self, problem: DeskProblem) -> Note:
        own = self._own(problem)
        words = _HERE.get(problem.code) if own else None
        sentence = str(words) % dict(problem.params) if words else problem.sentence
        listed = sentence if problem.where.id == str(self.obj.pk) else problem.sentence
        place = own or self.chosen.get(problem.where.id) or self.inside.get(problem)
        if place and place[1] not in place[0].fields:
            # What concerns both languages stands at the first.
            either = (f"{place[1]}_{language}" for language in LANGUAGES)
            place = next(((place[0], name) for name in either if name in place[0].fields), place)
        if place is None or place[1] not in place[0].fields:
            url = addresses.place(problem.where, kind_of(self.obj), self.obj.pk)
            is_here = url.startswith(addresses.form_of(self.obj))
            return Note(problem.language, sentence, listed, url="" if is_here else url)
        one, name = place
        field = one.fields[name]
        note = Note(problem.language, sentence, listed, one[name].id_for_label, is_inside=problem in self.inside)
        # What has no language is asked for in both; once is enough to read.
        said = [other.sentence for other in getattr(field, "desk_notes", [])]
        if sentence not in said:
            setattr(field, "desk_notes", [*getattr(field, "desk_notes", []), note])  # noqa: B010
            _describe(one, name)
        return note

    def _own(self, problem: DeskProblem) -> tuple[BaseForm, str] | None:
        form = self.forms.get((problem.where.model, problem.where.id))
        return (form, problem.where.column) if form is not None else None

    def _placed(self) -> Iterator[tuple[Any, str, models.Model]]:
        for one in self.forms.values():
            for name, field in one.fields.items():
                queryset = getattr(field, "queryset", None)
                if queryset is None or queryset.model not in AGGREGATES.values():
                    continue
                if getattr(one.instance, f"{name}_id", None):
                    yield one, name, getattr(one.instance, name)


def _place(obj: models.Model) -> Place:
    return str(obj._meta.model_name), str(obj.pk)


def _chosen(form: Any) -> Iterator[tuple[str, str]]:
    """Each field that chooses one object, with the id of what is chosen."""
    for name, field in form.fields.items():
        if hasattr(field, "queryset") and (key := getattr(form.instance, f"{name}_id", None)):
            yield name, str(key)


def _describe(form: BaseForm, name: str) -> None:
    """Whoever hears the field hears its notes, after its help."""
    field, id = form.fields[name], form[name].id_for_label
    described = [f"{id}_helptext"] if field.help_text else []
    widget: Any = getattr(field.widget, "widget", field.widget)
    widget.attrs["aria-describedby"] = " ".join([*described, f"{id}_notes"])
