"""How far the languages of a draft are in step, part by part."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from articles.editorial.confirmations import Confirmation, confirm
from articles.publishing.outline import Outlined
from articles.publishing.steps import Step, StepState, counted, item_steps, steps, steps_of
from articles.publishing.vouching import vouch
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, a_text, an_article, an_editor, an_expert, place
from tests.factories.desk_kinds import a_term, a_topic, an_article_with_everything
from tests.factories.erasure import erase
from tests.factories.shelf import later, publish_article

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}


def states(item):
    return {step.part: step.state.value for step in item_steps(item).steps.values()}


def agree(item, by):
    found = item_steps(item)
    vouch(item, found.language, found.original, list(found.steps), by=by, at=NOON)


@pytest.mark.django_db
class TestAnItem:
    def test_a_part_is_behind_until_somebody_confirms_it_and_again_when_the_original_moves_on(self):
        article, vera = an_article(), an_editor()
        heading, text = article.headingblock_set.get(), article.textblock_set.get()
        assert states(article) == {"head": "behind", str(heading.pk): "behind", str(text.pk): "behind"}

        agree(article, vera)
        heading.text_ru = "Что же это"
        heading.save()

        assert states(article) == {"head": "in_step", str(heading.pk): "behind", str(text.pk): "in_step"}

    def test_of_an_original_that_was_erased_nothing_is_shown_that_it_said_before(self, administrator):
        article, quote, vera = an_article(), a_quote(), an_editor()
        block, text = place(article, quote), article.textblock_set.get()
        publish_article(article, by=vera)
        withdraw("article", article.pk, ["ru", "en"], reason_code="request", reasons=WHY, by=vera, at=later(1))
        withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(2))
        block.delete()
        erase(quote, "quote", vera, administrator)
        text.text_ru = "<p>Сказано иначе.</p>"
        text.save()

        assert item_steps(article).moved(str(text.pk)) == []

    def test_words_in_one_language_only_are_missing_or_ahead(self):
        article = an_article()
        missing = a_text(article, ordering=40, ru="Только по-русски.", essential=True)
        ahead = a_text(article, ordering=50, ru="", en="English only.")

        found = item_steps(article).steps

        assert (found[str(missing.pk)].state, found[str(missing.pk)].required) == (StepState.MISSING, True)
        assert (found[str(ahead.pk)].state, found[str(ahead.pk)].of_original) == (StepState.AHEAD, StepState.MISSING)

    def test_an_empty_block_and_a_withdrawn_quote_are_no_parts(self):
        article = an_article()
        empty = a_text(article, ordering=40, ru="")
        withdrawn = place(article, a_quote(withdrawn_at=NOON))

        assert not {str(empty.pk), str(withdrawn.pk)} & states(article).keys()

    def test_a_title_that_only_the_original_has_is_missing(self):
        assert states(an_article(title_en="", summary_en=""))["head"] == "missing"

    def test_a_head_without_the_summary_that_the_other_language_has_is_not_there_and_in_step(self):
        article, vera = an_article(), an_editor()
        agree(article, vera)
        article.summary_en = ""
        article.save()
        assert states(article)["head"] == "missing"
        assert steps_of([article])[article.pk]["head"].state == StepState.MISSING

        article.summary_en, article.summary_ru = "What this article is about.", ""
        article.save()
        head = item_steps(article).steps["head"]
        assert (head.state, head.of_original) == (StepState.AHEAD, StepState.MISSING)

        article.summary_en = ""
        article.save()
        agree(article, vera)
        assert states(article)["head"] == "in_step"

    def test_the_direction_follows_the_original_language(self):
        article = an_article(original_language="en")
        block = a_text(article, ordering=40, ru="Только по-русски.")

        assert states(article)[str(block.pk)] == "ahead"

    @pytest.mark.parametrize("make", [a_term, a_topic, an_expert, an_article_with_everything])
    def test_every_kind_and_every_block_can_be_in_step(self, make):
        item, vera = make(), an_editor()

        agree(item, vera)

        assert set(states(item).values()) == {"in_step"}

    def test_what_the_original_says_differently_since_is_shown_word_by_word(self):
        article, vera = an_article(), an_editor()
        agree(article, vera)
        text = article.textblock_set.get()
        text.text_ru = text.text_ru.replace("коротка", "очень коротка")
        text.save()

        runs = item_steps(article).moved(str(text.pk))

        assert [run.text.strip() for run in runs if run.kind == "added"] == ["очень"]
        assert item_steps(article).moved("head") == []

    def test_where_only_the_digest_is_known_the_live_text_says_what_it_was(self):
        article, vera = an_article(), an_editor()
        publish_article(article, by=vera)
        Confirmation.objects.update(source_words="")
        article.title_ru = "Судороги в новых тестах"
        article.save()

        assert any("новых" in run.text for run in item_steps(article).moved("head") if run.kind == "added")

    def test_a_wording_that_nobody_kept_is_not_guessed(self):
        article, vera = an_article(), an_editor()
        confirm(article.pk, "en", {"head": "a" * 64}, by=vera, at=NOON)

        assert (states(article)["head"], item_steps(article).moved("head")) == ("behind", [])

    def test_lists_know_the_same_at_a_fixed_number_of_queries(self):
        vera = an_editor()
        articles = [an_article("first")]
        agree(articles[0], vera)
        a_text(articles[0], ordering=40, ru="Только по-русски.")

        def asked():
            with CaptureQueriesContext(connection) as captured:
                found = steps_of(articles)
            return len(captured), found

        of_one, found = asked()
        assert {key: dict(one) for key, one in found.items()} == {
            articles[0].pk: dict(item_steps(articles[0]).steps),
        }
        articles += [an_article(f"another-{number}") for number in range(5)]
        assert asked()[0] == of_one

    def test_who_confirmed_and_when_is_at_hand(self):
        article, vera = an_article(), an_editor()
        confirm(article.pk, "en", {"head": "a" * 64}, by=vera, at=later(1))

        made = item_steps(article).confirmations["head"]

        assert (made.confirmed_by, made.confirmed_at) == (vera, later(1))


PARTS = st.sampled_from(["head", "a", "b", "c"])
DIGESTS = st.sampled_from(["1" * 64, "2" * 64])
OUTLINES = st.dictionaries(PARTS, st.builds(Outlined, st.just("text"), DIGESTS, st.booleans()))


@given(OUTLINES, OUTLINES, st.dictionaries(PARTS, DIGESTS))
def test_every_part_with_words_has_exactly_one_state_and_is_counted_once(original, translation, agreed):
    found = steps(original, translation, agreed)

    assert set(found) == set(original) | set(translation)
    for part, step in found.items():
        assert step.state == (
            StepState.MISSING
            if part not in translation
            else StepState.AHEAD
            if part not in original
            else StepState.IN_STEP
            if agreed.get(part) == original[part].digest
            else StepState.BEHIND
        )
    assert sum(counted(found).values()) == sum(step.state != StepState.IN_STEP for step in found.values())


@given(st.builds(Step, PARTS, st.just("text"), st.booleans(), DIGESTS, DIGESTS, DIGESTS), DIGESTS, DIGESTS)
def test_a_step_stands_for_both_wordings_and_nothing_else(step, original, translation):
    other = Step("other", "heading", not step.required, original, translation, "")

    assert (other.seen == step.seen) == ((original, translation) == (step.original, step.translation))
