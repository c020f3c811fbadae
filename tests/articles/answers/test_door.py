"""Who asks."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from articles.answers.door import NoEntryError, caller
from articles.partners import keys
from articles.partners.keys import Key
from articles.partners.partner import Partner
from tests.factories.partners import make_key, make_partner

pytestmark = pytest.mark.django_db


def with_header(text: str) -> object:
    return caller(RequestFactory().get("/", headers={"Authorization": text}))


def test_without_a_key_nobody_in_particular_asks() -> None:
    assert caller(RequestFactory().get("/")) is None


def test_a_key_says_which_partner_asks() -> None:
    key, text = make_key()
    found = with_header(f"Bearer {text}")
    assert found is not None
    assert (found.key, found.partner) == (key, key.partner)


def test_the_name_of_the_scheme_may_be_in_any_case_of_letters() -> None:
    key, text = make_key()
    assert with_header(f"bearer  {text} ").key == key


def refused(text: str) -> str:
    with pytest.raises(NoEntryError) as fault:
        with_header(text)
    return fault.value.name


@pytest.mark.parametrize("made", [
    "", "Bearer", "Bearer ", "Basic {key}", "Token {key}", "{key}", "Bearer {key}x", "Bearer x{key}",
    "Bearer {prefix}", "Bearer ключ", "Bearer \0", "Bearer " + "c" * 10_000,
])  # fmt: skip
def test_whatever_is_no_key_is_refused(made: str) -> None:
    key, text = make_key()
    assert refused(made.format(key=text, prefix=key.prefix)) == "bad-key"


def test_a_revoked_key_is_refused_at_once() -> None:
    key, text = make_key()
    keys.revoke(key, at=timezone.now())
    assert refused(f"Bearer {text}") == "key-revoked"


def test_an_expired_key_is_refused() -> None:
    _, text = make_key(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(f"Bearer {text}") == "key-expired"


def test_the_keys_of_a_suspended_partner_are_refused() -> None:
    partner = make_partner()
    _, text = make_key(partner)
    Partner.objects.filter(pk=partner.pk).update(state=Partner.State.SUSPENDED)
    assert refused(f"Bearer {text}") == "partner-suspended"


def test_no_text_of_a_key_is_in_the_database() -> None:
    key, text = make_key()
    row = Key.objects.filter(pk=key.pk).values().get()
    assert text not in repr(row)
    assert text.removeprefix(key.prefix) not in repr(row)
