"""An editor changes a protocol, mends what is found and publishes it; two clinicians sign; what readers are told moves.

Everything by mouse and keyboard in one browser each. The pages are judged by axe in light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions.store import standing_of
from tests.factories.triage_desk import a_clinician, a_protocol, release_protocol
from triage.live.protocols import found, live
from triage.protocols.tables import Option, Protocol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Without `resultTypes` axe also describes every place where nothing is wrong, which takes it longer than judging.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

OpensDesk = Callable[..., Page]


@pytest.fixture
def desk_of(browser: Browser, live_server: LiveServer) -> Iterator[OpensDesk]:
    """The desk as somebody has it; a script or policy that fails in the browser fails the test."""
    contexts, faults = [], []

    def open_desk(user: User, language: str = "en", **options: object) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        contexts.append(context)
        desk = {"url": f"{live_server.url}/admin/"}
        session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        context.add_cookies([session | desk, {"name": settings.LANGUAGE_COOKIE_NAME, "value": language} | desk])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def protocol(editor: User) -> Protocol:
    return a_protocol(by=editor)


def _is_signed(protocol: Protocol) -> bool:
    shown = live(found(str(protocol.pk)), "en", today=timezone.now().date())
    assert shown is not None
    return shown.is_signed


def test_from_a_changed_question_to_two_signatures(desk_of: OpensDesk, editor: User, protocol: Protocol) -> None:
    release_protocol(protocol, by=editor, at=timezone.now())
    desk = desk_of(editor)
    desk.goto(f"/admin/triage/protocol/{protocol.pk}/change/")
    expect(desk.locator(".triage-counts")).to_contain_text("All 15 combinations of answers have been checked")

    # Another wording, and “not sure” made harmless by mistake.
    desk.get_by_role("link", name=protocol.questions.get(code="danger").text_en).click()
    desk.locator("#id_text_en").fill("Is any of this happening now?")
    desk.locator("#id_text_ru").fill("Происходит ли сейчас что-то из этого?")
    desk.locator(".desk-block", has_text="unsure").locator(".desk-toggle").click()
    desk.locator("#id_options-3-rank").select_option(label="self-care")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("#id_options-3-rank_notes")).to_contain_text("“Not sure” asks for self-care.")

    # The list of the protocol leads to the very field.
    desk.get_by_role("link", name="Back to the protocol").click()
    desk.locator(".desk-missing summary").click()
    expect(desk.locator(".triage-item", has_text="danger").first).to_contain_text("to mend")
    desk.locator(".desk-missing a", has_text="asks for self-care").first.evaluate("link => link.target = ''")
    desk.locator(".desk-missing a", has_text="asks for self-care").first.click()
    expect(desk.locator("#id_options-3-rank")).to_be_focused()
    desk.locator("#id_options-3-rank").select_option(label="emergency: call now")
    desk.get_by_role("button", name="Save and back to the protocol").click()
    expect(desk.locator(".triage-counts")).to_contain_text("There is nothing to mend")

    desk.get_by_role("button", name="Publish…").click()
    expect(desk.locator(".triage-differences").first).to_contain_text("More urgent: was “today”")
    for language, words in (("ru", "Вопрос стал яснее."), ("en", "The question is clearer.")):
        desk.locator(f"#class_{language} input[value=advice]").check()
        desk.locator(f"#note_{language}").fill(words)
    desk.get_by_role("button", name="Publish what is ticked").click()
    expect(desk.locator(".messagelist")).to_contain_text("Published:")
    assert [standing_of(str(protocol.pk), code).edition.number for code in ("ru", "en")] == [2, 2]
    assert not _is_signed(protocol)

    for name in ("anna", "boris"):
        clinic = desk_of(a_clinician(name))
        clinic.goto(f"/admin/triage/protocol/{protocol.pk}/change/")
        clinic.get_by_role("link", name="Signatures").click()
        for box in clinic.locator("input[name=rows]").all():
            box.check()
        clinic.locator("#name_ru").fill(f"Проверочная {name}")
        clinic.locator("#name_en").fill(f"Testova {name}")
        clinic.get_by_role("button", name="Sign", exact=True).click()
        expect(clinic.locator(".triage-signatures")).to_contain_text(f"Testova {name}")
    expect(clinic.locator(".triage-stand")).to_contain_text("Enough clinicians have signed.")

    desk.goto(f"/admin/triage/publish/{protocol.pk}/")
    expect(desk.locator("#to-mend")).to_contain_text("Signed by")
    desk.get_by_role("button", name="Publish what is ticked").click()
    expect(desk.locator(".messagelist")).to_contain_text("Published:")
    assert _is_signed(protocol)
    review = standing_of(str(protocol.pk), "en").edition.envelope.review
    assert [one.name for one in review.by] == ["Testova anna", "Testova boris"]


def test_conditions_are_found_by_typing_what_an_answer_says(
    desk_of: OpensDesk, editor: User, protocol: Protocol
) -> None:
    desk = desk_of(editor)
    desk.goto(f"/admin/triage/protocol/{protocol.pk}/change/")
    desk.locator(".desk-block .desk-toggle").first.click()
    field = desk.locator(".field-when_all .select2-search__field")
    field.click()
    fit = Option.objects.get(code="fit")
    field.press_sequentially(fit.text_en)
    # Before the typing is answered the list still holds everything.
    answers = desk.locator(".select2-results__options--nested .select2-results__option")
    expect(answers).to_have_count(1)
    expect(answers).to_have_text(fit.text_en)
    desk.keyboard.press("Enter")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved")
    assert protocol.rules.get().when_all.split("\n")[-1] == "danger.fit"


def test_questions_are_moved_by_keyboard_and_the_order_is_kept(
    desk_of: OpensDesk, editor: User, protocol: Protocol
) -> None:
    desk = desk_of(editor)
    desk.goto(f"/admin/triage/protocol/{protocol.pk}/change/")
    down = desk.get_by_role("button", name="Move down: danger")
    down.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#desk-announcer")).to_have_text("Question moved: now number 2 of 2.")
    expect(down).to_be_focused()
    assert [one.code for one in protocol.questions.order_by("position")] == ["background", "danger"]


def test_without_scripts_the_arrows_move_questions_too(desk_of: OpensDesk, editor: User, protocol: Protocol) -> None:
    desk = desk_of(editor, java_script_enabled=False)
    desk.goto(f"/admin/triage/protocol/{protocol.pk}/change/")
    desk.get_by_role("button", name="Move down: danger").click()
    expect(desk.locator(".messagelist")).to_contain_text("The order is saved.")
    assert [one.code for one in protocol.questions.order_by("position")] == ["background", "danger"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_fault_that_axe_knows(
    desk_of: OpensDesk, editor: User, protocol: Protocol, scheme: str
) -> None:
    release_protocol(protocol, by=editor, at=timezone.now())
    Option.objects.filter(code="ache").update(rank=0)
    # Axe puts a style of its own into the page, which the policy of a page without rich text forbids.
    desk = desk_of(editor, "ru", color_scheme=scheme, bypass_csp=True)
    clinic = desk_of(a_clinician(), "ru", color_scheme=scheme, bypass_csp=True)
    question, level = protocol.questions.first(), protocol.levels.get(level="emergency")
    forms = [f"protocol/{protocol.pk}/change/", f"question/{question.pk}/change/", f"level/{level.pk}/change/"]
    faults = {}
    for address in [*forms, f"publish/{protocol.pk}/", f"compare/{protocol.pk}/", "import/", f"sign/{protocol.pk}/"]:
        page = clinic if address.startswith("sign") else desk
        page.goto(f"/admin/triage/{address}")
        if page.locator("[data-open-all]").count():
            page.locator("[data-open-all]").click()
        for summary in page.locator(".desk-missing summary, .triage-counts:not([open]) summary").all():
            summary.click()
        found_there = Axe().run(page, options=AXE).response["violations"]
        faults[address] = [(one["id"], node["html"][:160]) for one in found_there for node in one["nodes"]]
    assert {address: one for address, one in faults.items() if one} == {}
