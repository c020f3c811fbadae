"""An editor writes in a real browser: by mouse, by keyboard, with paste, with a lost session."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.content.blocks import HeadingBlock, QuoteBlock, TextBlock, blocks
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from tests.factories.desk import a_quote, a_source, a_text, an_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _open(desk: Page, obj: Article | None = None) -> None:
    desk.goto(f"/admin/articles/article/{f'{obj.pk}/change' if obj else 'add'}/")


def _save(desk: Page) -> None:
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved")


def _insert(desk: Page, kind: str, after: int = -1) -> None:
    """Insert a block by keyboard alone: the menu opens with Enter, its first kind has the focus."""
    place = desk.locator(".desk-insert-top" if after < 0 else f".desk-block:nth-child({after + 1}) > .desk-insert")
    place.locator(".desk-insert-button").press("Enter")
    place.get_by_role("button", name=kind, exact=True).press("Enter")


def _paste(desk: Page, editor: int, html: str) -> None:
    desk.locator(".desk-editor .ProseMirror").nth(editor).evaluate(
        """(element, html) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            element.focus()
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        html,
    )


def test_an_article_is_written_by_keyboard_with_a_citation_found_by_typing(desk: Page) -> None:
    source = a_source(authors="Allen, R. E.", issued="2012", title="Nocturnal leg cramps")
    _open(desk)
    desk.locator("#id_title_ru").fill("Судороги")
    _insert(desk, "Section heading")
    desk.keyboard.type("Что это")
    desk.keyboard.press("Enter")
    _insert(desk, "Text", after=0)
    expect(desk.get_by_role("textbox", name="2. Text RU")).to_be_focused()
    desk.keyboard.type("Судорога коротка.")
    desk.keyboard.press("Control+Alt+C")
    desk.keyboard.type("noct 2012")
    expect(desk.locator(".desk-dialog").get_by_role("option")).to_have_text("Allen 2012Nocturnal leg cramps")
    desk.keyboard.press("Enter")
    desk.get_by_label("Where in the source").fill("p. 351")
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-editor cite").first).to_have_text("Allen 2012, p. 351")
    _save(desk)
    article = Article.objects.get()
    heading, text = blocks(article)
    assert isinstance(heading, HeadingBlock)
    assert heading.text_ru == "Что это"
    assert isinstance(text, TextBlock)
    assert text.text_ru == f'<p>Судорога коротка.<cite data-source="{source.id}" data-locator="p. 351"></cite></p>'


def test_blocks_are_moved_by_keyboard_and_said_aloud(desk: Page) -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Третий", en="Third")
    _open(desk, article)
    third = desk.locator(".desk-block").nth(2)
    third.get_by_role("button", name="Move up").press("Enter")
    expect(desk.locator("#desk-announcer")).to_have_text("Block moved: now number 2 of 3.")
    expect(desk.locator(".desk-block").nth(1).get_by_role("button", name="Move up")).to_be_focused()
    desk.locator(".desk-block").nth(1).locator(".desk-toggle").press("Alt+ArrowUp")
    _save(desk)
    first, *_others = blocks(article)
    assert first.text_en == "<p>Third</p>"


def test_blocks_are_moved_by_mouse(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    heads = desk.locator(".desk-block-head")
    heads.nth(1).drag_to(heads.nth(0), target_position={"x": 300, "y": 2})
    _save(desk)
    assert isinstance(blocks(article)[0], TextBlock)


def test_a_removed_block_stays_until_it_is_saved(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    button = desk.locator(".desk-block").nth(0).get_by_role("button", name="Delete the block")
    button.click()
    expect(desk.locator("#desk-announcer")).to_have_text("The block will be deleted when you save.")
    button.click()
    desk.locator("#id_title_en").fill("Saved with its block")
    _save(desk)
    assert HeadingBlock.objects.count() == 1
    desk.locator(".desk-block").nth(0).get_by_role("button", name="Delete the block").click()
    _save(desk)
    assert HeadingBlock.objects.count() == 0


def test_what_word_puts_on_the_clipboard_becomes_our_text_and_losses_are_told(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    desk.get_by_role("textbox", name="2. Text EN").click()
    desk.keyboard.press("Control+A")
    _paste(
        desk,
        1,
        '<p class="MsoNormal" style="font-family:Calibri">Stretch <b>gently</b>.</p><ul><li>calf</li></ul>'
        '<img src="file:///c:/leg.png">',
    )
    note = desk.locator(".desk-paste-note")
    expect(note).to_contain_text("picture")
    _save(desk)
    text = TextBlock.objects.get()
    assert text.text_en == "<p>Stretch <strong>gently</strong>.</p><ul><li><p>calf</p></li></ul>"
    assert "Судорога коротка." in text.text_ru


def test_without_the_server_a_paste_still_arrives(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    desk.route("**/admin/paste/", lambda route: route.abort())
    desk.get_by_role("textbox", name="2. Text EN").click()
    _paste(desk, 1, "<p>Offline <b>words</b></p>")
    expect(desk.locator(".desk-paste-note")).to_contain_text("could not check")
    _save(desk)
    assert "Offline <strong>words</strong>" in TextBlock.objects.get().text_en


def test_a_new_source_is_made_in_a_window_of_its_own_without_losing_the_text(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    desk.get_by_role("textbox", name="2. Text EN").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" More.")
    desk.keyboard.press("Control+Alt+C")
    with desk.expect_popup() as opened:
        desk.get_by_text("New source…").click()
    window = opened.value
    window.locator("#id_kind").select_option("news")
    window.locator("#id_publisher").fill("Daily")
    window.locator("#id_issued").fill("2026")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("combobox", name="Author, year or title")).to_have_value("Daily 2026")
    desk.get_by_role("button", name="Insert", exact=True).click()
    _save(desk)
    made = Source.objects.get(publisher="Daily")
    assert re.search(rf'More\.<cite data-source="{made.id}"></cite>', TextBlock.objects.get().text_en)


def test_a_quote_is_placed_by_typing_the_speaker(desk: Page) -> None:
    quote = a_quote()
    article = an_article()
    _open(desk, article)
    _insert(desk, "Quote", after=1)
    desk.keyboard.type("проверочная")
    expect(desk.locator(".select2-results__option").first).to_contain_text("Anna Testova")
    desk.keyboard.press("Enter")
    _save(desk)
    assert QuoteBlock.objects.get(parent=article).quote == quote


def test_a_new_quote_is_made_from_its_block_and_comes_back_into_it(desk: Page) -> None:
    source = a_source(authors="Picked, P.")
    article = an_article(original_language="en")
    _open(desk, article)
    desk.locator("#id_title_en").fill("Half-typed title")
    _insert(desk, "Quote", after=1)
    desk.keyboard.press("Escape")
    with desk.expect_popup() as opened:
        desk.locator(".desk-block[data-kind=quote] .add-related").click()
    window = opened.value
    expect(window.locator("#id_original_language")).to_have_value("en")
    window.locator(".field-source .select2-selection").click()
    window.keyboard.type("picked 2012")
    expect(window.locator(".select2-results__option--highlighted")).to_have_text("Picked 2012")
    window.keyboard.press("Enter")
    window.locator("#id_attribution").select_option("unnamed")
    window.locator("#id_text_en").fill("Cramps come at night.")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".desk-block[data-kind=quote] .select2-selection")).to_contain_text("Cramps come at night.")
    expect(desk.locator("#id_title_en")).to_have_value("Half-typed title")
    _save(desk)
    quote = Quote.objects.get()
    assert (quote.source, QuoteBlock.objects.get(parent=article).quote) == (source, quote)


def test_a_lost_session_loses_no_word(desk: Page, editor: User) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator("#id_title_en").fill("Typed before the session ended")
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_label("Username").fill("editor@tests")
    desk.get_by_label("Password").fill("correct horse battery")
    desk.get_by_role("button", name="Sign in and go on").click()
    expect(desk.locator("#id_title_en")).to_have_value("Typed before the session ended")
    assert Article.objects.get().title_en == "Cramps in tests"
    _save(desk)
    assert Article.objects.get().title_en == "Typed before the session ended"


def test_a_page_of_150_blocks_opens_with_no_editor_and_each_opens_on_demand(desk: Page) -> None:
    article = an_article()
    for number in range(148):
        a_text(article, ordering=100 + number, ru=f"Абзац {number}", en=f"Paragraph {number}")
    _open(desk, article)
    expect(desk.locator(".desk-block")).to_have_count(150)
    expect(desk.locator(".ProseMirror")).to_have_count(0)
    desk.locator(".desk-block").nth(140).locator(".desk-toggle").click()
    desk.get_by_role("textbox", name="141. Text EN").click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" and more")
    _save(desk)
    assert TextBlock.objects.filter(text_en__contains="and more").count() == 1
    expect(desk.locator(".ProseMirror").first).to_be_visible()


def test_a_link_from_a_list_of_problems_opens_the_block_at_its_field(desk: Page) -> None:
    article = an_article()
    block = TextBlock.objects.get()
    desk.goto(f"/admin/articles/article/{article.pk}/change/?focus=textblock:{block.pk}:text_en")
    expect(desk.get_by_role("textbox", name="2. Text EN")).to_be_focused()


def test_opening_a_text_in_the_editor_loses_nothing_that_a_text_may_hold(desk: Page) -> None:
    article = an_article()
    source, term = a_source(), "5f1d7a0e-3a53-4d0e-9a52-6d2a0c1b7e11"
    cite = f'<cite data-source="{source.id}" data-locator="p. 351"></cite>'
    whole = (
        "<h3>Heading</h3><h4>Smaller</h4>"
        '<p>One <strong>two <em>three</em></strong><br><i lang="la">musculus</i> '
        f'<span data-term="{term}">term</span>{cite} <a href="https://example.org/?a=1&amp;b=2">address</a> '
        f'<a data-kind="article" data-item="{article.id}">ours</a> <a href="tel:112">112</a></p>'
        "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li><li><p>c</p></li></ul>"
    )
    block = TextBlock.objects.get()
    block.text_en = whole
    block.save()
    _open(desk, article)
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    desk.get_by_role("textbox", name="2. Text EN").get_by_text("Heading").click()
    desk.keyboard.press("End")
    desk.keyboard.type("!")
    _save(desk)
    block.refresh_from_db()
    assert block.text_en == whole.replace("<h3>Heading</h3>", "<h3>Heading!</h3>")


def test_a_link_leads_to_an_address_or_to_an_article_of_ours(desk: Page) -> None:
    article = an_article()
    other = an_article("other", title_ru="Другая статья", title_en="Another article")
    _open(desk, article)
    desk.locator(".desk-block[data-kind=text] .desk-toggle").click()
    editor = desk.get_by_role("textbox", name="2. Text EN")
    editor.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("here")
    desk.keyboard.press("Control+A")
    link = desk.get_by_role("toolbar").nth(1).get_by_role("button", name="Link to a page")
    link.click()
    desk.keyboard.type("javascript:alert(1)")
    desk.get_by_role("button", name="Insert", exact=True).click()
    expect(desk.locator(".desk-dialog-error")).to_contain_text("https://")
    desk.get_by_label("Address, or words").first.fill("https://example.org/")
    desk.get_by_role("button", name="Insert", exact=True).click()
    _save(desk)
    assert TextBlock.objects.get(parent=article).text_en == '<p><a href="https://example.org/">here</a></p>'
    desk.get_by_role("textbox", name="2. Text EN").click()
    desk.keyboard.press("Control+A")
    link.click()
    desk.get_by_label("Address, or words").first.fill("ДРУГАЯ")
    expect(desk.locator(".desk-dialog").get_by_role("option")).to_have_text("Another article")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    _save(desk)
    expected = f'<p><a data-kind="article" data-item="{other.id}">here</a></p>'
    assert TextBlock.objects.get(parent=article).text_en == expected
