"""The bundle as an empty database gets it: published, live, and left alone by whoever looks again."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.journal import public_line
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.checklists import Answer, Waiver
from articles.publishing.checklist import checklist
from articles.publishing.desks import ITEMS
from cramps_site.first_run import (
    ANSWERED,
    REASONS,
    REASONS_OF,
    SIGNATURES,
    WAIVED,
    create_accounts,
    load_starter,
)
from tests.factories.desk import NOON
from tests.services.scenes import scene
from triage.live.protocols import found, live
from triage.protocols.composing import compose
from triage.protocols.tables import Protocol

pytestmark = pytest.mark.django_db

# What a site asks for until it is told otherwise.
CHECKED = ["article", "faq"]


@pytest.fixture(scope="module", autouse=True)
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """How many editions the first run has published."""
    with scene(django_db_blocker), override_settings(CHECKLIST_KINDS=CHECKED):
        create_accounts(lambda name, password: None)
        yield load_starter(NOON)


def test_the_bundle_is_published_in_both_languages_by_a_named_decision(published: int) -> None:
    items = [str(key) for model in ITEMS.values() for key in model._default_manager.values_list("pk", flat=True)]
    assert published == 2 * len(items) > 100
    stands = {(str(row.item), row.language): row.state for row in Standing.objects.all()}
    assert stands == {(item, language): "live" for item in items for language in ("ru", "en")}
    for edition in Edition.objects.all():
        review = edition.envelope.review
        reason = REASONS_OF.get(edition.kind, REASONS)[edition.language]
        assert (review.state, review.on, review.reason) == ("not_reviewed", "2026-11-22", reason)
        assert [signatory.name for signatory in review.by] == [SIGNATURES[edition.language]]
    assert [public_line(line)["event"] for line in Change.objects.order_by("sequence")] == ["published"] * published
    assert {standing.translation["state"] for standing in Standing.objects.all()} == {"in_step"}
    assert list(verify_editions()) == []


def test_the_bundled_protocol_is_live_and_nobody_is_said_to_have_checked_it() -> None:
    for language in ("ru", "en"):
        protocol = live(found("leg-cramp-triage"), language, today=NOON.date())
        assert protocol is not None
        assert not protocol.is_signed
        assert protocol.mode == "table"
    working = Protocol.objects.get()
    assert [problem for language in ("ru", "en") for problem in compose(working, language).problems] == []
    assert working.internal_note.startswith("Протокол не проверил ни один врач.")
    # The numbers to call are the desk's own, with their names and where they work.
    assert all(service.name_ru and service.name_en for service in working.services.all())
    assert not any(source.url for source in Source.objects.filter(access="copy", triage_options__isnull=False))


def test_what_is_there_already_is_left_alone() -> None:
    before = list(Edition.objects.order_by("pk").values())
    assert load_starter(NOON) == 0
    assert list(Edition.objects.order_by("pk").values()) == before


def test_the_editors_say_why_each_warning_of_the_bundle_may_stand() -> None:
    assert {(row.code, row.reason) for row in Waiver.objects.all()} <= set(WAIVED.items())
    # Few warnings are false on texts that were written with care; more of them would be waved through unread.
    assert 0 < Waiver.objects.values("item", "language", "code", "digest").distinct().count() <= 6
    assert {row.note for row in Answer.objects.all()} == {ANSWERED}
    article = Article.objects.get()
    for language in ("ru", "en"):
        assert [entry for entry in checklist(article, language, on=NOON.date()) if entry.is_open] == []
