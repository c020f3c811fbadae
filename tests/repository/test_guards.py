"""Rows that are written for good refuse every change in the database itself, and a lost guard is noticed."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from articles.editions.expunged import Expunged
from articles.editions.guards import immutable_models, install_guards, lifted, missing_guards, remove_guards
from articles.editions.shelf import Change, Edition, Mention, WithdrawnPart
from articles.editorial.audit import AuditEntry, record
from articles.editorial.checklists import Answer, Waiver
from articles.editorial.part_confirmations import PartConfirmation, PartRevocation
from articles.editorial.review_plans import ReviewPlan
from articles.editorial.revisions import Revision
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.publishing.releases import Release, ReleaseStep
from triage.protocols.signatures import Signature, SignatureRevocation

NOW = datetime(2026, 9, 12, 10, 0, tzinfo=UTC)


def edition() -> Edition:
    texts = {"document_json": "{}", "envelope_json": "{}", "content_digest": "0" * 64, "digest": uuid4().hex * 2}
    return Edition.objects.create(item=uuid4(), kind="article", language="ru", number=1, **texts)


def mention() -> Mention:
    return Mention.objects.create(edition=edition(), part_kind="quote", part=uuid4())


def change() -> Change:
    moments = {"recorded_at": NOW, "effective_at": NOW}
    named = {"item": uuid4(), "kind": "article", "language": "ru", "event": "published"}
    chained = {"previous_hash": "0" * 64, "hash": uuid4().hex * 2, "tags_json": "[]"}
    return Change.objects.create(sequence=1, **moments, **named, **chained)


def withdrawn_part() -> WithdrawnPart:
    gone = {"part_kind": "quote", "part": uuid4(), "withdrawn_at": NOW, "sequence": 1}
    return WithdrawnPart.objects.create(**gone, reason_code="error", reason_ru="Ошибка.", reason_en="An error.")


def revision() -> Revision:
    return Revision.objects.create(kind="quote", object_id=uuid4(), number=1, data={}, saved_at=NOW)


def expunged() -> Expunged:
    who = {"asked_by": 1, "confirmed_by": 2, "grounds": "Art. 17", "expunged_at": NOW, "sequence": 1}
    return Expunged.objects.create(edition=edition(), kind="quote", object_id=uuid4(), **who)


def sign_off() -> SignOff:
    reviewer = User.objects.create_user("anna")
    text = {"kind": "article", "item": uuid4(), "language": "ru", "content_digest": "0" * 64}
    names = {"name_ru": "Анна Проверочная", "name_en": "Anna Testova"}
    return SignOff.objects.create(**text, **names, reviewer=reviewer, signed_at=NOW, next_review_on=NOW.date())


def revocation() -> Revocation:
    return Revocation.objects.create(sign_off=sign_off(), revoked_at=NOW)


def signed_text() -> SignedText:
    text = {"kind": "article", "item": uuid4(), "language": "ru", "content_digest": "0" * 64}
    return SignedText.objects.create(**text, document_json="{}")


def part_confirmation() -> PartConfirmation:
    what = {"kind": "quote", "part": uuid4(), "language": "ru", "before": "0" * 64, "after": "1" * 64}
    return PartConfirmation.objects.create(**what, confirmed_by=User.objects.create_user("anna"), confirmed_at=NOW)


def part_revocation() -> PartRevocation:
    row = part_confirmation()
    what = {"confirmation": row, "part": row.part, "reason": "Не тот номер.", "revoked_by": row.confirmed_by}
    return PartRevocation.objects.create(**what, revoked_at=NOW)


def transition() -> Transition:
    what = {"kind": "article", "item": uuid4(), "language": "ru", "act": "submit", "content_digest": "0" * 64}
    return Transition.objects.create(**what, from_state="draft", to_state="in_review", done_by=None, done_at=NOW)


def said() -> dict[str, object]:
    text = {"kind": "article", "item": uuid4(), "language": "ru", "code": "negation-differs", "digest": "0" * 64}
    return text | {"said_by": User.objects.create_user("anna"), "said_at": NOW}


def waiver() -> Waiver:
    return Waiver.objects.create(**said(), reason="Так говорят.")


def answer() -> Answer:
    return Answer.objects.create(**said(), answer="yes")


def review_plan() -> ReviewPlan:
    anna = User.objects.create_user("anna")
    return ReviewPlan.objects.create(kind="article", item=uuid4(), risk="high", set_by=anna, set_at=NOW)


def release_step() -> ReleaseStep:
    anna = User.objects.create_user("anna")
    release = Release.objects.create(name="Осень", goes_out_at=NOW, arranged_by=anna)
    return ReleaseStep.objects.create(release=release, act="made", done_by=anna, done_at=NOW)


def audit_entry() -> AuditEntry:
    return record("signed-in", by=None, at=NOW)


def signature() -> Signature:
    digests = dict.fromkeys(("logic_digest", "content_digest_ru", "content_digest_en", "self_care_digest"), "0" * 64)
    names = {"name_ru": "Анна Проверочная", "name_en": "Anna Testova"}
    signer = User.objects.create_user("petr")
    when = {"signed_at": NOW, "next_review_on": NOW.date()}
    return Signature.objects.create(protocol=uuid4(), signer=signer, **digests, **names, **when)


def signature_revocation() -> SignatureRevocation:
    return SignatureRevocation.objects.create(signature=signature(), revoked_at=NOW)


ROWS: dict[str, Callable[[], models.Model]] = {
    "Edition": edition,
    "Mention": mention,
    "Change": change,
    "WithdrawnPart": withdrawn_part,
    "Expunged": expunged,
    "Revision": revision,
    "SignOff": sign_off,
    "Revocation": revocation,
    "SignedText": signed_text,
    "PartConfirmation": part_confirmation,
    "PartRevocation": part_revocation,
    "AuditEntry": audit_entry,
    "Transition": transition,
    "Waiver": waiver,
    "Answer": answer,
    "ReviewPlan": review_plan,
    "ReleaseStep": release_step,
    "Signature": signature,
    "SignatureRevocation": signature_revocation,
}


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_immutable_model_is_tried_here() -> None:
    assert {model.__name__ for model in immutable_models()} == set(ROWS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ROWS)
def test_no_statement_changes_or_removes_a_row(name: str) -> None:
    row = ROWS[name]()
    table, key = row._meta.db_table, row._meta.pk.column
    refused = "written for good"
    with pytest.raises(DatabaseError, match=refused):
        execute(f'UPDATE "{table}" SET "{key}" = "{key}"')
    with pytest.raises(DatabaseError, match=refused):
        execute(f'DELETE FROM "{table}"')
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match=refused):
            execute(f'TRUNCATE "{table}" CASCADE')
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_all_guards_are_there_after_migrate() -> None:
    assert missing_guards() == []
    assert run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", immutable_models(), ids=lambda model: model.__name__)
def test_a_dropped_guard_is_reported_by_name(model: type[models.Model]) -> None:
    table = model._meta.db_table
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    execute(f'DROP TRIGGER "{table}_never_updated"{on}')
    assert missing_guards() == [f"{table}_never_updated"]
    found = run_checks(tags=["database"], databases=["default"])
    assert [(problem.id, f"{table}_never_updated" in problem.msg) for problem in found] == [("articles.E001", True)]


@pytest.mark.django_db
def test_guards_come_back_when_the_lifted_block_fails() -> None:
    with pytest.raises(ZeroDivisionError):
        divide_with_guards_lifted()
    assert missing_guards() == []


def divide_with_guards_lifted() -> float:
    with lifted():
        assert missing_guards() != []
        return 1 / 0


@pytest.mark.django_db
def test_installing_twice_is_no_different_from_once() -> None:
    install_guards()
    install_guards()
    assert missing_guards() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", immutable_models(), ids=lambda model: model.__name__)
def test_a_migration_that_alters_a_table_ends_with_its_guards(model: type[models.Model]) -> None:
    """SQLite alters a column by making the table anew, and its triggers go with the old one."""
    column = next(field for field in model._meta.concrete_fields if isinstance(field, models.CharField))
    wider = column.clone()
    wider.max_length = (column.max_length or 0) + 1
    wider.set_attributes_from_name(column.name)
    wider.model = model
    row = ROWS[model.__name__]()
    with connection.schema_editor() as editor:
        editor.alter_field(model, column, wider)
    assert bool(missing_guards()) == (connection.vendor == "sqlite")
    try:
        call_command("migrate", verbosity=0)
        assert missing_guards() == []
        with pytest.raises(DatabaseError, match="written for good"):
            execute(f'DELETE FROM "{model._meta.db_table}"')
        assert model.objects.filter(pk=row.pk).exists()
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(model, wider, column)
        install_guards()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_leaves_neither_rows_nor_lost_guards(time: str) -> None:
    assert (Edition.objects.count(), missing_guards()) == (0, [])
    edition()
    if time == "first":
        remove_guards()
