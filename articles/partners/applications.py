"""Requests for access: sent by somebody outside, decided by somebody at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import IntegrityError, transaction

from articles.canonical.languages import Language
from articles.canonical.problems import Refused
from articles.canonical.text import line, passage
from articles.partners.partner import Application, Partner
from articles.partners.scopes import unknown_in

Fault = Literal["missing", "too-long", "characters", "website", "email"]

LONGEST: Mapping[str, int] = {
    "name": 200,
    "website": 300,
    "contact_name": 200,
    "email": 254,
    "safety_email": 254,
    "purpose": 4_000,
}


class UnknownScopeError(ValueError):
    """Raised for kinds or languages that no form offers."""


class DecidedError(ValueError):
    """Raised when a request was decided before."""


class NameTakenError(ValueError):
    """Raised when another partner has the name."""


@dataclass(frozen=True)
class Asked:
    """What somebody typed. No kind or language named means all of them."""

    name: str
    website: str
    contact_name: str
    email: str
    safety_email: str
    purpose: str
    language: Language
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """What was typed in its one form, and the fault of each field that has one."""

    values: Mapping[str, str]
    faults: Mapping[str, Fault]


def read(asked: Asked) -> Read:
    """Return what would be kept, with every fault at once, in the order of the form."""
    values: dict[str, str] = {}
    faults: dict[str, Fault] = {}
    for name, most in LONGEST.items():
        typed = getattr(asked, name)
        try:
            values[name] = passage(typed) if name == "purpose" else line(typed)
        except Refused:
            values[name], faults[name] = "", "characters"
            continue
        if name == "website":
            values[name] = _whole(values[name])
        if not values[name]:
            faults[name] = "missing"
        elif len(values[name]) > most:
            faults[name] = "too-long"
        elif name == "website" and not _is_website(values[name]):
            faults[name] = "website"
        elif name in ("email", "safety_email") and not _is_email(values[name]):
            faults[name] = "email"
    return Read(values, faults)


def ask(asked: Asked, *, at: datetime) -> Application | None:
    """Keep a request and return it; None where the same one waits already, which stays as it is.

    The same one is one of the same organisation and e-mail, whatever the case of their letters. Raises ValueError for
    what `read` finds a fault in, and UnknownScopeError.
    """
    found = read(asked)
    if found.faults:
        raise ValueError(", ".join(found.faults))
    if unknown := unknown_in(list(asked.kinds), list(asked.languages)):
        raise UnknownScopeError(", ".join(unknown))
    same_as = _sameness(found.values)
    if Application.objects.filter(same_as=same_as, state=Application.State.WAITING).exists():
        return None
    try:
        with transaction.atomic():
            return Application.objects.create(
                **found.values,
                same_as=same_as,
                kinds=sorted(set(asked.kinds)),
                languages=sorted(set(asked.languages)),
                language=asked.language,
                asked_at=at,
            )
    except IntegrityError:
        # The database keeps a second one out as well, so that two at the same moment are one.
        return None


def approve(application: Application, *, name: str, by: User, at: datetime) -> Partner:
    """Make a partner of a waiting request, under this name, and return it.

    Raises DecidedError and NameTakenError; then nothing has changed.
    """
    with transaction.atomic():
        _take(application)
        if Partner.objects.filter(name=name).exists():
            raise NameTakenError(name)
        partner = Partner.objects.create(
            name=name,
            website=application.website,
            contact_name=application.contact_name,
            email=application.email,
            safety_email=application.safety_email,
            language=application.language,
            created_at=at,
            created_by=by,
        )
        _decide(application, Application.State.APPROVED, by=by, at=at, partner=partner)
    return partner


def decline(application: Application, *, answer: str, by: User, at: datetime) -> None:
    """Close a waiting request with an answer to whoever asked; raise DecidedError where it was decided before."""
    with transaction.atomic():
        _take(application)
        _decide(application, Application.State.DECLINED, by=by, at=at, answer=answer)


def _take(application: Application) -> None:
    """Behind the lock of the row, so that two people do not decide the same request."""
    if Application.objects.select_for_update().get(pk=application.pk).state != Application.State.WAITING:
        raise DecidedError(str(application.pk))


def _decide(application: Application, state: Application.State, *, by: User, at: datetime, **values: object) -> None:
    decided = {"state": state, "decided_by": by, "decided_at": at, **values}
    for name, value in decided.items():
        setattr(application, name, value)
    application.save(update_fields=list(decided))


def _sameness(values: Mapping[str, str]) -> str:
    return f"{values['email']} {values['name']}".casefold()[:500]


def _whole(website: str) -> str:
    """As people write it: without a scheme it is the safe one that they mean."""
    return f"https://{website}" if website and "://" not in website else website


def _is_website(address: str) -> bool:
    try:
        URLValidator(schemes=["https", "http"])(address)
        # A name before the host makes an address look like somebody else's.
        return "@" not in urlsplit(address).netloc
    except (ValidationError, ValueError):
        return False


def _is_email(address: str) -> bool:
    # Our server of mail may reach what nobody outside does: no machine is named by its number, and not our own.
    if "@[" in address:
        return False
    try:
        EmailValidator(allowlist=[])(address)
    except ValidationError:
        return False
    return True
