"""A text is translated part by part, beside what the original says, what it said, and what readers see."""

import re

import pytest
from django.contrib.auth.models import Group

from articles.content.texts import Article
from articles.editorial.revisions import Revision
from articles.editorial.rights import hold_to
from articles.publishing.steps import item_steps
from tests.articles.publishing.agreement import agree, reword, save
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera(client):
    vera = an_editor()
    client.force_login(vera)
    return vera


@pytest.fixture
def article(vera):
    """A live article whose first passage moved on in Russian since it was translated."""
    article = an_article()
    agree(article, vera)
    publish_article(article, by=vera, confirming=[])
    block = article.textblock_set.get()
    block.text_ru = block.text_ru.replace("коротка", "коротка и неопасна")
    save(article, vera, block)
    return article


def address(article, more=""):
    return f"/admin/translations/article/{article.pk}/{more}"


def opened(client, article, part):
    page = client.get(address(article, f"?edit={part}")).content.decode()
    seen = re.search(r'name="part_seen" value="([0-9a-f]{64})"', page)
    return page, seen.group(1) if seen else ""


def state(article, part):
    return item_steps(Article.objects.get(pk=article.pk)).steps[str(part)].state.value


def test_the_page_shows_what_moved_and_what_readers_see(client, article):
    page = client.get(address(article)).content.decode()

    assert "неопасна.</ins>" in page
    assert 'class="tr-live"' in page
    assert page.count('class="tr-part needs-work"') == 1
    narrow = client.get(address(article, "?show=work")).content.decode()
    assert narrow.count('id="part-') == 1


def test_a_part_is_translated_right_there_and_kept_as_a_version(client, article, vera):
    block = article.textblock_set.get()
    page, seen = opened(client, article, block.pk)
    assert 'name="text_en"' in page
    assert 'name="text_ru"' not in page

    answer = client.post(
        address(article),
        {"part": str(block.pk), "part_seen": seen, "text_en": "<p>A cramp is short and harmless.</p>", "_save": ""},
    )

    assert (answer.status_code, state(article, block.pk)) == (302, "in_step")
    block.refresh_from_db()
    assert block.text_en == "<p>A cramp is short and harmless.</p>"
    kept = Revision.objects.filter(object_id=article.pk).first()
    assert (kept.saved_by, kept.reworded_in) == (vera, "en")


def test_what_somebody_did_elsewhere_in_the_text_is_in_nobodys_way(client, article, vera):
    block, heading = article.textblock_set.get(), article.headingblock_set.get()
    _page, seen = opened(client, article, block.pk)
    _title, seen_title = opened(client, article, "head")
    client.post(address(article), {"part": str(block.pk), "part_seen": seen, "text_en": "<p>New.</p>"})

    answer = client.post(
        address(article),
        {"part": "head", "part_seen": seen_title, "title_en": "Cramps", "slug_en": "test-cramps", "summary_en": "All."},
    )

    assert answer.status_code == 302
    fresh = Article.objects.get(pk=article.pk)
    assert (fresh.title_en, article.textblock_set.get().text_en) == ("Cramps", "<p>New.</p>")
    assert heading.text_en == "What it is"


def test_the_same_words_changed_meanwhile_are_shown_and_nothing_is_lost_or_saved(client, article, vera):
    block = article.textblock_set.get()
    _page, seen = opened(client, article, block.pk)
    client.post(address(article), {"part": str(block.pk), "part_seen": seen, "text_en": "<p>Theirs.</p>"})

    answer = client.post(address(article), {"part": str(block.pk), "part_seen": seen, "text_en": "<p>Mine.</p>"})

    page = answer.content.decode()
    assert (answer.status_code, "Theirs." in page, "Mine." in page) == (409, True, True)
    assert article.textblock_set.get().text_en == "<p>Theirs.</p>"
    again = re.search(r'name="part_seen" value="([0-9a-f]{64})"', page).group(1)
    client.post(address(article), {"part": str(block.pk), "part_seen": again, "text_en": "<p>Both.</p>"})
    assert article.textblock_set.get().text_en == "<p>Both.</p>"


def test_what_cannot_be_saved_is_shown_again_with_what_was_typed(client, article):
    _page, seen = opened(client, article, "head")
    typed = {"title_en": "x" * 300, "slug_en": "not a slug", "summary_en": ""}

    answer = client.post(address(article), {"part": "head", "part_seen": seen, **typed})

    assert answer.status_code == 422
    assert "x" * 300 in answer.content.decode()


def test_still_correct_is_one_press_and_goes_on_to_the_next_part(client, article, vera):
    save(article, vera, reword(Article.objects.get(pk=article.pk), "summary", "ru"))
    page = client.get(address(article)).content.decode()
    confirm = re.search(r'name="confirm" value="(head:[0-9a-f]{64})"', page).group(1)
    block = article.textblock_set.get()

    answer = client.post(address(article), {"confirm": confirm})

    assert answer["Location"].endswith(f"#part-{block.pk}")
    assert (state(article, "head"), state(article, block.pk)) == ("in_step", "behind")


def test_saving_goes_on_to_the_next_part_that_waits(client, article, vera):
    save(article, vera, reword(Article.objects.get(pk=article.pk), "summary", "ru"))
    _page, seen = opened(client, article, "head")
    block = article.textblock_set.get()

    answer = client.post(
        address(article, "?show=work"),
        {
            "part": "head",
            "part_seen": seen,
            "title_en": "Cramps",
            "slug_en": "test-cramps",
            "summary_en": "A",
            "_next": "",
        },
    )

    assert answer["Location"] == address(article, f"?edit={block.pk}&show=work#part-{block.pk}")


def test_who_writes_in_the_other_language_only_reads_it(client, article):
    ivan = an_editor("ivan")
    ivan.groups.set([Group.objects.get(name="translator")])
    hold_to(ivan, "ru")
    client.force_login(ivan)
    block = article.textblock_set.get()

    page, seen = opened(client, article, block.pk)
    answer = client.post(address(article), {"part": str(block.pk), "part_seen": seen, "text_en": "<p>No.</p>"})

    assert (seen, 'name="confirm"' in page, answer.status_code) == ("", False, 403)


def test_a_session_that_ended_loses_no_word(client, article):
    block = article.textblock_set.get()
    _page, seen = opened(client, article, block.pk)
    client.logout()

    answer = client.post(
        address(article), {"part": str(block.pk), "part_seen": seen, "text_en": "<p>Typed for long.</p>"}
    )

    assert (answer.status_code, "Typed for long." in answer.content.decode()) == (401, True)
    again = client.post(
        address(article),
        {
            "part": str(block.pk), "part_seen": seen, "text_en": "<p>Typed for long.</p>",
            "_sign_in-username": "vera", "_sign_in-password": "correct horse battery",
        },
    )  # fmt: skip
    assert "Typed for long." in again.content.decode()
    assert article.textblock_set.get().text_en != "<p>Typed for long.</p>"


def test_unknown_texts_and_parts_are_not_found(client, article, vera):
    assert client.get(f"/admin/translations/quote/{article.pk}/").status_code == 404
    assert client.post(address(article), {"part": "nothing", "text_en": ""}).status_code == 404
