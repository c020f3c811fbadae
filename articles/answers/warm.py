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
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from articles.answers import encoding, languages
from articles.answers.ahead import Ahead, Wanted
from articles.answers.finished import Finished, Form, Key
from articles.answers.following import Follower
from articles.answers.keeping import KEPT, Begun, Start, finished_of
from articles.answers.nobody import nobodys
from articles.answers.store import Store
from articles.editions import noting
from articles.editions.turns import Turns
from articles.partners.counting import TALLY

Environ = dict[str, Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Meaning = TypeVar("Meaning")

# Few, so that nobody fills the store with what is the same under ever other addresses.
_QUERIES = frozenset({"", "lang=ru", "lang=en"})
_METHODS = frozenset({"GET", "HEAD"})
_API = "/api/"
_MADE_OF_THE_SHELF = ("/ru/", "/en/", _API)
_LONGEST_PATH = 300

# An answer that takes longer than this, or waits for a database that says nothing, keeps nobody else. Seconds.
_PATIENCE = 0.1

# So many different headers of askers are remembered with what they mean, and none that is longer than programs write
# them; there are never that many.
_MOST_KNOWN = 500
_LONGEST_KNOWN = 200


class Warm:
    """The application with finished answers in front of it. `has_fallen_due` says that somebody has to settle first.

    `ahead` has answers made here that nobody has asked for yet.
    """

    def __init__(
        self,
        application: Application,
        store: Store,
        follower: Follower,
        *,
        has_fallen_due: Callable[[], bool],
        ahead: Ahead | None = None,
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
        self._turns = Turns(1, _PATIENCE)
        self._ahead = ahead or Ahead(0)
        self._ahead.key_of, self._ahead.make = self._key_at, self._make
        self._ahead.sees = lambda: follower.sees and not has_fallen_due()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            if environ["PATH_INFO"].startswith(_MADE_OF_THE_SHELF):
                self._follower.await_copy()
            return self._ask(environ, start_response)
        if not self._follower.is_fresh():
            return self._ask(environ, start_response)
        found = self._store.get(key)
        if found is None or found.is_over:
            return self._missed(environ, start_response, key)
        return self._given(found, environ, start_response)

    def _given(self, found: Finished, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """What is kept, in the form that is asked for; what Django says where it has to look at the request itself."""
        form = self._form(found, environ)
        if form is None:
            return self._ask(environ, start_response)
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
        if self._has_fallen_due():
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

    def _missed(self, environ: Environ, start_response: Start, key: Key) -> Iterable[bytes]:
        """What is not kept yet: made in its turn, unless somebody else has made it by then."""
        if not self._follower.sees or not _is_plain(key[0]):
            return self._ask(environ, start_response)
        if not key[0].startswith(_MADE_OF_THE_SHELF):
            return self._made(environ, start_response, key)
        with self._ahead.reading(), self._turns.taken() as has_waited:
            found = self._store.get(key) if has_waited and self._follower.is_fresh() else None
            if found is not None and not found.is_over:
                return self._given(found, environ, start_response)
            return self._made(environ, start_response, key)

    def _made(self, environ: Environ, start_response: Start, key: Key) -> Iterable[bytes]:
        """What Django answers, kept where that may be done."""
        since, begun = self._store.step, Begun(start_response)
        with noting.recorded(self._store.remembered) as notes:
            answer = self._ask(environ, begun)
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
        since, begun = self._store.step, Begun(lambda *given: None)
        with noting.recorded(self._store.remembered) as notes:
            answer = self._ask(asked | {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}, begun)
        try:
            self._keep(key, begun, answer, notes, since)
        finally:
            if hasattr(answer, "close"):
                answer.close()

    def _ask(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """What Django answers to somebody who waits for it."""
        if environ["REQUEST_METHOD"] not in _METHODS:
            return self._application(environ, start_response)
        with self._ahead.reading():
            return self._application(environ, start_response)

    def _make(self, wanted: Wanted) -> bool:
        """Make an answer for nobody and keep it, unless others would have to go for it. Return False where a step has
        passed meanwhile, so that it has to be made anew."""
        host = self._our_host()
        if wanted.key in self._store or not host:
            return True
        since, begun = self._store.step, Begun(lambda *given: None)
        with noting.recorded(self._store.remembered) as notes:
            answer = self._application(nobodys(wanted.key, host), begun)
        try:
            finished = finished_of(wanted.key, begun, answer, notes)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if finished is None or finished.code != 200:
            return True
        finished.used = wanted.used
        if not self._store.put(wanted.key, finished, since=since, instead=False):
            return self._store.step == since
        finished.pack(wanted.forms)
        return True

    def _key_at(self, address: str) -> Key | None:
        """The name of the answer at an address of ours; None where it cannot be one of those that are kept."""
        path, _, query = address.partition("?")
        if query not in _QUERIES or not _is_plain(path) or (path.startswith(_API) and not query):
            return None
        return path, query, settings.SITE_URL.startswith("https:"), ""

    def _our_host(self) -> str:
        """One that Django answers for: that of the site, else one that somebody has asked for; empty without any."""
        host = urlsplit(settings.SITE_URL).netloc
        return host if self._is_ours({"HTTP_HOST": host}) else next(iter(self._hosts), "")

    def _keep(self, key: Key, begun: Begun, answer: Any, notes: noting.Notes, since: int) -> None:
        finished = finished_of(key, begun, answer, notes)
        if finished is not None:
            finished.used = time.monotonic()
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
