"""Every page at every width, with large letters and wide spacing; what forced colours, less motion and paper leave."""

import statistics

import pytest
from playwright.sync_api import Browser, Page

from articles.canonical.languages import LANGUAGES, Language
from tests.pages.reaching import by_browser
from tests.pages.table import CASES, NAMES, Row, path

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

WIDTHS = (320, 375, 768, 1280, 1600)
# A mark of a source is a letter or two high above the line; it is no line of its own.
LINES = """(part) => [...document.querySelectorAll(part)].flatMap(paragraph => {
  const lines = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest('sup, .vh')) continue;
    const range = document.createRange();
    for (let place = 0; place < node.length; place++) {
      range.setStart(node, place); range.setEnd(node, place + 1);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      const last = lines[lines.length - 1];
      if (last && Math.abs(last.top - box.top) < box.height / 2) last.letters++;
      else lines.push({top: box.top, letters: 1});
    }
  }
  return lines.slice(0, -1).map(line => line.letters);
})"""
# WCAG 1.4.12.
SPACED = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-block-end:2em!important}"
)
# WCAG 1.4.4, by the letters alone.
LARGE = "html{font-size:200%!important}"
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > edge + 1)
    .map(one => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(("row", "language"), CASES, ids=NAMES)
def test_nothing_runs_out_of_the_window(tab: Page, site: str, row: Row, language: Language) -> None:
    """At every width; at 320 pixels (WCAG 1.4.10) with wide spacing too, and with letters twice as large."""
    by_browser(tab, site, row, language)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate(TOO_WIDE) == [], width
    tab.set_viewport_size({"width": 320, "height": 900})
    for style in (SPACED, LARGE):
        added = tab.add_style_tag(content=style)
        assert tab.evaluate(TOO_WIDE) == [], style
        added.evaluate("style => style.remove()")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "shortest", "longest"), [(1280, 45, 75), (375, 30, 75)])
def test_a_line_of_an_article_is_as_long_as_eyes_like_it(
    tab: Page, site: str, language: Language, width: int, shortest: int, longest: int
) -> None:
    """45 to 75 letters; a telephone has room for fewer at a size that can be read."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(site + path("article", language))

    lines = tab.evaluate(LINES, ".prose > .flow > p")

    assert len(lines) > 5
    assert shortest <= statistics.median(lines) <= longest
    assert max(lines) <= longest + 10


def test_forced_colours_leave_how_soon_what_has_the_focus_and_where_boxes_end(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(site + path("article", "ru"))
    style = "(one, [pseudo, name]) => getComputedStyle(one, pseudo).getPropertyValue(name)"
    for card in page.locator(".card").all():
        assert card.evaluate(style, [None, "border-inline-start-style"]) == "solid"
        level = card.locator(".level")
        assert level.evaluate(style, ["::before", "forced-color-adjust"]) == "none"
        assert "gradient" in level.evaluate(style, ["::before", "background-image"])
        # Bars of the colour of what lies behind them would be none.
        assert level.evaluate(style, ["::before", "--on"]) == "canvastext"
    for box in (".brief", ".check"):
        assert page.locator(box).first.evaluate(style, [None, "border-block-start-style"]) == "solid"
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate(style, [None, "outline-style"]) == "solid"
    context.close()


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_whoever_asks_for_less_motion_gets_none(browser: Browser, site: str, motion: str, behaviour: str) -> None:
    context = browser.new_context(reduced_motion=motion)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + path("article", "ru"))
    moving = (
        "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
    assert page.evaluate(moving) == 0
    context.close()


def test_paper_has_the_text_the_warning_and_the_addresses_of_sources(browser: Browser, site: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(site + path("article", "ru"))
    page.emulate_media(media="print", color_scheme="dark")

    assert not page.locator(".toc").is_visible()
    assert not page.locator(".lang").is_visible()
    assert page.get_by_text("Врач этот текст ещё не проверил").is_visible()
    assert page.locator(".sos").is_visible()
    after = "getComputedStyle(document.querySelector('.sources a[href^=http]'), '::after').content"
    assert "https://doi.org/" in page.evaluate(after)
    context.close()
