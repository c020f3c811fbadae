"""How an answer is packed on its way: by what the reader's program accepts, each packing with a tag of its own.

One place for pages, API and errors (a middleware calls it on everything outside the desk), because what a form is worth
depends on bytes and request alone, and because Django makes some answers itself. There is nothing secret in a public
answer, so there is nothing that its length could give away; the desk, where there is, is never compressed.
"""

import gzip
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

import brotli
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from articles.answers.weights import weighted

IDENTITY = "identity"

# Less than this fits into one packet either way.
_SMALLEST = 256
# Beyond this, care costs more of the server than it spares the reader.
_LARGEST_WITH_CARE = 256 * 1024
_KEPT_BYTES = 8 * 1024 * 1024

_TEXT = ("text/",)
_ALSO_TEXT = {"application/json", "application/xml", "application/javascript", "application/x-ndjson"}
_SUFFIXES = ("+json", "+xml")
# Made while it is sent, and packed part by part. Files are streams too, and go as they are.
_STREAMED = {"application/x-ndjson"}

# What takes a part, what gives out all that was taken so far, and what ends the whole.
Packer = tuple[Callable[[bytes], bytes], Callable[[], bytes], Callable[[], bytes]]


@dataclass(frozen=True)
class Coding:
    """`levels` are the compressor's: for what is asked for once, and for what is compressed once and then kept."""

    version: str
    levels: tuple[int, int]
    compress: Callable[[bytes, int], bytes]
    packer: Callable[[int], Packer]


def _brotli(body: bytes, level: int) -> bytes:
    return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=level))


def _gzip(body: bytes, level: int) -> bytes:
    return gzip.compress(body, level, mtime=0)


def _brotli_packer(level: int) -> Packer:
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=level)
    return packer.process, packer.flush, packer.finish


def _gzip_packer(level: int) -> Packer:
    packer = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress, lambda: packer.flush(zlib.Z_SYNC_FLUSH), packer.flush


@dataclass(frozen=True)
class Whole:
    """An answer before it is packed: its bytes and their tag, whether it may be, and whether that is worth care."""

    body: bytes
    tag: str
    is_packable: bool
    with_care: bool


_OLD_NAMES = {"x-gzip": "gzip"}

# In our own order of preference. Brotli 10 makes the bundled pages 12 % smaller than 5 and takes 18 times as long; 11
# takes twice as long again for 1 %.
CODINGS = {
    "br": Coding(brotli.__version__, (5, 10), _brotli, _brotli_packer),
    "gzip": Coding(zlib.ZLIB_RUNTIME_VERSION, (6, 9), _gzip, _gzip_packer),
}


def accepted(header: str | None) -> list[str]:
    """Return what `Accept-Encoding` accepts of our codings and `identity`, best first (RFC 9110, 12.5.3).

    Equals stand in our own order. Without a header nothing is compressed: a program that asks for nothing may not know
    how. Empty where nothing that we have is acceptable.
    """
    weights: dict[str, float] = {}
    for name, weight in weighted(header or ""):
        name = _OLD_NAMES.get(name, name)
        weights[name] = max(weight, weights.get(name, 0.0))
    others = weights.get("*")
    quality = {name: weights.get(name, others or 0.0) for name in CODINGS}
    # Not named, it stays acceptable, behind everything that is wished for.
    quality[IDENTITY] = weights.get(IDENTITY, 0.0001 if others is None else others)
    return sorted((name for name in quality if quality[name] > 0), key=lambda name: -quality[name])


def tags(request: HttpRequest, response: HttpResponse) -> list[str]:
    """Return the tags of every form in which this request would take the answer, first that in which it would get it.

    `response` carries the tag of its bytes as they are. A program that holds one of these forms holds the answer.
    """
    if not _is_packable(response):
        return [response["ETag"]]
    names = accepted(request.META.get("HTTP_ACCEPT_ENCODING"))
    sent = sent_as(names, len(response.content))
    names = [sent, *(name for name in names if name != sent)]
    with_care = _is_worth_care(request, response)
    return [form_tag(response["ETag"], name, with_care=with_care) for name in names]


def held(header: str, tags: Sequence[str]) -> str | None:
    """Return the first of the tags that `If-None-Match` names; the comparison is the weak one, as it asks."""
    if header.strip() == "*":
        return tags[0]
    # A header of some kilobytes may name thousands: only one that has a tag of ours in it is taken apart.
    mentioned = [tag for tag in tags if tag in header]
    if not mentioned:
        return None
    named = {known.removeprefix("W/") for known in parse_etags(header)}
    return next((tag for tag in mentioned if tag in named), None)


def encoded(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the response in the form that the request prefers: bytes, `Content-Encoding`, length and tag.

    Pictures are compressed by nature, and what carries a digest of its bytes goes as the bytes that were digested. A
    stream is packed part by part, so that none of it waits for the rest.
    """
    if isinstance(response, StreamingHttpResponse):
        return _streamed(request, response)
    if not isinstance(response, HttpResponse):
        return response
    is_packable, with_care = _is_packable(response), _is_worth_care(request, response)
    whole = Whole(response.content, response.get("ETag", ""), is_packable, with_care)
    # For whoever keeps finished answers in all their forms.
    response.whole = whole  # type: ignore[attr-defined]
    if not is_packable:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    name = sent_as(accepted(request.META.get("HTTP_ACCEPT_ENCODING")), len(whole.body))
    if name == IDENTITY:
        return response
    response.content = packed(whole.body, name, with_care=with_care)
    response["Content-Encoding"] = name
    response["Content-Length"] = str(len(response.content))
    if whole.tag:
        response["ETag"] = form_tag(whole.tag, name, with_care=with_care)
    return response


def packed(body: bytes, name: str, *, with_care: bool) -> bytes:
    """Return the body in a coding; compressed once and kept where that was done with care."""
    coding = CODINGS[name]
    level = coding.levels[with_care]
    if with_care:
        return _kept.get((sha256(body).digest(), name), lambda: coding.compress(body, level))
    return coding.compress(body, level)


def sent_as(names: Sequence[str], length: int) -> str:
    """Return the coding in which a body of this length goes to whoever accepts these, best first."""
    if not names or (IDENTITY in names and length < _SMALLEST):
        return IDENTITY
    return names[0]


def _streamed(request: HttpRequest, response: StreamingHttpResponse) -> StreamingHttpResponse:
    media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type not in _STREAMED or response.has_header("Content-Encoding"):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    name = next(iter(accepted(request.META.get("HTTP_ACCEPT_ENCODING"))), IDENTITY)
    if name != IDENTITY:
        coding = CODINGS[name]
        response.streaming_content = _packed(response.streaming_content, coding.packer(coding.levels[0]))  # type: ignore[arg-type]
        response["Content-Encoding"] = name
    return response


def _packed(parts: Iterable[bytes], packer: Packer) -> Iterator[bytes]:
    take, give, end = packer
    for part in parts:
        yield take(part) + give()
    yield end()


def _is_packable(response: HttpResponse) -> bool:
    if response.streaming or not response.content:
        return False
    if response.has_header("Content-Encoding") or response.has_header("Repr-Digest"):
        return False
    media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    return media_type.startswith(_TEXT) or media_type in _ALSO_TEXT or media_type.endswith(_SUFFIXES)


def _is_worth_care(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is one of a bounded number, so that it is compressed once and the result kept.

    Whoever asks with ever other parameters fills no store; and what must not be kept by anybody is not kept here.
    """
    is_page = request.method in {"GET", "HEAD"} and response.status_code == 200 and not request.META.get("QUERY_STRING")
    is_kept = is_page and "no-store" not in response.get("Cache-Control", "")
    return is_kept and len(response.content) <= _LARGEST_WITH_CARE


def form_tag(whole: str, name: str, *, with_care: bool) -> str:
    """Return the tag of one form. Same bytes, coding, level and library make the same form, on every machine."""
    if name == IDENTITY:
        return whole
    coding = CODINGS[name]
    return f'"{sha256(f"{whole} {name} {coding.version} {coding.levels[with_care]}".encode()).hexdigest()[:32]}"'


class Kept:
    """Compressed answers of this process, by the digest of what they were: the longest unused goes first."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._held: OrderedDict[tuple[bytes, str], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[bytes, str], make: Callable[[], bytes]) -> bytes:
        """Return what is held under the key, else what `make` returns, which is held from then on."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        # Outside the lock: two that ask at once may both compress, and nobody waits for anybody.
        made = make()
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._size += len(made)
            while self._size > self._limit:
                _, dropped = self._held.popitem(last=False)
                self._size -= len(dropped)
        return made


_kept = Kept(_KEPT_BYTES)
