"""What will go is told on every answer, in the description and on its page, twelve months ahead at least.

Nothing real is deprecated, so an address that only tests have goes the whole way.
"""

import json
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from articles.api.v1 import deprecations
from articles.api.v1.answering import PublicAddress
from articles.api.v1.deprecations import Deprecation
from articles.api.v1.description import described
from tests.articles.api.v1 import old_addresses

SINCE, SUNSET = date(2026, 12, 1), date(2027, 12, 15)
WHOLE = Deprecation("oldGreeting", SINCE, SUNSET, "Ask `articles/` instead.")
PART = Deprecation("oldGreeting", SINCE, SUNSET, "Leave it out.", parameter="tone")
LINK = '<http://testserver/api/v1/docs/changelog/>; rel="deprecation"; type="text/html"'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def old_address() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=old_addresses.__name__):
        described.cache_clear()
        yield
    described.cache_clear()


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deprecations, "DEPRECATIONS", (WHOLE,))


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deprecations, "DEPRECATIONS", (PART,))


def ask(client: Client, query: str = "", **headers: str) -> HttpResponse:
    answer: HttpResponse = client.get(f"/api/v1/old-greeting/?lang=en{query}", headers=headers)
    return answer


def operation() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(described())["paths"]["/api/v1/old-greeting/"]["get"]
    return found


def is_told(answer: HttpResponse) -> bool:
    return answer.get("Deprecation", "") == "@1796083200" and "Sunset" in answer.headers and answer["Link"] == LINK


def test_nothing_is_deprecated_today(client: Client) -> None:
    assert deprecations.DEPRECATIONS == ()
    assert not {"Deprecation", "Sunset", "Link"} & set(ask(client).headers)


@pytest.mark.usefixtures("whole")
def test_an_answer_says_since_when_and_until_when_and_where_to_read_more(client: Client) -> None:
    answer = ask(client)
    assert is_told(answer)
    assert int(answer["Deprecation"].removeprefix("@")) == 1796083200
    assert parsedate_to_datetime(answer["Sunset"]).date() == SUNSET
    assert {"Deprecation", "Sunset", "Link"} <= set(answer["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.usefixtures("whole")
def test_an_unchanged_answer_a_head_and_a_refusal_say_so_too(client: Client) -> None:
    unchanged = ask(client, if_none_match=ask(client)["ETag"])
    assert unchanged.status_code == 304
    assert is_told(unchanged)
    assert is_told(client.head("/api/v1/old-greeting/"))
    refused = ask(client, "&nothing=1")
    assert refused.status_code == 400
    assert is_told(refused)


@pytest.mark.usefixtures("part")
def test_a_parameter_that_goes_is_told_to_those_who_send_it_alone(client: Client) -> None:
    assert is_told(ask(client, "&tone=Hi"))
    assert "Deprecation" not in ask(client).headers
    assert "Deprecation" not in client.get("/api/v1/?lang=en").headers


@pytest.mark.usefixtures("whole")
def test_a_link_that_an_answer_has_stays_beside_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send = PublicAddress.send

    def linked(self: PublicAddress, body: bytes, *, changed_at: str = "") -> HttpResponse:
        response = send(self, body, changed_at=changed_at)
        response["Link"] = '</next>; rel="next"'
        return response

    monkeypatch.setattr(PublicAddress, "send", linked)
    assert ask(client)["Link"] == f'</next>; rel="next", {LINK}'


@pytest.mark.usefixtures("whole")
def test_the_description_marks_an_operation_that_goes() -> None:
    told = operation()
    assert told["deprecated"] is True
    assert told["description"].startswith("Deprecated since 2026-12-01, goes on 2027-12-15. Ask `articles/` instead.")
    assert {"Deprecation", "Sunset"} <= set(told["responses"]["200"]["headers"])
    assert not any(one.get("deprecated") for one in told["parameters"])


@pytest.mark.usefixtures("part")
def test_the_description_marks_a_parameter_that_goes() -> None:
    told = operation()
    assert "deprecated" not in told
    assert {one["name"]: one.get("deprecated", False) for one in told["parameters"]} == {"lang": False, "tone": True}
    assert "goes on 2027-12-15. Leave it out." in told["parameters"][1]["description"]


@pytest.mark.usefixtures("whole")
def test_the_page_warns_of_an_operation_that_goes(client: Client) -> None:
    page = client.get("/api/v1/docs/?lang=en").content.decode()
    section = page.partition('id="oldGreeting"')[2].partition("</section>")[0]
    assert "Deprecated: it will be removed." in section
    assert "goes on 2027-12-15" in section


@pytest.mark.usefixtures("part")
def test_the_page_warns_of_a_parameter_that_goes(client: Client) -> None:
    page = client.get("/api/v1/docs/?lang=en").content.decode()
    section = page.partition('id="oldGreeting"')[2].partition("</section>")[0]
    assert "<b>deprecated</b>" in section
    assert "Deprecated: it will be removed." not in section


def test_nothing_goes_before_twelve_months_are_over() -> None:
    Deprecation("start", date(2026, 12, 1), date(2027, 12, 1), "")
    Deprecation("start", date(2028, 2, 29), date(2029, 3, 1), "")
    for since, sunset in ((date(2026, 12, 1), date(2027, 11, 30)), (date(2028, 2, 29), date(2029, 2, 28))):
        with pytest.raises(ValueError, match="within 12 months"):
            Deprecation("start", since, sunset, "")


def test_what_is_deprecated_exists() -> None:
    paths = json.loads(described())["paths"]
    names = {one["operationId"] for methods in paths.values() for one in methods.values()}
    assert {one.operation for one in deprecations.DEPRECATIONS} <= names
