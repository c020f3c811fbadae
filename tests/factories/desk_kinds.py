"""Objects at the desk of the other kinds: topics, terms, care, tables, accounts, pictures, questions, pages."""

from typing import Any

from articles.content.accounts import Accounts, AccountsEntry
from articles.content.blocks import (
    AccountsBlock,
    Block,
    CareBoxBlock,
    EvidenceTableBlock,
    FigureBlock,
    KeyPointsBlock,
    NoteBlock,
    QuoteBlock,
    RelatedBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from articles.content.care import CareBox, CareService
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Page
from articles.content.topics import Topic
from tests.factories.desk import a_quote, a_source, an_article


def a_topic(**fields: Any) -> Topic:
    defaults = {
        "title_ru": "Мышцы",
        "title_en": "Muscles",
        "slug_ru": "myshtsy",
        "slug_en": "muscles",
        "summary_ru": "О мышцах.",
        "summary_en": "About muscles.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О ТЕМЕ",
    }
    return Topic.objects.create(**defaults | fields)


def a_term(**fields: Any) -> Term:
    defaults = {
        "title_ru": "Крампи",
        "title_en": "Cramp",
        "slug_ru": "krampi",
        "slug_en": "cramp",
        "synonyms_ru": "мышечная судорога\nсвело ногу",
        "synonyms_en": "muscle cramp",
        "definition_ru": "Внезапное болезненное сокращение мышцы.",
        "definition_en": "A sudden painful tightening of a muscle.",
        "forms_to_avoid_ru": "СЕКРЕТНАЯ НЕЖЕЛАТЕЛЬНАЯ ФОРМА",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О ТЕРМИНЕ",
    }
    return Term.objects.create(**defaults | fields)


def a_condition(slug: str = "restless-legs", icd10: str = "G25.8", **fields: Any) -> Term:
    """A term that names a condition, complete in both languages."""
    names = {"title_ru": "Беспокойные ноги", "title_en": "Restless legs", "slug_ru": f"{slug}-ru", "slug_en": slug}
    return a_term(**names | {"icd10": icd10} | fields)


def a_care_service(number: str = "103", **fields: Any) -> CareService:
    defaults = {
        "name_ru": "Скорая помощь",
        "name_en": "Ambulance",
        "number": number,
        "country": "RU",
        "note_ru": "",
        "note_en": "in Russia",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О СЛУЖБЕ",
    }
    return CareService.objects.create(**defaults | fields)


def a_care_box(**fields: Any) -> CareBox:
    """A box for emergencies with one service and one source."""
    services, sources = fields.pop("services", None), fields.pop("sources", None)
    defaults = {
        "level": "emergency",
        "title_ru": "Звоните {emergency}, если",
        "title_en": "Call {emergency} if",
        "triggers_ru": "человек потерял сознание\nтрудно дышать",
        "triggers_en": "the person has lost consciousness\nbreathing is hard",
        "advice_ru": "Не садитесь за руль.",
        "advice_en": "Do not drive.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О КАРТОЧКЕ",
    }
    box = CareBox.objects.create(**defaults | fields)
    box.services.set(services if services is not None else [a_care_service()])
    box.sources.set(sources if sources is not None else [a_source(title="Source of the box")])
    return box


def an_evidence_table(**fields: Any) -> EvidenceTable:
    """A table with two options, each with a source."""
    defaults = {
        "title_ru": "Что помогает",
        "title_en": "What helps",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О ТАБЛИЦЕ",
    }
    table = EvidenceTable.objects.create(**defaults | fields)
    for number, (ru, en) in enumerate((("Растяжка", "Stretching"), ("Магний", "Magnesium")), start=1):
        row = EvidenceRow.objects.create(
            parent=table,
            ordering=number * 10,
            option_ru=ru,
            option_en=en,
            finding_ru="В трёх исследованиях стало немного легче.",
            finding_en="In three trials it became a little easier.",
            verdict="may_help",
            conclusion_ru="Можно попробовать",
            conclusion_en="Worth trying",
        )
        row.sources.set([a_source(title=f"Trial of {en}")])
    return table


def some_accounts(*quotes: Quote, **fields: Any) -> Accounts:
    """Accounts side by side of these quotes, or of two new ones."""
    defaults = {
        "title_ru": "Чего не хватает",
        "title_en": "What is lacking",
        "note_ru": "Источники порядка не устанавливают.",
        "note_en": "The sources set no order.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О МНЕНИЯХ",
    }
    accounts = Accounts.objects.create(**defaults | fields)
    for number, quote in enumerate(quotes or (a_quote(), a_quote()), start=1):
        AccountsEntry.objects.create(parent=accounts, quote=quote, ordering=number * 10)
    return accounts


def a_picture(**fields: Any) -> Picture:
    """A picture whose files are named, not stored."""
    defaults = {
        "alt_ru": "Человек тянет носок на себя",
        "alt_en": "A person pulls the toes up",
        "caption_ru": "Растяжка икры.",
        "caption_en": "Stretching the calf.",
        "credit": "Редакция",
        "licence": "own",
        "width": 1600,
        "height": 1200,
        "renditions": [
            {
                "path": f"pictures/ab/{'ab' * 32}-{width}.{'jpg' if format == 'jpeg' else format}",
                "width": width,
                "height": width * 3 // 4,
                "format": format,
                "bytes": 1000,
            }
            for width in (480, 960)
            for format in ("avif", "webp", "jpeg")
        ],
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О КАРТИНКЕ",
    }
    return Picture.objects.create(**defaults | fields)


def a_question(slug: str = "is-it-dangerous", **fields: Any) -> FaqEntry:
    defaults = {
        "title_ru": "Это опасно?",
        "title_en": "Is it dangerous?",
        "slug_ru": f"{slug}-ru",
        "slug_en": slug,
        "summary_ru": "Обычно нет.",
        "summary_en": "Usually not.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О ВОПРОСЕ",
    }
    return FaqEntry.objects.create(**defaults | fields)


def a_page(slug: str = "who-we-are", **fields: Any) -> Page:
    defaults = {
        "title_ru": "Кто мы",
        "title_en": "Who we are",
        "slug_ru": f"{slug}-ru",
        "slug_en": slug,
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О СТРАНИЦЕ",
    }
    page = Page.objects.create(**defaults | fields)
    TextBlock.objects.create(
        parent=page, ordering=10, text_ru="<p>Мы пишем о здоровье.</p>", text_en="<p>We write.</p>"
    )
    return page


def an_article_with_everything(slug: str = "everything") -> Article:
    """An article with a block of every kind, complete in both languages."""
    article = an_article(slug)
    article.topics.set([a_topic()])
    article.conditions.set([a_condition(slug)])
    placed: list[tuple[type[Block], dict[str, Any]]] = [
        (KeyPointsBlock, {"text_ru": "<ul><li><p>Раз.</p></li></ul>", "text_en": "<ul><li><p>One.</p></li></ul>"}),
        (StepsBlock, {"text_ru": "<ol><li><p>Тяните.</p></li></ol>", "text_en": "<ol><li><p>Pull.</p></li></ol>"}),
        (NoteBlock, {"title_ru": "Важно", "title_en": "Note", "text_ru": "<p>Стоп.</p>", "text_en": "<p>Stop.</p>"}),
        (CareBoxBlock, {"care_box": a_care_box()}),
        (QuoteBlock, {"quote": a_quote()}),
        (AccountsBlock, {"accounts": some_accounts()}),
        (EvidenceTableBlock, {"evidence_table": an_evidence_table()}),
        (TableBlock, {"caption_ru": "Чем отличается", "cells_ru": "Знак | Судорога\nКогда | ночью",
                      "caption_en": "How it differs", "cells_en": "Sign | Cramp\nWhen | at night"}),
        (FigureBlock, {"picture": a_picture()}),
    ]  # fmt: skip
    for number, (model, fields) in enumerate(placed, start=3):
        model._default_manager.create(parent=article, ordering=number * 10, **fields)
    related = RelatedBlock.objects.create(parent=article, ordering=200)
    related.questions.set([a_question(f"{slug}-question")])
    return article
