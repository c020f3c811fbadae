import hashlib
import json
import struct
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st

from articles.canonical import canonical_json
from articles.canonical.canonical_json import digest, digest_of_bytes, dumps, loads

# RFC 8785, appendix B: IEEE 754 bits and the text that ECMAScript gives them.
RFC_NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


class Purpose(StrEnum):
    WORDS = "words"


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(("bits", "text"), RFC_NUMBERS)
def test_numbers_are_written_as_the_standard_lists_them(bits, text):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))

    assert dumps(number) == text.encode()


def test_keys_are_ordered_by_utf_16_code_units():
    # RFC 8785, section 3.2.3: the emoji is a surrogate pair and goes before the Hebrew letter with its dot.
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}

    assert list(loads(dumps(value))) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


def test_strings_are_escaped_as_little_as_possible():
    # RFC 8785, section 3.2.2.
    assert dumps('€$\x0f\nA\'B"\\\\"/\x7f\u2028') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\u2028"'.encode()


# Whatever Python may hold where JSON is meant, the ugly included: what is refused must be refused alike.
_anything = st.recursive(
    _values
    | st.floats()
    | st.integers()
    | st.text(st.characters(codec=None), max_size=3)
    | st.sampled_from([b"bytes", {1}, 2**53, -(2**53), Decimal(1), SafeString("<b>"), Purpose.WORDS, UUID(int=1)]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["\ufb33", "😀", "\ud800", 1, None, Purpose.WORDS]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(_anything)
@example([1.0, 1e21, -0.0, 1e-7])
@example({"\ufb33": 1, "😀": 2, "€": 3})
@example({"a": {1: 2, "b": 3}})
@example({"a": "\x7f\u2028\x1f/"})
def test_the_quick_writer_writes_and_refuses_what_the_exact_one_does(value):
    assert _outcome(dumps, value) == _outcome(_exactly, value)


@pytest.mark.parametrize("deep", [199, 200, 201, 1000])
def test_both_writers_end_at_the_same_depth(deep):
    value: object = "word"
    for _ in range(deep):
        value = [value]

    assert _outcome(dumps, value) == _outcome(_exactly, value)


def _exactly(value):
    return "".join(canonical_json._written(value, "$", 0)).encode()


def _outcome(write, value):
    try:
        return write(value)
    except (TypeError, ValueError) as fault:
        return type(fault), str(fault)


def test_a_value_has_no_spaces_and_tuples_are_lists():
    assert dumps({"b": (1, 2.0, True), "a": [None, {}, []]}) == b'{"a":[null,{},[]],"b":[1,2,true]}'


@pytest.mark.parametrize(
    ("value", "error", "place"),
    [
        ({"a": [1, float("nan")]}, ValueError, r"\$\.a\[1\]"),
        (float("inf"), ValueError, r"\$"),
        ([2**53], ValueError, r"\$\[0\]"),
        ([-(2**53)], ValueError, r"\$\[0\]"),
        ({"a": {1: 2}}, TypeError, r"\$\.a"),
        (["\ud800"], ValueError, r"\$\[0\]"),
        ({"\udc00": 1}, ValueError, r"\$"),
        ({"a": {1, 2}}, TypeError, r"\$\.a: set"),
        ([b"bytes"], TypeError, r"\$\[0\]: bytes"),
    ],
)
def test_what_another_program_could_read_differently_is_refused_with_its_place(value, error, place):
    with pytest.raises(error, match=f"^{place}"):
        dumps(value)


def test_a_value_inside_itself_is_refused():
    value: list = []
    value.append(value)

    with pytest.raises(ValueError, match="nested"):
        dumps(value)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '[{"a":{"b":1,"b":1}}]',
        "[NaN]",
        "[-Infinity]",
        "1e999",
        "9007199254740993",
        "9" * 5000,
        '"\\ud800"',
        '{"\\udc00":1}',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        "[1,]",
        "",
        "[" * 100_000,
    ],
)
def test_a_text_that_is_not_strict_json_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        loads(text)


def test_an_escaped_pair_is_one_character():
    assert loads(b'"\\ud83d\\ude00"') == "😀"


@given(_values)
def test_a_value_survives_and_its_text_is_json_for_everybody(value):
    written = dumps(value)

    assert loads(written) == value
    assert json.loads(written, parse_int=float) == value
    assert dumps(loads(written)) == written


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_in_which_keys_were_set_changes_no_byte(value):
    assert dumps(dict(reversed(value.items()))) == dumps(value)


def test_a_digest_is_the_sha_256_of_the_canonical_bytes():
    assert digest({"b": 1, "a": "ё"}) == hashlib.sha256('{"a":"ё","b":1}'.encode()).hexdigest()
    assert digest_of_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
