"""Who wrote and translated a text goes with its editions, changes none of its words, and is carried on."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.content.aggregates import dump
from articles.content.completeness import problems
from articles.content.experts import Expert
from articles.content.texts import Article, Page
from articles.editions.envelope import Credits
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.confirmations import confirmed
from articles.editorial.revisions import keep, restore, revisions
from articles.publishing.agreeing import before, note
from articles.publishing.compose import compose
from articles.publishing.credits import credits_of
from articles.publishing.drift import drifted, republish_changed
from articles.publishing.duplicating import duplicate
from articles.publishing.preflight import preflight
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Terms, publish
from articles.publishing.states import TextState, item_states
from articles.publishing.transfer import dump_content, load_content, read_content
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_page, a_question, a_term
from tests.factories.shelf import BOTH, DECISION, journal, later, publish_article

pytestmark = pytest.mark.django_db

# Nobody of these names exists.
NAMED = {
    "authors_ru": "Проба Первая, медицинский журналист\nПроба Вторая, редактор",
    "authors_en": "Proba One, medical journalist\nProba Two, editor",
    "translators_ru": "Проба Третья, переводчик",
    "translators_en": "Proba Three, translator",
}


@pytest.fixture
def vera() -> User:
    return an_editor()


def live(article: Article, language: str) -> Edition:
    return Standing.objects.select_related("edition").get(item=article.pk, language=language).edition


def name(article: Article, **fields: str) -> Article:
    Article.objects.filter(pk=article.pk).update(**NAMED | fields)
    return Article.objects.get(pk=article.pk)


def test_each_language_names_its_people_and_only_the_translation_its_translator(vera: User) -> None:
    published = publish_article(an_article(**NAMED), by=vera)

    assert published["ru"].envelope.credits == Credits(
        ["Проба Первая, медицинский журналист", "Проба Вторая, редактор"], []
    )
    assert published["en"].envelope.credits == Credits(
        ["Proba One, medical journalist", "Proba Two, editor"], ["Proba Three, translator"]
    )
    assert list(verify_editions()) == []


def test_where_english_came_first_the_russian_text_names_its_translator(vera: User) -> None:
    published = publish_article(an_article(original_language="en", **NAMED), by=vera)

    assert [edition.envelope.credits.translated for edition in published.values()] == [["Проба Третья, переводчик"], []]


def test_a_text_that_names_nobody_and_a_kind_that_has_no_authors_say_nothing(vera: User) -> None:
    assert [credits_of(item, "ru") for item in (an_article(), a_question(), a_page(), a_term())] == [None] * 4
    assert '"credits"' not in publish_article(an_article("other"), by=vera)["ru"].envelope_json


def test_names_get_the_typography_of_their_language() -> None:
    article = an_article(authors_ru="А. Б. Первая, врач в отставке")

    assert credits_of(article, "ru") == Credits(["А.\u00a0Б.\u00a0Первая, врач в\u00a0отставке"], [])


def test_people_are_no_part_of_the_document() -> None:
    article = an_article()
    digests = [compose(article, language).content_digest for language in BOTH]

    assert [compose(name(article), language).content_digest for language in BOTH] == digests


def test_naming_somebody_is_an_edition_of_class_review_with_the_same_words(vera: User) -> None:
    article = an_article()
    first = publish_article(article, by=vera)["ru"]
    name(article)

    second = publish_article(article, by=vera, at=later(1))["ru"]

    assert (second.number, second.envelope.change.class_) == (2, "review")
    assert second.content_digest == first.content_digest
    assert second.envelope.content_changed_at == first.envelope.content_changed_at
    assert second.envelope.review == first.envelope.review
    assert live(article, "en").number == 2


def test_publishing_again_with_the_same_names_changes_nothing(vera: User) -> None:
    article = an_article(**NAMED)
    publish_article(article, by=vera)
    before_that = journal()

    publish_article(article, by=vera, at=later(1))

    assert journal() == before_that


def test_a_translators_name_that_nobody_sees_makes_no_edition(vera: User) -> None:
    article = an_article()
    publish_article(article, by=vera)
    Article.objects.update(translators_ru="Проба Третья, переводчик")

    assert publish_article(article, by=vera, at=later(1))["ru"].number == 1


def test_names_can_be_taken_back(vera: User) -> None:
    article = an_article(**NAMED)
    publish_article(article, by=vera)
    Article.objects.update(authors_ru="", authors_en="", translators_en="")

    published = publish_article(article, by=vera, at=later(1))

    assert [(edition.number, edition.envelope.credits) for edition in published.values()] == [(2, None), (2, None)]


def test_an_amendment_carries_the_names_on_and_never_those_of_the_draft(vera: User) -> None:
    article = an_article(**NAMED)
    place(article, a_quote())
    published = publish_article(article, by=vera)
    name(article, authors_ru="Черновая, никто", authors_en="Drafty, nobody")
    Expert.objects.update(post_ru="заведующая", post_en="head")

    republish_changed(
        article.pk,
        [one.part for one in drifted(article.pk)],
        change_class="correction",
        notes={"ru": "Должность.", "en": "The post."},
        by=vera,
        at=later(1),
    )

    for language in BOTH:
        assert live(article, language).number == 2
        assert live(article, language).envelope.credits == published[language].envelope.credits


def test_preflight_and_lists_tell_that_readers_see_other_names(vera: User) -> None:
    article = an_article()
    publish_article(article, by=vera)
    assert [proof.is_newly_credited for proof in preflight("article", article, BOTH).values()] == [False, False]

    article = name(article, authors_ru="", authors_en="", translators_ru="")

    proofs = preflight("article", article, BOTH)
    assert [proof.is_newly_credited for proof in proofs.values()] == [False, True]
    states = item_states([article])
    assert [states[article.pk, language] for language in BOTH] == [TextState.LIVE, TextState.CHANGED]


def test_one_language_may_not_say_that_nobody_is_named_while_the_other_names_somebody(vera: User) -> None:
    article = an_article(authors_ru=NAMED["authors_ru"])
    assert problems(article, "ru") == []
    [problem] = problems(article, "en")
    assert (problem.code, problem.where.column) == ("authors-missing", "authors_en")

    with pytest.raises(RefusedError):
        publish_article(article, by=vera)
    assert publish_article(article, by=vera, languages=["ru"], confirming=[])["ru"].number == 1


def test_about_pages_name_people_too(vera: User) -> None:
    page = a_page()
    Page.objects.update(**NAMED)

    published = publish("page", page.pk, {"ru": Terms()}, decision=DECISION, by=vera, at=NOON)

    assert published["ru"].envelope.credits.written[1] == "Проба Вторая, редактор"


def test_naming_the_translator_says_nothing_about_the_translation(vera: User) -> None:
    article = an_article()
    was = before(article)

    note(name(article), was, by=vera, at=NOON)

    assert confirmed(article.pk, "en") == {}


def test_files_keep_the_names_and_a_second_dump_is_the_same_bytes(tmp_path: Path) -> None:
    article = an_article(**NAMED)
    first = {path.name: path.read_bytes() for path in dump_content(tmp_path)}
    Article.objects.all().delete()

    load_content(read_content(tmp_path), by=None, at=NOON)

    assert dump(Article.objects.get(pk=article.pk))["translators"] == {
        "ru": NAMED["translators_ru"], "en": NAMED["translators_en"],
    }  # fmt: skip
    assert {path.name: path.read_bytes() for path in dump_content(tmp_path)} == first


def test_files_from_before_name_nobody(tmp_path: Path) -> None:
    article = an_article()
    [path] = [one for one in dump_content(tmp_path) if one.parent.name == "articles"]
    text = path.read_text()
    start, end = text.index("authors:"), text.index("topics:")
    path.write_text(text[:start] + text[end:])
    Article.objects.all().delete()

    load_content(read_content(tmp_path), by=None, at=NOON)

    assert dump(Article.objects.get(pk=article.pk))["authors"] == {"ru": "", "en": ""}


def test_saved_versions_and_copies_have_the_names(vera: User) -> None:
    article = an_article(**NAMED)
    keep(article, by=vera, at=timezone.now())
    Article.objects.update(authors_ru="", version=2)
    article.refresh_from_db()
    keep(article, by=vera, at=timezone.now())

    restored = restore(revisions(article).last(), expected=2, by=vera, at=timezone.now())

    assert restored.lines("authors", "ru") == NAMED["authors_ru"].split("\n")
    assert duplicate(restored, by=vera, at=NOON).lines("translators", "en") == [NAMED["translators_en"]]
