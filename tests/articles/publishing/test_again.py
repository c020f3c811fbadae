"""An old edition goes out again as a new one: past the draft, never past what was withdrawn, erased or corrected."""

from typing import Any

import pytest

from articles.content.blocks import CareBoxBlock, RelatedBlock, StepsBlock, TableBlock, TextBlock
from articles.content.care import CareService
from articles.content.experts import Expert
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.checklists import AnswerValue, answer, waive
from articles.editorial.roles import NotAllowedError
from articles.publishing.again import proof_of, publish_again
from articles.publishing.checklist import checklist
from articles.publishing.checklist_words import TASKS
from articles.publishing.compose import compose
from articles.publishing.edition_checklist import edition_checklist
from articles.publishing.problems import RefusedError
from articles.publishing.publish import Decision, Terms
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, a_source, an_article, an_editor, place
from tests.factories.desk_kinds import a_care_box, a_care_service, a_term
from tests.factories.erasure import erase
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import DECISION, journal, later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
AGAIN = Terms("update", "Возвращаем прежние слова.")


@pytest.fixture
def vera() -> Any:
    return an_editor()


def reword(article: Article, vera: Any, words: str, minutes: int, change_class: Any = "update") -> Edition:
    Article.objects.filter(pk=article.pk).update(summary_ru=words)
    return publish_article(article, by=vera, languages=["ru"], change_class=change_class, at=later(minutes))["ru"]


def again(article: Article, vera: Any, number: int = 1, minutes: int = 10, terms: Terms = AGAIN) -> Edition:
    return publish_again("article", article.pk, "ru", number, terms, decision=DECISION, by=vera, at=later(minutes))


def refused(article: Article, vera: Any, **given: Any) -> list[str]:
    before = Edition.objects.count()
    with pytest.raises(RefusedError) as refusal:
        again(article, vera, **given)
    assert Edition.objects.count() == before
    return [problem.code for problem in refusal.value.problems]


def test_the_words_come_back_as_a_new_edition_and_the_draft_stays(vera: Any) -> None:
    article = an_article()
    first = publish_article(article, by=vera)["ru"]
    reword(article, vera, "Иначе.", 1)
    Article.objects.update(summary_ru="Ещё не дописано")

    edition = again(article, vera)

    assert (edition.number, edition.document_json) == (3, first.document_json)
    assert (edition.envelope.change.class_, edition.envelope.change.note) == ("update", AGAIN.note)
    assert Standing.objects.get(item=article.pk, language="ru").edition_id == edition.pk
    assert Article.objects.get().summary_ru == "Ещё не дописано"
    assert journal()[-2][1:] == ("published", "ru")
    assert list(verify_editions()) == []


def test_a_class_and_a_note_for_readers_are_asked_for_and_what_is_live_is_not_published_again(vera: Any) -> None:
    article = an_article()
    publish_article(article, by=vera)
    assert refused(article, vera) == ["is-live"]
    reword(article, vera, "Иначе.", 1)
    assert refused(article, vera, terms=Terms()) == ["class-missing", "note-missing"]
    assert refused(article, vera, terms=Terms("update", "Так.", seen="0" * 64)) == ["changed-meanwhile"]
    assert refused(article, vera, number=9) == ["no-language"]
    with pytest.raises(NotAllowedError):
        again(article, a_reviewer())


def test_a_signature_on_these_words_holds_again_unless_they_were_corrected_since(vera: Any) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer())
    publish_article(article, by=vera, languages=["ru"])
    reword(article, vera, "Иначе.", 1)
    assert again(article, vera).envelope.review.state == "reviewed"

    reword(article, vera, "Исправлено: не больше двух.", 20, "safety")
    edition = again(article, vera, minutes=30)
    assert edition.envelope.review.state == "not_reviewed"


def test_where_a_review_is_needed_corrected_words_do_not_come_back_without_one(vera: Any, settings: Any) -> None:
    article = an_article()
    sign_text(article, "ru", by=a_reviewer())
    publish_article(article, by=vera, languages=["ru"])
    reword(article, vera, "Исправлено.", 1, "correction")
    settings.UNREVIEWED_KINDS = frozenset()

    # Somebody has signed them, and that does not count any more.
    assert refused(article, vera) == ["self-approved"]


def test_old_words_bring_back_no_old_number_to_call(vera: Any) -> None:
    article = an_article()
    CareBoxBlock.objects.create(parent=article, care_box=a_care_box(services=[a_care_service("103")]), ordering=30)
    publish_article(article, by=vera, languages=["ru"])
    CareService.objects.update(number="112")
    reword(article, vera, "Иначе.", 1)

    edition = again(article, vera)

    assert '"112"' in edition.document_json
    assert '"103"' not in edition.document_json
    assert edition.document.summary == Edition.objects.get(language="ru", number=1).document.summary


def test_what_was_withdrawn_since_does_not_come_back(vera: Any) -> None:
    article, quote = an_article(), a_quote()
    place(article, quote)
    publish_article(article, by=vera, languages=["ru"])
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    assert refused(article, vera) == ["part-withdrawn"]


def test_what_was_erased_does_not_come_back(vera: Any, administrator: Any) -> None:
    article, quote = an_article(), a_quote()
    block = place(article, quote)
    publish_article(article, by=vera, languages=["ru"])
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))
    block.delete()
    erase(quote, "quote", vera, administrator)

    assert refused(article, vera, minutes=30) == ["is-erased"]


def test_a_withdrawn_text_comes_back_with_its_old_words(vera: Any) -> None:
    article = an_article()
    publish_article(article, by=vera, languages=["ru"])
    reword(article, vera, "Иначе.", 1)
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(2))

    edition = again(article, vera)

    assert (edition.number, Standing.objects.get(item=article.pk).state) == (3, "live")


def test_a_translation_that_goes_back_is_behind_again(vera: Any) -> None:
    article = an_article()
    publish_article(article, by=vera)
    block = TextBlock.objects.get()
    TextBlock.objects.update(
        text_ru=block.text_ru.replace("коротка", "длинна"), text_en=block.text_en.replace("short", "long")
    )
    publish_article(article, by=vera, at=later(1))
    assert Standing.objects.get(item=article.pk, language="en").translation["state"] == "in_step"

    publish_again("article", article.pk, "en", 1, Terms("update", "Back."), decision=DECISION, by=vera, at=later(5))

    found = Standing.objects.get(item=article.pk, language="en").translation
    assert (found["state"], [one["id"] for one in found["parts"]]) == ("behind", [str(block.pk)])


def test_a_reason_is_asked_for_where_nobody_signed(vera: Any) -> None:
    article = an_article()
    publish_article(article, by=vera, languages=["ru"])
    reword(article, vera, "Иначе.", 1)
    Expert.objects.all().delete()
    with pytest.raises(RefusedError) as refusal:
        publish_again("article", article.pk, "ru", 1, AGAIN, decision=Decision({}), by=vera, at=later(2))
    assert [problem.code for problem in refusal.value.problems] == ["reason-missing"]


def test_an_edition_is_looked_through_like_the_draft_that_it_came_from(settings: Any) -> None:
    settings.CHECKLIST_KINDS = ["article", "faq"]
    article = an_article(summary_ru="Это всегда безопасно.", summary_en="Never take 3 of them.")
    box = a_care_box(title_ru="Опасные признаки", title_en="Call now if")
    for ordering, (model, fields) in enumerate([
        (CareBoxBlock, {"care_box": box}),
        (TableBlock, {"cells_ru": "Средство | Доза\nТаблетка | 5 мг", "cells_en": "Remedy | Dose\nTablet | 6 mg"}),
        (StepsBlock, {"title_ru": "Шаги", "text_ru": "<ol><li>Риск ниже на 50 %.</li></ol>", "essential": True}),
        (RelatedBlock, {"title_ru": "Ещё", "title_en": "More"}),
    ], start=3):  # fmt: skip
        model.objects.create(parent=article, ordering=ordering * 10, **fields)
    place(article, a_quote(source=a_source(title="Без издания", container="", publisher="", issued="")), ordering=90)
    texts = {language: compose(article, language) for language in ("ru", "en")}  # type: ignore[arg-type]

    for language, other in (("ru", "en"), ("en", "ru")):
        of_draft = checklist(article, language, on=NOON.date(), complete=[])  # type: ignore[arg-type]
        of_edition = edition_checklist(
            article, language, texts[language].document, texts[other].document, on=NOON.date(), complete=[]  # type: ignore[arg-type]
        )  # fmt: skip
        assert [(one.code, one.where) for one in of_edition] == [(one.code, one.where) for one in of_draft]
        # Reasons are kept by digest, so those that were given at the desk for these words hold.
        found = [[one.digest for one in entries if one.level != "task"] for entries in (of_edition, of_draft)]
        assert found[0] == found[1]
        assert {"box-heading-lacks", "publication-undated"} <= {one.code for one in of_edition}


def test_old_words_go_out_again_only_past_the_checklist_of_today(vera: Any, settings: Any) -> None:
    article = an_article()
    publish_article(article, by=vera)
    TextBlock.objects.all().delete()
    TextBlock.objects.create(parent=article, ordering=20, text_ru="<p>Иначе.</p>", text_en="<p>Otherwise.</p>")
    publish_article(article, by=vera, languages=["ru"], at=later(1), change_class="update")
    settings.CHECKLIST_KINDS = ["article"]
    old = Edition.objects.get(language="ru", number=1)

    assert set(refused(article, vera)) == {f"task-{code}" for code in TASKS["article"]}
    for entry in proof_of(old, article, on=NOON.date()).checklist:
        answer("article", article.pk, "ru", entry.code, entry.digest, AnswerValue.YES, by=vera, at=later(2))
    a_term(title_ru="Спазм", forms_to_avoid_ru="судорог")
    assert refused(article, vera) == ["form-avoided"] * len(proof_of(old, article, on=NOON.date()).problems)

    # The draft may say what it likes: nothing of it goes out.
    [*found] = [one for one in proof_of(old, article, on=NOON.date()).checklist if one.level == "warn"]
    for entry in found:
        waive("article", article.pk, "ru", entry.code, entry.digest, reason="Так говорят.", by=vera, at=later(2))
    assert again(article, vera).number == 3


def test_what_a_program_knows_holds_old_words_back_whatever_the_site_asks(vera: Any) -> None:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=vera, languages=["ru"])
    reword(article, vera, "Иначе.", 1)
    Source.objects.update(issued="")

    assert "publication-undated" in refused(article, vera)
