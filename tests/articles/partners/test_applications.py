"""A request for access: kept in one form, refused with every fault at once, waits once, is decided once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.partners import applications
from articles.partners.applications import LONGEST, DecidedError, NameTakenError, UnknownScopeError, read
from articles.partners.partner import Application, Partner
from tests.factories.applications import ASKED, an_application, asked
from tests.factories.desk import NOON
from tests.factories.partners import make_partner


def test_what_is_typed_comes_into_one_form() -> None:
    found = read(
        asked(name="  Quayside \u00a0Clinic\u200b ", website=" clinic.test/texts ", purpose=" One.\r\n\r\n\r\nTwo. ")
    )

    assert found.faults == {}
    assert (found.values["name"], found.values["website"], found.values["purpose"]) == (
        "Quayside Clinic",
        "https://clinic.test/texts",
        "One.\n\nTwo.",
    )


def test_every_fault_is_told_at_once_in_the_order_of_the_form() -> None:
    found = read(asked(**dict.fromkeys(LONGEST, " ")))

    assert list(found.faults.items()) == [(name, "missing") for name in LONGEST]


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("name", "x" * 201, "too-long"),
        ("name", "Clinic\x00", "characters"),
        ("contact_name", "Anna \u202eavotseT", "characters"),
        ("purpose", "x" * 4_001, "too-long"),
        ("purpose", "Here\x07", "characters"),
        ("website", "not a site", "website"),
        ("website", "javascript://clinic.test/%0aalert(1)", "website"),
        ("website", "ftp://clinic.test", "website"),
        ("website", "https://bank.test@clinic.test", "website"),
        ("website", "https://[clinic", "website"),
        ("website", "https://clinic.test/" + "x" * 300, "too-long"),
        ("email", "office", "email"),
        ("email", "office@clinic.test, other@clinic.test", "email"),
        ("email", "office@clinic.test\nBcc: all@clinic.test", "email"),
        ("safety_email", "night@clinic.test\r\nSubject: x", "email"),
        ("safety_email", "Night <night@clinic.test>", "email"),
        ("email", "root@localhost", "email"),
        ("email", "office@[10.0.0.5]", "email"),
        ("safety_email", "night@[IPv6:fd00::1]", "email"),
    ],
)
def test_a_fault_is_told_at_its_field(field: str, typed: str, fault: str) -> None:
    assert read(asked(**{field: typed})).faults == {field: fault}


@pytest.mark.parametrize(
    "website", ["clinic.test", "http://clinic.test", "https://клиника.рф/тексты", "a.test:8443/x?y=1"]
)
def test_an_address_is_taken_as_people_write_it(website: str) -> None:
    assert read(asked(website=website)).faults == {}


@pytest.mark.django_db
def test_a_request_is_kept_as_it_was_sent() -> None:
    made = applications.ask(asked(kinds=("term", "article", "term"), languages=("ru",)), at=NOON)

    assert made is not None
    kept = Application.objects.get()
    assert {name: getattr(kept, name) for name in ASKED} == ASKED
    assert (kept.kinds, kept.languages, kept.asked_at, kept.state) == (["article", "term"], ["ru"], NOON, "waiting")


@pytest.mark.django_db
@pytest.mark.parametrize("faulty", [{"email": "none"}, {"name": ""}])
def test_a_faulty_request_is_not_kept(faulty: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(faulty))):
        applications.ask(asked(**faulty), at=NOON)
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownScopeError):
        applications.ask(asked(kinds=("podcast",)), at=NOON)


@pytest.mark.django_db
def test_a_second_request_of_the_same_organisation_and_e_mail_changes_nothing() -> None:
    an_application(purpose="The first.")

    again = asked(name=" QUAYSIDE clinic of the tests", email="OFFICE@clinic.test", purpose="The second.")
    assert applications.ask(again, at=NOON) is None
    assert Application.objects.get().purpose == "The first."


@pytest.mark.django_db
def test_another_organisation_or_another_e_mail_is_another_request() -> None:
    an_application()
    an_application(name="Another")
    an_application(email="other@clinic.test")

    assert Application.objects.count() == 3


@pytest.mark.django_db
def test_whoever_was_declined_may_ask_again(administrator: User) -> None:
    applications.decline(an_application(), answer="Not yet.", by=administrator, at=NOON)

    assert an_application(at=NOON + timedelta(days=30)).state == "waiting"


@pytest.mark.django_db
def test_a_request_that_is_approved_makes_a_partner_of_what_was_asked(administrator: User) -> None:
    application = an_application()

    partner = applications.approve(application, name="Quayside", by=administrator, at=NOON)

    application.refresh_from_db()
    assert (application.state, application.decided_by, application.decided_at, application.partner) == (
        "approved", administrator, NOON, partner,
    )  # fmt: skip
    kept = Partner.objects.get()
    assert (kept.name, kept.email, kept.safety_email, kept.language, kept.created_by, kept.created_at) == (
        "Quayside", ASKED["email"], ASKED["safety_email"], "en", administrator, NOON,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_request_is_decided_once(administrator: User) -> None:
    application = an_application()
    stale = Application.objects.get()
    applications.decline(application, answer="No.", by=administrator, at=NOON)

    with pytest.raises(DecidedError):
        applications.approve(stale, name="Quayside", by=administrator, at=NOON)
    with pytest.raises(DecidedError):
        applications.decline(stale, answer="No again.", by=administrator, at=NOON)
    assert (Application.objects.get().answer, Partner.objects.count()) == ("No.", 0)


@pytest.mark.django_db
def test_a_name_that_another_partner_has_leaves_the_request_waiting(administrator: User) -> None:
    make_partner("Quayside")
    application = an_application()

    with pytest.raises(NameTakenError):
        applications.approve(application, name="Quayside", by=administrator, at=NOON)
    assert Application.objects.get().state == "waiting"
