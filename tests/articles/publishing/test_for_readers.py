"""What is typed for readers at the press has the one form of text, or is refused."""

import pytest

from articles.content.problems import Where
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.withdraw import withdraw
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.shelf import journal, publish_article

WHERE = Where("article", "1")


def test_words_are_brought_into_their_one_form():
    assert for_readers({"ru": "  Ис\u00adправлено\u00a0 вчера. "}, ["ru"], WHERE) == ({"ru": "Исправлено вчера."}, [])


def test_a_language_without_words_is_a_problem_only_where_it_needs_some():
    assert for_readers({}, ["en"], WHERE) == ({"en": ""}, [])
    assert [problem.code for problem in for_readers({}, ["en"], WHERE, missing="note-missing")[1]] == ["note-missing"]


@pytest.mark.parametrize("danger", ["\x00", "\ud800", "\u202e"])
def test_dangerous_characters_are_refused_in_plain_words(danger):
    _, [problem] = for_readers({"ru": f"При{danger}вет"}, ["ru"], WHERE)

    assert (problem.code, problem.language) == ("words-unreadable", "ru")
    assert danger not in problem.sentence.encode("utf-8", "replace").decode()


@pytest.mark.django_db
def test_nothing_dangerous_reaches_the_journal():
    article, vera = an_article(), an_editor()

    with pytest.raises(RefusedError) as refusal:
        publish("article", article.pk, {"ru": Terms(note="\u202e")}, decision=Decision("\x00"), by=vera, at=NOON)

    assert {problem.code for problem in refusal.value.problems} == {"words-unreadable"}
    assert journal() == []
    publish_article(article, by=vera)
    with pytest.raises(RefusedError):
        withdraw("article", article.pk, ["ru"], reason_code="error", reasons={"ru": "\x00"}, by=vera, at=NOON)
    assert len(journal()) == 2
