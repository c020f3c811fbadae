"""The editor sees what a reader would see differently."""

from articles.editions.blocks import HeadingBlock
from articles.editions.differences import PartDifference, differences
from articles.editions.document import ArticleDocument


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
