"""Which fields exist in Russian and in English."""

from modeltranslation.translator import TranslationOptions, register

from articles.content.articles import Article, HeadingBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name",)


@register(Expert)
class ExpertTranslation(TranslationOptions):
    fields = ("name", "credentials", "specialty", "post", "disclosed_by", "interests")


@register(Source)
class SourceTranslation(TranslationOptions):
    """A source's own title is in one language and therefore not here."""

    fields = ("translated_title",)


@register(Picture)
class PictureTranslation(TranslationOptions):
    """A name is credited as its bearer writes it and therefore not here."""

    fields = ("alt", "caption")


@register(Quote)
class QuoteTranslation(TranslationOptions):
    fields = ("text", "verdict_note", "reply")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "slug", "summary")


@register(HeadingBlock)
class HeadingBlockTranslation(TranslationOptions):
    fields = ("text",)


@register(TextBlock)
class TextBlockTranslation(TranslationOptions):
    fields = ("text",)
