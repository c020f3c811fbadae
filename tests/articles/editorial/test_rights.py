"""Rights per language, and who wrote what."""

import pytest
from django.db import transaction

from articles.content.texts import Article
from articles.editorial.revisions import Revision, authors, claim_version, keep, restore, revisions
from articles.editorial.rights import hold_to, languages_of, may_compose, may_write
from articles.editorial.roles import NotAllowedError
from articles.publishing.duplicating import duplicate
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.people import somebody

pytestmark = pytest.mark.django_db


def saved(article: Article, *, by, **words):
    """Save an article with other words, as a form does; return it."""
    with transaction.atomic():
        article = Article.objects.get(pk=article.pk)
        article.version = claim_version(article, article.version)
        for name, value in words.items():
            setattr(article, name, value)
        article.save()
        keep(article, by=by, at=NOON)
    return article


def test_whoever_has_no_row_writes_in_both_and_a_row_narrows_to_one():
    vera = an_editor()
    assert languages_of(vera) == {"ru", "en"}

    hold_to(vera, "en")
    assert (languages_of(vera), may_write(vera, "ru"), may_write(vera, "en")) == ({"en"}, False, True)
    hold_to(vera, "ru")
    assert languages_of(vera) == {"ru"}
    hold_to(vera, "")
    assert languages_of(vera) == {"ru", "en"}


@pytest.mark.parametrize(
    ("role", "writes", "composes"),
    [
        ("author", True, True), ("translator", True, False), ("publisher", False, False), ("editor", True, True),
        ("medical_reviewer", False, False), ("administrator", True, True),
    ],
)  # fmt: skip
def test_the_role_says_who_writes_and_who_decides_what_is_there(role, writes, composes):
    user = somebody(role)
    assert (may_write(user, "ru"), may_compose(user)) == (writes, composes)
    user.is_active = False
    assert (may_write(user, "ru"), may_compose(user)) == (False, False)


def test_no_way_of_saving_keeps_words_in_a_language_in_which_somebody_does_not_write():
    article, vera, ivan = an_article(), an_editor(), an_editor("ivan")
    keep(article, by=vera, at=NOON)
    hold_to(ivan, "en")

    with pytest.raises(NotAllowedError):
        saved(article, by=ivan, title_ru="Чужие слова")
    saved(Article.objects.get(pk=article.pk), by=ivan, title_en="My words")


def test_a_version_with_other_words_of_the_other_language_is_not_restored():
    article, vera, ivan = an_article(), an_editor(), an_editor("ivan")
    keep(article, by=vera, at=NOON)
    hold_to(ivan, "en")
    article = saved(article, by=vera, title_ru="Новый заголовок")
    first = revisions(article).last()

    with pytest.raises(NotAllowedError):
        restore(first, expected=article.version, by=ivan, at=NOON)

    assert Article.objects.get(pk=article.pk).title_ru == "Новый заголовок"


def test_a_translator_restores_no_other_structure():
    article, vera, tanya = an_article(), an_editor(), somebody("translator")
    keep(article, by=vera, at=NOON)
    article = saved(article, by=vera, original_language="en")

    with pytest.raises(NotAllowedError):
        restore(revisions(article).last(), expected=article.version, by=tanya, at=NOON)


def test_who_wrote_a_language_is_known_for_each_by_itself_and_a_copy_remembers_them():
    article, vera, tanya, copyist = an_article(), an_editor(), an_editor("tanya"), an_editor("copyist")
    keep(article, by=vera, at=NOON)
    article = saved(article, by=tanya, title_en="Other words")
    assert (authors([article.pk], "ru"), authors([article.pk], "en")) == ({vera.pk}, {vera.pk, tanya.pk})

    copy = duplicate(article, by=copyist, at=NOON)
    assert authors([copy.pk], "en") == {vera.pk, tanya.pk, copyist.pk}


def test_of_versions_from_before_it_was_kept_everybody_counts_for_both_languages():
    assert Revision._meta.get_field("reworded_in").default == "ru en"
