from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from articles.answers.pictures import address as media
from articles.content.picture_store import holds
from articles.content.pictures import Picture
from articles.content.renditions import path_of
from articles.editorial.revisions import keep, restore, revisions
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON
from tests.factories.pictures import SECRET, a_drawing, a_photo, a_picture, encoded, talkative

pytestmark = pytest.mark.any_database

WORDS = {"alt_ru": "Икра", "alt_en": "Calf", "licence": "own"}


def a_file(data: bytes | None = None, name: str = "calf.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(a_photo(600, 300)) if data is None else data)


def sent(answer: HttpResponse) -> dict[str, Any]:
    """What the form that came back would send; a browser never fills in its file again."""
    return {name: values for name, values in fields_of(answer).items() if name != "upload"}


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    return answer.context["adminform"].form.errors


def test_a_file_becomes_a_picture(desk: Desk) -> None:
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS)
    assert answer.status_code == 302, answer.context["errors"]
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.original_name) == (600, 300, "calf.jpg")
    assert all(holds(path_of(entry)) for entry in picture.renditions)
    assert [version.data["renditions"] for version in revisions(picture)] == [picture.renditions]


def test_the_form_and_the_list_show_it(desk: Desk) -> None:
    picture = a_picture()
    shown = media(next(entry["path"] for entry in picture.renditions if entry["format"] == "webp"))
    form = desk.client.get(address(picture, "change")).content.decode()
    assert f'src="{shown}"' in form
    assert 'enctype="multipart/form-data"' in form
    assert f'src="{shown}"' in desk.client.get(address(Picture, "changelist")).content.decode()
    assert desk.client.get(shown).status_code == 200


def test_saving_an_untouched_form_changes_nothing(desk: Desk) -> None:
    picture = a_picture()
    desk.save(picture, desk.open(picture))
    again = Picture.objects.get()
    assert (again.version, again.renditions, again.original_name) == (1, picture.renditions, "calf.jpg")


def test_another_file_in_its_place_leaves_the_old_files_where_they_are(desk: Desk) -> None:
    picture = a_picture()
    desk.save(picture, desk.open(picture), upload=a_file(encoded(a_drawing(), "PNG"), "drawing.png"))
    again = Picture.objects.get()
    assert (again.original_name, again.width, again.alt_en) == ("drawing.png", 640, picture.alt_en)
    assert again.renditions != picture.renditions
    assert all(holds(path_of(entry)) for entry in picture.renditions)


def test_a_change_of_words_keeps_the_file(desk: Desk) -> None:
    picture = a_picture()
    desk.save(picture, desk.open(picture), alt_en="The back of the calf")
    again = Picture.objects.get()
    assert (again.alt_en, again.renditions, again.original_name) == (
        "The back of the calf",
        picture.renditions,
        "calf.jpg",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is an SVG drawing"),
        (b"MZ\x90\x00" + bytes(300), "not a JPEG, PNG, WebP, AVIF or GIF picture"),
        (bytes(20_000_000), "larger than 10 MB"),
        (encoded(a_photo())[:3000], "damaged or was cut off"),
        (encoded(a_photo(64, 64), "GIF", save_all=True, append_images=[a_drawing(64, 64)]), "The picture moves"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field_and_everything_typed_is_kept(
    desk: Desk, data: bytes, sentence: str
) -> None:
    typed = WORDS | {"caption_ru": "Подпись, над которой думали."}
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(data), **typed)
    assert answer.status_code == 200
    assert list(errors(answer)) == ["renditions"]
    assert f"calf.jpg: {sentence}" in errors(answer)["renditions"][0] or sentence in errors(answer)["renditions"][0]
    assert {name: values[0] for name, values in sent(answer).items() if name in typed} == typed
    assert Picture.objects.count() == 0


def test_a_refused_file_leaves_the_picture_as_it_was(desk: Desk) -> None:
    picture = a_picture()
    answer = desk.save(picture, desk.open(picture), upload=a_file(b"MZ"), alt_en="Typed")
    assert list(errors(answer)) == ["renditions"]
    again = desk.save(picture, sent(answer))
    assert again.status_code == 302
    stored = Picture.objects.get()
    assert (stored.alt_en, stored.renditions) == ("Typed", picture.renditions)


def test_without_a_file_there_is_no_picture(desk: Desk) -> None:
    answer = desk.save(Picture, desk.open(Picture), **WORDS)
    assert errors(answer) == {"renditions": ["Choose the picture’s file."]}


def test_a_file_outlives_errors_in_other_fields(desk: Desk) -> None:
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), alt_ru="Икра", alt_en="x\x00", licence="")
    assert list(errors(answer)) == ["alt_en", "licence"]
    assert "calf.jpg is kept and will be saved with the form" in answer.content.decode()
    again = desk.save(Picture, sent(answer), **WORDS)
    assert again.status_code == 302, again.context["errors"]
    picture = Picture.objects.get()
    assert (picture.width, picture.original_name, picture.alt_en) == (600, "calf.jpg", "Calf")


def test_a_kept_file_can_be_exchanged_before_it_is_saved(desk: Desk) -> None:
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS | {"licence": ""})
    desk.save(Picture, sent(answer), upload=a_file(encoded(a_photo(200, 100)), "other.jpg"), licence="own")
    picture = Picture.objects.get()
    assert (picture.width, picture.original_name) == (200, "other.jpg")


@pytest.mark.parametrize("seal", ["", "nonsense", "eyJuYW1lIjoieCJ9:1abc:forged"])
def test_what_was_not_sealed_here_is_not_believed(desk: Desk, seal: str) -> None:
    answer = desk.save(Picture, desk.open(Picture), renditions=seal, **WORDS)
    assert list(errors(answer)) == ["renditions"]


def test_files_that_are_gone_from_the_storage_are_asked_for_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS | {"licence": ""})
    monkeypatch.setattr("articles.admin.desk.picture_fields.holds", lambda path: False)
    again = desk.save(Picture, sent(answer), licence="own")
    assert errors(again) == {"renditions": ["The picture’s file is no longer here. Choose it again."]}


def test_a_name_that_a_licence_asks_for_is_asked_for_at_its_field(desk: Desk) -> None:
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS | {"licence": "cc_by_4"})
    assert list(errors(answer)) == ["credit"]
    assert desk.save(Picture, sent(answer), credit="Anna Testova").status_code == 302


def test_a_full_disk_is_a_sentence_at_the_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(prepared: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("articles.admin.desk.picture_uploads.store", fails)
    answer = desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS)
    assert "could not keep the file" in errors(answer)["renditions"][0]
    assert "could not be written" in caplog.text


def test_a_fault_of_the_server_gives_the_form_back_with_its_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise OperationalError("disk full")

    fields = desk.open(Picture)
    with monkeypatch.context() as broken:
        broken.setattr("articles.admin.desk.objects.keep", fails)
        answer = desk.save(Picture, fields, upload=a_file(), **WORDS)
    assert (answer.status_code, Picture.objects.count()) == (500, 0)
    assert desk.save(Picture, sent(answer)).status_code == 302
    assert Picture.objects.get().original_name == "calf.jpg"


# two people at once


def test_two_people_who_chose_another_file_see_both_and_one_is_taken(desk: Desk, colleague: Desk) -> None:
    picture = a_picture()
    keep(picture, by=None, at=NOON)
    mine, theirs = desk.open(picture), colleague.open(picture)
    colleague.save(picture, theirs, upload=a_file(encoded(a_photo(500, 250)), "theirs.jpg"), alt_en="Theirs")
    answer = desk.save(picture, mine, upload=a_file(encoded(a_photo(400, 200)), "mine.jpg"), caption_en="Mine")
    assert answer.status_code == 409
    found = {one.key: one for one in answer.context["conflict"].differences}
    assert {key: one.changed_by for key, one in found.items()} == {
        "renditions": "both",
        "alt.en": "theirs",
        "caption.en": "mine",
    }
    assert found["renditions"].theirs.startswith("500 × 250 pixels")
    assert found["renditions"].mine.startswith("400 × 200 pixels")
    chosen = {"_resolve": "1", "_take:renditions": "mine", "_take:alt.en": "theirs", "_take:caption.en": "mine"}
    merged = desk.save(picture, fields_of(answer), **chosen)
    assert "mine.jpg is kept" in merged.content.decode()
    assert desk.save(picture, sent(merged)).status_code == 302
    stored = Picture.objects.get()
    assert (stored.width, stored.original_name, stored.alt_en, stored.caption_en) == (400, "mine.jpg", "Theirs", "Mine")


def test_the_file_of_the_other_can_be_taken_too(desk: Desk, colleague: Desk) -> None:
    picture = a_picture()
    mine, theirs = desk.open(picture), colleague.open(picture)
    colleague.save(picture, theirs, upload=a_file(encoded(a_photo(500, 250)), "theirs.jpg"))
    answer = desk.save(picture, mine, upload=a_file(encoded(a_photo(400, 200)), "mine.jpg"), caption_en="Mine")
    chosen = {"_resolve": "1", "_take:renditions": "theirs", "_take:caption.en": "mine"}
    merged = desk.save(picture, fields_of(answer), **chosen)
    assert desk.save(picture, sent(merged)).status_code == 302
    stored = Picture.objects.get()
    assert (stored.width, stored.original_name, stored.caption_en) == (500, "theirs.jpg", "Mine")


def test_a_refused_file_is_not_forgotten_on_the_page_with_both_texts(desk: Desk, colleague: Desk) -> None:
    picture = a_picture()
    mine, theirs = desk.open(picture), colleague.open(picture)
    colleague.save(picture, theirs, alt_en="Theirs")
    answer = desk.save(picture, mine, upload=a_file(b"MZ"), alt_en="Mine")
    merged = desk.save(picture, fields_of(answer), **{"_resolve": "1", "_take:alt.en": "mine"})
    assert "The file calf.jpg could not be kept" in errors(merged)["renditions"][0]
    assert desk.save(picture, sent(merged)).status_code == 302
    assert Picture.objects.get().renditions == picture.renditions


def test_two_people_who_changed_words_alone_decide_about_words_alone(desk: Desk, colleague: Desk) -> None:
    picture = a_picture()
    mine, theirs = desk.open(picture), colleague.open(picture)
    colleague.save(picture, theirs, alt_en="Theirs")
    answer = desk.save(picture, mine, alt_en="Mine")
    assert [one.key for one in answer.context["conflict"].differences] == ["alt.en"]


# a session that ended, and versions


def test_a_file_sent_after_the_session_ended_is_asked_for_again_and_not_kept_for_a_stranger(desk: Desk) -> None:
    fields = desk.open(Picture)
    desk.client.logout()
    desk.client.cookies["django_language"] = "en"
    asked = desk.save(Picture, fields, upload=a_file(), **WORDS)
    assert asked.status_code == 401
    signed_in = {"_sign_in-username": "editor@tests", "_sign_in-password": "correct horse battery"}
    answer = desk.client.post(address(Picture, "add"), fields_of(asked) | signed_in)
    assert errors(answer)["renditions"] == ["The file calf.jpg could not be kept with what you typed. Choose it again."]
    again = desk.save(Picture, sent(answer), upload=a_file())
    assert again.status_code == 302, again.context["errors"]
    assert Picture.objects.get().alt_en == "Calf"


def test_a_file_in_a_form_that_is_out_of_date_is_asked_for_again(desk: Desk) -> None:
    fields = desk.open(Picture)
    desk.client.handler.enforce_csrf_checks = True
    asked = desk.save(Picture, fields | {"csrfmiddlewaretoken": ["x" * 64]}, upload=a_file(), **WORDS)
    desk.client.handler.enforce_csrf_checks = False
    assert asked.status_code == 403
    answer = desk.client.post(address(Picture, "add"), fields_of(asked))
    assert "The file calf.jpg could not be kept" in errors(answer)["renditions"][0]
    assert sent(answer)["alt_en"] == ["Calf"]


def test_nobody_without_the_role_has_a_file_kept(
    client: Client, django_user_model, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("articles.admin.desk.picture_uploads.prepare", lambda *args, **kwargs: asked.append(args))
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(address(Picture, "add"), {"upload": a_file()}).status_code == 403
    assert client.post(address(a_picture(), "change"), {"upload": a_file()}).status_code == 403
    assert asked == []


def test_an_earlier_file_comes_back_with_its_version(desk: Desk, editor) -> None:
    desk.save(Picture, desk.open(Picture), upload=a_file(), **WORDS)
    picture = Picture.objects.get()
    desk.save(picture, desk.open(picture), upload=a_file(encoded(a_photo(200, 100)), "other.jpg"))
    rows = desk.client.get(address(picture, "version", 2)).context["rows"]
    assert [row.label for row in rows if row.is_changed] == ["File"]
    restore(revisions(picture).get(number=1), expected=2, by=editor, at=NOON)
    again = Picture.objects.get()
    assert (again.renditions, again.width, again.original_name) == (picture.renditions, 600, "calf.jpg")


def test_nothing_that_the_camera_noted_reaches_the_form_or_the_files(desk: Desk) -> None:
    desk.save(Picture, desk.open(Picture), upload=a_file(talkative("JPEG")), **WORDS)
    picture = Picture.objects.get()
    assert SECRET not in desk.client.get(address(picture, "change")).content.decode()
    for entry in picture.renditions:
        assert SECRET.encode() not in desk.client.get(media(entry["path"])).content
