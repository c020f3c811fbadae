"""The home page: what is there, what state it is in, and the ways to something new."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.content.experts import Expert
from articles.publishing.checking import start_check
from articles.publishing.expunge import ask_expunge
from articles.publishing.gist_following import follow
from articles.publishing.heartbeat import beat
from articles.publishing.workflow import send_back, submit
from tests.factories.desk import NOON, a_quote, an_article, an_editor, an_expert, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_it_leads_to_everything_new(desk: Client) -> None:
    html = desk.get("/admin/").content.decode()

    for kind in ("article", "source", "quote", "expert"):
        assert reverse(f"admin:articles_{kind}_add") in html


def test_it_names_articles_with_their_states_and_texts_that_differ(desk: Client, editor: User) -> None:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    Expert.objects.update(post_en="head of department")

    html = desk.get("/admin/").content.decode()

    assert reverse("admin:articles_article_change", args=[article.pk]) in html
    assert "Changed since it was published" in html
    assert reverse("admin:impact", args=["expert", Expert.objects.get().pk]) in html
    assert "1 live page<" in html
    assert reverse("admin:drift", args=[article.pk]) in html
    assert html.count("state-changed") == 1


def test_it_names_texts_that_readers_are_told_we_are_checking(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    assert "we are checking" not in desk.get("/admin/").content.decode()

    start_check("article", article.pk, ["en"], {"en": "We are checking the dose."}, by=editor, at=NOON)

    html = desk.get("/admin/").content.decode()
    assert "Readers are told that we are checking" in html
    assert reverse("admin:check", args=["article", article.pk]) in html


def test_it_names_what_waits_for_a_second_person_to_be_erased(desk: Client, editor: User) -> None:
    asked = ask_expunge("quote", a_quote().pk, reason="Art. 17", by=editor, at=NOON)

    assert reverse("admin:erasure", args=[asked.pk]) in desk.get("/admin/").content.decode()


def test_an_account_without_a_role_is_told_so_and_shown_nothing(client: Client) -> None:
    an_article(title_ru="Тайная")
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
    client.cookies["django_language"] = "en"

    html = client.get("/admin/").content.decode()

    assert "Your account has no role yet." in html
    assert "Тайная" not in html


def test_what_is_under_check_is_read_from_its_index(desk: Client) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides by how many there are")
    with CaptureQueriesContext(connection) as captured:
        desk.get("/admin/")
    [asked] = [one["sql"] for one in captured if "check_json" in one["sql"].partition(" WHERE ")[2]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "USING INDEX texts_under_check" in plan


def test_eight_articles_cost_no_more_queries_than_one(desk: Client, editor: User) -> None:
    def add(slug: str) -> None:
        article = an_article(slug)
        place(article, a_quote())
        publish_article(article, by=editor)
        Expert.objects.update(post_en=slug)

    def queries() -> int:
        follow()
        with CaptureQueriesContext(connection) as captured:
            desk.get("/admin/")
        return len(captured)

    add("first")
    queries()
    of_one = queries()
    for number in range(7):
        add(f"another-{number}")

    assert queries() <= of_one < 30


def a_tile(html: str, code: str) -> str:
    return html.split(f'aria-labelledby="tile-{code}"', 1)[1].split("</section>")[0]


def test_a_text_waits_for_its_reviewer_then_for_its_publisher_or_comes_back_with_a_note(
    desk: Client, editor: User
) -> None:
    article = an_article()
    place(article, a_quote())
    submit("article", article.pk, "ru", by=editor, at=NOON)
    reviewer = User.objects.create_user("reviewer", password="x", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="medical_reviewer"))
    other = Client()
    other.force_login(reviewer)
    other.cookies["django_language"] = "en"
    home = other.get("/admin/").content.decode()
    review = {code: reverse("admin:review", args=["article", article.pk, code]) for code in ("ru", "en")}
    assert review["ru"] in a_tile(home, "to-sign")
    # What was sent stands there alone; the other language waits for nobody yet.
    unsigned = a_tile(home, "unsigned")
    assert (review["ru"] in unsigned, review["en"] in unsigned) == (False, True)
    assert 'aria-labelledby="tile-to-publish"' not in desk.get("/admin/").content.decode()

    send_back("article", article.pk, "ru", note="Which dose?", by=reviewer, at=NOON)

    back = a_tile(desk.get("/admin/").content.decode(), "returned")
    assert reverse("admin:articles_article_change", args=[article.pk]) in back
    assert "Which dose?" in back
    assert "Nothing waits for your signature." in a_tile(other.get("/admin/").content.decode(), "to-sign")


def test_a_text_that_was_given_back_to_somebody_else_waits_for_them(desk: Client, editor: User) -> None:
    article, colleague = an_article(), an_editor("colleague")
    submit("article", article.pk, "ru", by=colleague, at=NOON)
    send_back("article", article.pk, "ru", note="Which dose?", by=editor, at=NOON)
    assert 'aria-labelledby="tile-returned"' not in desk.get("/admin/").content.decode()

    colleague.is_active = False
    colleague.save()

    assert "Which dose?" in a_tile(desk.get("/admin/").content.decode(), "returned")


def test_people_who_take_part_are_asked_again_after_a_year(desk: Client, editor: User) -> None:
    said = {"disclosure": "none_declared", "disclosed_by_ru": "сама", "disclosed_by_en": "herself"}
    for name, days in (("Fresh", 10), ("Old", 400)):
        on = timezone.localdate() - timedelta(days=days)
        an_expert(name_en=name, part="participates", disclosed_on=on, **said)
    an_expert(name_en="Silent", part="participates")
    an_expert(name_en="Quoted")

    tile = a_tile(desk.get("/admin/").content.decode(), "undisclosed")

    assert [name in tile for name in ("Silent", "Old", "Fresh", "Quoted")] == [True, True, False, False]


def test_the_worker_is_missed_when_it_is_silent(desk: Client) -> None:
    assert "The worker has never run here." in desk.get("/admin/").content.decode()

    beat(timezone.now() - timedelta(minutes=7, seconds=3))
    html = desk.get("/admin/").content.decode()
    assert "The worker has been silent for 7 minutes." in html
    assert "manage.py run_jobs" in html

    call_command("run_jobs", "--once", stdout=StringIO())
    html = desk.get("/admin/").content.decode()
    assert "The worker last ran" in html
    assert "manage.py run_jobs" not in html


def test_a_tile_with_much_in_it_has_a_page_of_its_own_for_those_who_see_the_tile(desk: Client, editor: User) -> None:
    for number in range(7):
        an_expert(name_en=f"Person {number}", part="participates")
    address = reverse("admin:waiting", args=["undisclosed"])
    home = desk.get("/admin/").content.decode()
    assert (a_tile(home, "undisclosed").count("<li>"), address in home) == (5, True)

    assert desk.get(address).content.decode().count("Person ") == 7
    assert desk.get(reverse("admin:waiting", args=["to-sign"])).status_code == 403
    assert desk.get(reverse("admin:waiting", args=["nonsense"])).status_code == 404
