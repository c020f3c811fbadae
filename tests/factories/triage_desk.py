"""Protocols at the desk: the bundled one as the first run imports it, and a small one that is sound too."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
from django.contrib.auth.models import Group, User

from articles.canonical.languages import LANGUAGES, Language
from articles.content.care import CareService
from articles.editions.envelope import ChangeClass
from articles.editions.shelf import Edition
from articles.publishing.publish import Decision, Terms
from tests.factories.desk import NOON, an_editor
from tests.factories.imported import imported
from tests.factories.triage import bundled_file
from triage.engine.exchange import ProtocolFile, read_file
from triage.protocols.releasing import release
from triage.protocols.signatures import Signature
from triage.protocols.signing import sheet, sign
from triage.protocols.tables import Protocol
from triage.protocols.transfer import import_file

SMALL = Path(__file__).resolve().parents[1] / "examples" / "protocols" / "small.json"

UNCHECKED = Decision(
    {"ru": "Этот протокол врач не проверял.", "en": "No clinician has checked this protocol."}, signed_as="Tests"
)
NAMES: dict[Language, str] = {"ru": "Анна Проверочная", "en": "Anna Testova"}


@cache
def small_file() -> ProtocolFile:
    """Two questions, one rule, one case of first aid."""
    return read_file(SMALL.read_bytes())


def services_of(file: ProtocolFile) -> list[CareService]:
    """The numbers to call that a file needs, as somebody checked them at this desk."""
    return [
        CareService.objects.get_or_create(
            pk=one.id,
            defaults={
                "number": one.number,
                "country": one.country,
                "name_ru": "Служба",
                "name_en": "Service",
                "purpose": "advice" if one.number == "111" else "emergency",
                "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О СЛУЖБЕ",
            },
        )[0]
        for one in file.services
    ]


def a_protocol(file: ProtocolFile | None = None, *, by: User | None = None, at: datetime = NOON) -> Protocol:
    """A protocol imported from a file, the small one unless told otherwise, with everything that it needs."""
    file = file or small_file()
    services_of(file)
    by = by or User.objects.filter(username="vera").first() or an_editor()
    if any(file is one() for one in (small_file, bundled_file)):
        return imported(file, by=by, at=at)
    return import_file(file, by=by, at=at)


def the_bundled_protocol(*, by: User | None = None) -> Protocol:
    return a_protocol(bundled_file(), by=by)


def a_clinician(username: str = "anna") -> User:
    """An account with the role of a medical reviewer."""
    user = User.objects.create_user(username, password="correct horse battery", is_staff=True)
    user.groups.add(Group.objects.get(name="medical_reviewer"))
    return user


def release_protocol(
    protocol: Protocol,
    *,
    by: User,
    languages: Iterable[Language] = LANGUAGES,
    change_class: ChangeClass = "advice",
    decision: Decision = UNCHECKED,
    at: datetime = NOON,
) -> dict[Language, Edition]:
    """Release as an editor would who has nothing to add."""
    terms = {language: Terms(change_class, "Что изменилось.") for language in languages}
    return release(protocol, terms=terms, decision=decision, by=by, at=at)


def signed_by(protocol: Protocol, *clinicians: User, at: datetime = NOON) -> list[Signature]:
    """Sign the draft as it is, every row ticked."""
    protocol = Protocol.objects.get(pk=protocol.pk)
    looked_at = sheet(protocol)
    return [
        sign(
            protocol,
            seen=looked_at.seen,
            ticked=[row.key for row in looked_at.rows],
            name={language: f"{name} {one.username}" for language, name in NAMES.items()},
            next_on=NOON.date().replace(year=NOON.year + 1),
            by=one,
            at=at,
        )
        for one in clinicians
    ]


def with_rank(file: ProtocolFile, question: str, option: str, rank: int) -> ProtocolFile:
    """The file with another rank of one answer."""
    questions = [
        msgspec.structs.replace(
            one,
            options=[
                msgspec.structs.replace(other, rank=rank) if (one.id, other.id) == (question, option) else other
                for other in one.options
            ],
        )
        for one in file.questions
    ]
    return msgspec.structs.replace(file, questions=questions)
