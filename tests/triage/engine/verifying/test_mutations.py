"""One thing wrong in the bundled protocol is always noticed: by a property, or by an expectation from the source.

No mutant is compared with the protocol that it was made from.
"""

from collections import Counter

import pytest

from articles.canonical.languages import LANGUAGES
from tests.factories.triage import bundled, bundled_file
from tests.triage.engine.verifying.mutants import Both, Mutant, mutants
from tests.triage.engine.verifying.one_factor import broken
from triage.engine.verifying.saying import saying, side_by_side
from triage.engine.verifying.structure import form, signs
from triage.engine.verifying.verification import verify

SOURCES = {key: str(source.id) for key, source in bundled_file().references.items()}
KNOWN = set(SOURCES.values())

# Changes after which nothing is different for anybody.
EQUIVALENT = {
    ("standing alone flipped", "impact.rare"): "the question takes one answer anyway, so each of them stands alone",
    ("standing alone flipped", "impact.often"): "the question takes one answer anyway, so each of them stands alone",
}


def noticed_by(protocols: Both) -> str:
    """What notices a mutant, the quickest first; empty if nothing does. Texts are left alone by most mutants."""
    protocol, english = protocols["ru"], protocols["en"]
    if form(protocol):
        return "form"
    changed = [language for language in LANGUAGES if protocols[language] != bundled(language)]
    if any(next(signs(protocols[language]), None) for language in changed):
        return "property"
    if any(next(saying(protocols[language], language, KNOWN), None) for language in changed):
        return "property"
    if len(protocol.questions) == len(english.questions) and next(side_by_side(protocols), None):
        return "property"
    if next(broken(protocol, SOURCES), None):
        return "one-factor expectation"
    return "property" if verify(protocols, KNOWN).findings else ""


@pytest.fixture(scope="module")
def outcome() -> list[tuple[Mutant, str]]:
    return [(mutant, noticed_by(mutant.protocols)) for mutant in mutants()]


def test_every_mutant_is_noticed(outcome: list[tuple[Mutant, str]]) -> None:
    kinds = Counter((mutant.kind, by or "NOBODY") for mutant, by in outcome)
    for (kind, by), number in sorted(kinds.items()):
        print(f"{kind}: {number} noticed by {by}")
    print(f"{len(outcome)} mutants, {len(EQUIVALENT)} of them equivalent")
    survivors = [(mutant.kind, mutant.name) for mutant, by in outcome if not by]
    assert [one for one in survivors if one not in EQUIVALENT] == []


def test_what_is_called_equivalent_is(outcome: list[tuple[Mutant, str]]) -> None:
    """A reason that no longer holds must not hide a mutant."""
    survivors = {(mutant.kind, mutant.name) for mutant, by in outcome if not by}
    assert survivors == set(EQUIVALENT)


def test_mutants_of_every_kind_were_made_and_differ_from_the_protocol(outcome: list[tuple[Mutant, str]]) -> None:
    same = {language: bundled(language) for language in LANGUAGES}
    assert [mutant.name for mutant, _by in outcome if mutant.protocols == same] == []
    names = Counter((mutant.kind, mutant.name) for mutant, _by in outcome)
    assert [name for name, times in names.items() if times > 1] == []
    assert len({mutant.kind for mutant, _by in outcome}) == 22
