from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.content.aggregates import kind_of
from articles.content.blocks import TextBlock, blocks
from articles.content.sources import Source
from articles.content.topics import Topic
from articles.editorial.scratch import ScratchCopy
from tests.articles.admin.desk.browser import Desk, Fields, address, fields_of
from tests.factories.desk import a_source, an_article
from tests.factories.triage_desk import a_protocol

pytestmark = pytest.mark.any_database


def _send(desk: Desk, obj: Any, fields: Fields, *, number: int = 1, **typed: Any) -> HttpResponse:
    """Send what the page's script sends while somebody types."""
    is_new = isinstance(obj, type)
    kind = "source" if is_new else kind_of(obj)
    user = desk.client.session.get("_auth_user_id", "")
    about = {"_scratch_object": "" if is_new else str(obj.pk), "_scratch_number": str(number), "_scratch_user": user}
    return desk.client.post(reverse("admin:scratch", args=[kind]), {**fields, **about, **typed})


def _open_copy(desk: Desk, obj: Any, page: str) -> HttpResponse:
    return desk.client.post(address(obj, "add" if isinstance(obj, type) else "change"), {"_open_scratch": page})


def test_what_was_typed_is_offered_after_a_crash_and_comes_back_whole(desk: Desk) -> None:
    article = an_article()
    fields = desk.open(article)
    typed = {
        "title_ru": "Напечатано",
        "textblock_set-0-text_en": "<p>typed &amp; <em>kept</em></p>",
        "tableblock_set-TOTAL_FORMS": "1",
        "tableblock_set-0-cells_ru": "Знак\tЗначит\nодин\tдва",
        "tableblock_set-0-ordering": "30",
        "tableblock_set-0-region": "main",
    }
    kept = _send(desk, article, fields, **typed)
    assert kept.json()["said"].startswith("Saved as a scratch copy at ")
    article.refresh_from_db()
    assert (article.version, article.title_ru, len(blocks(article))) == (1, "Судороги в тестах", 2)
    page = desk.client.get(address(article, "change"))
    assert "There is unsaved work of yours from" in page.content.decode()
    assert fields_of(page)["title_ru"] == ["Судороги в тестах"]
    shown = _open_copy(desk, article, fields["_scratch"][0])
    back = fields_of(shown)
    assert (shown.status_code, "Nothing has been saved yet." in shown.content.decode()) == (200, True)
    assert {name: back[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert back["_scratch"] == fields["_scratch"]
    assert desk.save(article, back).status_code == 302
    article.refresh_from_db()
    assert (article.title_ru, len(blocks(article))) == ("Напечатано", 3)
    assert "unsaved work of yours" not in desk.client.get(address(article, "change")).content.decode()
    assert ScratchCopy.objects.get().data == "[]"


def test_a_new_object_that_was_never_saved_comes_back_too(desk: Desk) -> None:
    fields = desk.open(Source)
    _send(desk, Source, fields, title="Typed")
    assert "unsaved work of yours" in desk.client.get(address(Source, "add")).content.decode()
    back = fields_of(_open_copy(desk, Source, fields["_scratch"][0]))
    assert back["title"] == ["Typed"]
    assert desk.save(Source, back, kind="review", language="en").status_code == 302
    assert "unsaved work of yours" not in desk.client.get(address(Source, "add")).content.decode()


def test_a_copy_of_an_older_version_is_opened_on_top_of_the_newest(desk: Desk, colleague: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), internal_note="first version that is kept")
    fields = desk.open(article)
    _send(desk, article, fields, title_en="Mine")
    colleague.save(article, colleague.open(article), **{"title_ru": "Их", "headingblock_set-0-DELETE": "on"})
    shown = _open_copy(desk, article, fields["_scratch"][0])
    back = fields_of(shown)
    assert (shown.status_code, back["title_ru"], back["title_en"]) == (200, ["Их"], ["Mine"])
    assert "Merged with what was saved meanwhile (Вера Редакторова)" in shown.content.decode()
    assert desk.save(article, back).status_code == 302
    assert [block.kind for block in blocks(article)] == ["text"]


def test_a_copy_that_says_otherwise_than_the_newest_version_is_put_to_its_author(desk: Desk, colleague: Desk) -> None:
    topic = Topic.objects.create(title_ru="Тема", title_en="Topic", slug_ru="tema", slug_en="topic")
    desk.save(topic, desk.open(topic), internal_note="first version that is kept")
    fields = desk.open(topic)
    _send(desk, topic, fields, title_en="Mine")
    colleague.save(topic, colleague.open(topic), title_en="Theirs")
    asked = _open_copy(desk, topic, fields["_scratch"][0])
    assert asked.status_code == 409
    back = fields_of(desk.save(topic, fields_of(asked), **{"_take:title.en": "mine"}))
    assert (back["title_en"], back["_scratch"]) == (["Mine"], fields["_scratch"])


def test_thrown_away_is_gone_and_another_window_has_a_copy_of_its_own(desk: Desk) -> None:
    source = a_source()
    one, other = desk.open(source), desk.open(source)
    _send(desk, source, one, title="One")
    _send(desk, source, other, title="Other")
    desk.client.post(address(source, "change"), {"_drop_scratch": one["_scratch"][0]})
    assert [dict(copy.typed)["title"] for copy in ScratchCopy.objects.all()] == ["Other"]
    gone = _open_copy(desk, source, one["_scratch"][0])
    assert (gone.status_code, ScratchCopy.objects.count()) == (302, 1)


def test_without_a_session_the_answer_is_401_and_says_so_to_a_script(desk: Desk) -> None:
    source = a_source()
    fields = desk.open(source)
    desk.client.logout()
    answer = _send(desk, source, fields, title="Typed", _scratch_user="1")
    assert (answer.status_code, answer.json()) == (401, {"code": "signed-out"})
    assert not ScratchCopy.objects.exists()


def test_what_one_typed_is_never_kept_as_somebody_elses(desk: Desk, colleague: Desk) -> None:
    source = a_source()
    fields = desk.open(source)
    answer = _send(colleague, source, fields, _scratch_user=desk.client.session["_auth_user_id"])
    assert (answer.status_code, ScratchCopy.objects.count()) == (403, 0)
    _send(desk, source, fields, title="Mine")
    assert _open_copy(colleague, source, fields["_scratch"][0]).status_code == 302
    assert "unsaved work of yours" not in colleague.client.get(address(source, "change")).content.decode()


@pytest.mark.parametrize("page", ["scratch", "beside"])
def test_somebody_who_may_only_look_keeps_and_asks_nothing(editor: User, page: str) -> None:
    source, guest = a_source(), Client()
    guest.force_login(User.objects.create_user("guest", is_staff=True))
    args = ["source", source.pk] if page == "beside" else ["source"]
    typed = {"_scratch": str(uuid4()), "_scratch_object": str(source.pk), "_scratch_number": "1"}
    assert guest.post(reverse(f"admin:{page}", args=args), typed).status_code == 403
    assert guest.get(reverse(f"admin:{page}", args=args)).status_code == 405


def test_nonsense_is_refused_without_a_fault(desk: Desk) -> None:
    source = a_source()
    fields = desk.open(source)
    assert _send(desk, source, fields, _scratch_number="x").status_code == 400
    assert _send(desk, source, fields, _scratch="x").status_code == 400
    assert desk.client.post(reverse("admin:scratch", args=["nothing"]), {}).status_code == 404
    assert _send(desk, source, fields, _scratch_part="1").json() == {"code": "unknown"}
    assert desk.client.post(address(source, "change"), {"_open_scratch": str(uuid4())}).status_code == 302


def test_who_else_is_there_and_who_has_saved_meanwhile(desk: Desk, colleague: Desk) -> None:
    protocol = a_protocol()
    place = reverse("admin:beside", args=["protocol", protocol.pk])
    fields = desk.open(protocol)
    assert desk.client.post(place, {"seen_version": fields["seen_version"]}).json() == {"people": "", "newer": ""}
    said = colleague.client.post(place, {"seen_version": fields["seen_version"]}).json()
    assert said["people"] == "Also editing now: Мария Орлова"
    assert colleague.save(protocol, colleague.open(protocol), title_en="Theirs").status_code == 302
    words = "A newer version was saved by Вера Редакторова; what you type will be merged when you save."
    assert _send(desk, protocol, fields, title_ru="Моё").json()["newer"] == words
    assert desk.client.post(place, {"seen_version": "999"}).json()["newer"] == ""
    protocol.delete()
    assert "deleted" in desk.client.post(place, {"seen_version": "1"}).json()["newer"]


def test_a_copy_ends_with_the_save_and_never_without_it(desk: Desk) -> None:
    source = a_source()
    fields = desk.open(source)
    _send(desk, source, fields, title="Typed")
    refused = desk.save(source, fields, title="Typed", accessed_on="x")
    assert refused.status_code == 200
    assert fields_of(refused)["_scratch"] == fields["_scratch"]
    assert not ScratchCopy.objects.get().is_finished
    assert TextBlock.objects.count() == 0
    assert desk.save(source, fields_of(refused), accessed_on="").status_code == 302
    assert ScratchCopy.objects.get().is_finished
