"""The data that pages hold for programs, in a real browser: nothing of it runs, and no policy complains."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.documents import a_document, a_quote, an_id, heading, quoted, shelve
from tests.factories.documents_of_kinds import a_faq, a_term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTEN = (
    "window.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective))"
)
READ = "[...document.querySelectorAll('script')].map(one => JSON.parse(one.textContent)['@type'])"
INJECT = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))"
PAGES = {
    "/ru/": "WebSite",
    "/ru/articles/sudorogi-v-testah/": "MedicalWebPage",
    "/ru/faq/eto-opasno/": "FAQPage",
    "/ru/glossary/": "CollectionPage",
}


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.add_init_script(LISTEN)
    yield page
    context.close()


def test_no_browser_runs_the_data_or_complains_of_it(page: Page) -> None:
    shelve(a_document(heading("Что это"), quoted(a_quote())))
    shelve(a_faq(), item=an_id("faq"))
    shelve(a_term(), item=an_id("term"))
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    for path, kind in PAGES.items():
        page.goto(path)
        assert page.evaluate(READ) == [kind]
        assert page.evaluate("refused") == []

    assert said == []
    # The same policy refuses a script that would run, and says so.
    page.evaluate(INJECT)
    assert page.evaluate("[refused, window.ran]") == [["script-src-elem"], None]
