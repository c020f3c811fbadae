"""Whatever is published, amended, withdrawn or recalled: what is answered from finished bytes is what Django says now.

`ROUNDS` says how many steps somebody walks over the shelf at random; SEED asks the same again.
"""

import os
import random

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.publishing.withdraw import withdraw, withdraw_part
from tests.articles.answers.asking import Site
from tests.factories import documents
from tests.factories.desk import a_quote
from tests.factories.documents import a_document, an_id, item_link, said, shelve, text
from tests.factories.documents_of_kinds import a_care_box, a_service, a_topic, care_box
from tests.factories.erasure import erase
from tests.factories.walking import Walk, every_address

STEPS = int(os.environ.get("ROUNDS", "12"))
# Of so many addresses after each step.
ASKED = 14

A, B, C = an_id("article a"), an_id("article b"), an_id("article c")
PAGE_A, PAGE_B, PAGE_C = "/ru/articles/a/", "/ru/articles/b/", "/ru/articles/c/"


@pytest.mark.django_db
def test_after_every_step_both_paths_say_the_same() -> None:
    seed = int(os.environ.get("SEED", random.SystemRandom().randint(0, 10**9)))
    print(f"SEED={seed}")
    dice = random.Random(seed)
    walk, site, addresses = Walk(dice), Site(), every_address()
    walk.begin()
    warm = 0
    for _ in range(STEPS):
        chosen = dice.sample(addresses, ASKED)
        for path in chosen:
            site.ask(path)
        walk.step()
        for path in chosen:
            before = len(site.made)
            ours, theirs = site.ask(path), site.ask_django(path)
            warm += len(site.made) == before
            assert ours == theirs, (path, walk.steps, ours[0], theirs[0])

    # Most of the shelf is not touched by most steps, or nothing here would be shown.
    assert warm > STEPS * ASKED // 10


def linking(*items: str, slug: str, title: str) -> documents.ArticleDocument:
    links = [item_link("туда", item) for item in items]
    return a_document(text(said("Читайте ", *links), name=slug), slug=slug, title=title)


@pytest.mark.django_db
def test_publishing_b_renders_a_anew_which_links_to_it_and_leaves_c_alone() -> None:
    """Also the first time, when the link was plain text until then."""
    shelve(linking(B, slug="a", title="А"), item=A)
    shelve(linking(slug="c", title="В"), item=C)
    site = Site()
    assert PAGE_B.encode() not in site.ask(PAGE_A)[2]
    site.ask(PAGE_C)

    shelve(linking(slug="b", title="Б"), item=B)

    assert site.is_warm(PAGE_C)
    assert not site.is_warm(PAGE_A)
    assert PAGE_B.encode() in site.ask(PAGE_A)[2]
    documents.withdraw(B)
    assert PAGE_B.encode() not in site.ask(PAGE_A)[2]
    assert site.is_warm(PAGE_C)


@pytest.mark.django_db
def test_a_text_that_leaves_a_topic_leaves_its_page() -> None:
    """The line of its new edition does not name the topic any more."""
    topic = an_id("topic")
    shelve(a_topic(), item=topic)
    shelve(a_document(slug="a", title="Ушедшая", topics=[topic]), item=A)
    site, page = Site(), "/ru/topics/myshtsy/"
    assert "Ушедшая".encode() in site.ask(page)[2]

    shelve(a_document(slug="a", title="Ушедшая", topics=[]), item=A, change="update")

    assert "Ушедшая".encode() not in site.ask(page)[2]


@pytest.mark.django_db
def test_a_number_that_changes_somewhere_changes_on_every_page() -> None:
    """Also where the text that named it is taken down, and its line says nothing of what others show."""
    shelve(linking(slug="c", title="В"), item=C)
    site = Site()
    site.ask(PAGE_C)
    box = a_care_box(services=[a_service("104")])

    shelve(a_document(care_box(box), slug="a", title="А"), item=A)
    assert b"104" in site.ask(PAGE_C)[2]
    shelve(a_document(slug="a", title="А"), item=A, change="update")
    assert b"104" not in site.ask(PAGE_C)[2]
    site.ask(PAGE_C)
    shelve(linking(slug="b", title="Б"), item=B)
    assert site.is_warm(PAGE_C)


@pytest.mark.django_db
def test_a_part_that_no_live_text_carries_goes_from_old_editions_when_it_is_withdrawn(editor: User) -> None:
    """Its withdrawal has no line of its own."""
    frozen = documents.a_quote("anna", text="Тайное слово.")
    shelve(a_document(documents.quoted(frozen), slug="a", title="А"), item=A)
    shelve(a_document(slug="a", title="А"), item=A, change="update")
    site, old = Site(), f"{PAGE_A}editions/1/"
    assert "Тайное".encode() in site.ask(old)[2]
    assert site.is_warm(old)

    documents.withdraw_part(frozen)

    assert "Тайное".encode() not in site.ask(old)[2]


@pytest.mark.django_db
def test_what_is_erased_is_erased_here_too(editor: User, administrator: User) -> None:
    from tests.factories.desk import an_article, place
    from tests.factories.shelf import BOTH, publish_article

    why = {"ru": "Ошибка.", "en": "An error."}
    article, quote = an_article("gone"), a_quote(text_ru="Тайное слово.", text_en="A secret word.")
    place(article, quote)
    publish_article(article, by=editor)
    site = Site()
    places = ["/ru/articles/gone-ru/", "/en/articles/gone/", "/ru/articles/gone-ru/editions/1/", "/ru/corrections/"]
    for path in places:
        site.ask(path)

    withdraw_part("quote", quote.pk, reason_code="request", reasons=why, by=editor, at=timezone.now())
    withdraw("article", article.pk, BOTH, reason_code="error", reasons=why, by=editor, at=timezone.now())
    for path in places:
        assert site.ask(path) == site.ask_django(path)
    erase(article, "article", editor, administrator)

    for path in places:
        assert site.ask(path) == site.ask_django(path)


@pytest.mark.django_db
@pytest.mark.parametrize("is_carried", [True, False], ids=["once carried", "never carried"])
def test_why_a_part_was_withdrawn_is_erased_with_it(editor: User, administrator: User, is_carried: bool) -> None:
    """Its withdrawal stays the newest one, and where no edition ever carried it no line of the journal tells of it."""
    from tests.factories.desk import an_article, place
    from tests.factories.shelf import BOTH, publish_article

    why, quote = {"ru": "Просил Иванов.", "en": "Ivanov asked."}, a_quote()
    article = an_article("gone")
    if is_carried:
        place(article, quote)
        publish_article(article, by=editor)
    withdraw_part("quote", quote.pk, reason_code="request", reasons=why, by=editor, at=timezone.now())
    if is_carried:
        withdraw("article", article.pk, BOTH, reason_code="error", reasons=why, by=editor, at=timezone.now())
        article.delete()
    site, path = Site(), f"/api/v1/quotes/{quote.pk}/"
    assert "Иванов".encode() in site.ask(path)[2]
    assert site.is_warm(path)

    erase(quote, "quote", editor, administrator)

    assert "Иванов".encode() not in site.ask(path)[2]


@pytest.mark.django_db
def test_a_journal_that_is_another_one_drops_everything() -> None:
    """As after a restored backup: as long as before, and with other lines."""
    from articles.editions.shelf import JournalHead

    shelve(linking(slug="c", title="В"), item=C)
    site = Site()
    site.ask(PAGE_C)
    assert site.is_warm(PAGE_C)

    JournalHead.objects.update(hash="f" * 64)
    assert not site.is_warm(PAGE_C)
    site.ask(PAGE_C)
    JournalHead.objects.update(sequence=0, hash="0" * 64)
    assert not site.is_warm(PAGE_C)


@pytest.mark.django_db
def test_pages_and_items_depend_on_what_they_show_and_not_on_everything() -> None:
    """What keeps a site warm while people publish: only what gathers from the whole journal is dropped by any line."""
    walk, site = Walk(random.Random(7)), Site()
    walk.begin()
    for path in every_address():
        site.ask(path)

    broad = {key[0] + (f"?{key[1]}" if key[1] else "") for key, held in site.store._held.items()
             if "everything" in held.tags}  # fmt: skip
    narrow = [path for path in broad if path.count("/") > 3 and "editions" not in path and "/api/v1/" not in path]
    assert narrow == []
    assert not [path for path in broad if path.startswith("/api/v1/articles/") and path.count("/") == 5
                and "editions" not in path]  # fmt: skip
    print(sorted(broad))
