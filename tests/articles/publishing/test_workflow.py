"""The way of a text to its readers: states that follow from words, steps that are written down, and who takes them."""

from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.texts import Article
from articles.editorial.rights import hold_to
from articles.editorial.roles import NotAllowedError
from articles.editorial.states import State
from articles.editorial.transitions import history
from articles.publishing import workflow
from articles.publishing.problems import RefusedError
from articles.publishing.reviewing import take_back
from articles.publishing.withdraw import restore, withdraw
from articles.publishing.workflow import recall, send_back, states_of, submit
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.people import somebody
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db


def state(article, language="ru"):
    return states_of([Article.objects.get(pk=article.pk)])[article.pk, language]


def acts(article, language="ru"):
    return [(step.act, step.from_state, step.to_state) for step in reversed(history(article.pk, language))]


def test_a_text_goes_from_draft_to_readers_and_off_the_shelf_step_by_step():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    assert state(article) == State.DRAFT

    submit("article", article.pk, "ru", note="Посмотрите дозу.", by=vera, at=NOON)
    assert (state(article), state(article, "en")) == (State.IN_REVIEW, State.DRAFT)
    sign_text(article, "ru", by=anna, at=later(1))
    assert state(article) == State.APPROVED
    publish_article(article, by=vera, languages=["ru"], at=later(2))
    assert state(article) == State.LIVE
    why = {"ru": "Снято по просьбе."}
    withdraw("article", article.pk, ["ru"], reason_code="request", reasons=why, by=vera, at=later(3))
    assert state(article) == State.RETIRED
    restore("article", article.pk, "ru", note="Вернулось.", by=vera, at=later(4))
    assert state(article) == State.LIVE

    assert acts(article) == [
        ("submit", "draft", "in_review"),
        ("approve", "in_review", "approved"),
        ("publish", "approved", "live"),
        ("retire", "live", "retired"),
        ("publish", "retired", "live"),
    ]
    assert [step.done_by for step in reversed(history(article.pk, "ru"))] == [vera, anna, vera, vera, vera]


def test_any_later_change_of_words_takes_the_approval_back_and_the_same_words_bring_it_back():
    article, vera = an_article(), an_editor()
    submit("article", article.pk, "ru", by=vera, at=NOON)
    sign_text(article, "ru", by=a_reviewer(), at=later(1))

    # Past every form, as a script would do it.
    Article.objects.filter(pk=article.pk).update(title_ru="Другой заголовок")
    assert state(article) == State.DRAFT
    Article.objects.filter(pk=article.pk).update(title_ru=article.title_ru)
    assert state(article) == State.APPROVED


def test_a_changed_quote_takes_the_approval_of_the_text_that_carries_it():
    article, vera, quote = an_article(), an_editor(), a_quote()
    place(article, quote)
    submit("article", article.pk, "ru", by=vera, at=NOON)
    sign_text(article, "ru", by=a_reviewer(), at=later(1))

    type(quote).objects.filter(pk=quote.pk).update(text_ru="По словам невролога, судорога не проходит.")

    assert state(article) == State.DRAFT


def test_what_was_published_before_steps_were_written_is_live_until_it_is_changed(monkeypatch):
    article = an_article()
    monkeypatch.setattr(workflow, "published", lambda *args, **given: None)
    publish_article(article, by=an_editor())
    assert acts(article) == []
    assert (state(article), state(article, "en")) == (State.LIVE, State.LIVE)

    Article.objects.filter(pk=article.pk).update(title_en="Changed since")
    assert (state(article), state(article, "en")) == (State.LIVE, State.DRAFT)


def test_a_text_comes_back_with_a_note_and_stays_returned_while_its_author_works_on_it():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    submit("article", article.pk, "en", by=vera, at=NOON)

    with pytest.raises(RefusedError) as refusal:
        send_back("article", article.pk, "en", note=" ", by=anna, at=later(1))
    assert [problem.code for problem in refusal.value.problems] == ["return-note-missing"]
    step = send_back("article", article.pk, "en", note="The dose is wrong.", by=anna, at=later(1))

    assert (step.note, state(article, "en")) == ("The dose is wrong.", State.RETURNED)
    Article.objects.filter(pk=article.pk).update(title_en="Mended")
    assert state(article, "en") == State.RETURNED
    submit("article", article.pk, "en", by=vera, at=later(2))
    assert state(article, "en") == State.IN_REVIEW


def test_a_signature_that_is_taken_back_gives_the_text_to_its_authors_again():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    submit("article", article.pk, "ru", by=vera, at=NOON)
    row = sign_text(article, "ru", by=anna, at=later(1))

    take_back(row, reason="Не то исследование.", by=anna, at=later(2))

    assert state(article) == State.RETURNED
    assert history(article.pk, "ru")[0].note == "Не то исследование."


def test_one_of_two_signatures_taken_back_leaves_the_approval():
    article, vera, anna, olga = an_article(), an_editor(), a_reviewer(), a_reviewer("olga")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    row = sign_text(article, "ru", by=anna, at=later(1))
    sign_text(article, "ru", by=olga, at=later(2))

    take_back(row, by=anna, at=later(3))

    assert state(article) == State.APPROVED


def test_each_step_asks_who_takes_it():
    article, tanya, vera = an_article(), somebody("translator"), an_editor()
    hold_to(tanya, "en")
    for role in ("publisher", "medical_reviewer"):
        with pytest.raises(NotAllowedError):
            submit("article", article.pk, "ru", by=somebody(role), at=NOON)
    with pytest.raises(NotAllowedError):
        submit("article", article.pk, "ru", by=tanya, at=NOON)
    submit("article", article.pk, "en", by=tanya, at=NOON)
    with pytest.raises(NotAllowedError):
        send_back("article", article.pk, "en", note="Нет.", by=somebody("author"), at=later(1))
    recall("article", article.pk, "en", by=vera, at=later(1))
    assert state(article, "en") == State.DRAFT


def test_a_step_that_does_not_fit_the_state_is_refused_and_leaves_nothing():
    article, vera = an_article(), an_editor()
    with pytest.raises(RefusedError) as refusal:
        recall("article", article.pk, "ru", by=vera, at=NOON)
    assert [problem.code for problem in refusal.value.problems] == ["not-now"]
    Article.objects.filter(pk=article.pk).update(title_ru="", slug_ru="")
    with pytest.raises(RefusedError):
        submit("article", article.pk, "ru", by=vera, at=NOON)
    assert acts(article) == []


def test_states_of_twenty_texts_cost_the_queries_of_one():
    vera, numbers = an_editor(), count()
    texts = [an_article(f"text-{next(numbers)}") for _ in range(20)]
    for text in texts:
        submit("article", text.pk, "ru", by=vera, at=NOON)
    spent = []
    for number in (1, 20):
        rows = list(Article.objects.filter(pk__in=[text.pk for text in texts[:number]]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            states_of(rows)
        spent.append(len(queries))
    assert spent[0] == spent[1]
