"""What is kept for lists is what composing anew would say, whoever changed whatever in whichever way."""

import random
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.accounts import Accounts, AccountsEntry
from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.blocks import BLOCKS, AccountsBlock, CareBoxBlock, EvidenceTableBlock, QuoteBlock, TextBlock
from articles.content.care import CareBox, CareService
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Text
from articles.content.topics import Topic
from articles.editorial.confirmations import confirm, forget
from articles.publishing import gists
from articles.publishing.checking import start_check
from articles.publishing.desks import ITEMS
from articles.publishing.digests import composed, content_digests, outlines
from articles.publishing.gist_following import follow, start_anew
from articles.publishing.gist_making import gists_made, gists_now
from articles.publishing.gists import DriftingPart, Gist, GistState, Reading, Touched, are_behind, true_gists
from articles.publishing.states import part_states
from articles.publishing.touching import install_touching, missing_touching, watched
from articles.publishing.withdraw import withdraw
from articles.publishing.workflow import submit
from tests.factories.desk import NOON, a_quote, a_source, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def everything() -> list:
    return [item for kind, model in ITEMS.items() for item in model._default_manager.all()]


def said(found: list[Gist]) -> dict[tuple[object, str], list[object]]:
    fields = [field.name for field in Gist._meta.concrete_fields if field.name != "id"]
    return {(gist.item, gist.language): [getattr(gist, name) for name in fields] for gist in found}


def check() -> None:
    """What is kept is the same, row for row, as what is made of everything anew."""
    follow()
    fresh = gists_made(everything())
    assert said(list(Gist.objects.all())) == said(list(fresh.gists))
    assert set(Reading.objects.values_list("item", "row")) == {(one.item, one.row) for one in fresh.readings}
    kept = set(DriftingPart.objects.values_list("item", "language", "part_kind", "part"))
    assert kept == {(one.item, one.language, one.part_kind, one.part) for one in fresh.drifting}
    assert not Touched.objects.exists()


@pytest.fixture
def desk_of_all(editor: User) -> Article:
    """A live article that shows every kind of part, another that shows some of them, and a draft."""
    quote = a_quote()
    service = CareService.objects.create(name_ru="Скорая", name_en="Ambulance", number="103", country="RU")
    box = CareBox.objects.create(
        title_ru="Вызовите скорую", title_en="Call an ambulance", triggers_ru="Боль.", triggers_en="Pain."
    )
    box.services.add(service)
    box.sources.add(a_source())
    table = EvidenceTable.objects.create(title_ru="Что помогает", title_en="What helps")
    row = EvidenceRow.objects.create(parent=table, option_ru="Растяжка", option_en="Stretching", ordering=1)
    row.sources.add(a_source())
    accounts = Accounts.objects.create(title_ru="Двое", title_en="Two")
    AccountsEntry.objects.create(parent=accounts, quote=quote, ordering=1)
    article = an_article("first")
    place(article, quote)
    publish_article(article, by=editor)
    draft = an_article("draft")
    for model, field, shown in (
        (CareBoxBlock, "box", box), (EvidenceTableBlock, "table", table), (AccountsBlock, "accounts", accounts),
    ):  # fmt: skip
        model.objects.create(parent=draft, region="main", ordering=50, **{model.shared or field: shown})
    TextBlock.objects.create(
        parent=draft,
        region="main",
        ordering=60,
        text_ru=f'<p>Слово<cite data-source="{Source.objects.first().pk}" data-locator=""></cite>.</p>',  # type: ignore[union-attr]
        text_en="<p>Word.</p>",
    )
    topic = Topic.objects.create(title_ru="Ноги", title_en="Legs", slug_ru="nogi", slug_en="legs")
    article.topics.add(topic)
    Term.objects.create(title_ru="Судорога", title_en="Cramp", icd10="R25.2", slug_ru="sudoroga", slug_en="cramp")
    FaqEntry.objects.create(title_ru="Почему?", title_en="Why?", slug_ru="pochemu", slug_en="why")
    return article


def edits(chance: random.Random, editor: User) -> Iterator[Callable[[], object]]:
    """Ways in which rows change: by saving, in bulk, by relations, by SQL, on the shelf."""
    word = lambda: f"слово-{chance.random()}"  # noqa: E731

    def one(model):
        return chance.choice(list(model._default_manager.all()))

    def by_sql(table: str, column: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET "{column}" = %s', [word()])

    def save(model, field: str) -> None:
        obj = one(model)
        setattr(obj, field, word())
        obj.save()

    yield lambda: save(Article, "title_en")
    yield lambda: save(TextBlock, "text_ru")
    yield lambda: Organisation.objects.update(name_ru=word())
    yield lambda: Expert.objects.update(post_en=word())
    yield lambda: Source.objects.filter(pk=one(Source).pk).update(title=word())
    yield lambda: CareService.objects.update(number=str(chance.randint(1, 999)))
    yield lambda: by_sql("articles_carebox", "triggers_ru")
    yield lambda: by_sql("articles_evidencerow", "option_en")
    yield lambda: EvidenceRow.objects.create(parent=one(EvidenceTable), option_ru=word(), ordering=chance.randint(1, 9))
    yield lambda: one(EvidenceRow).sources.set([one(Source)])
    yield lambda: one(Quote).verdict_sources.set([one(Source)])
    yield lambda: one(CareBox).sources.set([one(Source)])
    yield lambda: AccountsEntry.objects.create(parent=one(Accounts), quote=a_quote(), ordering=chance.randint(1, 9))
    yield lambda: one(Article).topics.set([one(Topic)] if chance.random() < 0.5 else [])
    yield lambda: one(Article).conditions.set([one(Term)] if chance.random() < 0.5 else [])
    yield lambda: TextBlock.objects.bulk_create(
        [TextBlock(parent=one(Article), region="main", ordering=chance.randint(1, 99), text_en=f"<p>{word()}</p>")]
    )
    yield lambda: QuoteBlock.objects.create(parent=one(Article), region="main", ordering=7, quote=one(Quote))
    yield lambda: one(TextBlock).delete() if TextBlock.objects.count() > 2 else None
    yield lambda: TextBlock.objects.filter(pk=one(TextBlock).pk).update(parent=one(Article))
    yield lambda: an_article(f"new-{uuid4().hex[:8]}")
    yield lambda: Text.objects.filter(slug_en__startswith="new-").delete()
    yield lambda: confirm(one(Article).pk, "en", {"head": word()}, by=editor, at=NOON)
    yield lambda: forget(one(Article).pk, ["head"])
    yield lambda: Quote.objects.filter(pk=one(Quote).pk).update(withdrawn_at=NOON if chance.random() < 0.3 else None)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_is_what_composing_anew_says_after_any_change(desk_of_all: Article, editor: User, seed: int):
    chance = random.Random(seed)
    check()
    for _turn in range(12):
        for edit in chance.sample(list(edits(chance, editor)), 3):
            edit()
        check()


def test_publishing_checking_and_withdrawing_are_followed(desk_of_all: Article, editor: User) -> None:
    check()
    start_check("article", desk_of_all.pk, ["en"], {"en": "We are checking the dose."}, by=editor, at=NOON)
    check()
    withdraw("article", desk_of_all.pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON)
    check()
    gist = Gist.objects.get(item=desk_of_all.pk, language="en")
    assert (gist.state, gist.stage) == ("withdrawn", "retired")


def test_what_is_submitted_waits_for_review_until_a_word_is_changed(editor: User) -> None:
    article = an_article()
    place(article, a_quote())
    stage = lambda: (follow(), Gist.objects.get(item=article.pk, language="ru").stage)[1]  # noqa: E731
    assert stage() == "draft"

    submit("article", article.pk, "ru", by=editor, at=NOON)
    assert stage() == "in_review"
    Expert.objects.update(post_ru="заведующая")

    assert stage() == "draft"
    check()


def test_a_source_that_is_cited_before_it_is_there_is_followed(editor: User) -> None:
    article, missing = an_article(), uuid4()
    TextBlock.objects.create(
        parent=article,
        region="main",
        ordering=9,
        text_ru=f'<p>Слово<cite data-source="{missing}" data-locator=""></cite>.</p>',
    )
    follow()
    assert Reading.objects.filter(item=article.pk, row=missing).exists()

    a_source(pk=missing)

    check()


def test_nobody_is_told_what_is_old(editor: User) -> None:
    article = an_article()
    place(article, a_quote())
    follow()
    before = content_digests([article])
    assert len(true_gists([article.pk])) == 2

    Expert.objects.update(post_ru="заведующая")

    assert true_gists([article.pk]) == {}
    assert are_behind()
    assert content_digests([article]) != before
    assert content_digests([article]) == {key: one.content_digest for key, one in composed([article]).items()}
    assert {key: one.state for key, one in gists_now([article]).items()} == {
        (article.pk, "ru"): "never", (article.pk, "en"): "never",
    }  # fmt: skip


def test_another_text_is_not_made_anew_with_it(editor: User) -> None:
    article, other = an_article(), an_article("other")
    follow()

    Article.objects.filter(pk=article.pk).update(title_ru="Полуслово")

    assert true_gists([article.pk, other.pk]).keys() == {(other.pk, "ru"), (other.pk, "en")}
    assert follow() == 1


def test_a_shared_part_is_not_said_to_be_unchanged_while_gists_are_old(desk_of_all: Article, editor: User) -> None:
    quotes = list(Quote.objects.all())
    follow()
    live = {place for place, state in part_states("quote", quotes).items() if state == "live"}
    assert live

    Quote.objects.update(text_en="Another wording.")

    assert {part_states("quote", quotes)[place] for place in live} == {"unknown"}
    follow()
    assert {part_states("quote", quotes)[place] for place in live if place[1] == "en"} == {"changed"}


def test_other_code_makes_every_gist_anew(desk_of_all: Article) -> None:
    follow()
    number = Gist.objects.count()
    start_anew()
    assert true_gists([desk_of_all.pk]) == {}
    assert are_behind()

    assert follow() * 2 == number
    check()
    GistState.objects.update(recipe="of other code")
    assert follow(in_passing=True) == 0
    assert gists_now([desk_of_all]).keys() == {(desk_of_all.pk, "ru"), (desk_of_all.pk, "en")}
    assert follow() * 2 == number


def test_following_stops_after_as_many_items_as_it_was_told_and_goes_on_next_time(editor: User) -> None:
    for number in range(5):
        an_article(f"text-{number}")

    assert follow(most=3) == 3
    assert are_behind()
    assert gists.how_many_behind() == 2
    assert follow() == 2
    assert not are_behind()


def test_reading_what_is_kept_costs_the_same_for_one_and_for_twenty(editor: User) -> None:
    texts = [an_article(f"text-{number}") for number in range(20)]
    for text in texts:
        place(text, a_quote())
    follow()

    def queries(some: list[Article]) -> int:
        with CaptureQueriesContext(connection) as captured:
            gists_now(some)
            follow()
            outlines(some)
        return len(captured)

    assert queries(texts[:1]) == queries(texts) == 5


def test_every_table_that_composing_may_read_is_watched() -> None:
    models = [*AGGREGATES.values(), *(model for rows in ROWS.values() for model in rows.models), *BLOCKS]
    tables = {one.table for one in watched()}

    assert {model._meta.db_table for model in models} <= tables
    assert {many.m2m_db_table() for model in models for many in model._meta.many_to_many} <= tables
    assert missing_touching() == []


def test_a_lost_trigger_is_noticed_and_makes_every_gist_anew(editor: User) -> None:
    an_article()
    follow()
    install_touching()
    assert not are_behind()
    (name, *_) = [name for name in _triggers() if "_update_articles_text_" in name.lower()]
    with connection.cursor() as cursor:
        on = ' ON "articles_text"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert missing_touching() == [name]

    install_touching()

    assert missing_touching() == []
    assert GistState.objects.get().recipe == ""
    assert are_behind()


def _triggers() -> list[str]:
    from articles.publishing.touching import _present

    return sorted(_present(connection))
