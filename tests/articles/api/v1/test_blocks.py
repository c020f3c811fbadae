"""Blocks of every kind: HTML and text that are complete in themselves, and the kind's own members."""

from html.parser import HTMLParser
from typing import Any

import pytest

from articles.api.v1.presenters.blocks import BLOCKS
from articles.editions import wording
from articles.editions.parts import PartWithdrawal, Rendition
from articles.editions.value import digest
from tests.articles.api.v1.asking import DETAIL, answered, only_block, russian
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import (
    ARTICLE,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    an_english_document,
    an_id,
    cite,
    heading,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import (
    FAQ,
    a_care_box,
    a_faq,
    a_picture,
    a_row,
    a_service,
    a_withdrawn_account,
    accounts,
    an_account,
    care_box,
    evidence_table,
    figure,
    key_points,
    note,
    one_of_each,
    related,
    steps,
    table,
)


def test_every_kind_of_block_has_a_presenter_and_is_answered(partner: Partner) -> None:
    shelve(a_faq(), item=FAQ)
    blocks = [heading("Что это"), text("Слова.", name="t"), quoted(a_quote()), *one_of_each()]
    assert {type(block) for block in blocks} == set(BLOCKS)
    found = answered(partner, *blocks)["blocks"]
    assert [(one["kind"], one["digest"]) for one in found] == [(block.kind, digest(block)) for block in blocks]
    for one in found:
        assert one["html"].startswith("<")
        assert one["text"]
        assert balanced(one["html"])


# lists of points, steps, notes


def test_key_points_are_one_list_under_a_title(partner: Partner) -> None:
    block = only_block(partner, key_points(said("Судорога коротка.", cite(a_source())), "Она проходит."))
    title = russian(wording.KEY_POINTS)
    assert block["title"] == title
    source = a_source().id
    assert block["html"] == (
        f'<h3>{title}</h3><ul><li><p>Судорога коротка.<sup data-source="{source}">[1]</sup></p></li>'
        "<li><p>Она проходит.</p></li></ul>"
    )
    assert block["text"] == f"{title}\n\n• Судорога коротка.[1]\n• Она проходит."


def test_steps_are_numbered_and_a_title_is_left_out_where_there_is_none(partner: Partner) -> None:
    with_title = only_block(partner, steps("Тяните носок.", "Ждите.", title="Что делать"))
    assert with_title["html"] == "<h3>Что делать</h3><ol><li><p>Тяните носок.</p></li><li><p>Ждите.</p></li></ol>"
    assert with_title["text"] == "Что делать\n\n1. Тяните носок.\n2. Ждите."
    without = only_block(partner, steps("Тяните носок."))
    assert (without["title"], without["html"]) == ("", "<ol><li><p>Тяните носок.</p></li></ol>")


def test_a_note_stands_apart(partner: Partner) -> None:
    block = only_block(partner, note("Не массируйте.", title="Важно"))
    assert block["html"] == "<aside><h3>Важно</h3><p>Не массируйте.</p></aside>"
    assert block["text"] == "Важно\n\nНе массируйте."
    assert block["body"] == [said("Не массируйте.")]


# tables


def test_a_table_names_its_columns_and_its_rows(partner: Partner) -> None:
    block = only_block(
        partner, table(["Знак", "Судорога"], ["Когда", "ночью"], caption="Чем отличается", under="По обзору.")
    )
    assert block["html"] == (
        '<table><caption>Чем отличается</caption><thead><tr><th scope="col">Знак</th><th scope="col">Судорога</th></tr>'
        '</thead><tbody><tr><th scope="row">Когда</th><td>ночью</td></tr></tbody></table><p>По обзору.</p>'
    )
    assert block["text"] == "Чем отличается\nЗнак | Судорога\nКогда | ночью\n\nПо обзору."
    assert block["rows"] == [["Знак", "Судорога"], ["Когда", "ночью"]]


def test_a_bar_in_a_cell_of_a_table_does_not_make_another_cell_in_its_text(partner: Partner) -> None:
    assert only_block(partner, table(["а|б", "в"], ["г", "д"]))["text"] == "а\\|б | в\nг | д"


# pictures


def test_a_figure_has_words_in_place_of_the_picture_and_its_files_at_absolute_addresses(
    partner: Partner, settings: Any
) -> None:
    settings.MEDIA_URL = "/media/"
    block = only_block(partner, figure(a_picture(licence="cc_by_4", licence_url="https://cc.invalid/by/4.0/")))
    own = block["picture"]
    assert (own["alt"], own["caption"], own["credit"]) == ("Человек тянет носок на себя", "Растяжка икры.", "Редакция")
    assert (own["licence"], own["licence_label"]) == ("cc_by_4", "CC BY 4.0")
    assert len(own["files"]) == 9
    stem = f"http://testserver/media/pictures/ab/{'ab' * 32}"
    assert own["files"][0] == {"url": f"{stem}-480.avif", "width": 480, "height": 360, "format": "avif"}
    image = f'<img src="{stem}-960.jpeg" alt="Человек тянет носок на себя" width="960" height="720">'
    assert image in block["html"]
    assert '<a href="https://cc.invalid/by/4.0/">CC BY 4.0</a>' in block["html"]
    assert "Человек тянет носок на себя\nРастяжка икры.\nРедакция. CC BY 4.0" in block["text"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.invalid/"])
def test_a_licence_leads_to_the_web_or_nowhere(partner: Partner, address: str) -> None:
    assert address not in only_block(partner, figure(a_picture(licence_url=address)))["html"]


def test_a_picture_under_an_unknown_licence_shows_its_code(partner: Partner) -> None:
    assert only_block(partner, figure(a_picture(licence="new_one")))["picture"]["licence_label"] == "new_one"


@pytest.mark.parametrize(
    ("files", "shown"),
    [([], None), ([("avif", 480)], "480.avif"), ([("png", 300), ("webp", 900)], "300.png")],
)
def test_a_figure_shows_the_best_file_that_there_is(
    partner: Partner, files: list[tuple[str, int]], shown: str | None
) -> None:
    renditions = [
        Rendition(path=f"p/{width}.{format}", width=width, height=10, format=format)  # type: ignore[arg-type]
        for format, width in files
    ]
    html = only_block(partner, figure(a_picture(renditions=renditions)))["html"]
    assert f'p/{shown}" alt=' in html if shown else "<p>Человек тянет носок на себя</p>" in html


# related questions


def test_related_questions_follow_what_is_live(partner: Partner) -> None:
    other = an_id("other question")
    shelve(a_faq(slug="drugoy", title="Другой <вопрос>?"), item=other)
    shelve(a_document(related(FAQ, other, title="Что ещё спрашивают")))
    [block] = partner.json(DETAIL)["blocks"]
    address = "http://testserver/ru/faq/drugoy/"
    assert block["questions"] == [
        {"id": other, "title": "Другой <вопрос>?", "url": address,
         "api_url": f"http://testserver/api/v1/faq/{other}/?lang=ru"}
    ]  # fmt: skip
    assert block["html"] == (
        f'<h3>Что ещё спрашивают</h3><ul><li><a href="{address}">Другой &lt;вопрос&gt;?</a></li></ul>'
    )
    shelve(a_faq(), item=FAQ)
    assert [question["id"] for question in partner.json(DETAIL)["blocks"][0]["questions"]] == [FAQ, other]
    withdraw(FAQ)
    withdraw(other)
    [block] = partner.json(DETAIL)["blocks"]
    assert (block["questions"], block["html"], block["text"]) == ([], "", "")


def test_blocks_without_a_title_of_their_own_are_given_one(partner: Partner) -> None:
    shelve(a_faq(), item=FAQ)
    questions, sides = answered(partner, related(FAQ, title=""), accounts(title=""))["blocks"]
    assert questions["title"] == russian(wording.RELATED)
    assert sides["accounts"]["title"] == russian(wording.ACCOUNTS)


# words


NASTY = '<script>alert("1")</script>&\'{emergency}%(x)s'


def test_words_of_no_block_become_markup(partner: Partner) -> None:
    shelve(a_faq(title=NASTY[:60]), item=FAQ)
    nasty_quote = a_quote(
        text=NASTY, speaker=a_person(name=NASTY, post=NASTY), locator=NASTY, verdict=a_verdict(note=NASTY)
    )
    blocks = [
        key_points(NASTY),
        steps(NASTY, title=NASTY),
        note(NASTY, title=NASTY),
        table([NASTY, NASTY], [NASTY, NASTY], caption=NASTY, under=NASTY),
        care_box(a_care_box(title=NASTY, triggers=[NASTY], advice=NASTY, services=[a_service(name=NASTY, note=NASTY)])),
        evidence_table(a_row(NASTY, finding=NASTY, conclusion=NASTY), title=NASTY, note=NASTY),
        accounts(an_account(nasty_quote), a_withdrawn_account(reason=NASTY), title=NASTY, note=NASTY),
        figure(a_picture(alt=f'" onerror="{NASTY}', caption=NASTY, credit=NASTY, licence=NASTY)),
        related(FAQ, title=NASTY),
        text(said("См. ", item_link(NASTY, FAQ, "faq")), name="link"),
    ]
    item = answered(partner, *blocks, sources=[a_news_source(publisher=NASTY)])
    for block in item["blocks"]:
        assert "<script" not in block["html"], block["kind"]
        assert "&lt;script&gt;" in block["html"], block["kind"]
        assert tags(block["html"]) <= ALLOWED, block["kind"]
        assert balanced(block["html"]), block["kind"]


def test_the_other_language_is_in_no_word_of_a_block(partner: Partner) -> None:
    english = [
        care_box(
            a_care_box(
                title="Call {emergency} if", triggers=["fever"], advice="", services=[a_service(name="", note="")]
            )
        ),
        evidence_table(a_row("Stretching", finding="A little.", conclusion="Try"), title="What helps"),
        figure(a_picture(alt="A calf", caption="", credit="", licence="own")),
        key_points("One."),
        related(FAQ, title=""),
    ]
    shelve(a_faq(title="Is it dangerous?"), "en", item=FAQ)
    shelve(an_english_document(*english), "en")
    answer = partner.json(f"articles/{ARTICLE}/?lang=en")
    letters = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    shown = str([answer["blocks"], answer["care"]]).lower()
    assert letters & set(shown) == set()


def test_a_withdrawn_source_is_told_in_the_sources_that_a_block_rests_on(partner: Partner) -> None:
    review = a_source(withdrawn=PartWithdrawal("source", "Журнал отозвал статью."))
    item = answered(partner, care_box(a_care_box(cited=[review.id])), sources=[review])
    assert item["sources"][0]["withdrawn"]["reason"] == "Журнал отозвал статью."


# helpers

ALLOWED = {
    ("a", "href"), ("a", "title"), ("img", "src"), ("img", "alt"), ("img", "width"), ("img", "height"),
    ("sup", "data-source"), ("th", "scope"),
}  # fmt: skip
VOID = {"br", "img"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.attributes: set[tuple[str, str]] = set()
        self.open: list[str] = []
        self.is_balanced = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_balanced = self.is_balanced and bool(self.open) and self.open.pop() == tag


def read_html(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def tags(html: str) -> set[tuple[str, str]]:
    return read_html(html).attributes


def balanced(html: str) -> bool:
    reader = read_html(html)
    return reader.is_balanced and not reader.open
