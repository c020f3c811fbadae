"""Accounts side by side: what may be said of them."""

import pytest
from django.utils.translation import override

from articles.editions.parts import Account, PartWithdrawal
from articles.reader.presenters.accounts import AccountsView, accounts_view
from articles.reader.presenters.quotes import NoticeView
from articles.reader.presenters.setting import Setting
from tests.factories.documents import a_news_source, a_person, a_quote
from tests.factories.documents_of_kinds import accounts, an_account

GONE = Account(id="gone", quote=None, withdrawn=PartWithdrawal("source", "Издание отозвало статью."))


def shown(*entries: Account, experts_differ: bool) -> AccountsView:
    block = accounts(*entries, experts_differ=experts_differ)
    with override("ru"):
        return accounts_view(block.accounts, Setting([a_news_source()], "ru"))


@pytest.mark.parametrize("experts_differ", [True, False])
def test_that_experts_differ_is_said_only_where_the_desk_says_so(experts_differ: bool) -> None:
    both = an_account(a_quote("one")), an_account(a_quote("two", speaker=a_person("other")))

    assert shown(*both, experts_differ=experts_differ).experts_differ is experts_differ


def test_whoever_is_left_alone_differs_from_nobody_and_the_notice_keeps_its_place() -> None:
    view = shown(an_account(a_quote("one")), GONE, experts_differ=True)

    assert view.experts_differ is False
    assert isinstance(view.sides[1].said, NoticeView)
    assert view.sides[1].said.reason == "Издание отозвало статью."


def test_an_empty_place_is_a_fault() -> None:
    with pytest.raises(ValueError, match="neither a quote nor a notice"):
        shown(Account(id="a", quote=None), experts_differ=False)
