"""What an article lacks before it may be published: all at once, each with its place."""

import pytest

from articles.content.blocks import BLOCKS
from articles.content.completeness import problems
from articles.content.problems import Where
from tests.factories.desk import NOON, a_quote, a_source, a_text, an_article, an_expert, place
from tests.factories.desk_kinds import a_term
from triage.protocols.tables import Protocol

pytestmark = pytest.mark.django_db


def codes(article, language="ru"):
    return [problem.code for problem in problems(article, language)]


def test_a_complete_article_lacks_nothing_in_either_language():
    article = an_article()
    place(article, a_quote())

    assert (problems(article, "ru"), problems(article, "en")) == ([], [])


def test_an_empty_article_lacks_everything():
    article = an_article(title_ru="", slug_ru="", summary_ru="")
    article.headingblock_set.all().delete()
    article.textblock_set.all().delete()

    assert codes(article) == ["title-missing", "slug-missing", "summary-missing", "no-blocks"]


def test_a_problem_names_the_field_that_mends_it():
    article = an_article(title_en="")

    assert [problem.where for problem in problems(article, "en")] == [Where("article", str(article.pk), "title", "en")]
    assert problems(article, "en")[0].where.column == "title_en"


def test_an_untranslated_block_is_no_problem_unless_it_is_essential():
    article = an_article()
    a_text(article, ordering=30, ru="Только по-русски.")
    assert codes(article, "en") == []

    a_text(article, ordering=40, ru="Звоните 103.", essential=True)
    assert codes(article, "en") == ["block-missing"]


def test_a_block_that_is_empty_in_both_languages_is_a_problem_in_both():
    article = an_article()
    a_text(article, ordering=30, ru="")

    assert (codes(article, "ru"), codes(article, "en")) == (["block-empty"], ["block-empty"])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"expert": None}, ["speaker-missing"]),
        ({"expert": None, "attribution": "unnamed", "verdict": "disputed"}, []),
        ({"verdict": "disputed"}, ["disputed-by-name"]),
        ({"verdict_note_ru": ""}, ["verdict-unfounded"]),
        ({"verdict_sources": []}, ["verdict-sourceless"]),
        ({"verdict": "no_good_evidence", "verdict_sources": []}, []),
        ({"verdict": "not_assessed", "verdict_note_ru": "", "verdict_sources": []}, []),
        ({"withdrawn_at": NOON}, ["quote-withdrawn"]),
    ],
)
def test_a_quote_needs_its_context(fields, expected):
    article = an_article()
    place(article, a_quote(**fields))

    assert codes(article) == expected


def test_a_speaker_without_a_name_in_the_language_is_a_problem_of_that_language():
    article = an_article()
    place(article, a_quote(expert=an_expert(name_en="")))

    assert (codes(article, "ru"), codes(article, "en")) == ([], ["speaker-nameless"])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"withdrawn_at": NOON}, ["source-withdrawn"]),
        ({"title": "", "publisher": ""}, ["source-unnamed"]),
        ({"title": "", "publisher": "NEWS", "issued": "2026-01-27"}, []),
    ],
)
def test_a_cited_source_must_be_usable(fields, expected):
    article = an_article()
    source = a_source(**fields)
    a_text(article, ordering=30, ru=f'Так.<cite data-source="{source.pk}" data-locator=""></cite>')

    assert codes(article) == expected


def test_a_citation_of_a_deleted_source_is_named():
    article = an_article()
    a_text(
        article, ordering=30, ru='Так.<cite data-source="00000000-0000-4000-8000-000000000000" data-locator=""></cite>'
    )

    assert codes(article) == ["source-unknown"]


def test_a_link_to_a_deleted_article_is_named():
    article = an_article()
    gone = "00000000-0000-4000-8000-000000000000"
    a_text(article, ordering=30, ru=f'<a data-kind="article" data-item="{gone}">туда</a>')

    assert codes(article) == ["item-unknown"]


def test_a_text_may_lead_to_whatever_has_an_address_kinds_of_other_apps_too():
    article = an_article()
    protocol = Protocol.objects.create(title_ru="Судорога: нужен ли врач")
    a_text(article, ordering=30, ru=f'<a data-kind="protocol" data-item="{protocol.pk}">когда нужен врач</a>')
    assert codes(article) == []

    protocol.delete()

    assert codes(article) == ["item-unknown"]


def test_a_text_may_not_lead_to_what_has_none():
    article, source = an_article(), a_source()
    a_text(article, ordering=30, ru=f'<a data-kind="source" data-item="{source.pk}">туда</a>')

    assert codes(article) == ["item-unknown"]


def test_a_mark_of_a_deleted_term_is_named_and_one_of_a_term_that_is_there_is_not():
    article, term = an_article(), a_term()
    a_text(article, ordering=30, ru=f'Это <span data-term="{term.pk}">крампи</span>.')
    assert codes(article) == []

    term.delete()

    assert codes(article) == ["item-unknown"]


def test_many_links_cost_one_query(django_assert_max_num_queries):
    article, other = an_article(), an_article("other")
    for number in range(6):
        a_text(article, ordering=30 + number, ru=f'<a data-kind="article" data-item="{other.pk}">туда</a>')

    # One more learns what the text is about.
    with django_assert_max_num_queries(len(BLOCKS) + 3):
        assert problems(article, "ru") == []
