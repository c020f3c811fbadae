"""An editor finds words, comments and copies in a real browser, and nothing half typed is lost by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles.canonical.stored_words import stored_words
from articles.content.blocks import QuoteBlock, TextBlock, blocks
from articles.content.evidence import EvidenceRow
from articles.content.measures import measure
from articles.content.texts import Article
from articles.editorial.comments import Comment
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.desk_kinds import a_question, an_evidence_table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _open(desk: Page, article: Article) -> None:
    desk.goto(f"/admin/articles/article/{article.pk}/change/")


def _save(desk: Page) -> None:
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved")


def test_a_search_by_keyboard_alone_opens_the_very_block(desk: Page) -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Крампи и ёжики.", en="Hedgehogs.")
    desk.goto("/admin/")
    desk.keyboard.press("/")
    expect(desk.get_by_label("Search everything at the desk")).to_be_focused()
    desk.keyboard.type("КРАМПИ ежик")
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-found mark")).to_have_text(["Крампи", "ёжик"])
    desk.locator(".desk-found-items ul a").click()
    third = desk.locator(".desk-block").nth(2)
    expect(third.locator(".desk-toggle")).to_have_attribute("aria-expanded", "true")
    expect(desk.get_by_role("textbox", name="3. Text RU")).to_be_focused()


def test_the_address_of_a_translation_is_proposed_while_its_title_is_typed_and_no_other_is_touched(desk: Page) -> None:
    article = an_article(slug_en="", title_en="")
    _open(desk, article)
    desk.locator("#id_title_ru").press_sequentially("!")
    desk.locator("#id_title_en").press_sequentially("Leg cramps")
    expect(desk.locator("#id_slug_en")).to_have_value("leg-cramps")
    desk.locator("#id_title_en").press_sequentially(" at night")
    _save(desk)
    article.refresh_from_db()
    assert (article.slug_ru, article.slug_en) == ("test-cramps-ru", "leg-cramps-at-night")
    desk.locator("#id_title_en").press_sequentially("Short ")
    expect(desk.locator("#id_slug_en")).to_have_value("leg-cramps-at-night")


def test_a_long_name_in_one_word_makes_no_page_wider(desk: Page) -> None:
    _open(desk, an_article(title_en="Ж" * 200))
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_key_of_the_search_is_a_letter_while_one_types(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator("#id_title_en").fill("")
    desk.locator("#id_title_en").press_sequentially("a/b")
    assert desk.locator("#id_title_en").input_value() == "a/b"


def test_a_hit_in_a_row_or_in_a_closed_part_of_a_form_is_gone_to(desk: Page) -> None:
    table = an_evidence_table(internal_note="Спросить Кокрейн")
    row = EvidenceRow.objects.get(parent=table, option_en="Magnesium")
    desk.goto("/admin/search/?q=магний")
    desk.locator(".desk-found-items ul a").click()
    expect(desk.locator("[name$='-option_ru']:focus")).to_have_value(row.option_ru)
    desk.goto("/admin/search/?q=Кокрейн")
    desk.locator(".desk-found-items ul a").click()
    expect(desk.locator("#id_internal_note")).to_be_focused()


def test_a_comment_is_sent_while_the_form_is_half_typed_and_nothing_is_lost(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator("#id_title_en").fill("Half typed")
    second = desk.locator(".desk-block").nth(1)
    second.locator(".desk-comment-badge").click()
    second.get_by_label("New comment").fill("Нужен источник.")
    second.get_by_role("button", name="Add the comment").click()
    expect(second.locator(".desk-comment")).to_contain_text("Нужен источник.")
    expect(second.locator(".desk-comment-badge")).to_have_text("1")
    expect(desk.locator("[data-open-comments]")).to_contain_text("2. Text (1)")
    assert desk.locator("#id_title_en").input_value() == "Half typed"

    second.get_by_label("New comment").fill("Ещё не дописан")
    _save(desk)
    article.refresh_from_db()
    assert article.title_en == "Half typed"
    second = desk.locator(".desk-block").nth(1)
    expect(second.get_by_label("New comment")).to_have_value("Ещё не дописан")

    second.get_by_role("button", name="Mark as resolved").click()
    expect(second.locator(".desk-comment-badge")).to_have_text("✓")
    expect(desk.locator("[data-open-comments]")).to_be_empty()
    assert [one.is_open for one in Comment.objects.all()] == [False]


def test_a_comment_alone_is_no_change_of_the_form(desk: Page) -> None:
    article = an_article()
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    _open(desk, article)
    desk.locator(".desk-tools .desk-comment-badge").click()
    desk.get_by_label("New comment").first.press_sequentially("слово")
    desk.goto("/admin/")
    assert asked == []


def test_a_link_to_a_comment_opens_it_at_its_block(desk: Page) -> None:
    article = an_article()
    block = TextBlock.objects.get(parent=article)
    desk.goto(f"/admin/articles/article/{article.pk}/change/?comments={block.pk}")
    expect(desk.locator(".desk-block").nth(1).get_by_label("New comment")).to_be_focused()


def test_a_block_is_duplicated_with_what_is_typed_in_it_now(desk: Page) -> None:
    article = an_article()
    place(article, a_quote())
    _open(desk, article)
    second = desk.locator(".desk-block").nth(1)
    second.locator(".desk-toggle").click()
    second.locator(".ProseMirror").nth(1).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Just typed.")
    second.get_by_role("button", name="Duplicate the block").click()
    copy = desk.locator(".desk-block").nth(2)
    expect(copy.locator(".ProseMirror").nth(1)).to_contain_text("A cramp is short.")
    expect(copy.locator(".ProseMirror").nth(1)).to_contain_text("Just typed.")
    desk.locator(".desk-block[data-kind=quote]").get_by_role("button", name="Duplicate the block").click()
    expect(desk.locator(".desk-block[data-kind=quote]")).to_have_count(2)
    expect(desk.locator(".select2-container--open")).to_have_count(0)
    _save(desk)

    kinds = [block.kind for block in blocks(article)]
    assert kinds == ["heading", "text", "text", "quote", "quote"]
    first, again = TextBlock.objects.filter(parent=article).order_by("ordering")
    assert first.text_en == again.text_en
    assert "Just typed." in first.text_en
    assert QuoteBlock.objects.filter(parent=article).values("quote").distinct().count() == 1


def test_lengths_follow_the_typing(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    whole = desk.locator(".desk-length-whole [data-length=en] [data-shown=words]")
    expect(whole).to_have_text("15")
    second = desk.locator(".desk-block").nth(1)
    second.locator(".desk-toggle").click()
    second.locator(".ProseMirror").nth(1).click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" two words")
    expect(second.locator("[data-length=en] [data-shown=words]")).to_have_text("6")
    expect(whole).to_have_text("17")
    second.get_by_role("button", name="Delete the block").click()
    expect(whole).to_have_text("11")


def test_a_short_answer_is_counted_at_its_field_and_marked_beyond_sixty_words(desk: Page) -> None:
    question = a_question()
    desk.goto(f"/admin/articles/faqentry/{question.pk}/change/")
    counted = desk.locator("#id_summary_en_count")
    desk.locator("#id_summary_en").fill("word — " * 60)
    expect(counted).to_have_text("60 of at most 60 words")
    expect(counted).not_to_have_class("desk-count is-too-many")
    desk.locator("#id_summary_en").fill("word " * 61)
    expect(counted).to_have_class("desk-count is-too-many")


def test_the_browser_counts_as_the_server_does(desk: Page) -> None:
    an_article()
    samples = [
        "",
        "<p>Судорога&nbsp;— это <strong>бо</strong>ль.</p><ul><li><p>раз</p></li><li><p>2 &lt; 3 &amp; 4</p></li></ul>",
        '<p>До.<cite data-source="x" data-locator="p. 5">Allen 2012</cite> После<br>всего e.g. what’s-this</p>',
        '<p><a href="https://example.org/a?b=1&amp;c">ссы</a>лка 😀 ёж ½ ²</p><h3>И ещё</h3><ol><li><p>п</p></li></ol>',
        "просто текст | без разметки",
    ]
    desk.goto("/admin/articles/article/add/")
    counted = desk.evaluate(
        """async (samples) => {
            const { measure, storedWords } = await import("/static/articles/admin/tools/measures.js")
            return samples.map((sample) => measure(storedWords(sample)))
        }""",
        samples,
    )
    expected = [measure(stored_words(sample)) for sample in samples]
    assert [(one["words"], one["characters"]) for one in counted] == [(one.words, one.characters) for one in expected]
