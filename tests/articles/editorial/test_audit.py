"""The audit trail: what a row says, and what is never in it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from articles.editorial import audit
from articles.editorial.audit import AuditEntry

NOW = datetime(2026, 9, 12, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:34:56:78:9a:bc", "2001:db8:12::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_of_an_address_only_its_network_is_kept(address: str, network: str) -> None:
    assert audit.masked(address) == network


@pytest.mark.django_db
def test_a_row_says_who_did_what_to_what_and_from_where(editor: User) -> None:
    with audit.seen_from("203.0.113.77"):
        audit.record("published", by=editor, at=NOW, kind="article", about=17, detail="ru en")
    audit.record("factors-reset", by=None, at=NOW)

    first, second = AuditEntry.objects.order_by("pk")
    assert (first.done_by, first.done_at, first.kind, first.about, first.network) == (
        editor, NOW, "article", "17", "203.0.113.0/24",
    )  # fmt: skip
    assert (second.done_by, second.network) == (None, "")
    assert audit.about("article", 17, most=5) == [first]
    assert "RU, EN" in first.sentence


@pytest.mark.django_db
def test_an_act_that_is_not_in_the_table_is_a_mistake(editor: User) -> None:
    with pytest.raises(KeyError):
        audit.record("anything", by=editor, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("act", audit.ACTS)
def test_every_act_is_a_sentence(act: str) -> None:
    entry = audit.record(act, by=None, at=NOW, detail="100% ru")

    assert entry.sentence
    assert "%(" not in entry.sentence
    assert "%(" not in audit.words()[act]
