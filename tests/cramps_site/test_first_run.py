"""What an empty database gets, and that a second look changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from articles.content.aggregates import AGGREGATES
from articles.editions.shelf import Edition
from articles.editorial.roles import ROLES
from cramps_site.first_run import PUBLIC_NAMES, REASONS, create_accounts, load_starter, protocol_holds
from cramps_site.serve import fill
from tests.factories.desk import NOON, an_organisation
from tests.factories.triage import bundled_file
from triage.protocols.tables import Protocol

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    passwords: dict[str, str] = {}
    create_accounts(passwords.__setitem__)
    return passwords


def test_each_role_gets_an_account_with_a_password_that_works() -> None:
    passwords = told()
    assert list(passwords) == list(ROLES) == list(PUBLIC_NAMES)
    for name, password in passwords.items():
        account = authenticate(username=name, password=password)
        assert account is not None
        assert account.is_staff is True
        assert account.is_superuser is False
        assert [group.name for group in account.groups.all()] == [name]


def test_passwords_are_told_once_and_are_never_the_same() -> None:
    first = told()
    assert told() == {}
    assert len(set(first.values())) == len(ROLES)
    User.objects.all().delete()
    assert set(told().values()).isdisjoint(first.values())


def test_an_account_that_was_deleted_does_not_come_back() -> None:
    told()
    User.objects.get(username="administrator").delete()
    assert told() == {}


def test_a_desk_that_holds_anything_gets_no_bundle() -> None:
    told()
    an_organisation()
    assert load_starter(NOON) == 0
    held = {kind for kind, model in AGGREGATES.items() if model._default_manager.exists()}
    assert held == {"organisation"}


def test_a_bundle_that_cannot_be_published_leaves_the_desk_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is broken off between loading and publishing is repeated from the beginning."""
    told()
    monkeypatch.setitem(REASONS, "en", "")
    with pytest.raises(ValueError, match="reason-missing"):
        load_starter(NOON)
    assert not any(model._default_manager.exists() for model in AGGREGATES.values())
    assert Edition.objects.count() == 0
    monkeypatch.undo()
    assert load_starter(NOON) == Edition.objects.count() > 100


@pytest.mark.any_database
def test_a_protocol_that_holds_no_longer_waits_at_the_desk_and_holds_nothing_else_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    last = datetime.fromisoformat(bundled_file().expires_on).replace(tzinfo=UTC)
    assert protocol_holds(last)

    with time_machine.travel(last + timedelta(days=1), tick=False):
        fill()

    said = capsys.readouterr().out
    assert f"The bundled content is published: {Edition.objects.count()} texts." in said
    assert "The bundled triage protocol is past its last day. It waits at the desk" in said
    assert Edition.objects.count() > 100
    assert not Edition.objects.filter(kind="protocol").exists()
    assert Protocol.objects.get().slug_en == bundled_file().slug.en
