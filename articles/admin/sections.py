"""The menu of the desk: kinds in groups, by what editors look for and not by the tables that hold them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TEXTS = pgettext_lazy("group of kinds", "Texts")
PARTNERS = pgettext_lazy("group of kinds", "Partners")

# Other apps add theirs at start-up.
GROUPS: list[tuple[Promise, tuple[str, ...]]] = [
    (TEXTS, ("article", "faqentry", "page")),
    (_("Said and proved"), ("quote", "accounts", "evidencetable", "source")),
    (pgettext_lazy("group of kinds", "Care"), ("carebox", "careservice")),
    (_("People"), ("expert", "organisation")),
    (_("Library"), ("picture", "term", "topic")),
    (PARTNERS, ("application", "partner")),
]
# Whatever else is registered, these first.
OTHERS = _("Access")
_ACCESS = ("user", "auditentry")


@dataclass(frozen=True)
class Section:
    """One kind in the menu; `add_url` is empty for people who may not add any."""

    name: str
    url: str
    add_url: str
    new_title: str
    current: bool


def groups(
    entries: Iterable[Mapping[str, Any]],
    new_titles: Mapping[Any, str],
    path: str,
    pages: Iterable[tuple[Promise, Section]] = (),
) -> list[dict[str, Any]]:
    """Return the groups with the sections that the person may see. `entries` are models as the admin lists them,
    `pages` belong to no kind and stand behind those of their group."""
    found: dict[str, list[Section]] = {str(name): [] for name in [*(name for name, _models in GROUPS), OTHERS]}
    holder = {
        model: (str(name), number)
        for name, models in [*GROUPS, (OTHERS, _ACCESS)]
        for number, model in enumerate(models)
    }
    ordered = sorted(entries, key=lambda entry: holder.get(_model(entry), ("", 0))[1])
    for entry in ordered:
        if url := entry["admin_url"]:
            name, _number = holder.get(_model(entry), (str(OTHERS), 0))
            title = str(new_titles.get(entry["model"], ""))
            section = Section(entry["name"], url, entry["add_url"] or "", title, path.startswith(url))
            found[name].append(section)
    for group, section in pages:
        found[str(group)].append(section)
    return [
        {"name": name, "sections": sections, "current": any(section.current for section in sections)}
        for name, sections in found.items()
        if sections
    ]


def _model(entry: Mapping[str, Any]) -> str:
    return str(entry["model"]._meta.model_name)
