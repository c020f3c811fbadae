"""Rights per language at every form: the other language is there to be read, and nothing sent for it is taken."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.blocks import TextBlock
from articles.content.texts import Article
from articles.editorial.confirmations import confirm, confirmed
from articles.editorial.revisions import keep, revisions
from articles.editorial.rights import hold_to
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON, an_article
from tests.factories.desk_kinds import an_evidence_table
from tests.factories.people import somebody

pytestmark = pytest.mark.django_db


def as_somebody(role: str, language: str = "", username: str = "") -> tuple[Desk, User]:
    user, client = somebody(role, username or f"{role}-{language}"), Client()
    hold_to(user, language)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return Desk(client), user


def kept(editor: User) -> Article:
    article = an_article()
    keep(article, by=editor, at=NOON)
    return article


def test_the_other_language_is_text_and_no_field(editor: User) -> None:
    article = kept(editor)
    desk, _ = as_somebody("translator", "en")

    html = desk.client.get(address(article, "change")).content.decode()
    fields = desk.open(article)

    assert {"title_en", "summary_en", "textblock_set-0-text_en"} <= fields.keys()
    assert not {"title_ru", "slug_ru", "summary_ru", "textblock_set-0-text_ru"} & fields.keys()
    assert '<div class="desk-read" lang="ru">Судороги в тестах</div>' in html
    assert 'class="desk-read desk-read-rich" lang="ru"><p>Судорога коротка.' in html


def test_what_is_sent_for_it_all_the_same_is_not_taken(editor: User) -> None:
    article = kept(editor)
    block = article.textblock_set.get()
    desk, tanya = as_somebody("translator", "en")

    response = desk.save(
        article, desk.open(article), title_en="My words", title_ru="Чужие слова", original_language="en",
        textblock_set__0__text_ru="<p>Чужое.</p>", **{"textblock_set-0-text_ru": "<p>Чужое.</p>"},
    )  # fmt: skip

    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.title_en, article.title_ru, article.original_language) == ("My words", "Судороги в тестах", "ru")
    assert TextBlock.objects.get(pk=block.pk).text_ru == block.text_ru
    newest = revisions(article).first()
    assert newest is not None
    assert (newest.saved_by, newest.reworded_in) == (tanya, "en")


def test_a_translator_changes_words_and_nothing_of_what_is_there(editor: User) -> None:
    article = kept(editor)
    desk, _ = as_somebody("translator")
    fields = desk.open(article)
    html = desk.client.get(address(article, "change")).content.decode()
    assert "title_ru" in fields
    assert re.search(r'<select name="original_language"[^>]* disabled', html)

    desk.save(
        article, fields, title_ru="Новый заголовок", original_language="en", **{"headingblock_set-0-ordering": "90"}
    )

    article.refresh_from_db()
    assert (article.title_ru, article.headingblock_set.get().ordering) == ("Новый заголовок", 10)
    assert article.original_language == "ru"
    assert desk.client.get(address(Article, "add")).status_code == 403


def test_an_author_of_one_language_adds_and_moves_blocks_and_deletes_none_with_words_of_the_other(
    editor: User,
) -> None:
    article = kept(editor)
    desk, _ = as_somebody("author", "en")

    refused = desk.save(article, desk.open(article), **{"headingblock_set-0-DELETE": "on"})
    assert "has words in a language in which you do not write" in refused.content.decode()
    moved = desk.save(article, desk.open(article), **{"headingblock_set-0-ordering": "90"})

    assert moved.status_code == 302
    assert article.headingblock_set.get().ordering == 90
    assert desk.client.get(address(article, "delete")).status_code == 403


def test_a_block_that_a_colleague_deleted_comes_back_with_the_words_of_the_other_language_too(editor: User) -> None:
    article = kept(editor)
    was = article.headingblock_set.get()
    confirm(article.pk, "en", {str(was.pk): "as it was"}, by=editor, at=NOON)
    desk, russian = as_somebody("author", "ru")
    fields = desk.open(article)
    other, _ = as_somebody("author")
    other.save(article, other.open(article), **{"headingblock_set-0-DELETE": "on"})

    asked = desk.save(article, fields, **{"headingblock_set-0-text_ru": "Мой подзаголовок"})
    shown = desk.save(article, fields_of(asked))
    saved = desk.save(article, fields_of(shown), **{"headingblock_set-0-text_en": "Words that are not mine"})

    block = article.headingblock_set.get()
    assert (asked.status_code, saved.status_code) == (409, 302)
    assert was.text_en in shown.content.decode()
    assert (block.pk, block.text_ru, block.text_en) == (was.pk, "Мой подзаголовок", was.text_en)
    # Nobody who writes in English has compared it with the new Russian words.
    assert confirmed(article.pk, "en")[str(was.pk)] == "as it was"
    newest = revisions(article).first()
    assert newest is not None
    assert newest.saved_by == russian


def test_a_row_that_is_said_to_come_back_and_never_was_there_is_a_new_one_without_words_of_the_other_language(
    editor: User,
) -> None:
    article, other = kept(editor), an_article(slug_ru="other-ru", slug_en="other")
    keep(other, by=editor, at=NOON)
    theirs = other.headingblock_set.get()
    desk, _ = as_somebody("author", "ru")
    fields = desk.open(article)
    new = {"text_ru": "Ещё", "text_en": "Taken", "brings_back": str(theirs.pk), "ordering": "90", "region": "main"}

    saved = desk.save(
        article, fields, **{"headingblock_set-TOTAL_FORMS": "2"},
        **{f"headingblock_set-1-{name}": value for name, value in new.items()},
    )  # fmt: skip

    assert saved.status_code == 302
    _old, added = article.headingblock_set.order_by("ordering")
    assert (added.text_ru, added.text_en, added.pk == theirs.pk) == ("Ещё", "", False)
    assert other.headingblock_set.get() == theirs


def test_an_evidence_row_comes_back_whole_as_well(editor: User) -> None:
    table = an_evidence_table()
    keep(table, by=editor, at=NOON)
    was = table.rows.order_by("ordering")[0]
    desk, _ = as_somebody("author", "en")
    fields = desk.open(table)
    other, _ = as_somebody("author")
    other.save(table, other.open(table), **{"rows-0-DELETE": "on"})

    asked = desk.save(table, fields, **{"rows-0-finding_en": "My words"})
    saved = desk.save(table, fields_of(desk.save(table, fields_of(asked))))

    assert (asked.status_code, saved.status_code) == (409, 302)
    again = table.rows.get(pk=was.pk)
    assert (again.finding_en, again.finding_ru, again.option_ru) == ("My words", was.finding_ru, was.option_ru)
    assert list(again.sources.all()) == list(was.sources.all())


def test_after_somebody_elses_save_only_words_of_the_own_language_are_compared(editor: User) -> None:
    article = kept(editor)
    desk, _ = as_somebody("translator", "en")
    fields = desk.open(article)
    other, _ = as_somebody("author")
    other.save(article, other.open(article), title_ru="Новый заголовок", title_en="Their words")

    response = desk.save(article, fields, title_en="My words", title_ru="Чужие слова")

    article.refresh_from_db()
    assert article.title_ru == "Новый заголовок"
    assert "Чужие слова" not in response.content.decode()


@pytest.mark.parametrize("role", ["publisher", "medical_reviewer"])
def test_whoever_publishes_or_signs_changes_no_words(editor: User, role: str) -> None:
    article = kept(editor)
    desk, _ = as_somebody(role)
    response = desk.save(article, {"seen_version": ["1"]}, title_ru="Чужие слова", title_en="Their words")

    article.refresh_from_db()
    assert (response.status_code, article.title_ru) == (403, "Судороги в тестах")


def test_a_version_with_other_words_of_the_other_language_is_not_brought_back(editor: User) -> None:
    article = kept(editor)
    author, _ = as_somebody("author")
    author.save(article, author.open(article), title_ru="Новый заголовок")
    desk, _ = as_somebody("author", "en")

    response = desk.client.post(address(article, "restore", 1), {"seen_version": "2"})

    article.refresh_from_db()
    assert (response.status_code, article.title_ru) == (409, "Новый заголовок")
    assert "may not change" in response.content.decode()


def test_a_translation_is_confirmed_only_by_who_writes_in_its_language(editor: User) -> None:
    article = kept(editor)
    russian, _ = as_somebody("author", "ru")

    assert "Still correct" not in russian.client.get(address(article, "change")).content.decode()
    assert russian.client.post(f"/admin/confirm/article/{article.pk}/", {"confirm": "head:x"}).status_code == 403
