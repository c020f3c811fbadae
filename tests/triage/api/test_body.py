"""What was sent is read strictly: nothing is repaired, nothing is left out, and every fault is told with its place."""

import json
from typing import Any

import pytest

from tests.factories.triage import BENIGN, shelve_protocol
from tests.triage.api.conftest import Asker

pytestmark = pytest.mark.usefixtures("demonstration")


def faults(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["pointer"], one["code"]) for one in answer["errors"]]


@pytest.mark.parametrize(
    ("answers", "pointer", "code"),
    [
        ([], "#/answers", "not-an-object"),
        (None, "#/answers", "not-an-object"),
        ("danger", "#/answers", "not-an-object"),
        (7, "#/answers", "not-an-object"),
        ({"dagner": ["none"]}, "#/answers/dagner", "unknown-question"),
        ({"a/b~c d": ["none"]}, "#/answers/a~1b~0c%20d", "unknown-question"),
        ({"danger[0]": ["none"]}, "#/answers/danger%5B0%5D", "unknown-question"),
        ({"danger": "none"}, "#/answers/danger", "not-a-list"),
        ({"danger": None}, "#/answers/danger", "not-a-list"),
        ({"danger": {"0": "none"}}, "#/answers/danger", "not-a-list"),
        ({"danger": []}, "#/answers/danger", "nothing-chosen"),
        ({"danger": ["breath", "nose"]}, "#/answers/danger/1", "unknown-option"),
        ({"danger": ["Breath"]}, "#/answers/danger/0", "unknown-option"),
        ({"danger": [True]}, "#/answers/danger/0", "not-an-id"),
        ({"danger": [["none"]]}, "#/answers/danger/0", "not-an-id"),
        ({"danger": [None]}, "#/answers/danger/0", "not-an-id"),
        ({"impact": ["rare", "often"]}, "#/answers/impact", "one-only"),
        ({"danger": ["none", "breath"]}, "#/answers/danger", "not-beside-others"),
        ({"danger": ["breath", "unsure"]}, "#/answers/danger", "not-beside-others"),
        ({"danger": ["none", "unsure"]}, "#/answers/danger", "not-beside-others"),
    ],
)
def test_a_wrong_answer_is_refused_with_its_place(decide: Asker, answers: object, pointer: str, code: str) -> None:
    shelve_protocol()
    answer = decide(answers, 400)
    assert faults(answer) == [(pointer, code)]
    assert answer["type"].endswith("/invalid-answers/")
    assert answer["errors"][0]["detail"]
    assert answer["errors"][0]["hint"]


def test_the_same_option_twice_is_refused(decide: Asker) -> None:
    shelve_protocol()
    [(pointer, code)] = faults(decide({"danger": ["breath", "breath"]}, 400))
    assert pointer.startswith("#/answers/danger")
    assert code == "chosen-twice"


def test_everything_wrong_with_answers_is_told_at_once_and_in_the_language_of_the_body(decide: Asker) -> None:
    shelve_protocol()
    wrong = {"danger": ["none", "breath"], "leg": "none", "dagner": ["x"], "feel": ["nono"]}
    english, russian = decide(wrong, 400, country="XX"), decide(wrong, 400, country="XX", language="ru")
    assert set(faults(english)) == {
        ("#/country", "unknown-country"),
        ("#/answers/danger", "not-beside-others"),
        ("#/answers/leg", "not-a-list"),
        ("#/answers/dagner", "unknown-question"),
        ("#/answers/feel/0", "unknown-option"),
    }
    assert faults(english) == faults(russian)
    assert "“danger”" in json.dumps(english, ensure_ascii=False)
    assert "«danger»" in json.dumps(russian, ensure_ascii=False)


def test_a_red_flag_beside_a_mistake_decides_nothing(decide: Asker) -> None:
    shelve_protocol()
    assert "level" not in decide({"danger": ["breath"], "leg": ["nonsense"]}, 400)


@pytest.mark.parametrize(
    ("members", "pointer", "code"),
    [
        ({"language": "de"}, "#/language", "invalid"),
        ({"language": None}, "#/language", "invalid"),
        ({"language": ["en"]}, "#/language", "invalid"),
        ({"language": "EN"}, "#/language", "invalid"),
        ({"edition": "1"}, "#/edition", "invalid"),
        ({"edition": 0}, "#/edition", "invalid"),
        ({"edition": 1.0}, "#/edition", "invalid"),
        ({"edition": True}, "#/edition", "invalid"),
        ({"edition": 10**30}, "#/edition", "invalid"),
        ({"country": 7}, "#/country", "invalid"),
        ({"country": ["GB"]}, "#/country", "invalid"),
        ({"country": "gb"}, "#/country", "unknown-country"),
        ({"country": ""}, "#/country", "unknown-country"),
        ({"country": "ZZ"}, "#/country", "unknown-country"),
    ],
)
def test_a_wrong_member_is_refused_with_its_place(
    decide: Asker, members: dict[str, Any], pointer: str, code: str
) -> None:
    shelve_protocol()
    answer = decide({}, 400, **members)
    assert faults(answer) == [(pointer, code)]
    assert answer["type"].endswith("/invalid-member/")


def test_an_unknown_country_is_refused_with_those_that_there_are(decide: Asker) -> None:
    shelve_protocol()
    assert "RU, GB, KZ, EU" in decide({}, 400, country="US")["detail"]


def test_members_that_are_missing_are_named(decide: Asker) -> None:
    shelve_protocol()
    answer = json.loads(decide.send("{}", 400).content)
    assert faults(answer) == [("#/language", "missing"), ("#/answers", "missing")]


def test_a_member_that_does_not_exist_is_refused_with_the_near_name(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({}, 400, answer={"danger": ["breath"]})
    assert faults(answer) == [("#/answer", "unknown-member")]
    assert "“answers”" in answer["detail"]


def test_very_many_faults_are_not_all_told(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({f"x{number}": [] for number in range(3_000)}, 400)
    assert len(answer["errors"]) <= 50
    answer = decide({}, 400, **{f"x{number}": [] for number in range(3_000)})
    assert len(answer["errors"]) <= 51


# reading JSON


@pytest.mark.parametrize(
    "content",
    [
        b" ",
        b"{",
        b"danger=none",
        b"[]",
        b'"text"',
        b"null",
        b"17",
        b'{"language":"en","answers":{}} trailing',
        b'{"language":"en","answers":{}}{"language":"en","answers":{}}',
        b"{'language':'en'}",
        b'\xef\xbb\xbf{"language":"en","answers":{}}',
        b'{"language":"en","answers":{"danger":["\xff"]}}',
        b'{"language":"en","answers":{},"edition":NaN}',
        b'{"language":"en","answers":{},"edition":Infinity}',
        b'{"language":"en","answers":{},"edition":-Infinity}',
        b'{"language":"en","answers":{"danger":["breath"],"danger":["none"]}}',
        b'{"language":"en","answers":{"danger":["breath"]},"answers":{"danger":["none"]}}',
        b'{"language":"en","answers":{"danger":["breath"],"d\\u0061nger":["none"]}}',
        b'{"language":"en","answers":{},"edition":' + b"9" * 5_000 + b"}",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"language":"en","answers":' + b"[" * 20 + b"]" * 20 + b"}",
        '{"language":"en","answers":{}}'.encode("utf-16"),
    ],
)
def test_what_cannot_be_read_without_a_doubt_is_refused(decide: Asker, content: bytes) -> None:
    shelve_protocol()
    answer = json.loads(decide.send(content, 400).content)
    assert answer["type"].endswith("/malformed-body/")
    assert answer["detail"]


def test_a_body_without_its_length_is_told_to_have_one(decide: Asker) -> None:
    shelve_protocol()
    answer = json.loads(decide.send("", 400, CONTENT_TYPE="application/json").content)
    assert "Content-Length" in answer["detail"]


def test_a_name_that_comes_twice_is_refused_and_neither_answer_wins(decide: Asker) -> None:
    shelve_protocol()
    body = json.dumps({"language": "en", "answers": dict(BENIGN)})
    twice = body.replace('"answers": {', '"answers": {"danger": ["breath"], ', 1)
    assert json.loads(twice)["answers"]["danger"] == ["none"]
    assert "level" not in json.loads(decide.send(twice, 400).content)


def test_sixty_four_kilobytes_are_read_and_one_byte_more_is_not(decide: Asker) -> None:
    shelve_protocol()
    body = b'{"language":"en","answers":{}}'
    decide.send(body + b" " * (64 * 1024 - len(body)), 200)
    decide.send(body + b" " * (64 * 1024 - len(body) + 1), 413)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"]
)
def test_what_is_not_called_json_is_refused(decide: Asker, media_type: str) -> None:
    shelve_protocol()
    decide.send('{"language":"en","answers":{}}', 415, content_type=media_type)


@pytest.mark.parametrize("media_type", ["application/json", "APPLICATION/JSON; charset=utf-8"])
def test_json_may_say_its_encoding(decide: Asker, media_type: str) -> None:
    shelve_protocol()
    decide.send('{"language":"en","answers":{}}', 200, content_type=media_type)


def test_text_of_strangers_is_told_back_short_and_printable(decide: Asker) -> None:
    shelve_protocol()
    content = '{"language":"en","answers":{"\\ud800\\u0000' + "x" * 500 + '":["\\udfff"]}}'
    answer = json.loads(decide.send(content, 400).content)
    assert len(answer["errors"][0]["pointer"]) < 400
    assert "\\u0000" not in json.dumps(answer)
    assert "<script>" not in decide.send('{"language":"en","answers":{"<script>":[]}}', 400).content.decode().replace(
        "#/answers/%3Cscript%3E", ""
    )
