import pytest
from django.db import connection

from articles.content.sources import Source
from tests.factories.desk import a_source


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["мослента", "МОСЛЕНТА", "осЛен", "%", "_", "ё", "\\"])
def test_words_are_found_in_any_case_and_signs_only_as_signs(words: str) -> None:
    source = a_source(publisher="Мослента 100 % a_b c\\d Ёж")
    a_source(title="another", publisher="nothing")
    assert list(Source.objects.filter(publisher__icontains=words)) == [source]


@pytest.mark.django_db
def test_patterns_keep_their_meaning_for_raw_queries() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'abc' LIKE 'a%', 'abc' LIKE 'a_c', 'abc' LIKE 'b%', NULL LIKE 'a'")
        assert [None if value is None else bool(value) for value in cursor.fetchone()] == [True, True, False, None]
