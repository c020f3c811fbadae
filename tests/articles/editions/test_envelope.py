"""Envelopes as they were written before credits, and as they are written now."""

import json

import pytest

from articles.canonical import canonical_json
from articles.editions.envelope import Credits, Envelope, edition_digest
from articles.editions.shelf import Edition
from articles.editions.value import encoded
from articles.editions.verifying import verify_editions
from tests.factories.documents import a_document, heading, shelve

# Byte for byte as the first release wrote it.
OLD = (
    '{"caused_by":null,"change":{"class":"first","note":"Да."},"content_changed_at":"2026-11-22T12:00:00.000000Z",'
    '"content_digest":"aa","first_published_at":"2026-11-22T12:00:00.000000Z",'
    '"item":"3b6c2f6e-6f0a-5d0c-9a52-0b6f0f6f0c11","kind":"article","language":"ru","number":1,'
    '"published_at":"2026-11-22T12:00:00.000000Z","review":{"by":[{"name":"Мария Орлова","role":"editor"}],'
    '"next_on":"","on":"2026-11-22","reason":"Пока нет врача.","state":"not_reviewed"},"translation_of":null}'
)


def test_an_old_envelope_is_read_as_naming_nobody_and_is_the_same_bytes_again() -> None:
    old = Edition(envelope_json=OLD).envelope

    assert old.credits is None
    assert encoded(old).decode() == OLD


def test_the_digest_of_an_old_edition_can_still_be_computed_from_its_values() -> None:
    document = a_document(heading("Что это"))
    plain = {"document": json.loads(encoded(document)), "envelope": json.loads(OLD)}

    assert edition_digest(document, Edition(envelope_json=OLD).envelope) == canonical_json.digest(plain)


@pytest.mark.django_db
def test_people_of_ours_stand_in_the_envelope_and_change_no_digest_of_the_words() -> None:
    document = a_document(heading("Что это"))
    first = shelve(document)
    second = shelve(document, change="review", credits=Credits(["Проба Первая, журналист"], []))

    assert "credits" not in first.envelope_json
    assert json.loads(second.envelope_json)["credits"] == {"translated": [], "written": ["Проба Первая, журналист"]}
    assert second.content_digest == first.content_digest
    assert "Проба" not in second.document_json
    assert second.envelope.content_changed_at == first.envelope.content_changed_at
    assert list(verify_editions()) == []


def test_nobody_is_written_in_one_way_only() -> None:
    """Were there two, the same edition would have two digests."""
    assert Envelope.__struct_defaults__ == (None, False)
