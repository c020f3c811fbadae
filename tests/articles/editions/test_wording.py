"""Every code that a document can hold has words for readers."""

from typing import Any, get_args, get_type_hints

import pytest

from articles.content.sources import Source as WorkingSource
from articles.editions import parts, wording
from articles.editions.envelope import ChangeClass
from articles.editions.translations import StateName


def codes(shape: type, member: str) -> set[Any]:
    return set(get_args(get_type_hints(shape)[member]))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (wording.VERDICTS, codes(parts.Verdict, "state")),
        (wording.DISCLOSURES, codes(parts.Disclosure, "state")),
        (wording.WORKPLACE_BASES, codes(parts.Person, "workplace_basis")),
        (wording.ATTRIBUTIONS, codes(parts.Quote, "attribution")),
        (wording.MODES, codes(parts.Quote, "mode")),
        (wording.CHANGE_CLASSES, set(get_args(ChangeClass))),
        (wording.TRANSLATION_STATES, set(get_args(StateName))),
        (wording.PARTS_IN_SITE, codes(parts.Person, "part")),
        (wording.CARE_LEVELS, codes(parts.CareBox, "level")),
        (wording.EVIDENCE_VERDICTS, codes(parts.EvidenceRow, "verdict")),
        (wording.LICENCES, {"own", "cc0", "cc_by_4", "cc_by_sa_4", "public_domain", "permission"}),
        (wording.SOURCE_KINDS, set(WorkingSource.Kind.values)),
        (wording.SOURCE_ACCESS, set(WorkingSource.Access.values)),
    ],
)
def test_a_table_has_words_for_exactly_the_codes_that_there_are(table: wording.Words, expected: set[str]) -> None:
    assert set(table) == expected
    assert all(str(words) for words in table.values())
