"""The register of tables: it imports every model so that Django finds it, and nobody imports it."""

from articles.content.articles import Article, HeadingBlock, QuoteBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions.shelf import Address, Change, Edition, JournalHead, Mention, Standing, WithdrawnPart
from articles.editorial.confirmations import Confirmation
from articles.editorial.revisions import Revision
from articles.publishing.dues import Due

__all__ = [
    "Address", "Article", "Change", "Confirmation", "Due", "Edition", "Expert", "HeadingBlock", "JournalHead",
    "Mention", "Organisation", "Picture", "Quote", "QuoteBlock", "Revision", "Source", "Standing", "TextBlock",
    "WithdrawnPart",
]  # fmt: skip
