"""The texts that were saved last."""

from articles.content.texts import TEXTS, Text
from articles.editorial import revisions


def last_saved(most: int) -> list[Text]:
    """Return the texts that were saved last; those that were never saved in a form, only loaded, come after them.

    Three queries. Looks at the newest saves only, so that it costs the same however long the history is: a text that
    was saved many times in a row counts once, and then the list may be a little shorter.
    """
    saved = list(dict.fromkeys(revisions.last_saved(TEXTS, most * _SAVES)))[:most]
    found = Text.objects.in_bulk(saved)
    texts = [found[key] for key in saved if key in found]
    if len(texts) < most:
        texts += Text.objects.exclude(pk__in=saved).order_by("pk")[: most - len(texts)]
    return texts


# Saves of one text in a row are common: among this many times as many saves the texts are looked for.
_SAVES = 10
