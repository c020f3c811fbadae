"""An editor types a bilingual article with a block of every kind, by mouse and by keyboard, and what it places too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.blocks import BLOCKS, KeyPointsBlock, NoteBlock, RelatedBlock, StepsBlock, TableBlock, blocks
from articles.content.care import CareBox
from articles.content.completeness import problems
from articles.content.evidence import EvidenceTable
from articles.content.texts import Article
from tests.factories.desk import a_quote, a_source, an_article
from tests.factories.desk_kinds import a_care_service, a_picture, a_question, some_accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD_TABLE = (
    "<table class=MsoTableGrid><tr><td><p class=MsoNormal>Sign</p></td><td><p class=MsoNormal>Cramp</p></td></tr>"
    "<tr><td><p class=MsoNormal>When</p></td><td><p class=MsoNormal>at night</p></td></tr>"
    "<tr><td><p class=MsoNormal>How long</p></td><td><p class=MsoNormal>minutes</p></td></tr></table>"
)


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    """The desk in English, signed in. A script or policy that fails in the browser fails the test."""
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 1000})
    place = {"url": f"{live_server.url}/admin/"}
    language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", **place}
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, **place}, language])
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


def _save(desk: Page) -> None:
    desk.keyboard.press("Control+S")
    expect(desk.locator(".messagelist")).to_contain_text("Saved")


def _insert(desk: Page, kind: str) -> Locator:
    """Insert a block at the end by keyboard: the menu opens with Enter, a letter leads to the kind."""
    place = desk.locator(".desk-insert").last
    place.locator(".desk-insert-button").press("Enter")
    place.get_by_role("button", name=kind, exact=True).press("Enter")
    return desk.locator(".desk-block").last


def _choose(desk: Page, words: str) -> None:
    """The picker is open: type until it is found, and take it."""
    desk.keyboard.type(words)
    expect(desk.locator(".select2-results__option--highlighted")).to_contain_text(words)
    desk.keyboard.press("Enter")


def _type_both(desk: Page, block: Locator, russian: str, english: str, *, list: str = "") -> None:
    """Type into the editors of rich text, beginning a list first where one is wanted."""
    for number, text in enumerate((russian, english)):
        block.locator(".ProseMirror").nth(number).click()
        if list:
            block.get_by_role("toolbar").nth(number).get_by_role("button", name=list).click()
        lines = text.split("\n")
        for line in lines:
            desk.keyboard.type(line)
            if line is not lines[-1]:
                desk.keyboard.press("Enter")


def _fill(block: Locator, name: str, russian: str, english: str) -> None:
    prefix = block.get_attribute("data-prefix")
    for language, words in (("ru", russian), ("en", english)):
        block.locator(f'[name="{prefix}-{name}_{language}"]').fill(words)


def _paste(field: Locator, html: str, text: str = "") -> None:
    field.evaluate(
        """(element, [html, text]) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            data.setData("text/plain", text)
            element.focus()
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        [html, text],
    )


def _text(block: Locator, language: str) -> str:
    return block.locator(f'textarea[name$="cells_{language}"]').input_value()


def test_a_whole_article_with_every_block_is_typed_in_both_languages(desk: Page) -> None:
    source = a_source(authors="Allen, R. E.", issued="2012", title="Nocturnal leg cramps")
    quote = a_quote(text_en="Cramps pass by themselves.")
    accounts, picture, question = some_accounts(), a_picture(), a_question()
    a_care_service()
    desk.goto("/admin/articles/article/add/")
    desk.locator("#id_title_ru").press_sequentially("Судороги в ногах")
    desk.locator("#id_title_en").press_sequentially("Leg cramps")
    desk.locator("#id_summary_ru").fill("Что делать и когда нужен врач.")
    desk.locator("#id_summary_en").fill("What to do and when to see a doctor.")

    _fill(_insert(desk, "Section heading"), "text", "Что это", "What it is")
    _type_both(desk, _insert(desk, "Text"), "Судорога коротка.", "A cramp is short.")
    for number in (0, 1):
        desk.locator(".desk-block").last.locator(".ProseMirror").nth(number).click()
        desk.keyboard.press("Control+End")
        desk.keyboard.press("Control+Alt+C")
        desk.keyboard.type("noct 2012")
        expect(desk.locator(".desk-dialog").get_by_role("option")).to_have_count(1)
        desk.keyboard.press("Enter")
        desk.keyboard.press("Enter")
    points = _insert(desk, "Key points")
    _type_both(desk, points, "Проходит сама\nПомогает растяжка", "It passes by itself\nStretch", list="Bulleted list")
    steps = _insert(desk, "Steps")
    _fill(steps, "title", "Во время судороги", "During a cramp")
    _type_both(desk, steps, "Встаньте\nПотяните носок", "Stand up\nPull the toes", list="Numbered list")
    note = _insert(desk, "Note")
    _fill(note, "title", "Важно", "Important")
    _type_both(desk, note, "Хинин не принимайте.", "Do not take quinine.")

    table = _insert(desk, "Table")
    _fill(table, "caption", "Чем отличается", "How it differs")
    table.locator(".desk-grid").first.locator("tbody textarea").first.click()
    for words in ("Знак", "Судорога", "Когда", "ночью", "Сколько", "минуты"):
        desk.keyboard.type(words)
        desk.keyboard.press("Tab")
    _paste(table.locator(".desk-grid").nth(1).locator("tbody textarea").first, WORD_TABLE)
    expect(desk.locator("#desk-announcer")).to_have_text("Pasted: 3 rows, 2 columns.")
    assert _text(table, "ru") == "Знак | Судорога\nКогда | ночью\nСколько | минуты"
    assert _text(table, "en") == "Sign | Cramp\nWhen | at night\nHow long | minutes"

    for kind, words in (
        ("Quote", "Cramps pass by themselves."),
        ("Accounts side by side", "What is lacking"),
        ("Picture", "A person pulls the toes up"),
    ):
        block = _insert(desk, kind)
        _choose(desk, words)
        expect(block.locator(".desk-shown-side")).to_have_count(2)
    related = _insert(desk, "Related questions")
    related.locator(".select2-selection").click()
    _choose(desk, "Is it dangerous?")
    related.get_by_role("button", name="Move up").focus()

    _new_care_box(desk, _insert(desk, "Care box"), source.short_name)
    _new_evidence_table(desk, _insert(desk, "Evidence table"), source.short_name)
    _save(desk)

    article = Article.objects.get()
    assert [block.kind for block in blocks(article)] == [
        "heading", "text", "key_points", "steps", "note", "table", "quote", "accounts", "figure", "related",
        "care_box", "evidence_table",
    ]  # fmt: skip
    assert {type(block) for block in blocks(article)} == set(BLOCKS)
    assert (article.slug_ru, article.slug_en) == ("sudorogi-v-nogah", "leg-cramps")
    assert KeyPointsBlock.objects.get().text_en == "<ul><li><p>It passes by itself</p></li><li><p>Stretch</p></li></ul>"
    assert StepsBlock.objects.get().text_ru == "<ol><li><p>Встаньте</p></li><li><p>Потяните носок</p></li></ol>"
    assert (NoteBlock.objects.get().title_en, quote.placements.count(), accounts.placements.count()) == (
        "Important",
        1,
        1,
    )
    assert list(RelatedBlock.objects.get().questions.all()) == [question]
    assert picture.placements.count() == 1
    assert [problem.sentence for language in ("ru", "en") for problem in problems(article, language)] == []


def _new_care_box(desk: Page, block: Locator, source: str) -> None:
    """Made in a window of its own, from the block that places it."""
    desk.keyboard.press("Escape")
    with desk.expect_popup() as opened:
        block.locator(".add-related").click()
    window = opened.value
    window.locator("#id_level").select_option("emergency")
    for language, words in (("ru", "Звоните {emergency}, если"), ("en", "Call {emergency} if")):
        window.locator(f"#id_title_{language}").fill(words)
        window.locator(f"#id_triggers_{language}").fill("трудно дышать" if language == "ru" else "breathing is hard")
    window.get_by_role("combobox", name="Services").first.click()
    _choose(window, "103 Ambulance RU")
    window.get_by_role("combobox", name="Sources").first.click()
    _choose(window, source)
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(block.locator(".desk-shown-side").nth(1)).to_contain_text("breathing is hard")
    assert CareBox.objects.get().services.count() == 1


def _new_evidence_table(desk: Page, block: Locator, source: str) -> None:
    desk.keyboard.press("Escape")
    with desk.expect_popup() as opened:
        block.locator(".add-related").click()
    window = opened.value
    window.locator("#id_title_ru").fill("Что помогает")
    window.locator("#id_title_en").fill("What helps")
    for option, english in (("Магний", "Magnesium"), ("Растяжка", "Stretching")):
        # The newest option goes first: the place at the top is pressed, no menu opens for a single kind.
        window.locator(".desk-insert-top .desk-insert-button").press("Enter")
        row = window.locator(".desk-block").first
        expect(row.locator("[name$=option_ru]")).to_be_focused()
        window.keyboard.type(option)
        row.locator("[name$=option_en]").fill(english)
        for language in ("ru", "en"):
            row.locator(f"[name$=finding_{language}]").fill("Стало легче." if language == "ru" else "It became easier.")
            row.locator(f"[name$=conclusion_{language}]").fill("Можно" if language == "ru" else "Worth trying")
        row.locator("[name$=verdict]").select_option("may_help")
        row.locator(".select2-selection").click()
        _choose(window, source)
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(block.locator(".desk-shown-side").nth(1)).to_contain_text("Stretching")
    table = EvidenceTable.objects.get()
    assert [row.option_en for row in table.rows.all()] == ["Stretching", "Magnesium"]


def test_the_menu_is_walked_by_arrows_and_letters_and_closed_by_escape(desk: Page) -> None:
    desk.goto("/admin/articles/article/add/")
    button = desk.locator(".desk-insert-button")
    button.press("Enter")
    expect(desk.get_by_role("button", name="Section heading")).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("button", name="Text", exact=True)).to_be_focused()
    desk.keyboard.press("e")
    expect(desk.get_by_role("button", name="Evidence table")).to_be_focused()
    desk.keyboard.press("End")
    expect(desk.get_by_role("button", name="Related questions")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(desk.locator(".desk-insert-menu")).to_have_count(0)


@pytest.fixture
def table(desk: Page) -> Locator:
    article = an_article()
    TableBlock.objects.create(
        parent=article, ordering=30, cells_ru="Знак | Судорога\nКогда | ночью", cells_en="Sign | Cramp\nWhen | at night"
    )
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator(".desk-block[data-kind=table] .desk-toggle").click()
    return desk.locator(".desk-block[data-kind=table]")


def test_rows_and_columns_are_added_moved_and_deleted_by_keyboard(desk: Page, table: Locator) -> None:
    english = table.locator(".desk-grid").nth(1)
    cell = english.get_by_label("Row 1, column 2, Cramp")
    cell.click()
    desk.keyboard.press("Enter")
    expect(desk.locator("#desk-announcer")).to_have_text("Row added: now 3 rows.")
    desk.keyboard.type("minutes")
    assert _text(table, "en") == "Sign | Cramp\nWhen | at night\n | minutes"
    desk.keyboard.press("Alt+ArrowUp")
    assert _text(table, "en") == "Sign | Cramp\n | minutes\nWhen | at night"
    desk.keyboard.press("Alt+ArrowLeft")
    assert _text(table, "en") == "Cramp | Sign\nminutes |\nat night | When"
    expect(english.get_by_label("Row 1, column 1, Cramp")).to_be_focused()
    expect(english.locator(".desk-grid-remark")).to_contain_text("2 × 2 and 3 × 2")
    english.get_by_role("button", name="Delete the column").click()
    assert _text(table, "en") == "Sign\n\nWhen".replace("\n\n", "\n")
    english.get_by_role("button", name="Undo").click()
    assert _text(table, "en") == "Cramp | Sign\nminutes |\nat night | When"
    _save(desk)
    assert TableBlock.objects.get().cells_en == "Cramp | Sign\nminutes |\nat night | When"


def test_a_spreadsheet_is_pasted_where_the_cursor_stands_and_what_is_lost_is_told(desk: Page, table: Locator) -> None:
    english = table.locator(".desk-grid").nth(1)
    html = WORD_TABLE.replace("<td><p class=MsoNormal>minutes", '<td><a href="https://example.org/"><p>minutes')
    _paste(english.get_by_label("Row 1, column 2, Cramp"), html)
    expect(english.locator(".desk-paste-note")).to_contain_text("The link over “minutes” was not kept")
    assert _text(table, "en").split("\n")[1] == "When | Sign | Cramp"
    english.get_by_role("button", name="Undo").click()
    assert _text(table, "en") == "Sign | Cramp\nWhen | at night"


def test_without_the_server_a_table_of_tabs_still_fills_the_grid(desk: Page, table: Locator) -> None:
    desk.route("**/admin/paste/table/", lambda route: route.abort())
    english = table.locator(".desk-grid").nth(1)
    _paste(english.get_by_label("Heading, column 1"), "", "One\tTwo\nthree\tfour")
    expect(english.locator(".desk-paste-note")).to_contain_text("could not check")
    assert _text(table, "en") == "One | Two\nthree | four"


def test_a_refused_table_comes_back_as_it_was_with_its_reason(desk: Page, table: Locator) -> None:
    english = table.locator(".desk-grid").nth(1)
    english.get_by_label("Row 1, column 2, Cramp").click()
    english.get_by_role("button", name="Delete the row").click()
    desk.keyboard.press("Control+S")
    expect(desk.locator(".errornote")).to_have_count(1)
    block = desk.locator(".desk-block[data-kind=table]")
    expect(block.locator(".errorlist")).to_contain_text("The table has a heading and no row below it.")
    assert _text(block, "en") == "Sign | Cramp"
    assert _text(block, "ru") == "Знак | Судорога\nКогда | ночью"


def test_the_text_behind_the_grid_can_be_typed_too(desk: Page, table: Locator) -> None:
    english = table.locator(".desk-grid").nth(1)
    english.get_by_role("button", name="As text").click()
    text = table.locator("textarea[name$=cells_en]")
    expect(text).to_be_focused()
    text.fill("One | Two\nthree | four | five")
    english.get_by_role("button", name="As text").click()
    expect(english.get_by_label("Row 1, column 3")).to_have_value("five")
    _save(desk)
    assert TableBlock.objects.get().cells_en == "One | Two |\nthree | four | five"


def test_a_table_that_was_pasted_into_a_text_becomes_a_block_beside_it(desk: Page) -> None:
    article = an_article()
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    editor = desk.locator(".desk-editor .ProseMirror").nth(1)
    editor.click()
    desk.keyboard.press("Control+End")
    _paste(editor, WORD_TABLE)
    expect(editor).to_contain_text("How long | minutes")
    desk.get_by_role("button", name="Insert as a table block").click()
    block = desk.locator(".desk-block[data-kind=table]")
    expect(block).to_have_count(1)
    expect(editor).not_to_contain_text("How long")
    _save(desk)
    assert TableBlock.objects.get().cells_en == "Sign | Cramp\nWhen | at night\nHow long | minutes"
    first, second, third = blocks(article)
    assert [first.kind, second.kind, third.kind] == ["heading", "text", "table"]


def test_what_is_missing_leads_to_its_field_in_a_closed_block(desk: Page) -> None:
    article = an_article()
    StepsBlock.objects.create(parent=article, ordering=30, text_ru="<p>Не список</p>")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator(".desk-missing summary").click()
    desk.get_by_role("link", name="Steps are one numbered list and nothing else.").click()
    expect(desk.get_by_role("textbox", name="3. Steps RU")).to_be_focused()
