"""One text in which every kind of block and of shared part stands, beside the paragraphs of the large one."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from articles.content.texts import Article
from articles.publishing.transfer import Manuscript, data_of, load_content
from tests.bench.making import moulds, words
from tests.factories.desk_kinds import an_article_with_everything

_SLUG = "whole-generated-text"


def whole_text() -> UUID:
    """Return the id of that text, which is published the first time that it is asked for; the site has large texts by
    then. Its parts are those of the test suite."""
    if found := Article.objects.filter(slug_en=_SLUG).first():
        return found.pk
    by, at = moulds.somebody(), moulds.last_moment() + timedelta(seconds=1)
    title = {"ru": "Составленный текст со всеми частями", "en": "A generated text with every part"}
    paragraphs = words.article("whole", moulds.LARGE, title=title, slug={"ru": f"{_SLUG}-ru", "en": _SLUG})
    with transaction.atomic():
        article = an_article_with_everything(_SLUG)
        data = data_of(article)
        data |= {"title": title, "blocks": [*data["blocks"], *paragraphs["blocks"]]}
        load_content([Manuscript(Path(f"article/{article.pk}"), "article", data)], by=by, at=at)
        moulds.publish_made("article", article.pk, by, at)
    return article.pk
