"""What keeps a care box, a table, accounts or a picture from being shown: in a text, and by itself."""

from typing import Any

import pytest

from articles.canonical.languages import Language
from articles.content.blocks import AccountsBlock, CareBoxBlock, EvidenceTableBlock, FigureBlock
from articles.content.completeness import problems
from articles.content.part_completeness import part_problems
from articles.content.texts import Article
from articles.publishing.compose import compose
from tests.factories.desk import NOON, a_quote, an_article, an_expert
from tests.factories.desk_kinds import a_care_box, a_care_service, a_picture, an_evidence_table, some_accounts

pytestmark = pytest.mark.django_db


def codes(article: Article, language: Language) -> list[str]:
    return [problem.code for problem in problems(article, language)]


def placing(model: Any, **placed: Any) -> Article:
    article = an_article()
    model.objects.create(parent=article, ordering=30, **placed)
    return article


# care boxes


def test_a_box_without_a_word_of_one_language_keeps_the_text_from_being_published_in_it() -> None:
    article = placing(CareBoxBlock, care_box=a_care_box(title_en="", triggers_en="", advice_en=""))

    assert (codes(article, "ru"), codes(article, "en")) == ([], ["object-missing"])
    [left_out] = compose(article, "en").document.missing
    assert (left_out.kind, left_out.required) == ("care_box", True)


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"title_en": ""}, "box-untitled"),
        ({"triggers_en": ""}, "box-without-signs"),
        ({"advice_en": "Call {ambulance}."}, "box-placeholder"),
        ({"triggers_en": "dial {emergency}"}, "box-placeholder"),
    ],
)
def test_half_a_box_in_one_language_is_named_in_that_language_alone(lacking: dict[str, str], code: str) -> None:
    article = placing(CareBoxBlock, care_box=a_care_box(**lacking))

    assert (codes(article, "ru"), codes(article, "en")) == ([], [code])


def test_a_box_that_asks_to_call_has_an_emergency_service_and_every_box_a_source() -> None:
    advice = a_care_service("111", purpose="advice")
    article = placing(CareBoxBlock, care_box=a_care_box(services=[advice], sources=[]))

    assert codes(article, "ru") == ["box-without-number", "box-sourceless"]


def test_a_service_without_a_name_in_one_language_is_named() -> None:
    article = placing(CareBoxBlock, care_box=a_care_box(services=[a_care_service(name_en="")]))

    assert (codes(article, "ru"), codes(article, "en")) == ([], ["service-nameless"])


# evidence tables


def test_a_table_lacks_nothing_until_an_option_has_no_words_of_one_language_or_no_source() -> None:
    table = an_evidence_table()
    article = placing(EvidenceTableBlock, evidence_table=table)
    assert (codes(article, "ru"), codes(article, "en")) == ([], [])

    row = table.rows.first()
    row.option_en = ""
    row.save()
    row.sources.clear()

    assert (codes(article, "ru"), codes(article, "en")) == (["option-sourceless"], ["option-missing"])


# accounts side by side


def differing(*quotes: Any) -> list[str]:
    return codes(placing(AccountsBlock, accounts=some_accounts(*quotes, experts_differ=True)), "ru")


def test_experts_differ_under_their_own_names_quoted_or_reported() -> None:
    assert differing(a_quote(attribution="quoted"), a_quote(attribution="reported")) == []


@pytest.mark.parametrize(
    "other", [{"attribution": "continues"}, {"attribution": "caption"}, {"attribution": "unnamed", "expert": None}]
)
def test_experts_do_not_differ_from_words_that_the_source_puts_under_no_name(other: dict[str, Any]) -> None:
    assert differing(a_quote(), a_quote(**other)) == ["differ-not-by-name"]


def test_nobody_differs_from_themselves() -> None:
    speaker = an_expert()

    assert differing(a_quote(expert=speaker), a_quote(expert=speaker)) == ["differ-not-by-name"]


def test_disputed_stands_beside_no_named_person_in_accounts_either() -> None:
    article = placing(AccountsBlock, accounts=some_accounts(a_quote(verdict="disputed"), a_quote()))

    assert (codes(article, "ru"), codes(article, "en")) == (["disputed-by-name"], ["disputed-by-name"])


def test_accounts_have_two_quotes_and_a_note_in_the_language() -> None:
    accounts = some_accounts(a_quote(text_en=""), a_quote(), note_en="")
    article = placing(AccountsBlock, accounts=accounts)

    assert (codes(article, "ru"), codes(article, "en")) == ([], ["accounts-noteless", "accounts-too-few"])


def test_a_withdrawn_quote_has_to_leave_the_accounts() -> None:
    gone = a_quote(withdrawn_at=NOON)
    article = placing(AccountsBlock, accounts=some_accounts(gone, a_quote(), a_quote()))

    assert codes(article, "ru") == ["quote-withdrawn"]
    [block] = compose(article, "ru").document.blocks[2:]
    assert len(block.accounts.entries) == 2  # type: ignore[union-attr]


# pictures


def test_a_picture_that_nobody_described_in_one_language_is_left_out_there_and_said_to_be_missing() -> None:
    article = placing(FigureBlock, picture=a_picture(alt_en=""))

    assert (codes(article, "ru"), codes(article, "en")) == ([], [])
    assert [(one.kind, one.required) for one in compose(article, "en").document.missing] == [("figure", False)]


def test_an_essential_picture_that_nobody_described_keeps_the_text_from_being_published() -> None:
    article = placing(FigureBlock, picture=a_picture(alt_en=""), essential=True)

    assert (codes(article, "ru"), codes(article, "en")) == ([], ["object-missing"])


def test_a_picture_does_not_lose_its_words_in_texts_that_are_live() -> None:
    picture = a_picture(alt_en="")

    assert part_problems(picture, "ru") == []
    assert [problem.code for problem in part_problems(picture, "en")] == ["picture-without-alt"]
