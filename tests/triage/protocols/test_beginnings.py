"""Tests of protocols begin with rows that an earlier import left: they are those that an import would leave now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import override

from articles.editorial.revisions import Revision, revisions
from tests.factories import imported as importing
from tests.factories.desk import NOON, a_source, an_editor
from tests.factories.imported import imported
from tests.factories.triage import bundled_file
from tests.factories.triage_desk import services_of, small_file
from triage.engine.exchange import ProtocolFile
from triage.protocols.tables import Option, Protocol
from triage.protocols.transfer import import_file

pytestmark = pytest.mark.django_db

FILES = pytest.mark.parametrize("file", [small_file, bundled_file], ids=["small", "bundled"])


def everything() -> dict[str, list[str]]:
    """Every row of ours, without the numbers that the database gives, nor how often one was moved or touched."""
    found = {}
    for app in ("articles", "triage"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            names = [one.attname for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
            rows = [repr(row) for row in model._base_manager.values_list(*names)]
            found[model.__name__] = sorted(set(rows) if model in importing.FOLLOWS else rows)
    return found


@pytest.fixture
def imports(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The files that are imported and not written again."""
    made: list[Any] = []

    def noted(file: ProtocolFile, **given: Any) -> Protocol:
        made.append(file)
        return import_file(file, **given)

    monkeypatch.setattr(importing, "import_file", noted)
    monkeypatch.setattr(importing, "_KEPT", {})
    return made


def left_by(file: ProtocolFile, by: User, write: Callable[..., Protocol] = imported) -> dict[str, list[str]]:
    """What there is behind it; it is taken back."""
    with transaction.atomic():
        protocol = write(file, by=by, at=NOON)
        found = everything()
        assert protocol == Protocol.objects.get()
        transaction.set_rollback(True)
    return found


@FILES
def test_what_is_written_again_is_what_an_import_leaves(
    editor: User, imports: list[Any], file: Callable[[], ProtocolFile]
) -> None:
    services_of(file())
    nothing = everything()
    with override("ru"):
        left_by(file(), editor)

    # The column that holds no language holds that of the moment.
    for language in ("ru", "en"):
        with override(language):
            assert left_by(file(), editor) == left_by(file(), editor, import_file) != nothing
    assert imports == [file()]


def test_it_is_written_by_whoever_begins(editor: User, imports: list[Any]) -> None:
    services_of(small_file())
    vera = an_editor()
    left_by(small_file(), vera)

    imported(small_file(), by=editor, at=NOON)

    assert len(imports) == 1
    assert set(Revision.objects.values_list("saved_by", flat=True)) == {editor.pk}


def test_what_is_there_already_is_imported_over(editor: User, imports: list[Any]) -> None:
    services_of(small_file())
    left_by(small_file(), editor)
    protocol = imported(small_file(), by=editor, at=NOON)
    Option.objects.filter(code="ache").update(rank=2)

    imported(small_file(), by=editor, at=NOON)

    assert len(imports) == 2
    assert Option.objects.get(code="ache").rank == 1
    assert [one.number for one in revisions(protocol.questions.get(code="danger"))] == [2, 1]


def test_a_source_that_the_desk_has_already_is_the_one_that_is_named(editor: User, imports: list[Any]) -> None:
    services_of(small_file())
    left_by(small_file(), editor)
    known = a_source(doi="10.1000/small-protocol")

    imported(small_file(), by=editor, at=NOON)

    assert len(imports) == 2
    assert known in Option.objects.get(code="ache").sources.all()
