"""The list of everything that ends in self-care, as clinicians sign it."""

from msgspec.structs import replace

from articles.canonical.languages import LANGUAGES
from tests.factories.small_protocols import small
from tests.factories.triage import bundled, bundled_file
from tests.triage.engine.verifying.brute_force import WorstWins, chosen, proper_answers
from triage.engine.deciding import Engine
from triage.engine.protocol import LEVELS, SELF_CARE, UNSURE
from triage.engine.verifying.self_care import Choice, self_care_combinations, self_care_digest, self_care_rows
from triage.engine.verifying.verification import verify

KNOWN = {str(source.id) for source in bundled_file().references.values()}


def test_the_list_has_as_many_combinations_as_were_counted() -> None:
    verification = verify({language: bundled(language) for language in LANGUAGES}, KNOWN)
    assert verification.counts is not None
    assert verification.self_care == self_care_rows(bundled())
    assert sum(row.count for row in verification.self_care) == verification.counts.self_care


def test_every_combination_of_a_row_ends_in_self_care_and_stands_there_once() -> None:
    engine, rows = Engine(bundled()), self_care_rows(bundled())
    seen = set()
    for row in rows:
        combinations = list(row.combinations())
        assert len(combinations) == row.count
        for combination in combinations:
            assert engine.decide(combination).level == LEVELS[SELF_CARE]
            seen.add(chosen(combination))
    assert len(seen) == sum(row.count for row in rows)
    assert sum(1 for _ in self_care_combinations(rows)) == len(seen)


def test_no_combination_beside_the_list_ends_in_self_care() -> None:
    """Of answers that ask for nothing by themselves there are few enough to try all of them."""
    protocol = bundled()
    decide = WorstWins(protocol)
    harmless = [frozenset[str]()]
    for question in protocol.questions:
        answers = [chosen({question.id: one}) for one in proper_answers(question)]
        harmless = [one | answer for one in harmless for answer in answers if decide(answer) == SELF_CARE]
    expected = {one for one in harmless if decide(one) == SELF_CARE}
    assert {chosen(one) for one in self_care_combinations(self_care_rows(protocol))} == expected
    assert len(expected) < len(harmless)


def test_nobody_who_is_not_sure_is_on_the_list() -> None:
    for combination in self_care_combinations(self_care_rows(bundled())):
        assert [UNSURE] not in combination.values()


def test_answers_that_mean_the_same_share_a_row() -> None:
    both = small({"a": {"p": 0, "q": 0, "r": 0, "none": "0!", "unsure": "1!"}, "b": {"x": 1, "y": 0, "unsure": "1!"}},
                 [(3, "a.r b.x")])  # fmt: skip
    rows = self_care_rows(both["en"])
    assert [row.choices[0] for row in rows] == [
        Choice("a", alone=("none",), all_of=(), any_of=("p", "q")),
        Choice("a", alone=(), all_of=("r",), any_of=("p", "q")),
    ]
    assert [row.count for row in rows] == [4, 4]
    assert list(rows[0].choices[0].answers()) == [("none",), ("p",), ("q",), ("p", "q")]
    assert list(rows[1].choices[0].answers()) == [("r",), ("r", "p"), ("r", "q"), ("r", "p", "q")]


def test_the_key_of_a_row_is_that_of_what_it_names() -> None:
    rows = self_care_rows(bundled("ru"))
    assert len({row.key for row in rows}) == len(rows)
    assert [row.key for row in rows] == [row.key for row in self_care_rows(bundled("en"))]
    shuffled = replace(
        bundled(),
        questions=[replace(one, options=one.options[::-1]) for one in reversed(bundled().questions)],
        rules=bundled().rules[::-1],
    )
    assert {row.key for row in self_care_rows(shuffled)} == {row.key for row in rows}
    assert self_care_digest(self_care_rows(shuffled)) == self_care_digest(rows)


def test_the_digest_changes_with_any_row() -> None:
    rows = self_care_rows(bundled())
    digests = {self_care_digest(rows), *(self_care_digest([one for one in rows if one is not row]) for row in rows)}
    assert len(digests) == len(rows) + 1
    without_a_rule = replace(bundled(), rules=[rule for rule in bundled().rules if rule.id != "K03"])
    assert self_care_digest(self_care_rows(without_a_rule)) not in digests


def test_a_protocol_that_nobody_leaves_for_home_has_an_empty_list() -> None:
    assert self_care_rows(small({"a": {"x": 4, "unsure": "1!"}})["en"]) == ()
