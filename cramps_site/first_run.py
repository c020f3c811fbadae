"""What an empty database gets: an account for each role, and the bundled content, published through the press.

Each of the two is one transaction that asks first whether it is needed, so a run that was killed can be repeated.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from articles.canonical.languages import Language
from articles.content.aggregates import AGGREGATES
from articles.editions.shelf import Edition
from articles.editorial import checklists
from articles.editorial.checklists import AnswerValue
from articles.editorial.roles import ROLES
from articles.publishing.checklist import Entry
from articles.publishing.desks import Desk, desks
from articles.publishing.preflight import preflight
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.transfer import load_content, read_content
from cramps_site.passwords import random_password
from triage.engine.exchange import read_file
from triage.protocols.transfer import import_file

STARTER = Path(settings.ROOT) / "articles" / "starter"
PROTOCOL = Path(settings.ROOT) / "triage" / "protocols" / "starter" / "leg-cramp-triage.json"

# What the accounts are called until a person puts their own name there.
PUBLIC_NAMES = {
    "author": "Автор",
    "translator": "Переводчик",
    "publisher": "Выпускающий редактор",
    "editor": "Редакция",
    "medical_reviewer": "Врач-рецензент",
    "administrator": "Администратор",
}

# The decision to publish the bundle unchecked is signed by those who wrote it.
SIGNATURES: dict[Language, str] = {"ru": "Редакция сайта", "en": "The editors of this site"}

# Shown to readers, each in their language.
REASONS: dict[Language, str] = {
    "ru": "Редакция составила текст по открытым источникам. Врача, который его проверит, пока нет.",
    "en": "The editors wrote this text from public sources. There is no clinician yet who could check it.",
}

# Of what asks readers about themselves they are told more than that nobody has checked it.
REASONS_OF: dict[str, dict[Language, str]] = {
    "protocol": {
        "ru": "Это демонстрационный протокол: его не проверил ни один врач. Решать по нему о своём здоровье нельзя.",
        "en": "This is a demonstration protocol that no clinician has checked. Do not make decisions about your health "
        "with it.",
    }
}

# Why the bundle goes out with what the checklist warns of: for colleagues, who see each beside its warning. A warning
# that is not here holds the bundle back.
WAIVED = {
    "negation-differs": "Перевод говорит то же самое без отрицания: обе версии писала сама редакция.",
    "term-missing": "Перевод говорит о том же другими словами, без слова из словаря: обе версии писала редакция.",
}
# What those who wrote the bundle answer to the questions about it, and how far their answer reaches.
ANSWERED = (
    "Редакция, составившая тексты по названным в них источникам, ответила сразу за весь первый набор. По отдельности"
    " вопросы ещё никто не разбирал, и врач ничего не проверял."
)


def create_accounts(tell: Callable[[str, str], None]) -> None:
    """Create one account per role where there is no account at all; `tell` gets each name and password once."""
    with transaction.atomic():
        if User.objects.exists():
            return
        for role in ROLES:
            password = random_password()
            account = User.objects.create_user(role, password=password, first_name=PUBLIC_NAMES[role], is_staff=True)
            account.groups.add(Group.objects.get(name=role))
            # Before the commit: a run that dies in between has created nothing, and the next one tells a new password.
            tell(role, password)


def load_starter(at: datetime) -> int:
    """Load and publish the bundled content if desk and shelf are empty; return how many texts were published.

    Once the day has gone by until which the bundled protocol holds, it waits at the desk for somebody to look at it
    again: nothing else is held back by it, and nobody is advised by what may be out of date.

    Raises LoadError, FileRefusedError or RefusedError with every problem; then nothing has changed.
    """
    with transaction.atomic():
        if Edition.objects.exists() or any(model._default_manager.exists() for model in AGGREGATES.values()):
            return 0
        by = User.objects.get(username="editor")
        load_content(read_content(STARTER), by=by, at=at)
        import_file(read_file(PROTOCOL.read_bytes()), by=by, at=at)
        going = [desk for desk in desks() if desk.kind != "protocol" or protocol_holds(at)]
        return sum(_publish(desk, item, by, at) for desk in going for item in desk.items())


def protocol_holds(at: datetime) -> bool:
    """Return whether the day until which the bundled protocol holds has not gone by."""
    return read_file(PROTOCOL.read_bytes()).expires_on >= at.date().isoformat()


def _publish(desk: Desk, item: UUID, by: User, at: datetime) -> int:
    """The same people wrote both languages of the bundle side by side, so they vouch for the translation too."""
    working, reasons = desk.lock(item), REASONS_OF.get(desk.kind, REASONS)
    proofs = preflight(desk.kind, working, reasons) if working else {}
    unconfirmed = {part for proof in proofs.values() for part in proof.unconfirmed}
    terms = {language: Terms() for language in reasons}
    for proof in proofs.values():
        _settle(desk.kind, item, proof.checklist, by, at)
    decision = Decision(reasons, signed_as=SIGNATURES)
    return len(publish(desk.kind, item, terms, decision=decision, confirming=unconfirmed, by=by, at=at))


def _settle(kind: str, item: UUID, entries: list[Entry], by: User, at: datetime) -> None:
    """The editors give their reasons and answers; what they have none for stays open and holds the text back."""
    for entry in entries:
        said = (kind, item, entry.language, entry.code, entry.digest)
        if entry.level == "task":
            checklists.answer(*said, AnswerValue.YES, note=ANSWERED, by=by, at=at)
        elif entry.level == "warn" and entry.code in WAIVED:
            checklists.waive(*said, reason=WAIVED[entry.code], by=by, at=at)
