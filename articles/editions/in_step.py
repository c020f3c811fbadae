"""How far the languages of an item are in step, read from its editions on the shelf."""

from collections.abc import Mapping

from articles.canonical.languages import Language, other_language
from articles.editions.shelf import Edition, Standing
from articles.editions.translations import IN_STEP, TranslationState, Wording, states


def translation_states(item: str) -> dict[Language, TranslationState]:
    """Return the state of each language in which the item is live; a language that stands alone is in step."""
    rows = Standing.objects.select_related("edition").filter(item=item, state=Standing.State.LIVE)
    return states_beside({row.edition.envelope.language: row.edition for row in rows})


def states_beside(live: Mapping[Language, Edition]) -> dict[Language, TranslationState]:
    """Return the state of each of these editions of an item, which are or were live beside each other."""
    result = dict.fromkeys(live, IN_STEP)
    translated = next((language for language, edition in live.items() if edition.envelope.translation_of), None)
    if translated is None or other_language(translated) not in live:
        return result
    source = other_language(translated)
    history = Edition.objects.filter(item=live[source].item, language=source, number__lte=live[source].number).order_by(
        "number"
    )
    translation = live[translated]
    wordings = [_wording(edition) for edition in history]
    agreed = translation.envelope.translation_of
    seen = _seen(list(history), wordings, translation)
    result[source], result[translated] = states(wordings, _wording(translation), agreed, seen=seen)
    return result


def _seen(original: list[Edition], wordings: list[Wording], translation: Edition) -> dict[str, int]:
    """For parts confirmed against a wording that never came out: how many of the original's editions were out then."""
    agreed = translation.envelope.translation_of
    known = {(part, digest) for wording in wordings for part, digest in wording.parts.items()}
    unknown = set(agreed.parts.items()) - known if agreed else set()
    if not unknown:
        return {}
    seen: dict[str, int] = {}
    own = Edition.objects.filter(item=translation.item, language=translation.language, number__lte=translation.number)
    for edition in own.order_by("-number"):
        unknown &= set(edition.envelope.translation_of.parts.items()) if edition.envelope.translation_of else set()
        # Keys are given behind the journal's lock, so they follow the order of commits.
        seen |= {part: sum(earlier.pk < edition.pk for earlier in original) for part, _ in unknown}
    return seen


def _wording(edition: Edition) -> Wording:
    return Wording(edition.parts(), edition.envelope.change.class_)
