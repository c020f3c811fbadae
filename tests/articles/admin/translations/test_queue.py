"""The queue of translations is a query, whatever number of texts there are, and knows whose a text is."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.texts import Article
from articles.editorial.rights import hold_to
from articles.editorial.translation_tasks import MovedObject, TranslationTask
from articles.publishing import translation_queue
from tests.articles.publishing.agreement import agree, reword, save
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.desk_kinds import an_article_with_everything

pytestmark = pytest.mark.django_db
QUEUE = "/admin/translations/"


def tasks(number: int, **fields) -> None:
    TranslationTask.objects.bulk_create(
        TranslationTask(
            **{
                "item": uuid4(), "kind": "article", "language": "en", "title": f"Текст {one}", "behind": 1, "rank": 3,
                "lacks": "update", "since": NOON + timedelta(minutes=one),
            }
            | fields
        )
        for one in range(number)
    )  # fmt: skip


@pytest.fixture
def vera(client):
    vera = an_editor()
    client.force_login(vera)
    return vera


def a_translator(username="anna", language="en"):
    anna = an_editor(username)
    anna.groups.set([Group.objects.get(name="translator")])
    hold_to(anna, language)
    return anna


def queries(client, address=QUEUE) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_long_queue_costs_what_a_short_one_costs(client, vera):
    tasks(3)
    client.get(QUEUE)
    few = queries(client)
    tasks(200)

    assert queries(client) == few


def test_what_is_gravest_comes_first_then_what_has_waited_longest(client, vera):
    tasks(1, title="Слово", rank=5, lacks="wording")
    tasks(1, title="Давно", since=NOON - timedelta(days=3))
    tasks(1, title="Недавно")
    tasks(1, title="Опасно", rank=0, lacks="safety")

    page = client.get(QUEUE).content.decode()

    assert re.findall(r"Опасно|Давно|Недавно|Слово", page)[::2] == ["Опасно", "Давно", "Недавно", "Слово"]


def test_somebody_takes_a_text_and_finds_it_among_their_own(client):
    anna = a_translator()
    client.force_login(anna)
    tasks(1, title="Мой")
    tasks(1, title="Ничей")
    mine = TranslationTask.objects.get(title="Мой")

    client.post(QUEUE, {"item": [str(mine.pk)], "take": "1"})

    page = client.get(f"{QUEUE}?whose=mine").content.decode()
    assert ("Мой" in page, "Ничей" in page) == (True, False)
    assert "Ничей" in client.get(f"{QUEUE}?whose=unassigned").content.decode()


def test_a_translator_gives_work_to_nobody_else(client, vera):
    client.force_login(a_translator())
    tasks(1)
    task = TranslationTask.objects.get()

    answer = client.post(QUEUE, {"item": [str(task.pk)], "give": "1", "to": str(vera.pk)})

    task.refresh_from_db()
    assert (answer.status_code, task.translator) == (403, None)


def test_an_editor_gives_it_to_a_translator_and_back_to_all(client, vera):
    anna = a_translator()
    tasks(1)
    task = TranslationTask.objects.get()

    client.post(QUEUE, {"item": [str(task.pk)], "give": "1", "to": str(anna.pk)})
    task.refresh_from_db()
    assert (task.translator, task.assigned_by) == (anna, vera)
    client.post(QUEUE, {"item": [str(task.pk), "no id"], "give": "1", "to": ""})

    task.refresh_from_db()
    assert task.translator is None


def test_only_the_languages_in_which_somebody_writes_are_shown_first(client):
    client.force_login(a_translator(language="en"))
    tasks(1, title="На английский")
    tasks(1, title="На русский", language="ru")

    page = client.get(QUEUE).content.decode()

    assert ("На английский" in page, "На русский" in page) == (True, False)
    assert "На русский" in client.get(f"{QUEUE}?language=ru").content.decode()


def test_who_may_see_no_texts_sees_no_queue(client):
    stranger = an_editor("oleg")
    stranger.groups.clear()
    client.force_login(stranger)

    assert client.get(QUEUE).status_code == 403


def test_a_save_of_a_shared_object_moves_every_text_that_shows_it(vera):
    article = an_article_with_everything()
    agree(article, vera)
    translation_queue.fill(at=NOON)
    while translation_queue.follow(at=NOON):
        pass
    assert TranslationTask.objects.get(pk=article.pk).since is None
    box = article.careboxblock_set.get().care_box
    save(box, vera, reword(box, "triggers", "ru"))
    MovedObject.objects.create(object_id=box.pk)

    translation_queue.follow(at=NOON + timedelta(hours=1))

    task = TranslationTask.objects.get(pk=article.pk)
    assert (task.behind, task.since) == (1, NOON + timedelta(hours=1))


def test_a_text_that_is_deleted_leaves_the_queue():
    article = an_article()
    translation_queue.fill(at=NOON)
    key = article.pk
    Article.objects.filter(pk=key).delete()
    MovedObject.objects.create(object_id=key)

    translation_queue.follow(at=NOON)

    assert not TranslationTask.objects.filter(pk=key).exists()
