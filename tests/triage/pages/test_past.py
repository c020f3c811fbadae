"""The past of a protocol: its editions as they stood, and what changed, in words."""

from datetime import timedelta

import msgspec
import pytest

from articles.canonical.languages import LANGUAGES
from tests.articles.reader.markup import read
from tests.factories.documents import NOON
from tests.factories.triage import bundled, shelve_protocol
from triage.engine.protocol import Protocol

pytestmark = pytest.mark.django_db

PLACE = "/en/triage/leg-cramp-triage/"


def milder(language: str) -> Protocol:
    """The bundled protocol with one answer that has become less urgent."""
    protocol = bundled(language)  # type: ignore[arg-type]
    questions = []
    for question in protocol.questions:
        options = [
            msgspec.structs.replace(one, rank=1) if (question.id, one.id) == ("leg", "sore") else one
            for one in question.options
        ]
        questions.append(msgspec.structs.replace(question, options=options))
    return msgspec.structs.replace(protocol, questions=questions)


@pytest.fixture
def two_editions(db: None) -> None:
    shelve_protocol()
    shelve_protocol({one: milder(one) for one in LANGUAGES}, change="correction", at=NOON + timedelta(1))


def page(client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return read(answer.content.decode())


@pytest.mark.usefixtures("two_editions")
def test_every_edition_is_listed_and_the_opening_page_leads_there(client) -> None:
    assert page(client, PLACE).all("a", href=f"{PLACE}editions/")

    history = page(client, f"{PLACE}editions/")

    assert history.words("h2") == ["Edition No. 2", "Edition No. 1"]
    assert history.text.count("No clinician had checked this edition.") == 2
    assert history.all("a", href=f"{PLACE}editions/2/changes/")


@pytest.mark.usefixtures("two_editions")
def test_an_old_edition_stands_with_all_that_it_said_and_is_marked_as_old(client) -> None:
    old = page(client, f"{PLACE}editions/1/")

    assert "This is an old edition: it is no longer valid." in old.text
    for question in bundled("en").questions:
        assert question.text in old.text
        assert [one.text for one in question.options if one.text not in old.text] == []
    assert "A sore or wound on the foot or leg that does not heal → See a doctor within days" in old.text
    assert "{emergency}" not in old.html
    assert old.all("form") == []


@pytest.mark.usefixtures("two_editions")
def test_an_answer_that_asks_for_nothing_calms_nobody(client) -> None:
    old = page(client, f"{PLACE}editions/1/")

    assert "→ You marked no warning signs" not in old.text


@pytest.mark.usefixtures("two_editions")
def test_a_change_of_how_soon_is_told_in_words(client) -> None:
    changes = page(client, f"{PLACE}editions/2/changes/")

    assert "Look at and touch both legs between cramps" in changes.text
    assert "removed: within days" in changes.words("del")
    assert [one for one in changes.words("ins") if "Book an appointment" in one] != []


def test_what_was_never_published_has_no_past(client, db: None) -> None:
    assert client.get(f"{PLACE}editions/").status_code == 404
