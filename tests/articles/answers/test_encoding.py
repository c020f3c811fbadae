"""How answers are packed: what is chosen, which tag it carries, and that nothing else of the answer changes."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.encoding import Kept, accepted, encoded

WORDS = "Судорога в ноге: что делать. ".encode() * 40
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
AT = "2026-11-22T12:00:00.000000Z"


def ask(
    accepting: str | None = None,
    body: bytes = WORDS,
    *,
    address: str = "/ru/",
    held: str = "",
    content_type: str = "text/html; charset=utf-8",
    method: str = "GET",
) -> HttpResponse:
    sent = {"accept-encoding": accepting} if accepting is not None else {}
    request = RequestFactory().generic(method, address, headers=sent | ({"if-none-match": held} if held else {}))
    response = headers.apply(HttpResponse(body, content_type=content_type), "page", language="ru")
    answer = encoded(request, conditional(request, response, changed_at=AT))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize(
    ("header", "best_first"),
    [
        (None, ["identity"]),
        ("", ["identity"]),
        ("br", ["br", "identity"]),
        ("gzip, deflate, br, zstd", ["br", "gzip", "identity"]),
        ("gzip;q=1.0, br;q=0.9", ["gzip", "br", "identity"]),
        ("x-gzip", ["gzip", "identity"]),
        ("BR;Q=1", ["br", "identity"]),
        ("br;q=0, gzip", ["gzip", "identity"]),
        ("*", ["br", "gzip", "identity"]),
        ("*;q=0.5, gzip", ["gzip", "br", "identity"]),
        ("br;q=0.2, *;q=0", ["br"]),
        ("identity", ["identity"]),
        ("identity, br;q=0.5", ["identity", "br"]),
        ("identity;q=0.5, gzip;q=0.2", ["identity", "gzip"]),
        ("identity;q=0, gzip", ["gzip"]),
        ("identity;q=0", []),
        ("*;q=0", []),
        ("identity;q=0, *", ["br", "gzip"]),
        ("deflate, zstd", ["identity"]),
        ("br;q=2, gzip;q=x", ["identity"]),
    ],
)
def test_what_a_header_accepts_follows_rfc_9110(header: str | None, best_first: list[str]) -> None:
    assert accepted(header) == best_first


@given(st.text(alphabet="brgzip*;q=0.19, identy-x", max_size=60))
def test_whatever_the_header_says_the_reader_gets_the_words(header: str) -> None:
    answer = ask(header)
    assert UNPACK[answer.get("Content-Encoding", "")](answer.content) == WORDS


@pytest.mark.parametrize("name", ["br", "gzip"])
def test_a_packed_answer_is_smaller_says_how_it_is_packed_and_how_long_it_is(name: str) -> None:
    answer = ask(name)

    assert (answer["Content-Encoding"], answer["Content-Length"]) == (name, str(len(answer.content)))
    assert len(answer.content) < len(WORDS) / 4
    assert UNPACK[name](answer.content) == WORDS
    assert (answer["Vary"], answer["Content-Language"]) == ("Accept-Encoding", "ru")


@pytest.mark.parametrize("name", ["br", "gzip"])
@pytest.mark.parametrize("address", ["/ru/", "/ru/?page=2"])
def test_the_same_words_give_the_same_bytes(name: str, address: str) -> None:
    assert ask(name, address=address).content == ask(name, address=address).content


def test_each_form_has_a_strong_tag_of_its_own() -> None:
    found = [ask(name, address=address)["ETag"] for name in ("br", "gzip") for address in ("/ru/", "/ru/?x=1")]
    found.append(ask("identity")["ETag"])

    assert len(set(found)) == 5
    assert [tag for tag in found if not tag.startswith('"')] == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("form", ["br", "gzip", "identity"])
def test_who_holds_a_form_that_it_accepts_gets_a_304_with_the_tag_of_that_form(form: str, method: str) -> None:
    tag = ask(form)["ETag"]

    answer = ask("gzip, br", held=tag, method=method)

    assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b"")
    assert answer["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in answer.headers


def test_who_holds_several_forms_is_told_the_one_that_it_would_get() -> None:
    held = ", ".join(ask(name)["ETag"] for name in ("identity", "gzip", "br"))

    assert ask("br", held=held)["ETag"] == ask("br")["ETag"]
    assert ask("gzip", held=held)["ETag"] == ask("gzip")["ETag"]
    assert ask("br", held="*")["ETag"] == ask("br")["ETag"]


def test_a_form_that_is_not_accepted_any_more_is_sent_anew_in_another() -> None:
    assert ask("gzip", held=ask("br")["ETag"]).status_code == 200
    assert ask("br, identity;q=0", held=ask("identity")["ETag"]).status_code == 200


def test_head_says_what_get_sends() -> None:
    got, asked = ask("br"), ask("br", method="HEAD")
    assert dict(asked.headers) == dict(got.headers)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/problem+json",
        "application/feed+json",
        "application/atom+xml; charset=utf-8",
        "application/xml",
        "text/plain",
    ],
)
def test_every_kind_of_text_is_packed(content_type: str) -> None:
    assert ask("br", content_type=content_type)["Content-Encoding"] == "br"


@pytest.mark.parametrize("content_type", ["image/avif", "image/jpeg", "application/octet-stream", "font/woff2"])
def test_what_is_packed_by_nature_is_left_alone(content_type: str) -> None:
    answer = ask("br", content_type=content_type)
    assert answer.content == WORDS
    assert ask("br", content_type=content_type, held=answer["ETag"]).status_code == 304


def test_a_small_answer_is_left_alone_unless_that_is_all_that_is_accepted() -> None:
    assert "Content-Encoding" not in ask("br", b"words").headers
    assert ask("br", b"words")["Vary"] == "Accept-Encoding"
    assert ask("br, identity;q=0", b"words")["Content-Encoding"] == "br"


@pytest.mark.parametrize("header", ["Content-Encoding", "Repr-Digest"])
def test_what_is_packed_already_or_carries_a_digest_of_its_bytes_is_left_alone(header: str) -> None:
    response = HttpResponse(WORDS, content_type="application/json", headers={header: "x"})
    request = RequestFactory().get("/", headers={"accept-encoding": "br"})
    assert encoded(request, response).getvalue() == WORDS  # type: ignore[attr-defined]


def test_a_file_is_left_alone() -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "br"})
    answer = encoded(request, StreamingHttpResponse(iter([WORDS]), content_type="application/pdf"))
    assert "Content-Encoding" not in answer.headers


def streamed(accepting: str, parts: Iterable[bytes]) -> StreamingHttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepting})
    answer = encoded(request, StreamingHttpResponse(iter(parts), content_type="application/x-ndjson"))
    assert isinstance(answer, StreamingHttpResponse)
    return answer


@pytest.mark.parametrize("name", ["br", "gzip"])
def test_a_stream_is_packed_part_by_part_and_none_waits_for_the_rest(name: str) -> None:
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(3):
            made.append(number)
            yield WORDS

    answer = streamed(name, parts())
    unpack = {"br": brotli.Decompressor().process, "gzip": zlib.decompressobj(31).decompress}[name]
    found = []
    for part in answer:
        found.append((unpack(part), len(made)))

    assert found == [(WORDS, 1), (WORDS, 2), (WORDS, 3), (b"", 3)]
    assert (answer["Content-Encoding"], answer["Vary"]) == (name, "Accept-Encoding")


def test_a_stream_goes_as_it_is_to_who_accepts_nothing_else() -> None:
    answer = streamed("deflate", [WORDS, WORDS])
    assert (list(answer), answer.get("Content-Encoding")) == ([WORDS, WORDS], None)


@pytest.mark.parametrize("name", ["br", "gzip"])
def test_a_stream_that_breaks_has_no_end_in_its_packing_either(name: str) -> None:
    def parts() -> Iterator[bytes]:
        yield WORDS
        raise RuntimeError("the database went away")

    answer = streamed(name, parts())
    sent = []
    with pytest.raises(RuntimeError, match="went away"):
        sent.extend(answer)
    with pytest.raises((brotli.error, EOFError)):
        UNPACK[name](b"".join(sent) or b"\x1f\x8b")


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_errors_are_packed_too_and_have_no_tag(status: int) -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": "br"})
    answer = encoded(request, HttpResponse(WORDS, status=status))
    assert answer["Content-Encoding"] == "br"
    assert answer["Vary"] == "Accept-Encoding"
    assert "ETag" not in answer.headers


def test_a_page_is_packed_with_more_care_than_one_of_endlessly_many_answers() -> None:
    varied = "".join(f"слово{number * 7919 % 997} " for number in range(3000)).encode()
    assert len(ask("br", varied).content) < len(ask("br", varied, address="/ru/?q=x").content)


def test_the_store_makes_each_form_once_and_forgets_what_was_unused_longest() -> None:
    kept, made = Kept(10), []

    def get(name: str) -> bytes:
        return kept.get((name.encode(), "br"), lambda: made.append(name) or name.encode() * 4)  # type: ignore[func-returns-value]

    assert [get("a"), get("b"), get("a"), get("c"), get("a"), get("b")][2] == b"aaaa"
    assert made == ["a", "b", "c", "b"]


def test_what_is_larger_than_the_store_is_given_and_not_held() -> None:
    kept = Kept(3)
    assert kept.get((b"x", "br"), lambda: b"long") == b"long"
    assert kept.get((b"x", "br"), lambda: b"again") == b"again"
