"""What is always in sight, what can be hit with a thumb, what forced colours and paper leave."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from articles.canonical.languages import LANGUAGES, Language
from tests.pages.reaching import by_browser
from tests.pages.table import PAGES, Row

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

LARGE = "html{font-size:200%!important}"
# Where the focus is, and where the bar ends.
SIGHT = """() => {
  const one = document.activeElement, bar = document.querySelector('.call').getBoundingClientRect();
  if (!document.querySelector('main').contains(one)) return null;
  const box = (one.closest('.choice') ?? one).getBoundingClientRect();
  return {html: one.outerHTML.slice(0, 80), top: box.top, bottom: box.bottom, bar: bar.bottom, begins: bar.top};
}"""


def a_row(name: str) -> Row:
    return next(row for row in PAGES if row.name == name)


@pytest.fixture
def small(browser: Browser) -> Iterator[Page]:
    """A small telephone."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 568}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["", LARGE], ids=["letters", "large-letters"])
@pytest.mark.parametrize("name", ["triage-question-wrong", "triage-same_day"])
def test_the_bar_with_the_numbers_stays_in_sight_and_hides_no_focus(
    small: Page, site: str, name: str, style: str, language: Language
) -> None:
    by_browser(small, site, a_row(name), language)
    if style:
        small.add_style_tag(content=style)
    bar = small.locator(".call")
    assert bar.bounding_box()["height"] < 568 * 0.3  # type: ignore[index]
    seen = 0
    # Forward through the whole page and back again, when what comes next is above.
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        small.keyboard.press(key)
        found = small.evaluate(SIGHT)
        if found is None:
            continue
        seen += 1
        if found["bottom"] - found["top"] <= 568 - found["bar"]:
            assert found["top"] >= found["bar"] - 1, found
        else:
            # What is larger than the window can only be seen in part.
            assert found["bottom"] >= found["bar"] + 24, found
    assert seen > 10
    small.mouse.wheel(0, 20_000)
    # The browser turns the wheel when it comes to it.
    small.wait_for_function("() => document.querySelector('.call').getBoundingClientRect().top <= 0.5")
    assert small.locator(".call a").first.is_visible()


@pytest.mark.parametrize("name", ["triage-question", "triage-question-of-one"])
def test_an_answer_is_hit_with_a_thumb_anywhere_in_its_row(small: Page, site: str, name: str) -> None:
    by_browser(small, site, a_row(name), "ru")
    for choice in small.locator(".choice").all():
        box = choice.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 250
    last = small.locator(".choice").last
    last.click(position={"x": 200, "y": 10})
    assert last.locator("input").is_checked()


def test_forced_colours_leave_what_is_chosen_and_how_soon(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    style = "(one, name) => getComputedStyle(one).getPropertyValue(name)"
    for name in ("triage-emergency", "triage-same_day", "triage-self_care"):
        by_browser(page, site, a_row(name), "ru")
        assert page.locator(".verdict").evaluate(style, "border-inline-start-style") == "solid"
        assert page.locator(".call").evaluate(style, "border-block-end-style") == "solid"
        assert "gradient" in page.locator(".verdict .level").evaluate(
            "one => getComputedStyle(one, '::before').backgroundImage"
        )
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_has_the_advice_the_answers_and_the_rules_and_nothing_to_press(
    browser: Browser, site: str, language: Language
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    by_browser(page, site, a_row("triage-appointment_days"), language)
    page.emulate_media(media="print")
    for part in ("h1", ".given", "#worse", ".review", ".sources", ".paper", ".verdict .level"):
        assert page.locator(part).first.is_visible(), part
    assert [one for one in page.locator("button, .btn, .call, .lang").all() if one.is_visible()] == []
    assert "0.2.0-draft" in page.locator(".review").first.inner_text()
    # The colours of paper, whatever the screen has.
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(27, 37, 35)"
    context.close()


@pytest.mark.parametrize(("name", "heading"), [("triage", ".card.l4 h2"), ("triage-emergency", ".verdict h1")])
def test_no_word_of_whom_to_call_is_cut_on_a_small_telephone(small: Page, site: str, name: str, heading: str) -> None:
    """The longest name of a country in the bundled services, which a short word leans on."""
    by_browser(small, site, a_row(name), "ru")
    shown = small.locator(heading).first
    shown.evaluate("one => { one.textContent = 'в\\u00a0Великобритании' }")

    lines = shown.evaluate("""one => {
      const words = document.createRange();
      words.selectNodeContents(one);
      return words.getClientRects().length;
    }""")

    assert lines == 1
