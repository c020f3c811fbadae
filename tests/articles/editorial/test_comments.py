"""What colleagues say to each other about parts of drafts."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User

from articles.canonical.problems import Refused
from articles.content.blocks import TextBlock
from articles.content.texts import Article
from articles.editorial.comments import (
    HEAD,
    LONGEST,
    Comment,
    NoSuchPartError,
    NotSayableError,
    comment,
    comments,
    may_comment,
    may_resolve,
    open_comments,
    reopen,
    resolve,
)
from articles.editorial.roles import NotAllowedError
from tests.factories.desk import NOON, a_source, an_article, an_editor

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def vera() -> User:
    return an_editor()


@pytest.fixture
def reviewer() -> User:
    user = User.objects.create_user("ilya", is_staff=True)
    user.groups.add(Group.objects.get(name="medical_reviewer"))
    return user


def said(article: Article, by: User, text: str = "Нужен источник.", part: str = HEAD) -> Comment:
    return comment("article", article.pk, part, text, by=by, at=NOON)


def test_a_comment_says_who_wrote_what_and_when_about_which_part(vera: User) -> None:
    article = an_article()
    block = TextBlock.objects.get(parent=article)
    written = said(article, vera, "  Нужен\u00a0источник. \n\n\n И год. ", str(block.pk))

    (found,) = comments(article.pk)
    assert found == written
    assert (found.part, found.text) == (str(block.pk), "Нужен источник.\n\nИ год.")
    assert (found.written_by, found.written_at, found.is_open) == (vera, NOON, True)


def test_whoever_may_see_may_comment_and_whoever_may_change_may_resolve(vera: User, reviewer: User) -> None:
    nobody = User.objects.create_user("nobody", is_staff=True)
    article = an_article()
    written = said(article, reviewer)

    assert [may_comment(user, "article") for user in (vera, reviewer, nobody)] == [True, True, False]
    assert [may_resolve(user, "article") for user in (vera, reviewer, nobody)] == [True, False, False]
    with pytest.raises(NotAllowedError):
        said(article, nobody)
    with pytest.raises(NotAllowedError):
        resolve(written, by=reviewer, at=LATER)
    with pytest.raises(NotAllowedError):
        reopen(written, by=reviewer)
    assert [one.is_open for one in comments(article.pk)] == [True]


def test_an_account_that_is_switched_off_says_nothing(vera: User) -> None:
    vera.is_active = False
    with pytest.raises(NotAllowedError):
        said(an_article(), vera)


def test_a_closed_comment_keeps_the_name_of_whoever_closed_it_first_and_can_be_opened(vera: User) -> None:
    written = said(an_article(), vera)
    other = an_editor("olga")
    stale = Comment.objects.get()

    resolve(written, by=other, at=LATER)
    resolve(stale, by=vera, at=LATER + timedelta(hours=1))
    assert (stale.resolved_by, stale.resolved_at) == (other, LATER)

    reopen(written, by=vera)
    assert (written.is_open, written.resolved_by) == (True, None)


def test_a_comment_stays_with_a_block_that_is_moved_and_is_known_when_it_is_deleted(vera: User) -> None:
    article = an_article()
    block = TextBlock.objects.get(parent=article)
    part = str(block.pk)
    said(article, vera, part=part)
    TextBlock.objects.filter(pk=block.pk).update(ordering=5)
    block.delete()

    said(article, vera, "Куда он делся?", part)
    assert [one.part for one in comments(article.pk)] == [part, part]


@pytest.mark.parametrize("part", ["", "tail", "0", str(uuid4())])
def test_a_part_that_was_never_there_is_refused(vera: User, part: str) -> None:
    with pytest.raises(NoSuchPartError):
        said(an_article(), vera, part=part)


def test_a_block_of_another_text_and_an_object_that_is_gone_are_refused(vera: User) -> None:
    block = TextBlock.objects.get(parent=an_article("other"))
    with pytest.raises(NoSuchPartError):
        said(an_article(), vera, part=str(block.pk))
    with pytest.raises(NoSuchPartError):
        comment("article", uuid4(), HEAD, "Да.", by=vera, at=NOON)
    with pytest.raises(NoSuchPartError):
        comment("page", block.parent_id, HEAD, "Да.", by=vera, at=NOON)


@pytest.mark.parametrize("text", ["", " \n\u200b ", "я" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(vera: User, text: str) -> None:
    with pytest.raises(NotSayableError):
        said(an_article(), vera, text)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\ud800b"])
def test_characters_that_may_not_be_stored_are_refused(vera: User, text: str) -> None:
    with pytest.raises(Refused):
        said(an_article(), vera, text)
    assert Comment.objects.count() == 0


def test_open_ones_are_told_newest_first_and_only_of_the_kinds_asked_for(vera: User) -> None:
    article, source = an_article(), a_source()
    first = said(article, vera, "раз")
    second = comment("article", article.pk, HEAD, "два", by=vera, at=LATER)
    comment("source", source.pk, HEAD, "три", by=vera, at=LATER)
    done = said(article, vera, "готово")
    resolve(done, by=vera, at=LATER)

    assert list(open_comments(["article"])) == [second, first]
    assert open_comments([]).count() == 0
