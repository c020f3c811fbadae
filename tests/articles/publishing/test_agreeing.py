"""Which parts of translations a save confirms, leaves in step, or leaves behind; for every kind of block and object."""

import pytest
from django.contrib.auth.models import User

from articles.content.accounts import AccountsEntry
from articles.content.blocks import CareBoxBlock
from articles.content.texts import Article
from articles.editorial.confirmations import WORDS, confirmed
from articles.editorial.revisions import keep, restore
from articles.publishing.following import followed
from articles.publishing.steps import item_steps
from tests.articles.publishing.agreement import OWN, SHARED, agree, behind, block_of, holder, reword, save, state
from tests.factories.desk import NOON, a_quote, an_article, an_editor, an_expert, place
from tests.factories.desk_kinds import a_care_box, a_term, a_topic, an_article_with_everything
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> User:
    return an_editor()


@pytest.fixture
def article() -> Article:
    return an_article_with_everything()


@pytest.mark.parametrize("kind", OWN)
def test_a_changed_translation_of_a_block_confirms_it_and_a_changed_original_confirms_nothing(article, vera, kind):
    block = block_of(article, kind)
    assert state(article, block.pk) == "behind"

    save(article, vera, reword(block, OWN[kind], "en"))
    assert state(article, block.pk) == "in_step"

    save(article, vera, reword(block, OWN[kind], "ru"))
    assert state(article, block.pk) == "behind"


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_object_that_changes_in_its_original_alone_puts_the_parts_behind_that_show_it(article, vera, name):
    agree(article, vera)
    find, column, kind = SHARED[name]
    row = reword(find(article), column, "ru")

    save(holder(row), vera, row)

    assert behind(article) == {kind}


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_object_whose_translation_follows_brings_them_back_in_step(article, vera, name):
    agree(article, vera)
    find, column, _kind = SHARED[name]
    row = reword(find(article), column, "ru")
    save(holder(row), vera, row)

    row = reword(find(article), column, "en")
    save(holder(row), vera, row)

    assert behind(article) == set()


@pytest.mark.parametrize("name", SHARED)
def test_both_languages_in_one_save_stay_in_step(article, vera, name):
    agree(article, vera)
    find, column, _kind = SHARED[name]
    row = reword(find(article), column, "ru", "en")

    save(holder(row), vera, row)

    assert behind(article) == set()


@pytest.mark.parametrize("name", SHARED)
def test_a_restored_translation_of_a_shared_object_is_unconfirmed_wherever_it_stands(article, vera, name):
    find, column, kind = SHARED[name]
    obj = holder(find(article))
    first = keep(obj, by=vera, at=NOON)
    row = reword(find(article), column, "en")
    save(holder(row), vera, row)
    agree(article, vera)

    restore(first, expected=1, by=vera, at=later(2))

    assert behind(article) == {kind}


@pytest.mark.parametrize("kind", OWN)
def test_a_restored_translation_of_a_block_is_unconfirmed_and_the_rest_stays_in_step(article, vera, kind):
    first = keep(article, by=vera, at=NOON)
    block = reword(block_of(article, kind), OWN[kind], "en")
    save(article, vera, block)
    agree(article, vera)

    restore(first, expected=1, by=vera, at=later(2))

    steps = item_steps(Article.objects.get(pk=article.pk)).steps.values()
    assert [step.part for step in steps if step.state == "behind"] == [str(block.pk)]


@pytest.mark.parametrize(
    ("make", "column"), [(a_term, "definition"), (a_term, "synonyms"), (a_topic, "summary"), (an_expert, "post")]
)
def test_a_term_a_topic_and_a_person_have_a_head_that_is_translated(vera, make, column):
    item = make()
    save(item, vera, reword(item, column, "en"))
    assert state(item, "head") == "in_step"

    save(item, vera, reword(item, column, "ru"))
    assert state(item, "head") == "behind"


def test_an_address_and_a_note_for_colleagues_say_nothing(vera):
    term = a_term()
    term.slug_en, term.forms_to_avoid_en, term.internal_note = "another", "Nothing.", "Ничего."

    save(term, vera)

    assert confirmed(term.pk, "en") == {}


def test_another_number_to_call_reaches_both_languages_alike(article, vera):
    agree(article, vera)
    service = article.careboxblock_set.get().care_box.services.first()
    service.number = "112"

    save(service, vera)

    assert behind(article) == set()


def test_a_number_that_changes_together_with_words_of_the_original_alone_is_no_excuse_for_them(article, vera):
    agree(article, vera)
    service = article.careboxblock_set.get().care_box.services.first()
    service.number, service.note_ru = "112", "в горах"

    save(service, vera)

    assert behind(article) == {"care_box"}


def test_a_verdict_of_one_row_is_no_excuse_for_words_of_another(article, vera):
    agree(article, vera)
    table = article.evidencetableblock_set.get().evidence_table
    first, second = table.rows.all()
    first.verdict, second.finding_ru = "helps", "Иначе."

    save(table, vera, first, second)

    assert behind(article) == {"evidence_table"}


def test_marking_a_block_essential_leaves_it_in_step(article, vera):
    agree(article, vera)
    block = block_of(article, "text")
    block.essential = True

    save(article, vera, block)

    assert behind(article) == set()


def test_what_a_form_does_not_show_it_does_not_confirm(article, vera):
    """Signs of a care box are behind; somebody translates the name of the ambulance, and they are behind still."""
    agree(article, vera)
    box = article.careboxblock_set.get().care_box
    save(box, vera, reword(box, "triggers", "ru"))

    save(box.services.first(), vera, reword(box.services.first(), "name", "en"))

    assert behind(article) == {"care_box"}


def test_a_box_is_not_confirmed_while_something_in_it_is_known_to_be_behind(article, vera):
    agree(article, vera)
    box = article.careboxblock_set.get().care_box
    service = reword(box.services.first(), "note", "ru")
    save(service, vera, service)

    save(box, vera, reword(box, "triggers", "en"))

    assert behind(article) == {"care_box"}


def test_a_box_in_a_second_article_is_in_step_where_it_was_confirmed_in_the_first(article, vera):
    agree(article, vera)
    other, box = an_article("other"), article.careboxblock_set.get().care_box
    block = CareBoxBlock(parent=other, care_box=box, ordering=40)

    save(other, vera, block)

    assert state(other, block.pk) == "in_step"


def test_a_box_that_nobody_confirmed_is_placed_behind(vera):
    article = an_article()
    block = CareBoxBlock(parent=article, care_box=a_care_box(), ordering=40)

    save(article, vera, block)

    assert state(article, block.pk) == "behind"


def test_another_quote_in_the_same_block_is_asked_about_anew(vera):
    article = an_article()
    block = place(article, a_quote())
    agree(article, vera)
    block.quote = a_quote(text_ru="Иные слова.", text_en="Other words.")

    save(article, vera, block)

    assert state(article, block.pk) == "behind"


def test_who_looked_at_a_part_has_seen_all_that_stands_in_it(article, vera):
    agree(article, vera)

    entry = AccountsEntry.objects.first()
    assert WORDS in confirmed(entry.quote_id, "en")
    assert WORDS in confirmed(entry.quote.expert_id, "en")


def test_a_row_is_followed_only_by_the_same_row():
    def rows(first: str, second: str) -> list[dict[str, str]]:
        return [{"id": "1", "words": first}, {"id": "2", "words": second}]

    assert followed(rows("а", "б"), rows("в", "б"), rows("a", "b"), rows("c", "b"))
    assert not followed(rows("а", "б"), rows("в", "б"), rows("a", "b"), rows("a", "c"))


def test_a_list_of_questions_under_the_usual_title_has_nothing_to_translate(article, vera):
    questions = block_of(article, "related")
    assert state(article, questions.pk) == "behind"

    save(article, vera, questions, only=True)
    assert state(article, questions.pk) == "in_step"

    save(article, vera, reword(questions, "title", "ru"))
    assert state(article, questions.pk) == "behind"
