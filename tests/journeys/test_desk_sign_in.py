"""A passkey in a real browser: made, asked for, shown; and no page of the desk breaks its own policy."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editorial.audit import AuditEntry
from tests.factories.desk import a_quote, an_article, place
from tests.factories.shelf import publish_article
from tests.journeys.second_factor import PASSWORD, a_while_passes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def browsing(browser: Browser, live_server: LiveServer, faults: list[str]) -> Iterator[Page]:
    """A stranger's browser in English, with a device that knows its owner. Passkeys work at localhost."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": f"{address}/admin/"}])
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_an_editor_sets_up_a_passkey_signs_in_with_it_and_withdraws_with_it(
    browsing: Page, editor: User, settings: object, faults: list[str]
) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    article = an_article()
    publish_article(article, by=editor)
    page = browsing
    sign_in(page, editor.username)
    expect(page.get_by_role("heading", name="My sign-in")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator(".sign-in-codes li")).to_have_count(10)
    page.get_by_role("button", name="Log out").click()

    page.goto("/admin/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    a_while_passes(editor)

    page.goto(reverse("admin:withdraw_article", args=[article.pk]))
    page.locator("[name=reason_code][value=outdated]").click()
    page.locator("[name=reason_en]").fill("Typed before I was asked.")
    page.locator("[name=_withdraw]").click()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert _is_live(article.pk)

    # Another language and the way back lose nothing; nothing was sent either.
    page.get_by_role("button", name="Русский").click()
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Back without sending it").click()
    expect(page.locator("[name=reason_en]")).to_have_value("Typed before I was asked.")
    assert _is_live(article.pk)
    page.locator("[name=_withdraw]").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Withdrawn. Its addresses answer with the reason from now on.")).to_be_visible()

    assert not _is_live(article.pk)
    acts = list(AuditEntry.objects.filter(done_by=editor).order_by("pk").values_list("act", "detail"))
    assert [act for act in acts if act[0] in {"factor-added", "stepped-up"}] == [
        ("factor-added", "webauthn"),
        ("stepped-up", "webauthn"),
    ]
    assert faults == []


def test_the_password_alone_leads_to_the_second_step_and_the_passkey_on(
    browsing: Page, editor: User, faults: list[str]
) -> None:
    page = browsing
    sign_in(page, editor.username)
    page.goto("/admin/my-sign-in/passkey/")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Log out").click()

    sign_in(page, editor.username)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    assert faults == []


def test_no_page_of_the_desk_breaks_its_policy(
    browsing: Page, live_server: LiveServer, administrator: User, faults: list[str]
) -> None:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=administrator)
    client = Client()
    client.force_login(administrator)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    home = f"{live_server.url.replace('127.0.0.1', 'localhost')}/admin/"
    browsing.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": home}])

    for address in _pages(article):
        browsing.goto(address)
        browsing.wait_for_load_state("networkidle")
        assert faults == [], address


def _pages(article: Article) -> list[str]:
    kinds = ["article", "faqentry", "quote", "accounts", "evidencetable", "source", "carebox", "careservice", "expert"]
    kinds += ["organisation", "picture", "term", "topic"]
    stock = [reverse(f"admin:articles_{kind}_{page}") for kind in kinds for page in ("changelist", "add")]
    own = [reverse(f"admin:articles_article_{page}", args=[article.pk]) for page in ("change", "history", "delete")]
    named = ["index", "search", "recalls", "my_sign_in", "my_app", "my_passkey", "password_change", "triage_import"]
    named += ["auth_user_changelist", "auth_user_add", "articles_auditentry_changelist", "articles_partner_add"]
    named += ["triage_protocol_changelist", "triage_protocol_add"]
    about = [
        reverse("admin:publish", args=["article", article.pk]),
        reverse("admin:preview", args=["article", article.pk, "ru"]),
        reverse("admin:withdraw_article", args=[article.pk]),
        reverse("admin:check", args=["article", article.pk]),
    ]
    return [*(reverse(f"admin:{name}") for name in named), *stock, *own, *about]


def _is_live(item: UUID) -> bool:
    return Standing.objects.filter(item=item, state=Standing.State.LIVE).exists()
