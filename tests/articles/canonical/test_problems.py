import ast
import re
from pathlib import Path

import pytest

from articles.canonical import problems
from articles.canonical.problems import CODES, SEVERITY, Problem, Refused, problem

PACKAGE = Path(problems.__file__).parent


def test_equal_problems_are_equal_values_whatever_the_order_of_their_params():
    one = problem("image-lost", "body", paragraph=2, near="cramps")
    other = problem("image-lost", "body", near="cramps", paragraph=2)

    assert one == other
    assert len({one, other}) == 1


def test_values_fill_the_sentence():
    found = problem("unknown-node", "body[0]", type="marquee")

    assert found.values == {"type": "marquee"}
    assert str(found) == "body[0]: A node of type “marquee” is not known here."


def test_a_problem_of_another_package_is_an_error_and_shows_its_code():
    found = Problem("title-missing")

    assert found.severity == "error"
    assert str(found) == "title-missing"


def test_what_keeps_every_word_is_a_note_and_what_loses_something_an_error():
    assert {code for code, severity in SEVERITY.items() if severity == "note"} == {
        "cells-merged",
        "element-not-known",
        "heading-in-list",
        "heading-level-changed",
        "language-not-known",
        "link-without-words",
        "list-number-changed",
        "list-too-deep",
        "quotation-not-kept",
        "rule-not-kept",
        "table-not-kept",
    }


def test_refused_holds_every_problem_at_once():
    found = [problem("not-a-list", "a"), problem("not-a-node", "b")]

    with pytest.raises(Refused, match=r"a: A list of nodes.*; b: An object") as refused:
        raise Refused(found)

    assert refused.value.problems == found


@pytest.mark.parametrize("sentence", CODES.values(), ids=CODES.keys())
def test_a_sentence_says_nothing_but_named_values(sentence):
    names = re.findall(r"%\((\w+)\)s", sentence)

    assert sentence % dict.fromkeys(names, "x")
    assert sentence.endswith(".")


def test_every_code_in_the_table_is_used_in_the_package_and_every_used_code_is_in_the_table():
    strings = {
        node.value
        for path in PACKAGE.glob("*.py")
        if path.name != "problems.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    calls = {
        node.args[0].value
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("problem", "report", "_report")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert set(CODES) <= strings
    assert calls
    assert calls <= set(CODES)
