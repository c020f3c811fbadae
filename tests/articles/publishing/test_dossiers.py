"""What the press reads in one statement is what each module says of it by itself, on either database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from articles.content.aggregates import dump, kind_of, rows_of
from articles.content.blocks import BLOCKS, blocks
from articles.content.own_words import words_digest
from articles.content.rows_at_once import _reader
from articles.content.showing import objects_within
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions import store
from articles.editions.shelf import Address, Edition, Standing, WithdrawnPart
from articles.editorial import signoffs, transitions
from articles.editorial.checklists import AnswerValue, answer, answers, waive, waivers
from articles.editorial.confirmations import Confirmation, confirmed
from articles.editorial.signoffs import SignOff
from articles.publishing.compose import compose_both
from articles.publishing.dossiers import dossier, look_again
from articles.publishing.dues import Due, waiting_of
from articles.publishing.ending import end
from articles.publishing.reviewing import take_back
from articles.publishing.withdraw import restore, withdraw, withdraw_part
from articles.publishing.workflow import recall, send_back, states_known, states_of, submit
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.desk_kinds import an_article_with_everything
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Ошибка — «до байта» \\ ё 😀", "en": "An error."}


@pytest.fixture
def vera() -> User:
    return an_editor()


def seen(article: Article) -> None:
    """Everything that is read at once is what its own module reads; called wherever an item has got to."""
    working = Article.objects.get(pk=article.pk)
    known = dossier("article", working.pk, [])

    assert states_known(working, compose_both(working), known) == states_of([working])
    assert [_values(one) for one in known.standings.values()] == [
        _values(one) for one in store.standings_of(str(working.pk)).values()
    ]
    assert {code: one.edition.digest for code, one in known.standings.items()} == {
        code: one.edition.digest for code, one in store.standings_of(str(working.pk)).items()
    }
    assert known.stood == store.stands(str(working.pk))
    assert {place: _values(one) for place, one in known.last.items()} == {
        place: _values(one) for place, one in transitions.last([working.pk]).items()
    }
    assert [_values(one) for one in known.signatures] == [_values(one) for one in signoffs.standing([working.pk])]
    assert {code: known.confirmed_in(code) for code in BOTH} == {code: confirmed(working.pk, code) for code in BOTH}
    for mine, theirs in ((known.waivers, waivers(working.pk, BOTH)), (known.answers, answers(working.pk, BOTH))):
        assert {key: (_values(one), one.said_by) for key, one in mine.items()} == {
            key: (_values(one), one.said_by) for key, one in theirs.items()
        }


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_wherever_a_text_has_got_to_it_is_known_as_it_stands(vera: User) -> None:
    article, anna = an_article_with_everything(), a_reviewer()
    text, ru = ("article", article.pk), "ru"
    moscow = NOON.astimezone(timezone(timedelta(hours=3))) - timedelta(hours=1, microseconds=321100)
    steps = [
        lambda: submit(*text, ru, note=WHY["ru"], by=vera, at=moscow),
        lambda: sign_text(article, "ru", by=anna, at=moscow),
        lambda: publish_article(article, by=vera, at=moscow + timedelta(microseconds=1)),
        lambda: sign_text(article, "en", by=anna, at=NOON),
        lambda: answer(*text, ru, "sense", "a" * 64, AnswerValue.NO, note=WHY["ru"], by=vera, at=NOON),
        lambda: answer(*text, ru, "sense", "a" * 64, AnswerValue.YES, by=anna, at=NOON),
        lambda: waive(*text, "en", "certain", "b" * 64, reason=WHY["ru"], by=vera, at=NOON),
        lambda: Source.objects.update(accessed_on="2026-11-20"),
        lambda: submit(*text, ru, by=vera, at=later(1)),
        lambda: send_back(*text, ru, note="Иначе.", by=anna, at=later(2)),
        lambda: Article.objects.filter(pk=article.pk).update(summary_ru="Иначе."),
        lambda: submit(*text, ru, by=vera, at=later(3)),
        lambda: recall(*text, ru, by=vera, at=later(4)),
        lambda: publish_article(article, by=vera, at=later(5)),
        lambda: take_back(SignOff.objects.get(language="en"), reason=WHY["ru"], by=anna, at=later(6)),
        lambda: withdraw(*text, BOTH, reason_code="error", reasons=WHY, by=vera, at=later(7)),
        lambda: submit(*text, "en", by=vera, at=later(8)),
        lambda: restore(*text, ru, note="", by=vera, at=later(9)),
    ]

    seen(article)
    for step in steps:
        step()
        seen(article)


def test_what_is_final_behind_the_lock_is_what_each_question_by_itself_answers(vera: User) -> None:
    article, other = an_article_with_everything(), an_article("other")
    publish_article(article, by=vera)
    publish_article(other, by=vera)
    end("article", article.pk, ["ru"], later(9), reasons=WHY, by=vera, at=NOON)
    parts = list(store.parts_of(Standing.objects.get(item=article.pk, language="ru").edition.document))
    quote = next(part for part in parts if part.kind == "quote")
    withdraw_part("quote", quote.id, reason_code="error", reasons=WHY, by=vera, at=later(1))

    behind = look_again("article", article.pk, parts, ["other", article.slug_en, "nobody's"])

    assert behind.stand == store.stands(str(article.pk))
    assert behind.gone == {str(one) for one in WithdrawnPart.objects.values_list("part", flat=True)}
    assert behind.taken == {"other"}
    assert sorted(map(str, behind.waiting)) == sorted(map(str, waiting_of(article.pk)))
    assert {one.payload["reason"] for one in behind.waiting if one.act == Due.Act.WITHDRAW} == {WHY["ru"]}


def test_what_is_vouched_for_with_a_text_is_what_a_part_says_by_itself(vera: User) -> None:
    article = an_article_with_everything()
    publish_article(article, by=vera)

    inside = {
        inner for block in blocks(article) if block.shared for inner in objects_within(getattr(block, block.shared))
    }
    said = {one.item: one.source_digest for one in Confirmation.objects.filter(part="words", language="en")}
    assert said
    assert said == {one.pk: words_digest(kind_of(one), dump(one), "ru") for one in inside if one.pk in said}


def test_every_kind_of_row_reads_as_the_model_reads_it() -> None:
    article = an_article_with_everything()

    for row in rows_of(article):
        assert _values(row) == _values(type(row)._default_manager.get(pk=row.pk))
    assert {type(row) for row in rows_of(article)} == set(BLOCKS)


def test_a_column_that_a_model_reads_in_a_way_of_its_own_is_not_read_out_of_json() -> None:
    class Shouted(models.CharField):
        def from_db_value(self, value: str, expression: object, connection: object) -> str:
            return value.upper()

    with pytest.raises(TypeError, match="Shouted"):
        _reader(Shouted(), "sqlite")


@pytest.mark.parametrize("fraction", [0, 1, 100000, 120000, 999999])
def test_moments_keep_their_last_microsecond(vera: User, fraction: int) -> None:
    at = datetime(2026, 3, 29, 0, 59, 59, fraction, tzinfo=UTC)
    article = an_article()
    submit("article", article.pk, "ru", by=vera, at=at)

    [step] = dossier("article", article.pk, []).last.values()
    assert (step.done_at, step.done_at.tzinfo) == (at, UTC)


def test_what_grows_with_the_shelf_is_never_read_from_end_to_end() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads so small a table as a whole")
    article = an_article()
    with CaptureQueriesContext(connection) as made:
        dossier("article", article.pk, ["leg-cramps"])
    scanned = set()
    with connection.cursor() as cursor:
        for query in made:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            scanned |= {row[3].split()[1] for row in cursor.fetchall() if row[3].startswith("SCAN ")}
    assert any(Address._meta.db_table in query["sql"] for query in made)
    assert scanned.isdisjoint(model._meta.db_table for model in (Address, Edition, Standing))
