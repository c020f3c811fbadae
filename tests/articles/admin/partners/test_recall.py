"""Whom a recall has reached, and reminding those whom it has not."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.admin.partners.recall_export import guarded
from articles.editions.shelf import Change
from articles.partners.partner import Partner
from articles.partners.places import acknowledge, note_fetched
from articles.partners.reminders import Reminder
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal, after

pytestmark = pytest.mark.django_db


def address(line: Change, rest: str = "") -> str:
    return f"/admin/recalls/{line.sequence}/{rest}"


@pytest.fixture
def line() -> Change:
    return a_withdrawal("cramps")


def words_of(answer: object) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(text.split())


def test_urgent_lines_are_listed_newest_first_with_how_far_they_have_come(desk: Client, line: Change) -> None:
    one = a_partner("One")
    a_partner("Other")
    note_fetched(one, line.sequence, at=after(seconds=5))
    newer = a_withdrawal("newer")

    page = desk.get("/admin/recalls/").content.decode()

    assert page.index(f"/recalls/{newer.sequence}/") < page.index(f"/recalls/{line.sequence}/")
    row = page[page.index(f"/recalls/{line.sequence}/") :]
    assert re.findall(r"<td[^>]*>\s*(\d+)\s*</td>", row) == ["2", "0", "0", "1", "0", "1"]


def test_the_list_has_pages(desk: Client) -> None:
    lines = [a_withdrawal(f"text-{number}") for number in range(32)]

    first = desk.get("/admin/recalls/").content.decode()
    older = re.search(r'href="\?before=(\d+)"', first)

    assert older is not None
    second = desk.get(f"/admin/recalls/?before={older[1]}").content.decode()
    assert [f"/recalls/{one.sequence}/" in second for one in lines[:3]] == [True, True, False]
    assert 'href="?before=' not in second


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "", "٣"])
def test_a_page_that_nobody_can_mean_is_the_first(desk: Client, line: Change, before: str) -> None:
    assert f"/recalls/{line.sequence}/" in desk.get("/admin/recalls/", {"before": before}).content.decode()


def test_a_line_says_when_each_partner_was_told_and_who_has_neither(desk: Client, line: Change) -> None:
    one = a_partner("One")
    a_partner("Behind")
    note_fetched(one, line.sequence, at=after(seconds=65))
    acknowledge(one, line.sequence, at=after(hours=2, minutes=5))

    said = words_of(desk.get(address(line)))

    assert "Withdrawn: About cramps" in said
    assert "The dose was wrong." in said
    assert "after 1 minute 5 seconds after 2 hours 5 minutes" in said
    assert "1 partner has neither fetched nor acknowledged it." in said
    assert said.index("Behind has neither") < said.index("night@partner.test", said.index("Behind"))


def test_times_over_partners_stand_on_the_page(desk: Client, line: Change) -> None:
    for number in range(1, 5):
        note_fetched(a_partner(f"Partner {number}"), line.sequence, at=after(seconds=10 * number))
    said = words_of(desk.get(address(line)))
    assert "Fetched 4 of 4 20 seconds 40 seconds" in said


def test_once_everybody_has_acknowledged_nobody_is_left_to_remind(desk: Client, line: Change) -> None:
    acknowledge(a_partner("One"), line.sequence, at=after(seconds=1))
    page = desk.get(address(line)).content.decode()
    assert "Every active partner has acknowledged it." in page
    assert 'name="remind"' not in page


def test_one_click_reminds_all_who_have_neither(desk: Client, editor: User, line: Change) -> None:
    acknowledge(a_partner("Done"), line.sequence, at=after(seconds=1))
    a_partner("Fetches"), a_partner("Silent")
    note_fetched(Partner.objects.get(name="Fetches"), line.sequence, at=NOON)
    a_partner("Suspended", state=Partner.State.SUSPENDED)

    answer = desk.post(address(line), {"remind": "neither"}, follow=True)

    assert list(Reminder.objects.values_list("partner__name", "sequence", "by")) == [
        ("Silent", line.sequence, editor.pk)
    ]
    assert "A reminder is on its way to Silent." in words_of(answer)


def test_one_click_reminds_all_who_have_not_acknowledged(desk: Client, line: Change) -> None:
    acknowledge(a_partner("Done"), line.sequence, at=after(seconds=1))
    note_fetched(a_partner("Fetches"), line.sequence, at=NOON)
    a_partner("Silent")
    desk.post(address(line), {"remind": "unacknowledged"})
    assert sorted(Reminder.objects.values_list("partner__name", flat=True)) == ["Fetches", "Silent"]


def test_a_second_click_within_minutes_is_answered_kindly_and_sends_nothing(desk: Client, line: Change) -> None:
    one = a_partner("One")
    desk.post(address(line), {"remind": str(one.pk)})

    answer = desk.post(address(line), {"remind": str(one.pk)}, follow=True)

    assert Reminder.objects.count() == 1
    assert "Written to within the last ten minutes, so nothing was sent again: One." in words_of(answer)


def test_a_suspended_partner_can_be_reminded_by_itself(desk: Client, line: Change) -> None:
    gone = a_partner("Gone", state=Partner.State.SUSPENDED)
    desk.post(address(line), {"remind": str(gone.pk)})
    assert Reminder.objects.get().partner == gone


@pytest.mark.parametrize("whom", ["", "nobody", "00000000-0000-0000-0000-000000000000", "%00"])
def test_whom_nobody_knows_nobody_reminds(desk: Client, line: Change, whom: str) -> None:
    a_partner("One")
    answer = desk.post(address(line), {"remind": whom}, follow=True)
    assert not Reminder.objects.exists()
    assert "There is nobody left to remind." in words_of(answer)


def test_reminders_stand_on_the_page_with_who_sent_them(desk: Client, line: Change) -> None:
    one = a_partner("One")
    desk.post(address(line), {"remind": str(one.pk)})
    assert "Мария Орлова" in words_of(desk.get(address(line)))


def test_lines_of_the_same_act_lead_to_each_other(desk: Client, line: Change) -> None:
    other = a_withdrawal("other")
    assert f'href="{address(other)}"' in desk.get(address(line)).content.decode()


def test_a_line_that_can_wait_has_no_such_page(desk: Client) -> None:
    a_live_text()
    assert [desk.get(f"/admin/recalls/{number}/").status_code for number in (1, 2, 2**63)] == [404] * 3


def test_the_table_opens_in_a_russian_excel_and_computes_nothing(desk: Client, line: Change) -> None:
    one = a_partner('=HYPERLINK("https://evil.test";"x")')
    note_fetched(one, line.sequence, at=after(seconds=61.5))

    answer = desk.get(address(line, "export/csv/"))

    assert answer["Content-Disposition"] == f'attachment; filename="recall-{line.sequence}.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert len(head) == len(row)
    told = dict(zip(head, row, strict=True))
    assert told["partner"] == '\'=HYPERLINK("https://evil.test";"x")'
    assert told["fetched, seconds"] == "61"
    assert told["acknowledged, seconds"] == ""
    assert told["has neither fetched nor acknowledged"] == "no"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(1)"])
def test_no_name_is_a_formula(name: str) -> None:
    assert guarded(name) == f"'{name}"
    assert guarded(f"Клиника {name}") == f"Клиника {name}"


def test_the_same_as_json_has_exact_seconds_and_the_line(desk: Client, line: Change) -> None:
    one = a_partner("Клиника")
    acknowledge(one, line.sequence, at=after(seconds=61.5))

    report = json.loads(desk.get(address(line, "export/json/")).content)

    assert report["line"]["sequence"] == line.sequence
    [row] = report["partners"]
    assert (row["name"], row["acknowledged_after_seconds"], row["told_at"]) == ("Клиника", 61.5, None)
    assert report["times"]["acknowledged"] == {"count": 1, "p50_seconds": 61.5, "p95_seconds": 61.5}


def test_another_form_of_the_report_does_not_exist(desk: Client, line: Change) -> None:
    assert desk.get(address(line, "export/xls/")).status_code == 404


def test_without_the_role_every_page_is_closed(client: Client, line: Change) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
    one = a_partner("One")
    answers = [
        client.get("/admin/recalls/"), client.get(address(line)), client.get(address(line, "export/csv/")),
        client.post(address(line), {"remind": str(one.pk)}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [403] * 4
    assert not Reminder.objects.exists()


def test_what_is_still_to_be_done_says_until_when(desk: Client) -> None:
    a_partner("One", created_at=timezone.now() - timedelta(hours=1))
    fresh = a_withdrawal("fresh", at=timezone.now())
    assert "It must be done by" in words_of(desk.get(address(fresh)))
    old = a_withdrawal("old", at=timezone.now() - timedelta(hours=3))
    assert "It had to be done by" in words_of(desk.get(address(old)))
