"""The press gate: nothing goes out that nobody else approved, unless the site lets a decision stand for it."""

import pytest

from articles.content.blocks import CareBoxBlock
from articles.content.care import CareBox
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editions.store import Part
from articles.editorial.audit import AuditEntry
from articles.editorial.revisions import keep
from articles.editorial.signoffs import Revocation, sign
from articles.editorial.states import State
from articles.editorial.transitions import history
from articles.publishing.afterwards import urgent_unreviewed
from articles.publishing.again import publish_again
from articles.publishing.compose import compose
from articles.publishing.confirming import differences
from articles.publishing.covering import signatures_holding
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Terms, publish
from articles.publishing.withdraw import restore, withdraw
from articles.publishing.workflow import send_back, states_of, submit
from tests.factories.desk import NOON, a_quote, an_article, an_editor, place
from tests.factories.desk_kinds import a_care_box
from tests.factories.people import somebody
from tests.factories.reviews import NAMES, NEXT, a_reviewer, sign_text
from tests.factories.shelf import DECISION, later, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(settings):
    settings.UNREVIEWED_KINDS = frozenset({"page"})


def refused(act, *args, **given):
    with pytest.raises(RefusedError) as refusal:
        act(*args, **given)
    return {(problem.code, problem.language) for problem in refusal.value.problems}


def reworded(article, **words):
    Article.objects.filter(pk=article.pk).update(**words)
    return Article.objects.get(pk=article.pk)


def send(article, *, by, languages=("ru",), change_class="safety", urgent="", knowing=(), at=NOON):
    terms = {language: Terms(change_class, "Изменилась доза.") for language in languages}
    return publish("article", article.pk, terms, decision=DECISION, urgent=urgent, knowing=knowing, by=by, at=at)


def test_without_an_approval_each_language_is_kept_back_and_with_it_goes_out(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    assert refused(publish_article, article, by=vera) == {("not-approved", "ru"), ("not-approved", "en")}

    sign_text(article, "ru", by=anna)
    assert refused(publish_article, article, by=vera) == {("not-approved", "en")}
    assert publish_article(article, by=vera, languages=["ru"])["ru"].envelope.review.state == "reviewed"


def test_words_that_changed_after_the_approval_are_kept_back(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    reworded(article, summary_ru="О чём эта другая статья.")

    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("not-approved", "ru")}


def test_a_kind_that_the_site_allows_goes_out_by_a_decision(settings):
    settings.UNREVIEWED_KINDS = frozenset({"article"})
    assert publish_article(an_article(), by=an_editor())["ru"].envelope.review.state == "not_reviewed"


def test_nobody_signs_what_they_wrote_in_this_language_themselves():
    article, both = an_article(), somebody("administrator")
    both.groups.add(*a_reviewer().groups.all())
    reader = type(both).objects.get(pk=both.pk)
    keep(article, by=an_editor(), at=NOON)
    article.title_en, article.version = "My translation", 2
    article.save()
    keep(article, by=reader, at=NOON)

    assert ("own-words", "en") in refused(sign_text, article, "en", by=reader)
    sign_text(article, "ru", by=reader)


def test_nobody_signs_a_text_with_a_quote_of_their_own_making():
    article, quote, both = an_article(), a_quote(), somebody("administrator")
    both.groups.add(*a_reviewer().groups.all())
    keep(quote, by=both, at=NOON)
    place(article, quote)

    assert ("own-words", "ru") in refused(sign_text, article, "ru", by=type(both).objects.get(pk=both.pk))


def test_a_signature_of_an_author_that_came_to_be_all_the_same_approves_nothing(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    keep(article, by=anna, at=NOON)
    digest = compose(article, "ru").content_digest
    sign("article", article.pk, "ru", digest, name=NAMES, next_on=NEXT, by=anna, at=NOON)

    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("self-approved", "ru")}
    sign_text(article, "ru", by=a_reviewer("olga"))
    [by] = publish_article(article, by=vera, languages=["ru"])["ru"].envelope.review.by
    assert by.name == NAMES["ru"]


def test_what_a_reviewer_returned_stays_back_whatever_is_decided_until_its_words_are_others():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=NOON)

    assert refused(publish_article, article, by=vera) == {("returned", "ru")}
    reworded(article, summary_ru="О чём эта исправленная статья.")
    assert set(publish_article(article, by=vera)) == {"ru", "en"}


def test_what_was_returned_does_not_slip_out_under_an_earlier_signature_with_another_day_of_the_last_look():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    place(article, a_quote())
    submit("article", article.pk, "ru", by=vera, at=NOON)
    sign_text(article, "ru", by=anna)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=a_reviewer("boris"), at=later(1))
    was = compose(Article.objects.get(pk=article.pk), "ru").content_digest
    Source.objects.update(accessed_on="2026-11-20")
    assert compose(Article.objects.get(pk=article.pk), "ru").content_digest != was

    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("returned", "ru")}


def an_older_edition(article, by):
    publish_again(
        "article", article.pk, "ru", 1, Terms("correction", "Вернули."), decision=DECISION, by=by, at=later(4)
    )


def a_withdrawal(article, by):
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons={"ru": "Ошибка."}, by=by, at=later(4))


@pytest.mark.parametrize("done", [an_older_edition, a_withdrawal])
def test_a_return_is_not_forgotten_for_what_is_done_with_other_words(done):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    publish_article(article, by=vera)
    reworded(article, summary_ru="О чём эта статья теперь.")
    publish_article(article, by=vera, at=later(1))
    reworded(article, summary_ru="Дозу удвойте.")
    submit("article", article.pk, "ru", by=vera, at=later(2))
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(3))

    done(article, vera)

    assert refused(publish_article, article, by=vera, at=later(5)) == {("returned", "ru")}
    submit("article", article.pk, "ru", by=vera, at=later(6))
    assert set(publish_article(article, by=vera, at=later(7))) == {"ru", "en"}


def test_an_older_edition_that_goes_out_again_leaves_the_draft_in_review():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera)
    reworded(article, summary_ru="О чём эта статья теперь.")
    publish_article(article, by=vera, at=later(1))
    reworded(article, summary_ru="О чём эта статья будет.")
    submit("article", article.pk, "ru", by=vera, at=later(2))

    an_older_edition(article, vera)
    assert states_of([Article.objects.get()])[article.pk, "ru"] == State.IN_REVIEW

    reworded(article, summary_ru="О чём эта статья теперь.")
    submit("article", article.pk, "ru", by=vera, at=later(5))
    publish_again("article", article.pk, "ru", 2, Terms("update", "Ещё."), decision=DECISION, by=vera, at=later(6))
    assert states_of([Article.objects.get()])[article.pk, "ru"] == State.LIVE


def test_what_was_returned_after_it_was_withdrawn_does_not_come_back_unchanged():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    publish_article(article, by=vera)
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons={"ru": "Ошибка."}, by=vera, at=later(1))
    submit("article", article.pk, "ru", by=vera, at=later(2))
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(3))

    assert refused(restore, "article", article.pk, "ru", note="", by=vera, at=later(4)) == {("returned", "ru")}
    submit("article", article.pk, "ru", by=vera, at=later(5))
    assert restore("article", article.pk, "ru", note="", by=vera, at=later(6)).is_live


def mended(article, url):
    """An edit that nobody has to read: the address of a source within its site."""
    Source.objects.update(url=url)
    return Article.objects.get(pk=article.pk)


def test_a_return_ends_what_was_signed_of_these_words_before_whoever_signed_and_whoever_returned(strict):
    article, vera, anna, boris = an_article(), an_editor(), a_reviewer(), a_reviewer("boris")
    other = sign_text(article, "en", by=anna)
    submit("article", article.pk, "ru", by=vera, at=NOON)
    signed = sign_text(article, "ru", by=anna)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=boris, at=later(1))
    submit("article", article.pk, "ru", by=vera, at=later(2))

    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("not-approved", "ru")}
    ended = Revocation.objects.get()
    assert (ended.sign_off, ended.ended_by, ended.revoked_at) == (signed, boris, later(1))
    assert AuditEntry.objects.filter(act="signature-ended", done_by=boris).count() == 1
    assert signatures_holding(article.pk, "en", compose(article, "en").document) == [other]

    sign_text(article, "ru", by=boris, at=later(3))
    assert publish_article(article, by=vera, languages=["ru"])["ru"].envelope.review.by[0].name == NAMES["ru"]


def test_a_signature_from_before_comes_back_by_no_edit_that_nobody_has_to_read(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    article = mended(article, "https://example.org/one")
    sign_text(article, "ru", by=anna)
    article = mended(article, "https://example.org/two")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=a_reviewer("boris"), at=later(1))

    for url in ("https://example.org/three", "https://example.org/one"):
        article = mended(article, url)
        assert refused(publish_article, article, by=vera, languages=["ru"]) == {("returned", "ru")}
    submit("article", article.pk, "ru", by=vera, at=later(2))
    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("not-approved", "ru")}


def test_what_is_confirmed_of_a_part_after_the_return_brings_no_signature_back(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    box = a_care_box()
    CareBoxBlock.objects.create(parent=article, care_box=box, ordering=30)
    sign_text(article, "ru", by=anna)
    CareBox.objects.update(advice_ru="Позвоните сразу.")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(1))
    submit("article", article.pk, "ru", by=vera, at=later(2))

    assert differences(Part("care_box", str(box.pk))) == []
    assert refused(publish_article, article, by=vera, languages=["ru"]) == {("not-approved", "ru")}


def test_what_was_signed_of_other_words_stays_when_these_are_returned():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    signed = sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Другие слова.")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Нет.", by=anna, at=later(1))

    live = Standing.objects.get(item=article.pk, language="ru").edition
    assert signatures_holding(article.pk, "ru", live.document, live) == [signed]


@pytest.mark.parametrize("is_sent_again", [False, True])
def test_a_safety_correction_that_a_reviewer_returned_goes_out_only_knowingly_and_that_is_recorded(is_sent_again):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    article = mended(article, "https://example.org/one")
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(1))
    article = mended(article, "https://example.org/two")
    if is_sent_again:
        submit("article", article.pk, "ru", by=vera, at=later(2))
    urgent = {"by": vera, "urgent": "Десятикратная доза.", "at": later(3)}

    assert refused(send, article, **urgent) == {("urgent-returned", "ru")}
    assert refused(send, article, **urgent, knowing=["en"]) == {("urgent-returned", "ru")}
    send(article, **urgent, knowing=["ru"])

    assert AuditEntry.objects.get(act="published-returned").detail == "ru"
    assert len(urgent_unreviewed()) == 1


def test_a_safety_correction_with_other_words_than_were_returned_goes_out_as_ever():
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Не больше двух таблеток в сутки.")
    submit("article", article.pk, "ru", by=vera, at=NOON)
    send_back("article", article.pk, "ru", note="Доза неверна.", by=anna, at=later(1))
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")

    send(article, by=vera, urgent="Десятикратная доза.", at=later(3))
    assert not AuditEntry.objects.filter(act="published-returned").exists()


def test_a_safety_correction_goes_out_at_once_and_waits_for_its_review_until_the_live_words_are_signed(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")

    assert refused(send, article, by=vera) == {("not-approved", "ru")}
    live = send(article, by=vera, urgent="Десятикратная доза.", at=later(1))["ru"]

    assert (live.envelope.review.state, live.envelope.change.class_) == ("not_reviewed", "safety")
    assert AuditEntry.objects.latest("pk").act == "published-urgently"
    step = history(article.pk, "ru")[0]
    assert (step.is_urgent, step.note, step.from_state) == (True, "Десятикратная доза.", "draft")
    [task] = urgent_unreviewed()
    assert (task.step, task.standing.edition) == (step, live)

    article = reworded(article, summary_ru="Уже другие слова.")
    sign_text(article, "ru", by=anna, at=later(2))
    assert [one.step for one in urgent_unreviewed()] == [step]
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")
    sign_text(article, "ru", by=anna, at=later(3))
    assert urgent_unreviewed() == []


def test_what_is_no_correction_of_safety_does_not_go_past_the_review(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    assert ("urgent-not-safety", "ru") in refused(send, article, by=vera, urgent="Скорее.")
    sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    assert ("urgent-not-safety", "ru") in refused(send, article, by=vera, urgent="Скорее.", at=later(1))
    article = reworded(article, summary_ru="Другие слова.")
    assert ("urgent-not-safety", "ru") in refused(send, article, by=vera, urgent="Скорее.", change_class="update")
    assert ("urgent-why-missing", "ru") in refused(send, article, by=vera, urgent=" ")


def test_an_urgent_text_that_is_withdrawn_waits_for_nothing():
    article, vera = an_article(), an_editor()
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")
    send(article, by=vera, urgent="Десятикратная доза.", at=later(1))
    assert len(urgent_unreviewed()) == 1

    why = {"ru": "Снято."}
    withdraw("article", article.pk, ["ru"], reason_code="request", reasons=why, by=vera, at=later(2))

    assert urgent_unreviewed() == []
    assert states_of([article])[article.pk, "ru"] == State.RETIRED


def test_what_is_signed_already_is_no_urgent_step_even_when_it_is_asked_for(strict):
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    article = reworded(article, summary_ru="Не больше одной таблетки в сутки.")
    sign_text(article, "ru", by=anna, at=later(1))

    live = send(article, by=vera, urgent="Десятикратная доза.", at=later(2))["ru"]

    assert live.envelope.review.state == "reviewed"
    assert (history(article.pk, "ru")[0].is_urgent, urgent_unreviewed()) == (False, [])
    assert Standing.objects.get(item=article.pk, language="ru").edition == live
