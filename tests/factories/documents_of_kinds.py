"""Documents of the other kinds, and blocks of every kind, as values."""

from collections.abc import Iterable, Mapping
from typing import Any

from articles.editions.blocks import (
    AccountsBlock,
    AnyBlock,
    CareBoxBlock,
    EvidenceTableBlock,
    FigureBlock,
    KeyPointsBlock,
    NoteBlock,
    RelatedBlock,
    StepsBlock,
    TableBlock,
)
from articles.editions.document import ExpertDocument, FaqDocument, PageDocument, TermDocument, TopicDocument
from articles.editions.parts import (
    Account,
    Accounts,
    CareBox,
    CareService,
    EvidenceRow,
    EvidenceTable,
    PartWithdrawal,
    Person,
    Picture,
    Quote,
    Rendition,
    Source,
)
from tests.factories.documents import a_person, a_quote, an_id, framed, said

FAQ = an_id("faq")
TOPIC = an_id("topic")
TERM = an_id("term")
PAGE = an_id("page")


def listed(*items: str | Mapping[str, Any], ordered: bool = False) -> list[dict[str, Any]]:
    """A body that is one list; a string is an item of one paragraph, anything else a paragraph itself."""
    paragraphs = [said(item) if isinstance(item, str) else dict(item) for item in items]
    return [{"type": "list", "ordered": ordered, "items": [[paragraph] for paragraph in paragraphs]}]


def key_points(*items: str | Mapping[str, Any], name: str = "key points", required: bool = False) -> KeyPointsBlock:
    return KeyPointsBlock(id=an_id(f"block/{name}"), required=required, body=listed(*items))


def steps(*items: str | Mapping[str, Any], title: str = "", name: str = "steps", required: bool = False) -> StepsBlock:
    return StepsBlock(id=an_id(f"block/{name}"), required=required, title=title, body=listed(*items, ordered=True))


def note(*content: str | Mapping[str, Any], title: str = "", name: str = "note", required: bool = False) -> NoteBlock:
    return NoteBlock(id=an_id(f"block/{name}"), required=required, title=title, body=[said(*content)])


def table(
    *rows: list[str],
    caption: str = "",
    under: str | Mapping[str, Any] = "",
    name: str = "table",
    required: bool = False,
) -> TableBlock:
    """A plain table; `under` is the note: a string, or a paragraph itself."""
    return TableBlock(
        id=an_id(f"block/{name}"),
        required=required,
        caption=caption,
        rows=[list(row) for row in rows],
        body=[said(under) if isinstance(under, str) else dict(under)] if under else [],
    )


def a_service(number: str = "103", country: str = "RU", **fields: Any) -> CareService:
    defaults = {
        "id": an_id(f"service/{country}/{number}"), "name": "Скорая помощь", "number": number, "country": country,
        "purpose": "emergency", "note": "",
    }  # fmt: skip
    return CareService(**defaults | fields)


def a_care_box(name: str = "box", /, **fields: Any) -> CareBox:
    defaults: dict[str, Any] = {
        "id": an_id(f"care box/{name}"),
        "level": "emergency",
        "title": "Звоните {emergency}, если",
        "triggers": ["человек потерял сознание", "трудно дышать"],
        "advice": "Пока ждёте {emergency}, не садитесь за руль.",
        "services": [a_service()],
        "cited": [],
    }
    return CareBox(**defaults | fields)


def care_box(box: CareBox | None = None, *, name: str = "", required: bool = True) -> CareBoxBlock:
    box = box or a_care_box()
    return CareBoxBlock(id=an_id(f"block/{name or box.id}"), required=required, box=box)


def a_row(option: str = "Растяжка", **fields: Any) -> EvidenceRow:
    defaults: dict[str, Any] = {
        "id": an_id(f"row/{option}"),
        "option": option,
        "finding": "В трёх исследованиях стало немного легче.",
        "verdict": "may_help",
        "conclusion": "Можно попробовать",
        "sources": [],
    }
    return EvidenceRow(**defaults | fields)


def evidence_table(*rows: EvidenceRow, name: str = "evidence", required: bool = True, **fields: Any) -> AnyBlock:
    defaults: dict[str, Any] = {
        "id": an_id(f"evidence table/{name}"), "title": "Что помогает", "note": "", "rows": list(rows) or [a_row()],
    }  # fmt: skip
    return EvidenceTableBlock(id=an_id(f"block/{name}"), required=required, table=EvidenceTable(**defaults | fields))


def an_account(quote: Quote) -> Account:
    return Account(id=an_id(f"account/{quote.id}"), quote=quote)


def a_withdrawn_account(name: str = "withdrawn", reason: str = "Врач попросил.") -> Account:
    return Account(id=an_id(f"account/{name}"), quote=None, withdrawn=PartWithdrawal("request", reason))


def accounts(*entries: Account | Quote, name: str = "accounts", required: bool = True, **fields: Any) -> AccountsBlock:
    """Accounts side by side of these entries or quotes, or of two quotes."""
    given = entries or (a_quote("one"), a_quote("other", text="По словам травматолога, дело не в этом."))
    defaults: dict[str, Any] = {
        "id": an_id(f"accounts/{name}"),
        "title": "Чего не хватает",
        "note": "Источники порядка не устанавливают.",
        "experts_differ": False,
        "entries": [one if isinstance(one, Account) else an_account(one) for one in given],
        "cited": [],
    }
    return AccountsBlock(id=an_id(f"block/{name}"), required=required, accounts=Accounts(**defaults | fields))


def a_picture(name: str = "picture", /, **fields: Any) -> Picture:
    stem = "ab" * 32
    defaults: dict[str, Any] = {
        "id": an_id(f"picture/{name}"),
        "alt": "Человек тянет носок на себя",
        "caption": "Растяжка икры.",
        "credit": "Редакция",
        "licence": "own",
        "licence_url": "",
        "source_url": "",
        "width": 1600,
        "height": 1200,
        "renditions": [
            Rendition(path=f"pictures/ab/{stem}-{width}.{format}", width=width, height=width * 3 // 4, format=format)
            for width in (480, 960, 1600)
            for format in ("avif", "webp", "jpeg")
        ],
    }
    return Picture(**defaults | fields)


def figure(picture: Picture | None = None, *, name: str = "figure", required: bool = False) -> FigureBlock:
    return FigureBlock(id=an_id(f"block/{name}"), required=required, picture=picture or a_picture())


def related(*questions: str, title: str = "", name: str = "related") -> RelatedBlock:
    return RelatedBlock(id=an_id(f"block/{name}"), required=False, title=title, questions=list(questions))


def one_of_each() -> list[AnyBlock]:
    """A block of every kind that is not in `documents`."""
    return [
        key_points("Раз.", "Два."),
        steps("Тяните носок.", "Ждите.", title="Что делать"),
        note("Стоп.", title="Важно"),
        care_box(),
        accounts(),
        evidence_table(),
        table(["Знак", "Судорога"], ["Когда", "ночью"], caption="Чем отличается", under="По обзору."),
        figure(),
        related(FAQ, title="Что ещё спрашивают"),
    ]


def a_faq(*blocks: AnyBlock, sources: Iterable[Source] = (), **fields: Any) -> FaqDocument:
    defaults: dict[str, Any] = {"title": "Это опасно?", "slug": "eto-opasno", "summary": "Обычно нет.", "topics": []}
    return FaqDocument(**framed(*blocks, sources=sources), **defaults | fields)


def a_page(*blocks: AnyBlock, **fields: Any) -> PageDocument:
    defaults: dict[str, Any] = {"title": "Кто мы", "slug": "kto-my", "summary": ""}
    return PageDocument(**framed(*blocks), **defaults | fields)


def a_term(title: str = "Крампи", **fields: Any) -> TermDocument:
    defaults: dict[str, Any] = {
        "title": title, "slug": "krampi", "summary": "Внезапное болезненное сокращение мышцы.",
        "synonyms": ["мышечная судорога"],
    }  # fmt: skip
    return TermDocument(**framed(), **defaults | fields)


def a_topic(title: str = "Мышцы", **fields: Any) -> TopicDocument:
    defaults: dict[str, Any] = {"title": title, "slug": "myshtsy", "summary": "О мышцах."}
    return TopicDocument(**framed(), **defaults | fields)


def an_expert(person: Person | None = None, **fields: Any) -> ExpertDocument:
    """The page of a person; its item is the person's id."""
    person = person or a_person()
    defaults: dict[str, Any] = {"title": person.name, "slug": "anna-proverochnaya", "summary": ""}
    return ExpertDocument(**framed(), person=person, **defaults | fields)
