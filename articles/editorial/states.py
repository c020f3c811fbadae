"""States and transitions of an item in one language: a pure table, plain Python.

What state a text is in is never stored: it follows from its last transition and from the words that the desk holds now.
So a save needs no second write, and no way of saving can forget to take an approval back: other words have another
digest, and for those nothing was approved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a text in one language stands on its way to readers."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    LIVE = "live"
    RETIRED = "retired"


class Act(StrEnum):
    """What somebody does with a text; `EDIT` is done by typing and leaves no row."""

    SUBMIT = "submit"
    RECALL = "recall"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    RETIRE = "retire"
    EDIT = "edit"


# From which states an act is possible, and where it leads.
TRANSITIONS: dict[Act, tuple[frozenset[State], State]] = {
    Act.SUBMIT: (frozenset({State.DRAFT, State.RETURNED, State.RETIRED, State.LIVE}), State.IN_REVIEW),
    Act.RECALL: (frozenset({State.IN_REVIEW, State.APPROVED}), State.DRAFT),
    Act.RETURN: (frozenset({State.IN_REVIEW, State.APPROVED}), State.RETURNED),
    Act.APPROVE: (frozenset({State.IN_REVIEW}), State.APPROVED),
    Act.PUBLISH: (frozenset(State), State.LIVE),
    Act.RETIRE: (frozenset({State.LIVE, State.DRAFT, State.RETURNED, State.IN_REVIEW, State.APPROVED}), State.RETIRED),
    Act.EDIT: (frozenset(State), State.DRAFT),
}


class NoSuchTransitionError(ValueError):
    """Raised when an act is not possible in the state in which a text is."""

    def __init__(self, act: Act, state: State) -> None:
        super().__init__(f"{act.value} is not possible in {state.value}")
        self.act, self.state = act, state


@dataclass(frozen=True)
class Done:
    """The last transition of a text: what was done, and the digest of the words it was done about."""

    act: Act
    digest: str


def after(state: State, act: Act) -> State:
    """Return the state to which an act leads; raise NoSuchTransitionError where it is not possible."""
    possible, leads_to = TRANSITIONS[act]
    if state not in possible:
        raise NoSuchTransitionError(act, state)
    return leads_to


def state_of(last: Done | None, held: Iterable[str]) -> State:
    """Return the state of a text after its last transition, when the desk holds words with these digests.

    `held` is the digest of the words as they are, and every digest whose approval holds for them too. A text that was
    returned stays so while its author works on it; what was submitted, approved or published and changed since is a
    draft again.
    """
    if last is None:
        return State.DRAFT
    state = TRANSITIONS[last.act][1]
    stays = state in (State.DRAFT, State.RETURNED, State.RETIRED)
    return state if stays or last.digest in set(held) else State.DRAFT


def possible(state: State) -> list[Act]:
    """Return what may be done in a state, in the order of the table; who may do it, roles say."""
    return [act for act, (states, _) in TRANSITIONS.items() if state in states and act != Act.EDIT]
