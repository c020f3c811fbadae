"""What partners send about their webhooks, read strictly; everything wrong at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from articles.api.v1 import body
from articles.api.v1.body import Fault
from articles.api.v1.parameters import parsed_id
from articles.api.v1.scopes import out_of_scope
from articles.canonical.languages import LANGUAGES, Language
from articles.editions.kinds import kinds as known_kinds
from articles.outgoing.addresses import LONGEST
from articles.partners.scopes import Scope

LARGEST_SEQUENCE = 2**63 - 1


@dataclass(frozen=True)
class Registration:
    url: str
    kinds: list[str]
    languages: list[Language]


def registration(given: dict[str, Any], key: Scope) -> Registration:
    """Return the webhook asked for, within the scope of the key; raise RefusedError for anything wrong."""
    faults = body.unknown_members(given, ["url", "scope"])
    url = given.get("url")
    if not isinstance(url, str) or not 0 < len(url) <= LONGEST:
        faults.append(body.invalid("url", "url" in given, gettext("Give an https address.")))
    scope = given.get("scope", {})
    if not isinstance(scope, dict):
        faults.append(body.invalid("scope", True, gettext("Give an object with “kinds” and “languages”.")))
        scope = {}
    faults += [
        body.fault("unknown-member", "unknown-member", ["scope", name], gettext("There is no such member here."),
                   body.near(name, ["kinds", "languages"]))
        for name in scope
        if name not in {"kinds", "languages"}
    ]  # fmt: skip
    kinds = _listed(scope, "kinds", [kind.name for kind in known_kinds()], faults)
    languages: list[Language] = _listed(scope, "languages", list(LANGUAGES), faults)  # type: ignore[assignment]
    if faults:
        body.refuse(faults)
    _keep_within(key, kinds, languages)
    return Registration(str(url), kinds or sorted(key.kinds), languages or sorted(key.languages))


def replay(given: dict[str, Any]) -> UUID | int:
    """Return the id of the delivery to be replayed, or the line behind which everything is."""
    faults = body.unknown_members(given, ["delivery", "after"])
    named = [name for name in ("delivery", "after") if name in given]
    if not faults and len(named) != 1:
        faults.append(body.invalid("after", False, gettext("Give either “delivery” or “after”.")))
    delivery, after = given.get("delivery"), given.get("after")
    id = parsed_id(delivery) if isinstance(delivery, str) else None
    if "delivery" in given and id is None:
        faults.append(body.invalid("delivery", True, gettext("Give the id of a delivery.")))
    # True is a number to Python, and a line to nobody.
    is_line = isinstance(after, int) and not isinstance(after, bool) and 0 <= after <= LARGEST_SEQUENCE
    if "after" in given and not is_line:
        faults.append(body.invalid("after", True, gettext("Give the number of a line of the journal.")))
    if faults:
        body.refuse(faults)
    return id if id is not None else int(after)  # type: ignore[arg-type]


def nothing(given: dict[str, Any]) -> None:
    """Raise RefusedError if anything was sent where nothing is asked for."""
    detail, hint = gettext("There is no such member here."), gettext("Send an empty object, or no body.")
    if given:
        body.refuse([body.fault("unknown-member", "unknown-member", [name], detail, hint) for name in list(given)[:50]])


def _listed(scope: dict[str, Any], name: str, known: list[str], faults: list[Fault]) -> list[str]:
    values = scope.get(name, [])
    if not isinstance(values, list):
        faults.append(body.fault("invalid-member", "invalid", ["scope", name], gettext("This is not a list."), ""))
        return []
    for number, value in enumerate(values[: body.MOST_ERRORS]):
        if value not in known:
            hint = body.near(value, known) if isinstance(value, str) else ""
            detail = gettext("It has a value that it cannot have.")
            faults.append(body.fault("invalid-member", "invalid", ["scope", name, number], detail, hint))
    return sorted({value for value in values if isinstance(value, str) and value in known})


def _keep_within(key: Scope, kinds: list[str], languages: list[Language]) -> None:
    """A key that is about some texts opens no webhook about others."""
    wrong = [kind for kind in kinds if key.kinds and kind not in key.kinds]
    foreign = [language for language in languages if not key.covers_language(language)]
    if wrong or foreign:
        language = foreign[0] if foreign else next(one for one in LANGUAGES if key.covers_language(one))
        raise out_of_scope(key, wrong[0] if wrong else next(iter(key.kinds), ""), language)
