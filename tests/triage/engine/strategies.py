"""Made-up protocols and answers to them, and a second, slow reading of a protocol to compare the engine with."""

from itertools import combinations, product

from hypothesis import strategies as st

from triage.engine.protocol import LEVELS, FirstAid, Level, Option, Protocol, Question, Rule

ranks = st.integers(0, len(LEVELS) - 1)


@st.composite
def questions(draw, id: str, most_options: int = 4):
    options = [
        Option(f"o{number}", f"Ответ {number}", draw(ranks), draw(st.booleans()), [])
        for number in range(draw(st.integers(1, most_options)))
    ]
    return Question(id, draw(st.sampled_from(["single", "multi"])), "Вопрос", "", options)


@st.composite
def protocols(draw, most_questions: int = 4, most_options: int = 4, most_rules: int = 5):
    """Protocols of good form, sound or not: rules that nobody meets, that raise nothing, that repeat each other."""
    asked = [draw(questions(f"q{number}", most_options)) for number in range(draw(st.integers(1, most_questions)))]
    answers = [f"{question.id}.{option.id}" for question in asked for option in question.options]
    whens = st.lists(st.sampled_from(answers), min_size=1, max_size=3, unique=True)
    rules = [
        Rule(f"K{number}", draw(ranks), draw(whens), "Правило", [])
        for number in range(draw(st.integers(0, most_rules)))
    ]
    aids = [FirstAid(draw(whens), "Сразу", []) for _ in range(draw(st.integers(0, 2)))]
    levels = [Level(id, "Что делать", "Как", [], aids if id == "emergency" else []) for id in LEVELS]
    return Protocol("1.0.0", "Опасно", "2027-11-22", levels, asked, rules)


def proper(question: Question) -> list[list[str]]:
    """Every proper answer to a question."""
    alone = [[one.id] for one in question.options if one.exclusive or question.kind == "single"]
    beside = [one.id for one in question.options if not (one.exclusive or question.kind == "single")]
    return alone + [list(some) for size in range(1, len(beside) + 1) for some in combinations(beside, size)]


@st.composite
def answers_to(draw, protocol: Protocol, complete: bool = False):
    given = {}
    for question in draw(st.permutations(protocol.questions)):
        if complete or draw(st.booleans()):
            given[question.id] = draw(st.permutations(draw(st.sampled_from(proper(question)))))
    return given


@st.composite
def asked(draw, complete: bool = False, **sizes: int):
    """A protocol with answers to it."""
    protocol = draw(protocols(**sizes))
    return protocol, draw(answers_to(protocol, complete))


def worst(protocol: Protocol, given: dict[str, list[str]]) -> int:
    """The rank by reading the protocol from front to back, as a person would."""
    found = [0]
    for question in protocol.questions:
        for option in question.options:
            if option.id in given.get(question.id, []):
                found.append(option.rank)
    for rule in protocol.rules:
        if all(answer.split(".")[1] in given.get(answer.split(".")[0], []) for answer in rule.when):
            found.append(rule.rank)
    return max(found)


def completions(protocol: Protocol, given: dict[str, list[str]]):
    """Yield every way to answer what is still open."""
    open_ = [question for question in protocol.questions if question.id not in given]
    for chosen in product(*(proper(question) for question in open_)):
        yield {**given, **{question.id: answer for question, answer in zip(open_, chosen, strict=True)}}
