"""Which mails are owed to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.partners.deliveries import Delivery
from articles.partners.following import follow
from articles.partners.partner import Partner
from articles.partners.reminders import REST, Heralded, Reminder, herald, remind
from tests.factories.desk import an_editor
from tests.factories.documents import ARTICLE, a_document, shelve, text
from tests.factories.partners import make_endpoint
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal, after

pytestmark = pytest.mark.django_db


def owed() -> list[tuple[str, int]]:
    return list(Reminder.objects.order_by("sequence", "partner__name").values_list("partner__name", "sequence"))


def test_an_urgent_line_is_owed_to_every_partner_once() -> None:
    a_partner("One"), a_partner("Other")
    line = a_withdrawal()

    assert herald(at=NOON) == 2
    assert herald(at=after(seconds=1)) == 0

    assert owed() == [("One", line.sequence), ("Other", line.sequence)]


def test_a_suspended_partner_is_told_too_for_the_copy_may_still_be_there() -> None:
    a_partner("Suspended", state=Partner.State.SUSPENDED)
    a_withdrawal()
    herald(at=NOON)
    assert [name for name, _ in owed()] == ["Suspended"]


def test_who_became_a_partner_later_is_not_told_of_what_was_before() -> None:
    a_withdrawal()
    a_partner("Late", created_at=after(seconds=1))
    herald(at=after(seconds=2))
    assert owed() == []


def test_lines_that_can_wait_are_in_no_mail() -> None:
    a_partner("One")
    a_live_text("first")
    shelve(a_document(text("Слова.")), item=ARTICLE, change="wording", at=NOON)
    assert herald(at=NOON) == 0
    assert Heralded.objects.get().sequence == 2


def test_where_nothing_is_new_it_costs_two_queries() -> None:
    a_partner("One")
    a_withdrawal()
    herald(at=NOON)
    with CaptureQueriesContext(connection) as asked:
        herald(at=NOON)
    assert len(asked) == 2


def test_a_mail_that_exists_already_is_not_made_again_when_the_place_is_lost() -> None:
    a_partner("One")
    a_withdrawal()
    herald(at=NOON)
    Heralded.objects.all().delete()
    herald(at=NOON)
    assert len(owed()) == 1


def test_a_person_reminds_whom_they_choose() -> None:
    vera, one = an_editor(), a_partner("One")
    a_partner("Other")
    line = a_withdrawal()

    assert remind([one.pk], line, by=vera, at=NOON) == [one]

    reminder = Reminder.objects.get()
    assert (reminder.partner, reminder.by, reminder.asked_at, reminder.sent_at) == (one, vera, NOON, None)


def test_a_second_click_within_minutes_makes_nothing() -> None:
    vera, one = an_editor(), a_partner("One")
    line = a_withdrawal()
    remind([one.pk], line, by=vera, at=NOON)

    assert remind([one.pk], line, by=vera, at=NOON + REST - timedelta(seconds=1)) == []
    assert remind([one.pk], line, by=vera, at=NOON + REST) == [one]


def test_a_click_right_after_the_sites_own_mail_makes_nothing_either() -> None:
    vera, one = an_editor(), a_partner("One")
    line = a_withdrawal()
    herald(at=NOON)
    assert remind([one.pk], line, by=vera, at=after(minutes=2)) == []


def test_somebody_who_was_reminded_does_not_keep_the_others_from_it() -> None:
    vera, one, other = an_editor(), a_partner("One"), a_partner("Other")
    line = a_withdrawal()
    remind([one.pk], line, by=vera, at=NOON)
    assert remind([one.pk, other.pk], line, by=vera, at=after(minutes=1)) == [other]


def test_a_reminder_tells_the_webhooks_of_those_who_are_reminded_once_more() -> None:
    vera, one, other = an_editor(), a_partner("One"), a_partner("Other")
    line = a_withdrawal()
    for partner in (one, other):
        make_endpoint(partner)
    follow(at=NOON)
    Delivery.objects.update(state=Delivery.State.DELIVERED, delivered_at=after(seconds=1))

    remind([one.pk], line, by=vera, at=after(hours=1))

    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    assert [(row.endpoint.partner, row.sequence, row.next_attempt_at) for row in waiting] == [
        (one, line.sequence, after(hours=1))
    ]
