"""What a saved version would be to readers, to be laid beside editions."""

from collections.abc import Mapping

from articles.canonical.languages import LANGUAGES, Language
from articles.content.blocks import Block
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.rebuilding import rebuilt
from articles.content.sources import Source
from articles.editions.document import Document
from articles.editorial.revisions import Revision
from articles.publishing.compose import document_of
from articles.publishing.compose_blocks import block_document
from articles.publishing.desks import ITEMS, desk


def version_documents(version: Revision) -> Mapping[Language, Document]:
    """Return the document of each language that has a title in a saved version.

    What the version places from elsewhere, quotes and boxes and sources, is as the desk has it now. Empty for what is
    no item of this app, or was erased for good.
    """
    if version.kind not in ITEMS or desk(version.kind).document is not None or not version.data:
        return {}
    item, rows = rebuilt(version.kind, version.data)
    if isinstance(item, Expert) and not Organisation.objects.filter(pk=item.organisation_id or item.pk).exists():
        item.organisation_id = None
    blocks = [row for row in rows if isinstance(row, Block)]
    sources = {str(source.pk): source for source in Source.objects.filter(pk__in=_cited(blocks))}
    found = {language: document_of(item, blocks, language, sources=lambda ids: sources) for language in LANGUAGES}
    return {language: document for language, document in found.items() if document.title}


def _cited(blocks: list[Block]) -> set[str]:
    return {
        source
        for block in blocks
        for language in LANGUAGES
        if block.has_words(language)
        for source in block_document(block, language).sources()
    }
