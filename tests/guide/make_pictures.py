"""`python -m tests.guide.make_pictures`: the pictures of the editors' guide, taken anew from a site of its own.

A private server with the bundled content in a throwaway database; the same names every time, so a picture that shows
something else than before is a changed file and nothing more.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.guide.pages import PICTURES, ROOT
from tests.services.finding import SERVICES, chromium_program
from tests.services.patience import PATIENCE
from tests.services.running import Run

# Flat pages in few colours: with a palette a picture of a form takes a third of its bytes.
_COLOURS = 160
_MARGIN = 6
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
# What floats over a page on the screen would cover a part of a picture of it.
_STILL = ".press-row { position: static !important } .messagelist { display: none }"

_ARTICLE = "bded7a6c-3026-43b6-ab28-8a0e1f5bd660"
_ARTICLE_FORM = f"/admin/articles/article/{_ARTICLE}/change/"
_ADDED = " Обычно она проходит сама."
_COMMENTED = {"ru": "evidence_table", "en": "accounts"}
_COMMENTS = {"ru": "Проверьте, пожалуйста, нет ли обзора новее.", "en": "Please check whether there is a newer review."}


class Desk:
    """A browser that has signed in, as somebody with this role."""

    def __init__(self, browser: Browser, run: Run, role: str, language: str) -> None:
        self.language = language
        address = f"http://127.0.0.1:{run.port}"
        context = browser.new_context(
            base_url=address, viewport={"width": 1200, "height": 900}, locale=_LOCALES[language]
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": f"{address}/admin/"}])
        context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = context.new_page()
        self.page.goto("/admin/")
        self.page.fill("#id_username", role)
        self.page.fill("#id_password", _password(run, role))
        self.page.keyboard.press("Enter")
        self.page.locator("#user-tools").wait_for()

    def keep(self, name: str, *shown: Locator, most: int = 0) -> None:
        """Keep a picture of what lies between the first and the last of these, `most` pixels high."""
        boxes = [box for one in shown if (box := one.bounding_box())]
        width, height = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        offset = self.page.evaluate("window.scrollY")
        left = max(min(box["x"] for box in boxes) - _MARGIN, 0)
        top = max(min(box["y"] for box in boxes) + offset - _MARGIN, 0)
        right = min(max(box["x"] + box["width"] for box in boxes) + _MARGIN, width)
        bottom = min(max(box["y"] + box["height"] for box in boxes) + offset + _MARGIN, height)
        if most:
            bottom = min(bottom, top + most)
        clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        shot = self.page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide", style=_STILL)  # type: ignore[arg-type]
        place = PICTURES / self.language / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.open(BytesIO(shot)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)

    def save(self) -> None:
        self.page.keyboard.press("Control+S")
        self.page.wait_for_selector(".messagelist")

    def block(self, kind: str, number: int = 0) -> Locator:
        """Open a block of the article's form and return it."""
        block = self.page.locator(f".desk-block[data-kind={kind}]").nth(number)
        block.locator(".desk-toggle").click()
        return block


_LOCALES = {"ru": "ru-RU", "en": "en-GB"}


def _password(run: Run, role: str) -> str:
    found = re.search(rf"^Account {role} +password (\S+)", run.log.read_text(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"the site made no account {role}")
    return found[1]


def home(desk: Desk) -> None:
    desk.page.goto("/admin/")
    desk.keep("home", desk.page.locator("#header"), desk.page.locator(".press-table"), most=560)


def inserting(desk: Desk) -> None:
    desk.page.goto("/admin/articles/article/add/")
    desk.page.locator(".desk-insert-button").click()
    desk.keep("insert", desk.page.locator(".desk-blocks-head"), desk.page.locator(".desk-insert-menu"))


def text_and_citation(desk: Desk) -> None:
    desk.page.goto(_ARTICLE_FORM)
    block = desk.block("text")
    block.locator(".ProseMirror").nth(1).wait_for()
    desk.keep("text", block.locator(".desk-block-head"), block.locator(".desk-block-body"))
    # Not in the middle, where a press may meet a citation and mean that one.
    block.locator(".ProseMirror").nth(0 if desk.language == "ru" else 1).click(position={"x": 24, "y": 16})
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.press("Control+Alt+C")
    desk.page.keyboard.type("cochrane")
    desk.page.locator(".desk-dialog [role=option]").first.wait_for()
    desk.keep("citation", desk.page.locator(".desk-dialog"))


def table(desk: Desk) -> None:
    desk.page.goto("/admin/articles/article/add/")
    desk.page.locator(".desk-insert-button").click()
    desk.page.locator(".desk-insert-menu [data-kind=table]").click()
    block = desk.page.locator(".desk-block")
    for grid, words in zip(block.locator(".desk-grid").all(), _TABLES, strict=True):
        for field, cell in zip(grid.locator("tbody textarea").all(), words, strict=True):
            field.fill(cell)
    desk.keep("table", block.locator(".desk-block-head"), block.locator(".form-row.field-cells_ru"))


_TABLES = (
    ("Что делать", "Когда", "Растянуть мышцу", "сразу", "Походить", "когда отпустит"),
    ("What to do", "When", "Stretch the muscle", "at once", "Walk about", "when it lets go"),
)


def quote(desk: Desk) -> None:
    desk.page.goto(_ARTICLE_FORM)
    block = desk.block("quote")
    block.locator(".desk-shown-side").nth(1).wait_for()
    desk.keep("quote", block.locator(".desk-block-head"), block.locator(".desk-block-body"))


def care_box(desk: Desk) -> None:
    desk.page.goto(_ARTICLE_FORM)
    block = desk.block("care_box")
    address = block.locator(".desk-shown-open a").get_attribute("href")
    desk.page.goto(str(address))
    rows = desk.page.locator("#content-main form .form-row")
    desk.keep("care-box", rows.first, desk.page.locator("#content-main form .form-row.field-services"))


def languages(desk: Desk) -> None:
    desk.page.goto(_ARTICLE_FORM)
    block = desk.block("text")
    block.locator(".desk-confirmed summary").click()
    desk.keep("languages", block.locator(".desk-block-head"), block.locator(".desk-confirmed"))


def comments(desk: Desk) -> None:
    desk.page.goto(_ARTICLE_FORM)
    # A block for each language, so that neither picture shows a comment in the other.
    block = desk.page.locator(f".desk-block[data-kind={_COMMENTED[desk.language]}]").first
    block.locator(".desk-comment-badge").click()
    block.locator("textarea[maxlength]").fill(_COMMENTS[desk.language])
    block.locator("[data-send]").click()
    block.locator(".desk-comment").first.wait_for()
    desk.keep("comments", block.locator(".desk-block-head"), block.locator(".desk-comments"))
    block.locator(".desk-comment button").first.click()


def search(desk: Desk) -> None:
    desk.page.goto("/admin/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type({"ru": "магний", "en": "magnesium"}[desk.language])
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/search/**")
    desk.keep("search", desk.page.locator("#header"), desk.page.locator("#content"), most=520)


def publish(desk: Desk) -> None:
    desk.page.goto(f"/admin/publish/article/{_ARTICLE}/")
    pairs = desk.page.locator(".press-pairs summary")
    pairs.first.click()
    desk.keep("publish", desk.page.locator(".press-head"), desk.page.locator(".press-form"))


def impact(desk: Desk) -> None:
    desk.page.goto("/admin/articles/careservice/")
    desk.page.locator("#result_list tbody th a").first.click()
    desk.page.locator(".press-note a").first.click()
    desk.keep("impact", desk.page.locator(".press-head"), desk.page.locator(".press-panes"), most=560)


def review(desk: Desk) -> None:
    desk.page.goto(f"/admin/review/article/{_ARTICLE}/{desk.language}/")
    desk.keep("review", desk.page.locator(".press-form[aria-labelledby]"))


def request(desk: Desk) -> None:
    desk.page.goto("/admin/articles/application/")
    desk.page.locator("#result_list tbody th a").first.click()
    facts, admit = desk.page.locator(".partner-facts"), desk.page.locator(".press-pane").first
    desk.keep("request", facts, admit)


def nothing(desk: Desk) -> None:
    """Leave the bundle as it is."""


def reword(desk: Desk) -> None:
    """Leave the translation of a paragraph behind."""
    desk.page.goto(_ARTICLE_FORM)
    block = desk.block("text")
    block.locator(".ProseMirror").first.click()
    desk.page.keyboard.press("Control+End")
    desk.page.keyboard.type(_ADDED)
    desk.save()


def rename(desk: Desk) -> None:
    """Change a part that many live pages show."""
    desk.page.goto("/admin/articles/careservice/")
    desk.page.locator("#result_list tbody th a").first.click()
    desk.page.fill("#id_name_ru", "Скорая медицинская помощь")
    desk.page.fill("#id_name_en", "Ambulance service")
    desk.save()


def ask(desk: Desk) -> None:
    """Send a request from the public page."""
    desk.page.goto("/en/partners/")
    for name, words in _ASKED.items():
        desk.page.fill(f"[name={name}]", words)
    desk.page.locator("button[value=ask]").click()
    desk.page.wait_for_selector("main ol")


_ASKED = {
    "name": "Example",
    "website": "https://example.org",
    "contact_name": "Name",
    "email": "office@example.org",
    "safety_email": "night@example.org",
    "purpose": "https://example.org/health",
}

# What an editor does first, who looks then, and what is shown in both languages.
STAGES: tuple[tuple[Callable[[Desk], None], str, tuple[Callable[[Desk], None], ...]], ...] = (
    (nothing, "medical_reviewer", (review,)),
    (nothing, "editor", (inserting, table, quote, care_box, search)),
    (reword, "editor", (text_and_citation, languages, comments, publish)),
    (rename, "editor", (impact, home)),
    (ask, "administrator", (request,)),
)


@contextmanager
def _site() -> Iterator[Run]:
    with tempfile.TemporaryDirectory(prefix="guide-") as place:
        run = Run(Path(place) / "site.sqlite3", ROOT)
        try:
            run.until("Ctrl-C stops everything")
            yield run
        finally:
            run.stop()


def main() -> int:
    """Take every picture in both languages; return 2 where there is no browser."""
    program = chromium_program()
    if program is None:
        print(SERVICES["browser"].sentence, file=sys.stderr)
        return 2
    with _site() as run, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET)
        for happens, role, pictures in STAGES:
            happens(Desk(browser, run, "editor", "en"))
            for language in _LOCALES:
                desk = Desk(browser, run, role, language)
                for take in pictures:
                    take(desk)
                    print(f"{language}: {take.__name__}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
