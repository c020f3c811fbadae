"""The pure table of states: what leads where, and that other words take back what was done about these."""

import pytest

from articles.editorial.states import TRANSITIONS, Act, Done, NoSuchTransitionError, State, after, possible, state_of


def test_every_act_leads_from_where_it_is_possible_to_one_state_and_is_refused_elsewhere():
    for act, (states, leads_to) in TRANSITIONS.items():
        for state in State:
            if state in states:
                assert after(state, act) == leads_to
            else:
                with pytest.raises(NoSuchTransitionError):
                    after(state, act)


def test_nothing_is_approved_that_was_not_sent_for_review():
    assert [state for state in State if Act.APPROVE in possible(state)] == [State.IN_REVIEW]


@pytest.mark.parametrize("act", [Act.SUBMIT, Act.APPROVE, Act.PUBLISH])
def test_other_words_are_a_draft_again(act):
    assert state_of(Done(act, "a"), {"a"}) == TRANSITIONS[act][1]
    assert state_of(Done(act, "a"), {"b"}) == State.DRAFT
    assert state_of(Done(act, "a"), {"b", "a"}) == TRANSITIONS[act][1]


@pytest.mark.parametrize("act", [Act.RETURN, Act.RETIRE])
def test_what_was_returned_or_withdrawn_stays_so_while_somebody_works_on_it(act):
    assert state_of(Done(act, "a"), {"b"}) == TRANSITIONS[act][1]


def test_what_nothing_was_done_with_is_a_draft():
    assert state_of(None, {"a"}) == State.DRAFT
