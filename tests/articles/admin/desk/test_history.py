from __future__ import annotations

from articles.admin.desk.version_rows import rows
from articles.content.blocks import HeadingBlock
from articles.editorial.revisions import revisions
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, an_article, an_expert, place


def test_versions_are_listed_with_who_and_when(desk: Desk) -> None:
    expert = an_expert()
    desk.save(expert, desk.open(expert), name_en="Anna Second")
    page = desk.client.get(address(expert, "history")).content.decode()
    assert "Version 2" in page
    assert "Мария Орлова" in page


def test_a_version_is_read_side_by_side_and_compared_by_words(desk: Desk) -> None:
    article = an_article()
    place(article, a_quote())
    desk.save(article, desk.open(article), title_en="Cramps in many tests")
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_ru": "Что же это"})
    kept = list(revisions(article))
    changed = [row for row in rows(kept[0], kept[1]) if row.is_changed]
    assert [(row.part, row.label) for row in changed] == [("1. Section heading", "Section heading")]
    assert [(run.kind, run.text) for run in changed[0].cells["ru"]] == [
        ("same", "Что "),
        ("added", "же "),
        ("same", "это"),
    ]
    page = desk.client.get(address(article, "version", 3)).content.decode()
    assert "<ins>же </ins>" in page
    assert "Anna Testova: According to the neurologist" in page
    assert "[Sample 2012]" in page


def test_a_version_is_restored_as_the_newest_with_its_blocks(desk: Desk) -> None:
    article = an_article()
    desk.save(article, desk.open(article), internal_note="before")
    desk.save(article, desk.open(article), **{"headingblock_set-0-DELETE": "on"})
    answer = desk.client.post(address(article, "restore", 2), {"seen_version": "3"})
    article.refresh_from_db()
    assert answer.status_code == 302
    assert article.version == 4
    assert HeadingBlock.objects.get(parent=article).text_ru == "Что это"
    assert revisions(article).first().restored_from == 2


def test_a_restore_on_top_of_a_newer_save_is_refused(desk: Desk) -> None:
    expert = an_expert()
    desk.save(expert, desk.open(expert), name_en="Second")
    desk.save(expert, desk.open(expert), name_en="Third")
    answer = desk.client.post(address(expert, "restore", 2), {"seen_version": "2"})
    expert.refresh_from_db()
    assert (answer.status_code, expert.name_en) == (409, "Third")


def test_a_restore_needs_a_post_and_the_right_to_change(desk: Desk, client, django_user_model) -> None:
    expert = an_expert()
    desk.save(expert, desk.open(expert), name_en="Second")
    assert desk.client.get(address(expert, "restore", 2)).status_code == 405
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.post(address(expert, "restore", 2), {"seen_version": "2"}).status_code == 403


def test_a_version_that_never_was_is_not_found(desk: Desk) -> None:
    assert desk.client.get(address(an_expert(), "version", 77)).status_code == 404
