"""A term says which condition it names, a text which conditions it is about: from the desk to the shelf and back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.canonical.problems import Refused
from articles.content.aggregates import AGGREGATES, LoadError, dump
from articles.content.completeness import problems
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry
from articles.editions.shelf import Edition, Standing
from articles.editions.verifying import verify_editions
from articles.editorial.revisions import keep, restore, revisions
from articles.publishing.compose import compose
from articles.publishing.duplicating import duplicate
from articles.publishing.states import TextState, states
from articles.publishing.transfer import dump_content, load_content, read_content
from articles.publishing.uses import linking_texts, uses
from tests.factories.desk import NOON, an_article
from tests.factories.desk_kinds import a_condition, a_question, a_term
from tests.factories.press import publish_item
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db


def about(*terms: Term, text: Article | FaqEntry | None = None) -> Any:
    text = text or an_article()
    text.conditions.set(terms)
    return text


def test_codes_are_saved_in_their_one_form_and_what_is_none_is_refused() -> None:
    term = a_term(icd10=" r25.2; g25.8,R25.2")
    assert Term.objects.get(pk=term.pk).codes == ["R25.2", "G25.8"]
    with pytest.raises(ValidationError) as errors:
        Term(icd10="cramp").full_clean()
    assert [error.code for error in errors.value.error_dict["icd10"]] == ["code-malformed"]
    with pytest.raises(Refused), transaction.atomic():
        a_term(icd10="Р25.2")


def test_a_document_holds_the_codes_of_a_term_and_the_conditions_of_a_text() -> None:
    term = a_condition(icd10="R25.2, G25.8")
    other = a_condition("cramp", icd10="R25.2")

    for language in ("ru", "en"):
        assert compose(term, language).document.codes == ["R25.2", "G25.8"]
        for text in (about(term, other), about(term, other, text=a_question())):
            document = compose(text, language).document
            assert document.conditions == sorted([str(term.pk), str(other.pk)])
            assert document.links() == [("term", id) for id in document.conditions]


def test_nothing_is_there_to_be_translated_in_a_code() -> None:
    term, article = a_condition(), an_article()
    before = [compose(item, "ru").document.parts() for item in (term, article)]
    Term.objects.update(icd10="R25.2")
    term.refresh_from_db()
    about(term, text=article)

    assert [compose(item, "ru").document.parts() for item in (term, article)] == before


def test_a_text_is_about_no_term_without_a_code() -> None:
    term = a_term()
    article = about(a_condition(), term)

    [found] = problems(article, "ru")
    assert (found.code, found.where.column, dict(found.params)) == (
        "condition-without-code", "conditions", {"name": "Крампи"},
    )  # fmt: skip
    term.icd10 = "R25.2"
    term.save()
    assert problems(article, "ru") == problems(article, "en") == []


def test_a_text_that_names_another_condition_has_changed_since(editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    assert states("article", [article])[article.pk, "ru"] == TextState.LIVE
    about(a_condition(), text=article)

    assert states("article", [Article.objects.get()])[article.pk, "ru"] == TextState.CHANGED


def test_a_term_is_used_where_a_text_is_about_its_condition(editor: User) -> None:
    term, article = a_condition(), an_article()
    assert not uses(term).forbid_deletion
    about(term, text=article)
    assert uses(term).drafts == [article]
    publish_item(term, by=editor, at=NOON)
    publish_article(article, by=editor, at=later(1))
    article.conditions.clear()

    assert uses(term).drafts == []
    assert {row.item for row in linking_texts("term", term.pk)} == {article.pk}
    assert list(verify_editions()) == []


def test_a_copy_is_about_the_same(editor: User) -> None:
    article = about(a_condition())

    assert dump(duplicate(article, by=editor, at=NOON))["conditions"] == dump(article)["conditions"] != []


def test_an_earlier_version_brings_back_what_it_was_about(editor: User) -> None:
    term = a_condition()
    article = about(term)
    keep(article, by=editor, at=NOON)
    version = article.version
    article.conditions.clear()

    restore(revisions(article).get(number=version), expected=version, by=editor, at=later(1))

    assert list(Article.objects.get().conditions.all()) == [term]


def test_files_keep_codes_and_conditions_to_the_byte(tmp_path: Path) -> None:
    about(a_condition(), a_condition("cramp", "R25.2, R25.3"))
    written = {path.name: path.read_bytes() for path in dump_content(tmp_path)}
    for model in reversed(AGGREGATES.values()):
        model._default_manager.all().delete()
    load_content(read_content(tmp_path), by=None, at=NOON)

    assert {path.name: path.read_bytes() for path in dump_content(tmp_path / "again")} == written
    assert sum(b"icd10: R25.2, R25.3" in text for text in written.values()) == 1
    assert Article.objects.get().conditions.count() == 2


def test_a_file_with_a_code_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    a_condition()
    [path] = dump_content(tmp_path)
    path.write_text(path.read_text().replace("G25.8", "Ж25.8"))

    with pytest.raises(LoadError) as fault:
        load_content(read_content(tmp_path), by=None, at=NOON)

    assert [problem for problem in fault.value.problems if "icd10" in problem and "Ж25.8" in problem]


def test_a_file_from_before_names_no_condition(tmp_path: Path) -> None:
    an_article()
    [path] = [path for path in dump_content(tmp_path) if path.parent.name == "articles"]
    path.write_text(path.read_text().replace("conditions: []\n", ""))

    load_content(read_content(tmp_path), by=None, at=NOON)

    assert not Article.objects.get().conditions.exists()


def test_an_edition_from_before_keeps_its_bytes_and_its_digest_and_counts_as_unchanged(editor: User) -> None:
    """Such an edition is what one without conditions still is: neither names them at all."""
    article, term = an_article(), a_term()
    publish_article(article, by=editor)
    publish_item(term, by=editor, at=NOON)

    for edition in Edition.objects.all():
        assert "conditions" not in edition.document_json
        assert "codes" not in edition.document_json
    assert {row.edition.document.about_conditions() == [] for row in Standing.objects.all()} == {True}
    assert states("term", [term])[term.pk, "ru"] == TextState.LIVE
    assert list(verify_editions()) == []
