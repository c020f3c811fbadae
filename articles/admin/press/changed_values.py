"""A frozen part beside the same part at the desk: fields under the names of the forms, values in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.content.accounts import AccountsEntry
from articles.content.evidence import EvidenceRow, EvidenceVerdict
from articles.content.labels import label
from articles.content.sources import Source
from articles.editions.weaving import Run, shortened, words

# Where a field of the frozen part comes from a field of another name at the desk.
_FIELDS: Mapping[str, str] = {
    "organisation": "organisation",
    "speaker": "expert",
    "disclosure.state": "disclosure",
    "disclosure.by": "disclosed_by",
    "disclosure.on": "disclosed_on",
    "disclosure.interests": "interests",
    "verdict.state": "verdict",
    "verdict.note": "verdict_note",
    "verdict.sources": "verdict_sources",
    "reply.text": "reply",
    "reply.on": "replied_on",
    "cited": "sources",
}
_NAMES: Mapping[str, Promise] = {
    "mode": pgettext_lazy("of a quote", "wording"),
    "reply": _("reply of the speaker"),
    "rows": EvidenceRow._meta.verbose_name_plural,  # type: ignore[dict-item]
    "entries": AccountsEntry._meta.verbose_name_plural,  # type: ignore[dict-item]
    "renditions": _("files of the picture"),
}
_MODES: Mapping[str, Promise] = {
    "verbatim": _("word for word"),
    "translation": _("our translation"),
    "paraphrase": _("paraphrase"),
}


class Changed(Protocol):
    """A part that differs: its row at the desk, the language, and field to what it was and what it is."""

    @property
    def working(self) -> models.Model: ...

    @property
    def language(self) -> Language: ...

    def fields(self) -> dict[str, tuple[Any, Any]]: ...


@dataclass(frozen=True)
class FieldChange:
    """One field that differs. `language` is that of its words, empty where they are the interface's own."""

    name: str
    language: str
    runs: list[Run]


def field_changes(found: Changed) -> list[FieldChange]:
    """Return what differs, field by field: what it was (such as what readers see) woven together with what it is."""
    names = {str(id): name for id, name in _source_names(found)}
    return [
        FieldChange(
            _name(found.working, field),
            found.language if _is_in_language(found.working, field, was, now) else "",
            shortened(words(_shown(found.working, field, was, names), _shown(found.working, field, now, names))),
        )
        for field, was, now in _flat(found.fields())
        if was != now
    ]


def _flat(fields: Mapping[str, tuple[Any, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Nested values one by one; those of a person or an organisation go by its name alone."""
    for field, (was, now) in fields.items():
        nested = {key for side in (was, now) if isinstance(side, dict) for key in side}
        if not nested:
            yield field, was, now
        elif "name" in nested:
            yield field, (was or {}).get("name", ""), (now or {}).get("name", "")
        else:
            for key in nested:
                yield f"{field}.{key}", (was or {}).get(key, ""), (now or {}).get(key, "")


def _name(working: models.Model, field: str) -> str:
    if field in _NAMES:
        return capfirst(str(_NAMES[field]))
    try:
        column = working._meta.get_field(_FIELDS.get(field, field))
    except FieldDoesNotExist:
        return capfirst(field)
    return capfirst(str(getattr(column, "verbose_name", field)))


def _is_in_language(working: models.Model, field: str, *sides: Any) -> bool:
    listed = any(isinstance(one, dict) for side in sides if isinstance(side, list) for one in side)
    return listed or hasattr(working, f"{_FIELDS.get(field, field)}_ru")


def _shown(working: models.Model, field: str, value: Any, sources: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return "\n".join(_line(item, sources) for item in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field == "mode":
        return str(_MODES[value]) if value else ""
    if field == "source":
        return sources.get(value, "")
    text = "" if value is None else str(value)
    try:
        column = working._meta.get_field(_FIELDS.get(field, field))
    except FieldDoesNotExist:
        return text
    if isinstance(column, models.DateField) and (day := parse_date(text)):
        return date_format(day, "DATE_FORMAT")
    choices = dict(getattr(column, "flatchoices", None) or ())
    return str(choices.get(text, text))


def _line(item: Any, sources: Mapping[str, str]) -> str:
    """One entry of a list: a source by its name, a row with all that it says."""
    if not isinstance(item, dict):
        return sources.get(str(item), str(item))
    if "option" in item:
        verdict = str(EvidenceVerdict(item["verdict"]).label)
        cells = [item["option"], item["finding"], verdict, item["conclusion"]]
        return " | ".join([*cells, ", ".join(sources.get(id, id) for id in item["sources"])])
    if "quote" in item:
        return str(item["quote"]["text"] if item["quote"] else (item["withdrawn"] or {}).get("reason", ""))
    if "path" in item:
        return f"{item['width']} × {item['height']}, {item['format']}: {item['path'].rpartition('/')[2]}"
    return " ".join(str(item[name]) for name in ("number", "name", "note") if item.get(name))


def _source_names(found: Changed) -> Iterator[tuple[UUID, str]]:
    wanted = {
        id for field, was, now in _flat(found.fields()) for side in (was, now) for id in _sources_in(field, side) if id
    }
    for source in Source.objects.filter(pk__in=wanted) if wanted else ():
        yield source.pk, label(source)


def _sources_in(field: str, side: Any) -> Iterator[str]:
    if field == "source" and side:
        yield side
    elif field in ("verdict.sources", "cited"):
        yield from side or []
    elif field == "rows":
        yield from (id for row in side or [] for id in row["sources"])
