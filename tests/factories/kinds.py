"""Documents of the other kinds, and blocks beyond running text: for tests of what readers see of them."""

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
    Person,
    Picture,
    Quote,
    Rendition,
)
from articles.editions.upgrades import CURRENT_SCHEMA
from tests.factories.documents import a_document, a_person, an_id, said

Node = Mapping[str, Any]


def listed(*items: str | Node, ordered: bool = False) -> dict[str, Any]:
    """A list; each item is a paragraph."""
    return {
        "type": "list",
        "ordered": ordered,
        "items": [[said(item) if isinstance(item, str) else item] for item in items],
    }


def key_points(*points: str | Node, name: str = "key points") -> KeyPointsBlock:
    return KeyPointsBlock(id=an_id(f"block/{name}"), required=False, body=[listed(*points)])


def steps(*done: str | Node, title: str = "", name: str = "steps") -> StepsBlock:
    return StepsBlock(id=an_id(f"block/{name}"), required=False, title=title, body=[listed(*done, ordered=True)])


def a_note(*content: str | Node, title: str = "", name: str = "note") -> NoteBlock:
    body = [said(part) if isinstance(part, str) else dict(part) for part in content]
    return NoteBlock(id=an_id(f"block/{name}"), required=False, title=title, body=body)


def a_table(*rows: list[str], caption: str = "Чем отличается", note: Iterable[Node] = ()) -> TableBlock:
    body = [dict(one) for one in note]
    return TableBlock(id=an_id("block/table"), required=False, caption=caption, rows=list(rows), body=body)


def a_service(number: str = "103", country: str = "RU", **fields: Any) -> CareService:
    defaults: dict[str, Any] = {
        "id": an_id(f"service/{country}/{number}"), "name": "Скорая помощь", "number": number, "country": country,
        "purpose": "emergency", "note": "",
    }  # fmt: skip
    return CareService(**defaults | fields)


def a_box(level: str = "emergency", **fields: Any) -> CareBox:
    defaults: dict[str, Any] = {
        "id": an_id(f"box/{level}"),
        "level": level,
        "title": "Звоните {emergency}, если",
        "triggers": ["трудно дышать", "нога похолодела"],
        "advice": "",
        "services": [a_service(), a_service("112")],
        "cited": [],
    }
    return CareBox(**defaults | fields)


def boxed(box: CareBox) -> CareBoxBlock:
    return CareBoxBlock(id=an_id(f"block/{box.id}"), required=True, box=box)


def an_evidence_row(option: str = "Растяжка", **fields: Any) -> EvidenceRow:
    defaults: dict[str, Any] = {
        "id": an_id(f"row/{option}"), "option": option, "finding": "В трёх исследованиях стало немного легче.",
        "verdict": "may_help", "conclusion": "Можно попробовать", "sources": [],
    }  # fmt: skip
    return EvidenceRow(**defaults | fields)


def an_evidence_table(*rows: EvidenceRow, title: str = "Что помогает", note: str = "") -> EvidenceTableBlock:
    table = EvidenceTable(id=an_id("evidence"), title=title, note=note, rows=list(rows))
    return EvidenceTableBlock(id=an_id("block/evidence"), required=True, table=table)


def an_account(quote: Quote) -> Account:
    return Account(id=an_id(f"account/{quote.id}"), quote=quote)


def side_by_side(*entries: Account, **fields: Any) -> AccountsBlock:
    defaults: dict[str, Any] = {
        "id": an_id("accounts"), "title": "Чего не хватает", "note": "Источники порядка не устанавливают.",
        "experts_differ": False, "entries": list(entries), "cited": [],
    }  # fmt: skip
    return AccountsBlock(id=an_id("block/accounts"), required=True, accounts=Accounts(**defaults | fields))


def a_picture(**fields: Any) -> Picture:
    """Two widths in every form; the files are named, not stored."""
    defaults: dict[str, Any] = {
        "id": an_id("picture"),
        "alt": "Человек тянет носок на себя",
        "caption": "Растяжка икры.",
        "credit": "Тамара Снимкова",
        "licence": "cc_by_4",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "source_url": "",
        "width": 960,
        "height": 720,
        "renditions": [
            Rendition(path=f"pictures/ab/cd-{width}.{form}", width=width, height=width * 3 // 4, format=form)  # type: ignore[arg-type]
            for form in ("avif", "webp", "jpeg")
            for width in (960, 480)
        ],
    }
    return Picture(**defaults | fields)


def pictured(picture: Picture) -> FigureBlock:
    return FigureBlock(id=an_id("block/figure"), required=False, picture=picture)


def related(*questions: str, title: str = "", required: bool = False) -> RelatedBlock:
    return RelatedBlock(id=an_id("block/related"), required=required, title=title, questions=list(questions))


def _framed(blocks: Iterable[AnyBlock], fields: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The frame of any document, with its sources numbered as an article's are."""
    made = a_document(*blocks, sources=fields.get("sources", ()))
    frame = {"schema": CURRENT_SCHEMA, "blocks": made.blocks, "sources": made.sources, "missing": []}
    return {**frame, **defaults, **{key: value for key, value in fields.items() if key != "sources"}}


def a_question(*blocks: AnyBlock, **fields: Any) -> FaqDocument:
    defaults = {"title": "Это опасно?", "slug": "eto-opasno", "summary": "Обычно нет.", "topics": []}
    return FaqDocument(**_framed(blocks, fields, defaults))


def a_page(*blocks: AnyBlock, **fields: Any) -> PageDocument:
    defaults = {"title": "Кто мы", "slug": "kto-my", "summary": "Кто ведёт сайт."}
    return PageDocument(**_framed(blocks, fields, defaults))


def a_term(title: str = "Судорога", **fields: Any) -> TermDocument:
    defaults: dict[str, Any] = {
        "title": title, "slug": "sudoroga", "summary": "Мышца сжимается сама.", "synonyms": ["крампи"],
    }  # fmt: skip
    return TermDocument(**_framed((), fields, defaults))


def a_topic(title: str = "Мышцы", **fields: Any) -> TopicDocument:
    return TopicDocument(**_framed((), fields, {"title": title, "slug": "myshtsy", "summary": "О мышцах."}))


def an_expert(person: Person | None = None, **fields: Any) -> ExpertDocument:
    """The page of a person; its item is the person's id."""
    shown = person or a_person()
    defaults = {"title": shown.name, "slug": "anna-proverochnaya", "summary": "", "person": shown}
    return ExpertDocument(**_framed((), fields, defaults))
