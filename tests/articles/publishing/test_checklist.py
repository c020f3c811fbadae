"""The checklist: what blocks, what needs a reason, what a person answers, and for how long what was said holds."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.content.blocks import CareBoxBlock, HeadingBlock, TextBlock
from articles.content.care import CareBox
from articles.content.experts import Expert
from articles.editorial.checklists import AnswerValue, answer, waive
from articles.publishing.checklist import Entry, blocking, checklist, unanswered
from articles.publishing.preflight import preflight
from articles.publishing.problems import RefusedError
from articles.publishing.reviewing import review
from tests.factories.desk import DISCLOSED, NOON, a_quote, a_source, a_text, an_article, an_editor, an_expert, place
from tests.factories.desk_kinds import a_care_box, a_page, a_term
from tests.factories.press import publish_item
from tests.factories.reviews import NAMES, NEXT, a_reviewer

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def asked(settings: Any) -> None:
    settings.CHECKLIST_KINDS = ["article", "faq"]


def codes(item: Any, language: Any = "en", *, level: str = "", on: date = TODAY) -> list[str]:
    return [one.code for one in checklist(item, language, on=on) if one.level != "task" and level in ("", one.level)]


def settle(item: Any, by: Any) -> None:
    for language in ("ru", "en"):
        for entry in checklist(item, language, on=TODAY):  # type: ignore[arg-type]
            said = (item.kind, item.pk, entry.language, entry.code, entry.digest)
            if entry.level == "task":
                answer(*said, AnswerValue.YES, by=by, at=NOON)
            elif entry.takes_reason:
                waive(*said, reason="Проверено по источнику.", by=by, at=NOON)


def test_a_sound_text_is_asked_about_and_nothing_else() -> None:
    entries = checklist(an_article(), "ru", on=TODAY)

    assert {entry.level for entry in entries} == {"task"}
    assert blocking(entries) == []
    assert len(unanswered(entries, "article")) == len(entries) > 0
    assert unanswered(entries, "page") == []


def test_advice_without_a_source_is_blocked_and_a_page_about_the_site_is_not() -> None:
    article = an_article()
    TextBlock.objects.all().delete()

    assert codes(article) == ["citation-missing"]
    assert codes(a_page()) == []


def test_a_box_is_headed_by_an_action_and_if_and_in_an_emergency_by_whom_to_call() -> None:
    article = an_article()
    box = a_care_box(title_ru="Опасные признаки", title_en="Call now if")
    CareBoxBlock.objects.create(parent=article, ordering=30, care_box=box)

    assert codes(article, "ru") == ["box-heading", "box-heading-lacks"]
    assert codes(article, "en") == ["box-heading-lacks"]

    CareBox.objects.update(title_ru="Звоните {emergency}, если вы беременны и")
    (entry,) = [one for one in checklist(article, "ru", on=TODAY) if one.code == "box-heading"]
    with translation.override("ru"):
        assert "заканчиваться словом «если»" in entry.problem.sentence


def test_who_takes_part_has_declared_interests_within_twelve_months() -> None:
    article = an_article()
    person = an_expert(part=Expert.Part.PARTICIPATES)
    place(article, a_quote(expert=person))

    assert codes(article) == ["disclosure-missing"]
    Expert.objects.filter(pk=person.pk).update(**DISCLOSED)
    assert codes(article) == []
    assert codes(article, on=date(2027, 11, 1)) == []
    assert codes(article, on=date(2027, 11, 2)) == ["disclosure-old"]
    assert codes(article, on=date(2026, 10, 31)) == ["disclosure-missing"]


def test_whoever_is_quoted_from_elsewhere_is_quoted_from_a_dated_publication() -> None:
    article = an_article()
    place(article, a_quote(source=a_source(title="Без издания", container="", publisher="", issued="")))

    assert codes(article) == ["publication-unnamed", "publication-undated"]


def test_only_the_translation_answers_for_figures_that_differ() -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Не больше 10 мг.", en="No more than 100 mg.")

    assert codes(article, "ru") == []
    (found,) = [one for one in checklist(article, "en", on=TODAY) if one.level == "block"]
    assert found.takes_reason
    assert found.where.column == "text_en"
    assert dict(found.problem.params) == {"lacks": "10 mg", "adds": "100 mg"}


def test_a_warning_shows_its_words_and_a_reason_stands_while_the_sentence_is_the_same() -> None:
    editor, article = an_editor(), an_article()
    block = a_text(article, ordering=30, ru="Растяжка всегда помогает.", en="Stretching helps.")

    (found,) = [one for one in checklist(article, "ru", on=TODAY) if one.level == "warn"]
    assert (found.before, found.marked, found.after) == ("Растяжка ", "всегда", " помогает.")
    assert (found.start, found.end, found.where.id) == (9, 15, str(block.pk))
    waive("article", article.pk, "ru", found.code, found.digest, reason="Так в обзоре.", by=editor, at=NOON)
    a_text(article, ordering=40, ru="Ещё абзац.", en="Another paragraph.")
    (again,) = [one for one in checklist(article, "ru", on=TODAY) if one.level == "warn"]
    assert not again.is_open
    block.text_ru = "<p>Растяжка всегда и всем помогает.</p>"
    block.save()
    (changed,) = [one for one in checklist(article, "ru", on=TODAY) if one.level == "warn"]
    assert changed.is_open


def test_evidence_beside_a_statement_bears_out_a_sure_word() -> None:
    article = an_article()
    sure = {"text_ru": "Всегда проходит.", "text_en": "It always passes."}
    place(article, a_quote(**sure))
    assert codes(article, level="warn") == []
    place(article, a_quote(verdict="supported_in_part", **sure), ordering=40)
    assert codes(article, level="warn") == ["certainty"]


def test_forms_that_a_term_asks_to_avoid_are_found_with_the_term_for_them() -> None:
    a_term(forms_to_avoid_en="charley horse – slang", forms_to_avoid_ru="")
    article = an_article()
    a_text(article, ordering=30, ru="Судорога.", en="A charley horse.")

    (found,) = [one for one in checklist(article, "en", on=TODAY) if one.code == "form-avoided"]
    assert (found.marked, dict(found.problem.params)) == ("charley horse", {"better": "Cramp", "reason": " (slang)"})


def test_an_answer_is_void_when_a_word_changes_and_stays_when_a_source_does() -> None:
    editor, article = an_editor(), an_article()
    settle(article, editor)
    assert all(not one.is_open for one in checklist(article, "ru", on=TODAY))

    TextBlock.objects.update(text_ru=TextBlock.objects.get().text_ru.replace('locator=""', 'locator="p. 2"'))
    assert all(not one.is_open for one in checklist(article, "ru", on=TODAY))
    HeadingBlock.objects.update(text_ru="Что это такое")
    assert all(one.is_open for one in checklist(article, "ru", on=TODAY))
    assert all(not one.is_open for one in checklist(article, "en", on=TODAY))


def test_a_no_is_kept_and_holds_the_text_back_until_somebody_says_otherwise() -> None:
    editor, article = an_editor(), an_article()
    first: Entry = checklist(article, "ru", on=TODAY)[0]
    said = ("article", article.pk, "ru", first.code, first.digest)

    answer(*said, AnswerValue.NO, note="Нет признака.", by=editor, at=NOON)
    assert checklist(article, "ru", on=TODAY)[0].is_open
    answer(*said, AnswerValue.NOT_APPLICABLE, note="Здесь не о том.", by=editor, at=NOON)
    assert not checklist(article, "ru", on=TODAY)[0].is_open


def test_a_text_goes_out_when_everything_is_answered_and_is_refused_before() -> None:
    editor, article = an_editor(), an_article()
    a_text(article, ordering=30, ru="Растяжка всегда помогает.", en="Stretching always helps.")

    with pytest.raises(RefusedError) as refused:
        publish_item(article, by=editor)
    assert {"certainty", "task-emergency-signs"} <= {problem.code for problem in refused.value.problems}
    settle(article, editor)
    assert len(publish_item(article, by=editor)) == 2


def test_in_danger_only_what_is_wrong_for_certain_holds_a_text_back() -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Всегда помогает 10 мг.", en="10 g always helps.")

    proofs = preflight("article", article, ("ru", "en"), at=NOON, asking=False)

    assert [problem.code for problem in proofs["ru"].problems] == []
    assert [problem.code for problem in proofs["en"].problems] == ["numbers-differ"]


def test_what_readers_have_already_is_not_asked_about_again() -> None:
    editor, article = an_editor(), an_article()
    settle(article, editor)
    publish_item(article, by=editor)
    a_term(forms_to_avoid_ru="судорога коротка – так не пишем")

    assert codes(article, "ru", level="warn") == ["form-avoided"]
    assert preflight("article", article, ("ru",), at=NOON)["ru"].problems == []


def test_nobody_signs_what_is_wrong_for_certain() -> None:
    article = an_article()
    a_text(article, ordering=30, ru="10 мг.", en="10 g.")
    digest = preflight("article", article, ("en",))["en"].composition.content_digest

    with pytest.raises(RefusedError) as refused:
        review("article", article.pk, "en", digest, name=NAMES, next_on=NEXT, by=a_reviewer(), at=NOON)
    assert [problem.code for problem in refused.value.problems] == ["numbers-differ"]


def test_a_checklist_costs_as_many_queries_for_many_blocks_as_for_few() -> None:
    article = an_article()
    place(article, a_quote())
    few = _queries(article)
    for number in range(20):
        a_text(article, ordering=40 + number, ru="Абзац.", en="Paragraph.")
        place(article, a_quote(), ordering=70 + number)

    assert _queries(article) == few


def _queries(article: Any) -> int:
    with CaptureQueriesContext(connection) as ran:
        checklist(article, "en", on=TODAY)
    return len(ran)
