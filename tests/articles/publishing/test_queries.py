"""What publishing asks of the database does not grow with a text, and is little: counted, not timed."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.blocks import BLOCKS, CareBoxBlock, TextBlock, blocks
from articles.content.texts import Article
from articles.editions import store
from articles.editions.shelf import Edition, Standing
from articles.editorial.translation_tasks import MovedObject
from tests.factories.desk import an_article
from tests.factories.desk_kinds import (
    a_care_box,
    a_page,
    a_question,
    a_term,
    a_topic,
    an_article_with_everything,
)
from tests.factories.long_texts import an_article_of, counted, everything
from tests.factories.shelf import journal, later, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(editor: User) -> None:
    """The journal has begun, and who publishes has looked at the page before, so that their rights are known."""
    publish_article(an_article("first"), by=editor)


def test_publishing_both_languages_takes_at_most_25_queries_with_5_blocks_and_with_60(editor: User) -> None:
    counts = []
    for number in (5, 60):
        article = an_article_of(number, f"long-{number}")
        parts = everything(article)
        counts.append(
            counted(lambda article=article, parts=parts: publish_article(article, by=editor, confirming=parts))
        )

    assert Edition.objects.count() == 6
    assert counts[0] == counts[1] <= 25


def published_over_and_over(article: Article, times: int, *, by: User) -> list[int]:
    """Publish with another title each time, and return how many queries each took."""
    parts = everything(article)
    counts = []
    for turn in range(times):
        Article.objects.filter(pk=article.pk).update(title_ru=f"Название {turn}", title_en=f"Title {turn}")
        at = later(turn)
        counts.append(counted(lambda at=at: publish_article(article, by=by, confirming=parts, at=at)))
    return counts


def test_it_takes_no_more_with_every_kind_of_block_and_of_shared_part_and_with_links(editor: User) -> None:
    """Numbers to call that are new, people, sources, options, accounts; links to every kind of text."""
    article = an_article_with_everything()
    links = [(one.kind, one.pk) for one in (an_article("linked"), a_question("linked-question"), a_page())]
    links += [("term", a_term().pk), ("topic", a_topic(slug_ru="inaya", slug_en="other").pk)]
    led = "".join(f'<p><a data-kind="{kind}" data-item="{pk}">{kind}</a></p>' for kind, pk in links)
    TextBlock.objects.create(parent=article, ordering=900, text_ru=led, text_en=led)
    counts = published_over_and_over(article, 3, by=editor)

    assert {type(block) for block in blocks(article)} == set(BLOCKS)
    assert {part.kind for part in store.parts_of(Standing.objects.get(slug="everything").edition.document)} >= {
        "care_box", "care_service", "quote", "expert", "source", "accounts", "evidence_table", "picture",
    }  # fmt: skip
    assert max(counts) <= 25


def test_publishing_again_takes_no_more_however_often_the_text_went_out(editor: User) -> None:
    article = an_article_of(12, "again")
    counts = published_over_and_over(article, 4, by=editor)

    assert [event for _number, event, _language in journal()] == ["published"] * 10
    assert max(counts) <= 25
    assert counts[1] == counts[3]


def test_a_box_with_numbers_to_call_costs_what_reading_it_costs(editor: User) -> None:
    plain, boxed = an_article_of(8, "plain"), an_article_of(8, "boxed")
    CareBoxBlock.objects.create(parent=boxed, ordering=500, care_box=a_care_box())
    without = counted(lambda: publish_article(plain, by=editor, confirming=[]))

    # The box with its numbers and its sources; which numbers are known, and those that are new; the box's own sources.
    assert counted(lambda: publish_article(boxed, by=editor, confirming=[])) <= without + 4


def test_that_a_text_moved_is_said_once(editor: User) -> None:
    article = an_article_of(5, "told")
    MovedObject.objects.all().delete()

    publish_article(article, by=editor, confirming=["head"])

    assert MovedObject.objects.filter(object_id=article.pk).count() == 1


def test_the_press_looks_again_in_one_query_behind_the_lock(editor: User) -> None:
    article = an_article_of(5, "behind")

    with CaptureQueriesContext(connection) as captured:
        publish_article(article, by=editor, confirming=[])

    statements = [one["sql"] for one in captured.captured_queries]
    locked = next(place for place, sql in enumerate(statements) if "journalhead" in sql)
    assert [sql[:6] for sql in statements[locked + 1 :] if sql.startswith("SELECT")] == ["SELECT"]
