"""What lies at the desk and was not published never reaches an answer."""

import json

from django.contrib.auth.models import User

from articles.api.v1.offers import OFFERS
from articles.api.v1.presenters.blocks import BLOCKS
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.texts import FaqEntry
from articles.publishing.preflight import preflight
from articles.publishing.publish import Terms, publish
from tests.articles.api.v1.conftest import Partner
from tests.factories.desk import NOON, a_quote, a_source, a_text, an_article, an_expert, place
from tests.factories.desk_kinds import a_page, a_term, an_article_with_everything
from tests.factories.shelf import DECISION, later, publish_article

SECRET = "СЕКРЕТ"
DRAFT = "ЧЕРНОВИК"


def test_no_answer_holds_notes_drafts_or_unpublished_names(partner: Partner, editor: User) -> None:
    article = an_article(internal_note=f"{SECRET} о статье")
    quote = a_quote(internal_note=f"{SECRET} о цитате")
    place(article, quote)
    publish_article(article, by=editor)
    # Everything after this was never published.
    article.title_ru = f"{DRAFT} заголовка"
    article.save()
    a_text(article, ordering=90, ru=f"{DRAFT} абзаца", en=f"{DRAFT} of a paragraph")
    quote.text_ru = f"{DRAFT} цитаты"
    quote.save()
    quote.expert.name_ru = f"{DRAFT} имени"
    quote.expert.save()
    an_expert(name_ru=f"{DRAFT} чужого имени")
    a_source(title=f"{DRAFT} источника")
    unpublished = an_article(slug="never", title_ru=f"{DRAFT} статьи")
    bytes_sent = b""
    for language in ("ru", "en"):
        home = f"articles/{article.pk}/"
        for path in ("", "articles/", home, f"{home}editions/", f"{home}editions/1/", f"{home}editions/1/document/"):
            bytes_sent += partner.get(f"{path}?lang={language}").content
        bytes_sent += partner.get(f"articles/{unpublished.pk}/?lang={language}", 404).content
        bytes_sent += partner.get(f"articles/{unpublished.pk}/editions/?lang={language}", 404).content
    bytes_sent += partner.get("changes/").content + partner.get("schema/").content
    sent = bytes_sent.decode()
    assert "Анна Проверочная" in sent
    assert SECRET not in sent
    assert DRAFT not in sent
    assert "internal_note" not in sent
    assert editor.get_username() not in sent
    assert str(unpublished.pk) not in sent.replace(f"/articles/{unpublished.pk}/", "")


def test_a_withdrawn_quote_is_in_no_answer_any_more(partner: Partner, editor: User) -> None:
    from articles.publishing.withdraw import withdraw_part

    article = an_article()
    quote = a_quote(text_ru="СЛОВА ЦИТАТЫ", text_en="WORDS OF THE QUOTE")
    place(article, quote)
    publish_article(article, by=editor)
    reasons = {"ru": "Так попросили.", "en": "As asked."}
    withdraw_part("quote", quote.pk, reason_code="request", reasons=reasons, by=editor, at=later(5))
    for language, words in (("ru", "СЛОВА ЦИТАТЫ"), ("en", "WORDS OF THE QUOTE")):
        home = f"articles/{article.pk}/"
        sent = partner.get(f"{home}?lang={language}").content
        sent += partner.get(f"{home}editions/?lang={language}").content
        sent += partner.get(f"{home}editions/1/?lang={language}").content
        sent += partner.get(f"{home}editions/1/document/?lang={language}", 410).content
        sent += partner.get(f"{home}editions/2/document/?lang={language}").content
        assert words not in sent.decode()
        assert reasons[language] in sent.decode()


def test_no_answer_of_any_kind_holds_what_is_internal(partner: Partner, editor: User) -> None:
    article = an_article_with_everything()
    person = an_expert(slug_ru="anna-ru", slug_en="anna", internal_note=f"{SECRET} о человеке")
    items = [*article.topics.all(), a_term(), person, a_page(), *FaqEntry.objects.all(), article]
    for item in items:
        publish_whole(item, editor)
    sent = b""
    for item in items:
        offer = OFFERS[kind_of(item)]
        for language in ("ru", "en"):
            home = f"{offer.collection}/{item.pk}/"
            for path in (f"{offer.collection}/", home, f"{home}editions/1/", f"{home}editions/1/document/"):
                sent += partner.get(f"{path}?lang={language}").content
    for collection in ("quotes", "sources"):
        listed = partner.json(f"{collection}/?lang=ru")["results"]
        assert len(listed) > 2
        sent += partner.get(f"{collection}/?lang=en").content + json.dumps(listed, ensure_ascii=False).encode()
    told = sent.decode()
    assert {block["kind"] for block in partner.json(f"articles/{article.pk}/?lang=ru")["blocks"]} == {
        block.__struct_config__.tag for block in BLOCKS
    }
    for secret in (SECRET, "internal_note", "forms_to_avoid", editor.get_username()):
        assert secret not in told


def publish_whole(item: DeskObject, by: User) -> None:
    kind = kind_of(item)
    proofs = preflight(kind, item, {"ru": "", "en": ""})
    unconfirmed = {part for proof in proofs.values() for part in proof.unconfirmed}
    terms = {"ru": Terms(), "en": Terms()}
    publish(kind, item.pk, terms, decision=DECISION, confirming=unconfirmed, by=by, at=NOON)
