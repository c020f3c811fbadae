"""What an upgrade finds among live texts and in the log of before."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions.shelf import Standing
from articles.editorial.audit import AuditEntry
from articles.publishing.dues import Due
from articles.publishing.safety_gaps import open_gaps
from articles.publishing.settle import settle
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

migration = import_module("articles.migrations.0010_gaps_and_trail")


def test_a_live_text_that_lacks_a_change_for_safety_has_its_whole_time_from_the_upgrade_on(settings: Any) -> None:
    settings.SAFETY_GAP_HOURS = 72
    article, other, vera = an_article(), an_article("other"), an_editor()
    publish_article(article, by=vera)
    publish_article(other, by=vera)
    type(article).objects.filter(pk=article.pk).update(summary_ru="Не больше одной таблетки в сутки.")
    publish_article(article, by=vera, languages=["ru"], change_class="safety", at=later(1))
    # As code from before has left it.
    Due.objects.filter(act="follow").delete()
    Standing.objects.update(gap_since=None)
    before = timezone.now()

    migration.await_what_is_lacking(apps, None)
    migration.await_what_is_lacking(apps, None)

    [gap] = open_gaps()
    assert (gap.standing.item, gap.language) == (article.pk, "en")
    assert gap.since >= before
    assert gap.withdrawn_at == gap.since + timedelta(hours=72)
    settle(gap.withdrawn_at - timedelta(seconds=1))
    assert Standing.objects.get(item=article.pk, language="en").is_live
    settle(gap.withdrawn_at)
    assert not Standing.objects.get(item=article.pk, language="en").is_live

    migration.await_nothing(apps, None)
    assert not Due.objects.filter(act="follow").exists()


def test_an_upgrade_that_was_taken_back_and_made_again_finds_the_same_gap_with_the_same_time() -> None:
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    type(article).objects.filter(pk=article.pk).update(summary_ru="Не больше одной таблетки в сутки.")
    publish_article(article, by=vera, languages=["ru"], change_class="safety", at=later(1))
    [was] = open_gaps()

    migration.await_nothing(apps, None)
    migration.await_what_is_lacking(apps, None)

    [now] = open_gaps()
    assert (now.since, now.withdrawn_at) == (was.since, was.withdrawn_at)
    settle(was.withdrawn_at)
    assert not Standing.objects.get(item=article.pk, language="en").is_live


def test_what_djangos_log_kept_of_deletions_accounts_and_partners_stands_in_the_trail_without_words() -> None:
    vera = an_editor()

    def logged(model: Any, flag: int, about: str) -> None:
        of = ContentType.objects.get_for_model(model)
        LogEntry.objects.create(user=vera, content_type=of, object_id=about, object_repr="СЛОВА", action_flag=flag)

    logged(Quote, DELETION, "a" * 36)
    logged(User, ADDITION, "7")
    logged(User, CHANGE, "7")
    logged(Source, CHANGE, "b" * 36)
    LogEntry.objects.create(user=vera, content_type=None, object_id="8", object_repr="", action_flag=DELETION)

    migration.carry_the_log(apps, None)
    migration.carry_the_log(apps, None)

    rows = AuditEntry.objects.order_by("pk").values_list("act", "kind", "about", "detail", "done_by")
    assert list(rows) == [
        ("deleted", "quote", "a" * 36, "", vera.pk),
        ("account-made", "user", "7", "", vera.pk),
        ("account-changed", "user", "7", "", vera.pk),
    ]
    assert [row.done_at for row in AuditEntry.objects.order_by("pk")] == [
        row.action_time for row in LogEntry.objects.order_by("pk")[:3]
    ]
