"""What falls due is carried out once, in order, and one failing row never stops the rest."""

import pytest

from articles.editions.shelf import Change, Standing
from articles.publishing.dues import Due
from articles.publishing.settle import settle
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import journal, later, publish_article

pytestmark = pytest.mark.django_db


def due(article, vera, *, minutes, language="ru", payload=None):
    return Due.objects.create(
        act="withdraw",
        kind="article",
        item=article.pk,
        language=language,
        due_at=later(minutes),
        payload={"reason": "Срок вышел."} if payload is None else payload,
        arranged_by=vera,
    )


def test_nothing_happens_before_its_moment():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    due(article, vera, minutes=10)

    assert settle(later(9)) == 0
    assert Standing.objects.get(item=article.pk, language="ru").is_live


def test_what_fell_due_is_done_once_and_the_line_names_both_moments():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    due(article, vera, minutes=10)

    assert (settle(later(12)), settle(later(13))) == (1, 0)

    line = Change.objects.order_by("sequence").last()
    assert (line.event, line.effective_at, line.recorded_at) == ("withdrawn", later(10), later(12))
    assert Standing.objects.get(item=article.pk, language="ru").tombstone["reason"] == "Срок вышел."


def test_rows_are_settled_in_the_order_of_their_moments():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    due(article, vera, minutes=20, language="ru")
    due(article, vera, minutes=10, language="en")

    settle(later(30))

    withdrawals = [language for _, event, language in journal() if event == "withdrawn"]
    assert withdrawals == ["en", "ru"]


def test_a_failing_row_says_so_is_tried_again_and_does_not_stop_the_rest():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    broken = due(article, vera, minutes=5, payload={})
    due(article, vera, minutes=10, language="en")

    assert settle(later(15)) == 1
    broken.refresh_from_db()
    assert (broken.settled_at, broken.fault) == (None, "KeyError: 'reason'")

    broken.payload = {"reason": "Срок вышел."}
    broken.save()
    assert settle(later(16)) == 1
    broken.refresh_from_db()
    assert (broken.settled_at, broken.fault) == (later(16), "")


def test_a_text_that_somebody_withdrew_meanwhile_is_left_as_it_is():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera, languages=["en"])
    due(article, vera, minutes=10, language="ru")

    assert settle(later(11)) == 1
    assert journal() == [(1, "published", "en")]
