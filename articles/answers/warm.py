"""Answers from finished bytes, in front of Django: what is published and the same for everybody.

It knows an answer by exact path, query, scheme and language. Nothing else of a request changes what it gives but the
codings that are accepted, the tag that is held, and a key. Whatever is in doubt goes on to Django: another method, a
query that is not one of few, a host that Django would refuse, a key that does not open everything, a moment that has
fallen due. What Django answers then is kept where it says itself that it may be (articles/answers/headers.py) and where
all that it depended on is known (articles/editions/noting.py).

Requests are counted by kind and status, and no line of a log is written of any.
"""

import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from articles.answers import encoding, languages
from articles.answers.encoding import Whole
from articles.answers.finished import Finished, Form, Headers
from articles.answers.following import Follower
from articles.answers.store import Store
from articles.editions import noting
from articles.partners.counting import TALLY

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[str, str, bool, str]
Meaning = TypeVar("Meaning")

# What may be kept, by the kind of the answer (articles/answers/headers.py).
KEPT: Mapping[str, frozenset[int]] = {
    "page": frozenset({200}), "answer": frozenset({200}), "gone": frozenset({410}), "moved": frozenset({301}),
}  # fmt: skip

# Few, so that nobody fills the store with what is the same under ever other addresses.
_QUERIES = frozenset({"", "lang=ru", "lang=en"})
_METHODS = frozenset({"GET", "HEAD"})
_API = "/api/"
_MADE_OF_THE_SHELF = ("/ru/", "/en/", _API)
_LONGEST_PATH = 300
_VARIES = frozenset({"accept-encoding", "accept-language"})
_ONE_FORM = frozenset({"set-cookie", "ratelimit", "retry-after"})

# So many different headers of askers are remembered with what they mean, and none that is longer than programs write
# them; there are never that many.
_MOST_KNOWN = 500
_LONGEST_KNOWN = 200


class Warm:
    """The application with finished answers in front of it. `has_fallen_due` says that somebody has to settle first."""

    def __init__(
        self, application: Application, store: Store, follower: Follower, *, has_fallen_due: Callable[[], bool]
    ) -> None:
        self._application, self._store, self._follower = application, store, follower
        self._has_fallen_due = has_fallen_due
        self._codings: dict[str, tuple[str, ...]] = {}
        self._languages: dict[str, str] = {}
        self._hosts: dict[str, bool] = {}
        self._figures: Counter[tuple[str, int]] = Counter()
        self._counting = Lock()
        self._scheme_in, self._scheme = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self._only_https = settings.SECURE_SSL_REDIRECT

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            if environ["PATH_INFO"].startswith(_MADE_OF_THE_SHELF):
                self._follower.await_copy()
            return self._application(environ, start_response)
        if not self._follower.is_fresh():
            return self._application(environ, start_response)
        found = self._store.get(key)
        if found is None:
            return self._made(environ, start_response, key)
        form = self._form(found, environ)
        if form is None:
            return self._application(environ, start_response)
        with self._counting:
            self._figures[form.figure] += 1
        # A server may add to the list that it is given.
        start_response(form.status, form.headers[:])
        return form.body

    def figures(self) -> Counter[tuple[str, int]]:
        """Return how many answers were given from here since this was last asked, by kind and status."""
        with self._counting:
            found, self._figures = self._figures, Counter()
        return found

    def _key(self, environ: Environ) -> Key | None:
        """The name of the answer; None where it cannot be one of those that are kept."""
        query, path = environ.get("QUERY_STRING", ""), environ["PATH_INFO"]
        if query not in _QUERIES or environ["REQUEST_METHOD"] not in _METHODS or environ.get("SCRIPT_NAME"):
            return None
        if environ.get("HTTP_HOST") not in self._hosts and not self._is_ours(environ):
            return None
        is_secure = self._is_secure(environ)
        if self._only_https and not is_secure:
            return None
        if query or not path.startswith(_API):
            return path, query, is_secure, ""
        return path, query, is_secure, self._language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))

    def _form(self, found: Finished, environ: Environ) -> Form | None:
        """What goes out; None where Django has to look at the request itself."""
        if (found.until is not None and time.time() >= found.until) or self._has_fallen_due():
            return None
        accepted = self._accepted(environ.get("HTTP_ACCEPT_ENCODING"))
        form = None
        if (tag := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            form = found.held(tag, accepted)
        form = form or found.form(accepted)
        if "HTTP_AUTHORIZATION" in environ and not self._is_entered(environ, form):
            return None
        return form

    def _is_entered(self, environ: Environ, form: Form) -> bool:
        """Whether the key that is shown opens everything; then the answer is counted for it."""
        if not environ["PATH_INFO"].startswith(_API) or not self._follower.sees or TALLY.is_due():
            return False
        key = self._follower.keys.opens(environ["HTTP_AUTHORIZATION"])
        if key is None:
            return False
        TALLY.count(key, form.code, at=timezone.now())
        return True

    def _made(self, environ: Environ, start_response: Start, key: Key) -> Iterable[bytes]:
        """What Django answers, kept where that may be done."""
        since, begun = self._store.step, _Begun(start_response)
        if not self._follower.sees or not _is_plain(key[0]):
            return self._application(environ, start_response)
        with noting.recorded() as notes:
            answer = self._application(environ, begun)
        if begun.code == 304:
            self._fill(environ, key, getattr(answer, "answer_kind", None))
        elif environ["REQUEST_METHOD"] == "GET":
            self._keep(key, begun, answer, notes, since)
        return answer

    def _fill(self, environ: Environ, key: Key, kind: str | None) -> None:
        """Keep the answer that somebody held already: most who ask again and again are such."""
        if kind not in KEPT:
            return
        asked = {name: value for name, value in environ.items() if name not in _OF_THIS_ASKER}
        since, begun = self._store.step, _Begun(lambda *given: None)
        with noting.recorded() as notes:
            answer = self._application(asked | {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}, begun)
        try:
            self._keep(key, begun, answer, notes, since)
        finally:
            if hasattr(answer, "close"):
                answer.close()

    def _keep(self, key: Key, begun: "_Begun", answer: Any, notes: noting.Notes, since: int) -> None:
        kind, whole = getattr(answer, "answer_kind", ""), getattr(answer, "whole", None)
        if not notes.is_kept or not notes.tags or not isinstance(whole, Whole):
            return
        if begun.code not in KEPT.get(kind, ()) or not _is_for_all(begun.headers, varies_by_language=bool(key[3])):
            return
        finished = Finished.of(kind, begun.status, begun.headers, whole, frozenset(notes.tags), notes.until)
        self._store.put(key, finished, since=since)

    def _accepted(self, header: str | None) -> tuple[str, ...]:
        found = self._codings.get(header or "")
        if found is None:
            found = tuple(encoding.accepted(header))
            _remember(self._codings, header or "", found)
        return found

    def _language(self, header: str) -> str:
        found = self._languages.get(header)
        if found is None:
            found = languages.preferred(header)
            _remember(self._languages, header, found)
        return found

    def _is_ours(self, environ: Environ) -> bool:
        """Whether Django would answer for this host, as its `HttpRequest.get_host` sees it."""
        host = environ.get("HTTP_HOST")
        if not isinstance(host, str) or settings.USE_X_FORWARDED_HOST:
            return False
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        _remember(self._hosts, host, True)
        return True

    def _is_secure(self, environ: Environ) -> bool:
        """As `HttpRequest.scheme` sees it."""
        said = environ.get(self._scheme_in) if self._scheme_in else None
        if said is None:
            return bool(environ["wsgi.url_scheme"] == "https")
        return bool(said == self._scheme or said.split(",", 1)[0].strip() == self._scheme)


# What is left out where an answer is made for the store alone.
_OF_THIS_ASKER = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_AUTHORIZATION", "HTTP_COOKIE", "CONTENT_LENGTH"})


class _Begun:
    """What an application has begun to answer; told to whoever waits for it."""

    def __init__(self, start_response: Start) -> None:
        self._start_response = start_response
        self.status, self.code = "", 0
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, *more: Any) -> Any:
        self.status, self.code, self.headers = status, int(status[:3]), list(headers)
        return self._start_response(status, headers, *more)


def _remember(known: dict[str, Meaning], header: str, meaning: Meaning) -> None:
    """Know it the next time. Whoever sends ever other headers drives out those of all others once, and no more."""
    if len(header) > _LONGEST_KNOWN:
        return
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[header] = meaning


def _is_plain(path: str) -> bool:
    """Whether a path is written in the one way that counts: ids are found in capital letters too."""
    return path.isascii() and path == path.lower() and len(path) <= _LONGEST_PATH


def _is_for_all(headers: Headers, *, varies_by_language: bool) -> bool:
    """Whether the headers of an answer allow to give it to everybody with the same key."""
    for name, value in ((name.lower(), value.lower()) for name, value in headers):
        if name in _ONE_FORM or (name == "cache-control" and ("no-store" in value or "private" in value)):
            return False
        if name == "content-security-policy" and "nonce-" in value:
            return False
        if name == "vary":
            named = {one.strip() for one in value.split(",")}
            if not named <= _VARIES or ("accept-language" in named and not varies_by_language):
                return False
    return True
