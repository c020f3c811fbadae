import pytest

from articles.canonical.identifiers import is_kind, is_language_tag, is_uuid, language_tag
from tests.articles.canonical.strategies import SOURCE


def test_a_uuid_has_one_form():
    assert is_uuid(SOURCE)


@pytest.mark.parametrize(
    "value", [SOURCE.upper(), SOURCE.replace("-", ""), f"{SOURCE}\n", f"{{{SOURCE}}}", "", None, 5]
)
def test_another_way_to_write_a_uuid_is_refused(value):
    assert not is_uuid(value)


@pytest.mark.parametrize("value", ["Article", "article/1", "", "статья", "a" * 33, None])
def test_a_kind_is_a_plain_word(value):
    assert is_kind("article")
    assert not is_kind(value)


@pytest.mark.parametrize(
    ("raw", "tag"),
    [("la", "la"), ("EN-gb", "en-GB"), ("sr-latn", "sr-Latn"), ("es-419", "es-419"), (" de-CH-1996 ", "de-CH-1996")],
)
def test_a_language_tag_has_its_usual_case(raw, tag):
    assert language_tag(raw) == tag
    assert is_language_tag(tag)


@pytest.mark.parametrize("raw", ["", "latin", "e", "en_GB", "ру", "en-", "x-private", "en-GB-"])
def test_what_is_not_a_language_tag_is_none(raw):
    assert language_tag(raw) is None
    assert not is_language_tag(raw)
