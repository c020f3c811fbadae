"""The editor sees what a reader would see differently."""

from django.utils.translation import override

from articles.editions.blocks import HeadingBlock
from articles.editions.differences import PartDifference, differences
from articles.editions.document import ArticleDocument
from articles.editions.masking import masked
from articles.editions.parts import PartWithdrawal
from tests.factories.documents import a_document as an_article
from tests.factories.documents import a_quote, a_source, cite, quoted, said, text
from tests.factories.documents_of_kinds import accounts


def a_document(*headings: tuple[str, str], title: str = "T") -> ArticleDocument:
    blocks = [HeadingBlock(id=id, required=False, text=text) for id, text in headings]
    return ArticleDocument(
        schema=2, title=title, slug="t", summary="s", blocks=blocks, sources=[], missing=[], topics=[]
    )


def test_equal_documents_have_no_difference():
    assert differences(a_document(("a", "One")), a_document(("a", "One"))) == []


def test_everything_is_added_where_nothing_was_live():
    assert [part.change for part in differences(None, a_document(("a", "One")))] == ["added"] * 4


def test_added_removed_and_changed_parts_are_told_apart():
    found = differences(a_document(("a", "One"), ("b", "Two")), a_document(("a", "Once"), ("c", "Three"), title="U"))

    assert found == [
        PartDifference("title", "title", "changed", "T", "U"),
        PartDifference("a", "heading", "changed", "One", "Once"),
        PartDifference("c", "heading", "added", "", "Three"),
        PartDifference("b", "heading", "removed", "Two", ""),
    ]


def test_a_block_that_only_changed_its_place_has_moved():
    found = differences(
        a_document(("a", "One"), ("b", "Two"), ("c", "Three")), a_document(("b", "Two"), ("c", "Three"), ("a", "One"))
    )

    assert [(part.part, part.change) for part in found] == [("a", "moved")]


NOTICES = {a_quote().id: PartWithdrawal("request", "")}


def test_words_that_were_withdrawn_are_on_neither_side_but_the_part_is_told():
    was, new = a_quote(text="ТАЙНЫЕ СЛОВА"), a_quote(text="ТАЙНЫЕ ДРУГИЕ")

    found = differences(an_article(quoted(was, name="q")), an_article(quoted(new, name="q")), notices=NOTICES)

    assert [(part.change, part.before, part.after, part.is_masked) for part in found] == [("changed", "", "", True)]


def test_the_withdrawal_itself_is_told_by_its_reason_alone():
    notice = PartWithdrawal("request", "Врач попросил.")
    was = an_article(quoted(a_quote(text="ТАЙНЫЕ СЛОВА"), name="q"))

    found = differences(was, masked(was, {a_quote().id: notice}), notices=NOTICES)

    assert [(part.change, part.before, part.after) for part in found] == [("changed", "", "Врач попросил.")]


def test_a_neighbour_of_a_withdrawn_account_keeps_its_words():
    gone, other = a_quote(text="ТАЙНЫЕ СЛОВА"), a_quote("other", text="Слова соседа.")

    found = differences(an_article(), an_article(accounts(gone, other)), notices=NOTICES)[0]

    assert "Слова соседа." in found.after
    assert "ТАЙН" not in found.after


def test_a_notice_beside_a_source_is_a_difference_and_its_title_stays():
    source = a_source()
    cited = text(said("x", cite(source)), name="t")
    notice = PartWithdrawal("source", "Журнал отозвал статью.")
    was = an_article(cited, sources=[source])

    with override("ru"):
        (found,) = differences(was, masked(was, {source.id: notice}), notices={source.id: notice})

    assert [run.kind for run in found.runs] == ["same", "added"]
    assert found.runs[1].text == "\nЭтот источник отозван. Журнал отозвал статью."


def test_a_source_that_was_withdrawn_later_stands_with_its_notice_on_both_sides():
    gone, new = a_source("gone", title="Gone"), a_source("new", title="New")
    notice = PartWithdrawal("source", "Журнал отозвал статью.")
    was = an_article(text(said("x", cite(gone)), name="t"), sources=[gone])
    after = an_article(text(said("x", cite(gone), cite(new)), name="t"), sources=[gone, new])

    found = differences(was, after, notices={gone.id: notice})[-1]

    assert found.before.count("Журнал отозвал статью.") == found.after.count("Журнал отозвал статью.") == 1
