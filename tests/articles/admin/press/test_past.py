"""The past at the desk: two states beside each other, what readers saw at a moment, an edition published again."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions.shelf import Edition, Standing
from articles.editorial.revisions import keep
from articles.publishing.withdraw import withdraw
from tests.factories.desk import a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_term
from tests.factories.press import publish_item
from tests.factories.reviews import a_reviewer
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> Any:
    return an_editor()


@pytest.fixture
def desk(client: Client, vera: Any) -> Client:
    client.force_login(vera)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def article(vera: Any) -> Article:
    """Two saved versions, two Russian editions and an English one."""
    made = an_article()
    place(made, a_quote())
    keep(made, by=vera, at=later(0))
    publish_article(made, by=vera)
    Article.objects.update(summary_ru="Иначе сказано.", version=2)
    made = Article.objects.get()
    keep(made, by=vera, at=later(1))
    publish_article(made, by=vera, languages=["ru"], at=later(2))
    return made


def read(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def compare(article: Article) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk])


@pytest.mark.parametrize(
    ("older", "newer"), [("", ""), ("v1", "v2"), ("v1", "live"), ("ru1", "ru2"), ("ru1", "v2"), ("ru1", "live")]
)
def test_any_two_states_are_compared_word_by_word(desk: Client, article: Article, older: str, newer: str) -> None:
    html = read(desk, compare(article), **{"from": older, "to": newer})

    assert re.search(r"<ins>[^<]*Иначе", html)
    assert re.search(r"<del>[^<]*О", html)
    assert html.count('class="desk-row') == 1


@pytest.mark.parametrize(("older", "newer"), [("v2", "v2"), ("v2", "live"), ("en1", "v1"), ("ru2", "live")])
def test_states_that_say_the_same_differ_in_nothing(desk: Client, article: Article, older: str, newer: str) -> None:
    assert "Nothing differs." in read(desk, compare(article), **{"from": older, "to": newer})


def test_what_has_nothing_in_common_or_is_unknown_is_said_so(desk: Client, article: Article) -> None:
    assert "no language in common" in read(desk, compare(article), **{"from": "en1", "to": "ru2"})
    assert re.search(r"<ins>[^<]*Иначе", read(desk, compare(article), **{"from": "x", "to": "v99"}))
    quote = a_quote()
    assert "No version was saved yet." in read(desk, reverse("admin:articles_quote_compare", args=[quote.pk]))


def test_a_version_whose_quote_is_gone_is_compared_without_it(desk: Client, article: Article) -> None:
    article.quoteblock_set.all().delete()
    html = read(desk, compare(article), **{"from": "v1", "to": "ru2"})
    assert re.search(r"<ins>[^<]*Иначе", html)


def test_the_editions_are_listed_with_ways_on(desk: Client, article: Article) -> None:
    html = read(desk, reverse("admin:editions", args=["article", article.pk]))

    assert reverse("admin:publish_again", args=["article", article.pk, "ru", 1]) in html
    assert reverse("admin:publish_again", args=["article", article.pk, "ru", 2]) not in html
    assert html.count('<th scope="row">') == 3
    desk.force_login(a_reviewer())
    assert "publish-again" not in read(desk, reverse("admin:editions", args=["article", article.pk]))


def seen(article: Article, client: Client, minutes: int, language: str = "ru") -> str:
    asked = later(minutes)
    address = reverse("admin:seen", args=["article", article.pk])
    return read(client, address, language=language, day=asked.date().isoformat(), time=asked.strftime("%H:%M"))


def framed(client: Client, html: str) -> str:
    found = re.search(r'<iframe src="([^"]+)"', html)
    assert found
    return read(client, found[1].replace("&amp;", "&"))


def test_what_readers_saw_at_a_moment_is_shown_with_its_marks(desk: Client, article: Article, vera: Any) -> None:
    assert "had not been published in this language yet" in seen(article, desk, -5)

    first = framed(desk, seen(article, desk, 1))
    assert "Иначе сказано" not in first
    assert "Вера" in first

    assert "Иначе сказано" in framed(desk, seen(article, desk, 3))
    english = framed(desk, seen(article, desk, 3, "en"))
    assert "What this article is about" in english
    assert english != framed(desk, seen(article, desk, 1, "en"))

    withdraw("article", article.pk, ["ru"], reason_code="error", reasons={"ru": "Ошибка.", "en": "An error."}, by=vera,
             at=later(10))  # fmt: skip
    html = seen(article, desk, 11)
    assert "The text was withdrawn on" in html
    assert "Ошибка." in html
    assert "Иначе сказано" in framed(desk, seen(article, desk, 3))


@pytest.mark.parametrize("asked", [{"day": "x"}, {"day": "2026-13-01"}, {"day": "0001-01-01"}, {"time": "12:00"}])
def test_what_is_no_moment_is_asked_for_again(desk: Client, article: Article, asked: dict[str, str]) -> None:
    assert "Choose a day and a time." in read(desk, reverse("admin:seen", args=["article", article.pk]), **asked)
    page = reverse("admin:seen_page", args=["article", article.pk, "ru"])
    assert desk.get(page, {"at": asked.get("day", "")}).status_code == 404


def test_a_term_is_shown_as_its_old_editions_are(desk: Client, vera: Any) -> None:
    term = a_term()
    publish_item(term, by=vera)
    address = reverse("admin:seen_page", args=["term", term.pk, "en"])
    assert term.title_en in read(desk, address, at=later(1).isoformat())


def test_an_old_edition_is_published_again_from_its_page(desk: Client, article: Article) -> None:
    address = reverse("admin:publish_again", args=["article", article.pk, "ru", 1])
    html = read(desk, address)
    assert re.search(r"<del>[^<]*Иначе", html)
    found = re.search(r'name="seen_ru" value="([^"]+)"', html)
    assert found
    assert desk.get(f"{address}page/").status_code == 200

    sent = {"languages": "ru", "seen_ru": found[1], "note_ru": "", "reason_ru": "Врача пока нет."}
    answer = desk.post(address, sent)
    assert answer.status_code == 422
    assert "Say what kind of change this is." in answer.content.decode()
    assert Edition.objects.filter(language="ru").count() == 2

    desk.post(address, sent | {"note_ru": "Возвращаем прежние слова.", "class_ru": "update"})
    assert Standing.objects.get(item=article.pk, language="ru").edition.number == 3
    assert Article.objects.get().summary_ru == "Иначе сказано."


def test_the_checklist_of_old_words_is_settled_on_their_own_page(desk: Client, article: Article, settings: Any) -> None:
    settings.CHECKLIST_KINDS = ["article"]
    address = reverse("admin:publish_again", args=["article", article.pk, "ru", 1])
    sent = {"languages": "ru", "note_ru": "Возвращаем.", "class_ru": "update", "reason_ru": "Врача пока нет."}
    html = read(desk, address)
    keys = re.findall(r'name="answer_([^"]+)"', html)
    assert keys
    sent["seen_ru"] = re.findall(r'name="seen_ru" value="([^"]+)"', html)[0]

    refused = desk.post(address, sent)
    assert refused.status_code == 422
    assert "The checklist asks for reasons and answers, listed below." in refused.content.decode()
    kept = desk.post(address, sent | {"_record": "1"} | {f"answer_{key}": "yes" for key in keys})
    assert (kept.status_code, Edition.objects.filter(language="ru").count()) == (200, 2)
    assert "Возвращаем." in kept.content.decode()

    assert desk.post(address, sent).status_code == 302
    assert Standing.objects.get(item=article.pk, language="ru").edition.number == 3


def test_a_side_view_forgets_no_permission(desk: Client, article: Article, client: Client) -> None:
    again = reverse("admin:publish_again", args=["article", article.pk, "ru", 1])
    assert desk.get(reverse("admin:publish_again", args=["article", article.pk, "ru", 9])).status_code == 404
    assert desk.get(reverse("admin:publish_again", args=["article", article.pk, "de", 1])).status_code == 404
    assert desk.get(reverse("admin:editions", args=["quote", article.pk])).status_code == 404

    client.force_login(a_reviewer())
    assert [client.get(address).status_code for address in (again, f"{again}page/")] == [403, 403]
    assert client.post(again, {}).status_code == 403
    assert client.get(compare(article)).status_code == 200

    nobody = a_reviewer("nobody")
    nobody.groups.clear()
    client.force_login(nobody)
    places = [
        compare(article),
        *(reverse(f"admin:{name}", args=["article", article.pk]) for name in ("editions", "seen")),
    ]
    places.append(reverse("admin:seen_page", args=["article", article.pk, "ru"]))
    assert {client.get(address).status_code for address in places} == {403}
