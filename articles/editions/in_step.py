"""How far the languages of an item are in step, read from its editions on the shelf."""

from collections.abc import Mapping, Sequence

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions import noting
from articles.editions.envelope import TranslationOf
from articles.editions.shelf import Edition, Standing
from articles.editions.translations import IN_STEP, TranslationState, Turn, Wording, states


def translation_states(item: str) -> dict[Language, TranslationState]:
    """Return the state of each language in which the item is live; a language that stands alone is in step."""
    rows = Standing.objects.select_related("edition").filter(item=item, state=Standing.State.LIVE)
    return states_beside({row.edition.envelope.language: row.edition for row in rows})


def state_beside(standing: Standing, twin: Standing) -> TranslationState:
    """Return the state that a text has, or would have if it were live, towards the other language as it is now."""
    editions: dict[Language, Edition] = {row.edition.envelope.language: row.edition for row in (standing, twin)}
    return states_beside(editions)[standing.edition.envelope.language]


def states_beside(live: Mapping[Language, Edition]) -> dict[Language, TranslationState]:
    """Return the state of each of these editions of an item, which are or were live beside each other."""
    result = dict.fromkeys(live, IN_STEP)
    translated = next((language for language in LANGUAGES if language in live and _agreed(live[language])), None)
    if translated is None or other_language(translated) not in live:
        return result
    source = other_language(translated)
    translation = live[translated]
    history, own = _upto(live[source]), _upto(translation)
    wordings = _wordings(history)
    result[source], result[translated] = states(
        wordings,
        _wordings(own)[-1],
        _agreed(translation),
        seen=_seen(history, wordings, own),
        turns=[_turn(edition, history) for edition in own],
    )
    return result


def _upto(live: Edition) -> list[Edition]:
    """The editions of a text up to one of them, oldest first."""
    rows = Edition.objects.filter(item=live.item, language=live.language, number__lte=live.number)
    with noting.reads(f"item:{live.item}"):
        return list(rows.order_by("number"))


def _seen(original: Sequence[Edition], wordings: Sequence[Wording], own: Sequence[Edition]) -> dict[str, int]:
    """For parts confirmed against a wording that never came out: how many of the original's editions were out then."""
    agreed = _agreed(own[-1])
    known = {(part, digest) for wording in wordings for part, digest in wording.parts.items()}
    unknown = set(agreed.parts.items()) - known if agreed else set()
    seen: dict[str, int] = {}
    for edition in reversed(own) if unknown else ():
        confirmed = _agreed(edition)
        unknown &= set(confirmed.parts.items()) if confirmed else set()
        # Keys are given behind the journal's lock, so they follow the order of commits.
        seen |= {part: sum(earlier.pk < edition.pk for earlier in original) for part, _ in unknown}
    return seen


def _wordings(editions: Sequence[Edition]) -> list[Wording]:
    """Of what concerned this language alone the other lacks nothing but the words."""
    own = max((number for number, one in enumerate(editions) if one.envelope.this_language_only), default=-1)
    return [
        Wording(one.parts(), "wording" if number <= own else one.envelope.change.class_)
        for number, one in enumerate(editions)
    ]


def _turn(edition: Edition, original: Sequence[Edition]) -> Turn:
    envelope, agreed = edition.envelope, _agreed(edition)
    before = [one for one in original if one.pk < edition.pk]
    beside = [one for one in original if one.envelope.published_at == envelope.published_at]
    return Turn(
        wording=Wording(edition.parts(), envelope.change.class_),
        agreed=agreed.parts if agreed else {},
        before=sum(one not in beside for one in before),
        out=len(before) + sum(one.pk > edition.pk for one in beside),
        by_itself=envelope.caused_by is None,
        this_language_only=envelope.this_language_only,
    )


def _agreed(edition: Edition) -> TranslationOf | None:
    return edition.envelope.translation_of
