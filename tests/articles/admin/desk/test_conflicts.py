from __future__ import annotations

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict

from articles.admin.desk.conflicts import conflict
from articles.admin.desk.typed import typed
from articles.content.blocks import HeadingBlock, TextBlock, blocks
from articles.content.texts import Article
from articles.content.topics import Topic
from articles.editorial.revisions import revisions
from articles.publishing.steps import StepState, item_steps
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import (
    DISCLOSED,
    a_quote,
    a_source,
    a_text,
    an_article,
    an_expert,
    an_organisation,
    place,
)

KINDS = [
    (an_organisation, "name_ru"),
    (an_expert, "post_en"),
    (a_source, "title"),
    (a_quote, "text_ru"),
    (an_article, "summary_en"),
]


def _both(desk: Desk, colleague: Desk, obj, theirs: dict, mine: dict):
    """Two people open the same version; the colleague saves first. Return the answer to the second save."""
    desk.save(obj, desk.open(obj), internal_note="first version that is kept")
    opened = desk.open(obj)
    assert colleague.save(obj, colleague.open(obj), **theirs).status_code == 302
    return desk.save(obj, opened, **mine)


@pytest.mark.parametrize(("make", "field"), KINDS)
def test_a_second_save_overwrites_nothing_and_shows_both_texts(desk: Desk, colleague: Desk, make, field: str) -> None:
    obj = make()
    answer = _both(desk, colleague, obj, {field: "Their words"}, {field: "My words"})
    obj.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert getattr(obj, field) == "Their words"
    assert "Вера Редакторова" in page
    assert answer.context["title"] == "A newer version was saved meanwhile"
    assert [(part.theirs, part.mine, part.changed_by) for part in answer.context["conflict"].differences] == [
        ("Their words", "My words", "both")
    ]


@pytest.mark.parametrize(("make", "_field"), KINDS)
def test_a_form_that_nobody_touched_reads_as_what_is_stored(desk: Desk, make, _field: str) -> None:
    obj = make()
    post = QueryDict(mutable=True)
    for name, values in desk.open(obj).items():
        post.setlist(name, values)
    assert conflict(obj, post).differences == []


def test_every_sort_of_field_reads_the_same_typed_and_stored(desk: Desk) -> None:
    quote = a_quote(reply_ru="Не согласна.", replied_on=date(2026, 3, 9), approved_on=date(2026, 1, 2), locator="с. 3")
    article = an_article()
    place(article, quote, essential=True)
    a_text(article, ordering=40, ru="Первая строка\nвторая", en="One  line")
    for obj in (quote, article, an_expert(**DISCLOSED)):
        post = QueryDict(mutable=True)
        for name, values in desk.open(obj).items():
            post.setlist(name, values)
        assert conflict(obj, post).differences == []


def test_two_people_in_different_languages_never_meet_the_page_and_are_told(desk: Desk, colleague: Desk) -> None:
    expert = an_expert()
    answer = _both(desk, colleague, expert, {"post_ru": "их"}, {"post_en": "mine"})
    assert answer.status_code == 302
    expert.refresh_from_db()
    assert (expert.version, expert.post_ru, expert.post_en) == (4, "их", "mine")
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert "Merged with what was saved meanwhile (Вера Редакторова): Post (RU)." in said
    versions = revisions(expert)
    assert [one.number for one in versions] == [4, 3, 2]
    assert versions[0].data["post"] == {"ru": "их", "en": "mine"}


def test_only_what_both_changed_is_asked_about_and_the_rest_comes_along(desk: Desk, colleague: Desk) -> None:
    expert = an_expert()
    answer = _both(desk, colleague, expert, {"post_ru": "их", "name_ru": "Их"}, {"post_en": "mine", "name_ru": "Моё"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count('type="radio"') == 2
    assert "2 other parts were changed by one of you only" in page


def test_a_merged_form_that_is_refused_is_shown_with_both_and_saves_nothing(desk: Desk, colleague: Desk) -> None:
    source = a_source()
    answer = _both(desk, colleague, source, {"authors": "Their, A."}, {"title": "Mine", "accessed_on": "x"})
    source.refresh_from_db()
    assert (answer.status_code, source.title) == (200, "Cramps of test muscles")
    again = fields_of(answer)
    assert (again["authors"], again["title"], again["seen_version"]) == (["Their, A."], ["Mine"], ["3"])
    assert "Merged with what was saved meanwhile (Вера Редакторова)" in answer.content.decode()
    assert desk.save(source, again, accessed_on="").status_code == 302


def test_two_sources_of_one_name_are_two_sources(desk: Desk, colleague: Desk) -> None:
    one, other = a_source(title="One"), a_source(title="Other")
    quote = a_quote(verdict_sources=[one])
    answer = _both(desk, colleague, quote, {"verdict_sources": [str(other.pk)]}, {"locator": "p. 3"})
    assert answer.status_code == 302
    quote.refresh_from_db()
    assert (list(quote.verdict_sources.all()), quote.locator) == ([other], "p. 3")


def test_another_address_behind_the_same_words_is_not_lost(desk: Desk, colleague: Desk) -> None:
    article = an_article()

    def linked(url: str) -> str:
        return f'<p>See <a href="https://example.org/{url}">there</a></p>'

    a_text(article, ordering=30, ru="", en="x")
    field = "textblock_set-1-text_en"
    desk.save(article, desk.open(article), **{field: linked("old")})
    answer = _both(desk, colleague, article, {field: linked("new")}, {"title_ru": "Моё"})
    assert answer.status_code == 302
    assert "example.org/new" in TextBlock.objects.get(parent=article, ordering=30).text_en


def test_a_translation_made_beside_older_words_is_not_called_in_step_with_newer_ones(
    desk: Desk, colleague: Desk
) -> None:
    article = an_article()
    theirs, mine = "textblock_set-0-text_ru", "textblock_set-0-text_en"
    answer = _both(desk, colleague, article, {theirs: "<p>Не больше двух.</p>"}, {mine: "<p>Take it.</p>"})
    assert answer.status_code == 302
    block = TextBlock.objects.get(parent=article)
    assert item_steps(article).steps[str(block.pk)].state == StepState.BEHIND
    # Whoever has both before them says with a save what nobody said before.
    assert desk.save(article, desk.open(article), **{mine: "<p>No more than two.</p>"}).status_code == 302
    assert item_steps(article).steps[str(block.pk)].state == StepState.IN_STEP


def test_a_new_block_sent_twice_is_there_once(desk: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), internal_note="kept")
    typed = desk.open(article) | {
        "headingblock_set-TOTAL_FORMS": "2",
        "headingblock_set-1-text_ru": "Раздел",
        "headingblock_set-1-ordering": "30",
        "headingblock_set-1-region": "main",
    }
    assert desk.save(article, typed).status_code == 302
    assert desk.save(article, typed, title_en="And more").status_code == 302
    assert [block.kind for block in blocks(article)] == ["heading", "text", "heading"]
    article.refresh_from_db()
    assert article.title_en == "And more"


def test_a_block_that_i_deleted_while_they_wrote_in_it_needs_a_decision(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    answer = _both(
        desk, colleague, article, {"headingblock_set-0-text_en": "Theirs"}, {"headingblock_set-0-DELETE": "on"}
    )
    assert answer.status_code == 409
    assert {part.changed_by for part in answer.context["conflict"].differences} == {"both"}
    chosen = {f"_take:{part.key}": "theirs" for part in answer.context["conflict"].differences}
    merged = fields_of(desk.save(article, fields_of(answer), **chosen))
    assert desk.save(article, merged).status_code == 302
    assert [heading.text_en for heading in HeadingBlock.objects.filter(parent=article)] == ["Theirs"]


def test_a_column_that_the_form_does_not_ask_for_is_not_emptied_by_it() -> None:
    theirs = {"title": {"ru": "Их", "en": "Theirs"}}
    post = QueryDict("title_en=Mine", mutable=True)
    found = typed("topic", post, {Topic: {"title_en"}}, theirs)
    assert found["title"] == {"ru": "Их", "en": "Mine"}


def test_choosing_shows_the_form_on_top_of_the_newest_version_and_saves_nothing(desk: Desk, colleague: Desk) -> None:
    expert = an_expert()
    answer = _both(desk, colleague, expert, {"post_ru": "их", "name_ru": "Их"}, {"post_en": "mine", "name_ru": "Моё"})
    chosen = desk.save(expert, fields_of(answer), **{"_take:name.ru": "theirs"})
    expert.refresh_from_db()
    again = fields_of(chosen)
    assert chosen.status_code == 200
    assert (expert.version, expert.post_en) == (3, "physician")
    assert (again["name_ru"], again["post_ru"], again["post_en"]) == (["Их"], ["их"], ["mine"])
    assert again["seen_version"] == ["3"]
    assert desk.save(expert, again).status_code == 302
    expert.refresh_from_db()
    assert (expert.version, expert.name_ru, expert.post_ru, expert.post_en) == (4, "Их", "их", "mine")


def test_blocks_are_compared_one_by_one(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Первый", en="First")
    answer = _both(
        desk,
        colleague,
        article,
        {"textblock_set-1-text_ru": "<p>Их слова</p>"},
        {"textblock_set-1-text_ru": "<p>Мои слова</p>", "textblock_set-1-text_en": "<p>My words</p>"},
    )
    found = [
        (part.part, part.language, part.theirs, part.mine, part.changed_by)
        for part in answer.context["conflict"].differences
    ]
    assert found == [
        ("3. Text", "ru", "Их слова", "Мои слова", "both"),
        ("3. Text", "en", "First", "My words", "mine"),
    ]
    merged = fields_of(desk.save(article, fields_of(answer)))
    assert desk.save(article, merged).status_code == 302
    block = TextBlock.objects.get(parent=article, ordering=30)
    assert (block.text_ru, block.text_en) == ("<p>Мои слова</p>", "<p>My words</p>")


def test_a_block_that_they_deleted_while_i_wrote_in_it_can_stay(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    answer = _both(
        desk,
        colleague,
        article,
        {"headingblock_set-0-DELETE": "on"},
        {"headingblock_set-0-text_en": "My better heading"},
    )
    assert answer.status_code == 409
    merged = fields_of(desk.save(article, fields_of(answer)))
    assert desk.save(article, merged).status_code == 302
    assert [heading.text_en for heading in HeadingBlock.objects.filter(parent=article)] == ["My better heading"]


def test_a_block_that_they_deleted_goes_when_i_did_not_touch_it(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    answer = _both(desk, colleague, article, {"headingblock_set-0-DELETE": "on"}, {"title_ru": "Мой заголовок"})
    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.title_ru, HeadingBlock.objects.filter(parent=article).count()) == ("Мой заголовок", 0)


def test_blocks_that_both_added_are_both_there(desk: Desk, colleague: Desk) -> None:
    article = an_article()

    def added(words: str) -> dict[str, str]:
        return {
            "headingblock_set-TOTAL_FORMS": "2",
            "headingblock_set-1-text_ru": words,
            "headingblock_set-1-ordering": "30",
            "headingblock_set-1-region": "main",
        }

    answer = _both(desk, colleague, article, added("Их раздел"), added("Мой раздел"))
    assert answer.status_code == 302
    assert {block.text_ru for block in blocks(article) if isinstance(block, HeadingBlock)} == {
        "Что это",
        "Их раздел",
        "Мой раздел",
    }


def test_a_form_that_does_not_say_its_version_is_not_saved_over_anything(desk: Desk) -> None:
    source = a_source()
    fields = desk.open(source)
    del fields["seen_version"]
    assert desk.save(source, fields, title="Blind").status_code == 409
    source.refresh_from_db()
    assert source.title == "Cramps of test muscles"


def test_the_same_form_sent_twice_is_saved_once(desk: Desk) -> None:
    article = an_article()
    typed = {**desk.open(article), "title_ru": "Новое название"}
    assert desk.save(article, typed).status_code == 302
    assert desk.save(article, typed).status_code == 302
    article.refresh_from_db()
    assert (article.version, article.title_ru) == (2, "Новое название")


def test_another_order_of_blocks_is_not_dropped_in_silence(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    answer = _both(desk, colleague, article, {"title_ru": "Их"}, {"title_ru": "Их", "textblock_set-0-ordering": "1"})
    assert answer.status_code == 302
    assert [block.kind for block in blocks(article)] == ["text", "heading"]


def test_text_that_would_be_refused_is_shown_too(desk: Desk, colleague: Desk) -> None:
    source = a_source()
    answer = _both(desk, colleague, source, {"title": "Theirs"}, {"title": "Mine \u2066 refused", "accessed_on": "x"})
    assert answer.status_code == 409
    assert [part.mine for part in answer.context["conflict"].differences] == ["Mine \u2066 refused", "x"]


def test_somebody_who_may_only_look_gets_no_comparison(desk: Desk, client, django_user_model) -> None:
    source = a_source()
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(address(source, "change"), {"title": "x", "seen_version": "9"}).status_code == 403


def test_without_the_version_that_both_saw_every_part_needs_a_decision(db, rf) -> None:
    expert = an_expert()
    post = QueryDict(mutable=True)
    post["post_ru"] = "моё"
    found = {part.key: part.changed_by for part in conflict(expert, post).differences}
    assert set(found.values()) == {"both"}
    assert "post.ru" in found


def test_their_order_stays_when_i_moved_nothing(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    answer = _both(desk, colleague, article, {"textblock_set-0-ordering": "1"}, {"title_ru": "Моё"})
    assert answer.status_code == 302
    assert [block.kind for block in blocks(article)] == ["text", "heading"]


def test_what_was_typed_into_something_that_was_deleted_meanwhile_is_given_back(desk: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), internal_note="first version that is kept")
    typed_in = {**desk.open(article), "title_en": ["Typed"], "textblock_set-0-text_en": ["<p>And this</p>"]}
    place = address(article, "change")
    article.delete()
    answer = desk.client.post(place, typed_in)
    assert (answer.status_code, "And this" in answer.content.decode()) == (410, True)
    anew = fields_of(desk.save(Article, fields_of(answer)))
    assert not Article.objects.exists()
    assert desk.save(Article, anew).status_code == 302
    assert [block.kind for block in blocks(Article.objects.get(title_en="Typed"))] == ["heading", "text"]


def test_a_form_of_what_never_was_is_answered_as_ever(desk: Desk) -> None:
    article = an_article()
    place = address(article, "change")
    article.delete()
    assert desk.client.post(place, {"title_en": "x"}).status_code == 302
