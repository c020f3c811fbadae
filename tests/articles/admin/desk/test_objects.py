from __future__ import annotations

import re

import pytest
from django.db import OperationalError
from django.test import Client

from articles.content.blocks import HeadingBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editorial.revisions import Revision, revisions
from articles.publishing.withdraw import withdraw_part
from tests.articles.admin.desk.browser import Desk, address, fields_of
from tests.factories.desk import NOON, a_quote, a_source, a_text, an_article, an_expert, an_organisation, place
from tests.factories.desk_kinds import a_picture as a_picture_without_files
from tests.factories.pictures import a_picture

MODELS = [Article, Quote, Source, Expert, Organisation, Picture]


@pytest.mark.parametrize("model", MODELS)
def test_every_kind_has_a_form_for_a_new_object(desk: Desk, model: type) -> None:
    assert desk.client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("make", [an_article, a_quote, a_source, an_expert, an_organisation, a_picture])
def test_saving_an_untouched_form_changes_nothing_and_keeps_no_version(desk: Desk, make) -> None:
    obj = make()
    answer = desk.save(obj, desk.open(obj))
    assert answer.status_code == 302, answer.context["errors"]
    obj.refresh_from_db()
    assert obj.version == 1
    assert revisions(obj).count() == 0


def test_a_save_takes_the_next_version_and_is_kept_with_who_saved_it(desk: Desk, editor) -> None:
    source = a_source()
    desk.save(source, desk.open(source), title="Cramps, again")
    source.refresh_from_db()
    kept = revisions(source).get(number=2)
    assert (source.title, source.version) == ("Cramps, again", 2)
    assert (kept.saved_by, kept.data["title"]) == (editor, "Cramps, again")


def test_a_new_object_is_kept_as_its_first_version(desk: Desk) -> None:
    desk.save(Organisation, desk.open(Organisation), name_ru="Больница", name_en="Hospital")
    organisation = Organisation.objects.get()
    assert [version.number for version in revisions(organisation)] == [1]


def test_a_save_of_a_block_alone_is_a_version_of_the_article(desk: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_en": "What is it?"})
    article.refresh_from_db()
    assert article.version == 2
    assert revisions(article).first().data["blocks"][0]["text"]["en"] == "What is it?"


def test_blocks_are_added_moved_and_deleted_in_one_save(desk: Desk) -> None:
    article = an_article()
    fields = desk.open(article)
    desk.save(
        article,
        fields,
        **{
            "headingblock_set-TOTAL_FORMS": "2",
            "headingblock_set-0-DELETE": "on",
            "headingblock_set-1-text_ru": "Новый раздел",
            "headingblock_set-1-ordering": "30",
            "headingblock_set-1-region": "main",
            "textblock_set-0-ordering": "10",
        },
    )
    assert [heading.text_ru for heading in HeadingBlock.objects.filter(parent=article)] == ["Новый раздел"]
    assert TextBlock.objects.get(parent=article).ordering == 10


def test_a_new_block_without_a_word_is_kept(desk: Desk) -> None:
    article = an_article()
    added = {"textblock_set-TOTAL_FORMS": "2", "textblock_set-1-ordering": "30", "textblock_set-1-region": "main"}
    desk.save(article, desk.open(article), **added)
    assert TextBlock.objects.filter(parent=article).count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Cramps\x00", "U+0000"),
        ("Cramps \u202e", "U+202E"),
        ("x" * 501, "at most 500"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field_and_given_back(desk: Desk, typed: str, sentence: str) -> None:
    source = a_source()
    answer = desk.save(source, desk.open(source), title=typed, publisher="Kept")
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["title"]
    assert sentence in str(errors["title"])
    assert fields_of(answer)["publisher"] == ["Kept"]


@pytest.mark.parametrize("make", [an_article, a_quote, a_source, an_expert, an_organisation, a_picture])
def test_no_browser_may_cut_what_is_pasted(desk: Desk, make) -> None:
    page = desk.client.get(address(make(), "change")).content.decode()
    fields = [field for field in re.findall(r"<input [^>]*>", page) if 'type="text"' in field or 'type="url"' in field]

    assert fields
    assert [field for field in fields if "maxlength" in field] == []


def test_dangerous_characters_in_rich_text_are_refused_before_any_sanitiser(desk: Desk) -> None:
    article = an_article()
    answer = desk.save(article, desk.open(article), **{"textblock_set-0-text_ru": "<p>Судорога\u2066</p>"})
    block = answer.context["placed_blocks"][1]
    assert "U+2066" in str(block.form.errors["text_ru"])
    assert block.is_open


def test_a_failed_save_gives_back_150_blocks_and_100_000_characters(desk: Desk) -> None:
    article = an_article()
    for number in range(148):
        a_text(article, ordering=100 + number, ru=f"Абзац {number}", en=f"Paragraph {number}")
    fields = desk.open(article)
    long = "<p>" + "слово " * 16_667 + "</p>"
    answer = desk.save(
        article,
        fields,
        title_ru="x\x00",
        **{"textblock_set-7-text_ru": long, "textblock_set-9-text_en": "<p>typed</p>"},
    )
    back = fields_of(answer)
    assert answer.status_code == 200
    assert len(back["textblock_set-7-text_ru"][0]) > 100_000
    assert back["textblock_set-7-text_ru"][0].strip() == long.strip()
    assert back["textblock_set-9-text_en"] == ["<p>typed</p>"]
    assert sum(name.endswith("-ordering") for name in back) == 150


def test_a_withdrawal_made_while_somebody_types_is_not_undone_by_their_save(desk: Desk, editor) -> None:
    quote = a_quote()
    desk.save(quote, desk.open(quote), internal_note="first version that is kept")
    fields = desk.open(quote)
    reasons = {"ru": "Источник отозван.", "en": "The source was retracted."}
    withdraw_part("quote", quote.pk, reason_code="error", reasons=reasons, by=editor, at=NOON)
    desk.save(quote, fields, text_en="Changed words.")
    quote.refresh_from_db()
    assert (quote.withdrawn_at, quote.text_en) == (NOON, "Changed words.")


def test_nobody_without_the_role_reaches_a_form(client: Client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    article = an_article()
    assert client.get(address(article, "change")).status_code == 403
    assert client.post(address(article, "change"), {"title_ru": "Чужое"}).status_code == 403
    assert client.get(address(article, "history")).status_code == 403


def test_the_form_names_no_model_and_no_primary_key(desk: Desk) -> None:
    article = an_article()
    place(article, a_quote())
    page = desk.client.get(address(article, "change")).content.decode()
    for leaked in ("TextBlock", "HeadingBlock", "QuoteBlock", "[ru]", "[en]", "region=", "object ("):
        assert leaked not in page


def _queries(desk: Desk, page: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert desk.client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "make",
    [
        lambda n: an_article(f"cramps-{n}"),
        lambda n: a_quote(),
        lambda n: a_source(title=f"Source {n}"),
        lambda n: an_expert(),
        lambda n: an_organisation(),
        lambda n: a_picture_without_files(),
    ],
)
def test_a_list_costs_the_same_with_1_and_30_rows(desk: Desk, make) -> None:
    first = make(0)
    page = address(type(first), "changelist")
    one = _queries(desk, page)
    for number in range(1, 30):
        make(number)
    assert _queries(desk, page) == one


def test_the_article_form_costs_the_same_with_3_and_30_blocks(desk: Desk) -> None:
    article = an_article()
    place(article, a_quote())
    few = _queries(desk, address(article, "change"))
    for number in range(9):
        a_text(article, ordering=100 + number, ru=f"Абзац {number}", en=f"Paragraph {number}")
        HeadingBlock.objects.create(parent=article, ordering=200 + number, text_ru="Раздел", text_en="Section")
        place(article, a_quote(), ordering=300 + number)
    assert _queries(desk, address(article, "change")) == few


def test_every_save_is_in_the_history(desk: Desk) -> None:
    expert = an_expert()
    for name in ("Анна Первая", "Анна Вторая"):
        desk.save(expert, desk.open(expert), name_ru=name)
    assert [version.number for version in Revision.objects.filter(object_id=expert.pk)] == [3, 2]


@pytest.mark.parametrize("broken", ["articles.admin.desk.objects.claim_version", "articles.admin.desk.objects.keep"])
def test_a_fault_in_the_middle_of_a_save_changes_nothing_and_gives_the_form_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    def fails(*args: object, **kwargs: object) -> None:
        raise OperationalError("disk full")

    article = an_article()
    fields = desk.open(article)
    monkeypatch.setattr(broken, fails)
    answer = desk.save(article, fields, title_ru="Напечатано", **{"headingblock_set-0-text_en": "Typed"})
    article.refresh_from_db()
    back = fields_of(answer)
    assert answer.status_code == 500
    assert (back["title_ru"], back["headingblock_set-0-text_en"]) == (["Напечатано"], ["Typed"])
    assert (article.title_ru, article.version) == ("Судороги в тестах", 1)
    assert HeadingBlock.objects.get().text_en == "What it is"
    assert "could not be saved" in caplog.text


@pytest.mark.parametrize(
    ("make", "typed", "fields"),
    [
        (a_source, {"doi": "10.1000/taken"}, ["doi"]),
        (a_source, {"pmid": "123"}, ["pmid"]),
        (a_source, {"issued": "August 2012", "doi": "doi.org/10.1"}, ["issued", "doi"]),
        (an_expert, {"disclosure": "none_declared"}, ["disclosed_on", "disclosed_by_ru"]),
        (a_quote, {"attribution": "unnamed"}, ["expert"]),
        (a_quote, {"expert": "", "approved_on": "2026-01-01"}, ["approved_on"]),
        (a_quote, {"reply_ru": "Не согласна."}, ["replied_on"]),
        (an_article, {"slug_en": "Not a slug"}, ["slug_en"]),
    ],
)
def test_what_is_refused_is_said_at_its_own_field(desk: Desk, make, typed: dict, fields: list[str]) -> None:
    a_source(doi="10.1000/taken", pmid="123")
    obj = make()
    answer = desk.save(obj, desk.open(obj), **typed)
    assert list(answer.context["adminform"].form.errors) == fields
