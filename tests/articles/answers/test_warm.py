"""What is answered from finished bytes is what Django would have answered, byte by byte, and only what is for all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from articles.content.blocks import CareBoxBlock
from articles.editions.shelf import Standing
from articles.editions.turns import Turns
from articles.partners import keys
from articles.publishing.withdraw import withdraw
from tests.articles.answers.asking import Shown, Site
from tests.factories.desk import an_article
from tests.factories.desk_kinds import a_care_box, a_care_service, a_page
from tests.factories.partners import make_key, make_partner
from tests.factories.press import publish_item
from tests.factories.shelf import publish_article
from tests.pages.shelf import fill
from tests.pages.table import PAGES

CODINGS = ("", "gzip", "br", "gzip, br;q=0.5", "identity;q=0, *;q=0")
API = "/api/v1"

# Whatever a reader or partner may be shown to hold for itself alone, or that is asked for under endless addresses.
NEVER = {
    "search-results", "search-empty", "search-danger", "verify-unknown", "not-found", "elsewhere", "hand-out-of-one",
    "partners-reference", "partners-getting-started", "partners-blocks",
}  # fmt: skip


def addresses() -> list[str]:
    """Every page of the table that is kept, in both languages, and the same texts as partners get them."""
    fixed = [path for row in PAGES if not row.presses and row.name not in NEVER for path in row.paths.values()]
    items = [f"{API}/{_COLLECTIONS[row.kind]}/{row.item}/?lang={row.language}" for row in _standings()]
    lists = [f"{API}/{name}/?lang=en" for name in ("articles", "faq", "terms", "topics", "experts", "pages", "quotes")]
    return [
        *fixed,
        *items,
        *lists,
        f"{API}/triage/protocols/?lang=ru",
        "/sitemap.xml",
        "/ru/feed.atom",
        "/en/feed.json",
    ]


_COLLECTIONS = {"article": "articles", "faq": "faq", "expert": "experts", "protocol": "triage/protocols"}


def _standings() -> list[Standing]:
    return list(Standing.objects.filter(kind__in=_COLLECTIONS).order_by("kind", "id"))


def etag(answer: Shown) -> str:
    return dict(answer[1]).get("ETag", "")


HELD = ("", "{tag}", '"x", W/{tag}', "*", "unreadable")
WAYS = [(coding, held, "GET") for coding in CODINGS for held in HELD] + [("br", held, "HEAD") for held in HELD[:2]]


@pytest.mark.django_db
def test_both_paths_give_the_same_bytes_headers_and_status(editor: User) -> None:
    """A few addresses in every way: in each form, by each method, for whoever holds it; all the others in one of them,
    another for each."""
    fill()
    _moved(editor)
    site = Site()
    in_every_way = ["/ru/articles/vsyo-srazu/", f"{API}/articles/{Standing.objects.filter(kind='article')[0].item}/"]
    in_every_way += ["/en/articles/withdrawn/", "/ru/articles/nazad-ru/"]
    ways = [(path, way) for path in in_every_way[:2] for way in WAYS]
    ways += [(path, (coding, "{tag}", "GET")) for path in in_every_way[2:] for coding in CODINGS[:3]]
    ways += [(path, WAYS[place * 7 % len(WAYS)]) for place, path in enumerate(addresses())]
    wrong: list[object] = []
    cold, statuses = set(), set()
    tags: dict[tuple[str, str], str] = {}
    for path, (coding, held, method) in ways:
        headers = {"accept_encoding": coding, "accept_language": "en"}
        site.ask(path, accept_language="en")
        if (path, coding) not in tags:
            tags[path, coding] = etag(site.ask_django(path, **headers))
        if held:
            headers["if_none_match"] = held.format(tag=tags[path, coding] or '"y"')
        before = len(site.made)
        ours = site.ask(path, method=method, **headers)
        # Refusals of the interface vary by a language that the address has named already.
        if len(site.made) != before and not (path.startswith(API) and ours[0] in {404, 410}):
            cold.add(path)
        theirs = site.ask_django(path, method=method, **headers)
        statuses.add(ours[0])
        if ours != theirs:
            wrong.append((path, method, headers, ours[:2], theirs[:2], ours[2] == theirs[2]))

    assert wrong[:2] == []
    assert cold == set()
    assert {200, 301, 304, 410} <= statuses


def _moved(editor: User) -> None:
    """An article whose address was another one before."""
    article = an_article("nazad")
    publish_article(article, by=editor)
    article.slug_ru = "vperjod"
    article.save()
    publish_article(article, by=editor)


@pytest.mark.django_db
def test_what_is_for_one_asker_or_has_endless_addresses_is_never_kept() -> None:
    fill()
    site = Site()
    places = [path for row in PAGES if row.name in NEVER for path in row.paths.values()]
    places += ["/", "/ru/search/?q=1", f"{API}/articles/?lang=ru&limit=1", "/ru/?x=1", f"{API}/changes/", "/admin/"]
    places += [f"{API}/usage/", f"{API}/snapshot/", f"{API}/lookup/?code=R25", "/ru/nothing", "/health/ready"]
    places += ["/ru/articles/nothing", "/ru/articles/vsyo-srazu", f"{API}/articles/nothing"]

    assert [path for path in places if site.is_warm(path) or len(site.store)] == []


@pytest.mark.django_db
def test_what_stands_in_the_place_of_a_text_is_not_kept_below_it_for_every_number(editor: User) -> None:
    _moved(editor)
    publish_article(an_article("gone"), by=editor)
    why = {"ru": "Ошибка.", "en": "An error."}
    gone = Standing.objects.get(slug="gone-ru").item
    withdraw("article", gone, ["ru"], reason_code="error", reasons=why, by=editor, at=datetime.now(UTC))
    site = Site()

    for path, status in (("/ru/articles/gone-ru/", 410), ("/ru/articles/nazad-ru/", 301)):
        for below in ("editions/7/", "editions/8/changes/"):
            assert site.ask(path + below)[0] == status
            assert not site.is_warm(path + below)
        site.ask(path)
        assert site.is_warm(path)


@pytest.mark.django_db
def test_an_id_in_other_letters_is_answered_and_not_kept(editor: User) -> None:
    item = next(iter(publish_article(an_article(), by=editor).values())).item
    site = Site()
    loud = f"{API}/articles/{str(item).upper()}/?lang=ru"

    assert site.ask(loud)[0] == 200
    assert not site.is_warm(loud)


@pytest.mark.django_db
def test_a_host_a_scheme_or_a_method_that_is_not_meant_goes_on_to_django(editor: User) -> None:
    publish_article(an_article("leg"), by=editor)
    site, path = Site(), "/ru/articles/leg-ru/"
    site.ask(path)

    assert site.is_warm(path)
    assert site.ask(path, host="elsewhere.test")[0] == 400
    assert not site.is_warm(path, host="elsewhere.test")
    assert site.ask(path, method="POST")[0] == 405
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        behind = Site()
        assert behind.ask(path, x_forwarded_proto="https")[0] == 200
        assert behind.is_warm(path, x_forwarded_proto="https")
        assert behind.ask(path, x_forwarded_proto="http")[0] == 301
        assert behind.ask(path)[0] == 301


@pytest.mark.django_db
def test_who_holds_a_page_already_lets_it_be_kept_for_the_others(editor: User) -> None:
    publish_article(an_article("leg"), by=editor)
    site, path = Site(), "/ru/articles/leg-ru/"
    tag = etag(site.ask_django(path))

    assert site.ask(path, if_none_match=tag)[0] == 304
    assert site.is_warm(path)


@pytest.mark.django_db
def test_a_moment_that_has_fallen_due_is_left_to_django(editor: User) -> None:
    publish_article(an_article("leg"), by=editor)
    due: list[bool] = []
    site, path = Site(has_fallen_due=lambda: bool(due)), "/ru/articles/leg-ru/"
    site.ask(path)

    assert site.is_warm(path)
    due.append(True)
    assert not site.is_warm(path)


@pytest.mark.django_db
def test_a_protocol_is_kept_until_its_day_is_over() -> None:
    """How the interface shows it depends on the day, and the journal tells of no midnight."""
    fill()
    site, path = Site(), f"{API}/triage/protocols/?lang=ru"
    site.ask(path)

    (held,) = site.store._held.values()
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert held.until is not None
    assert abs(held.until - tomorrow.timestamp()) <= 86400
    held.until = datetime.now(UTC).timestamp()
    assert not site.is_warm(path)
    assert site.is_warm(path), "what was made on the next day is kept as well"


@pytest.mark.django_db
def test_a_key_that_opens_everything_gets_the_same_bytes_and_is_counted(editor: User) -> None:
    from articles.partners.counting import TALLY

    item = next(iter(publish_article(an_article(), by=editor).values())).item
    path, (key, text) = f"{API}/articles/{item}/?lang=ru", make_key()
    site, shows = Site(), f"Bearer {text}"
    without = site.ask(path)

    assert site.is_warm(path, authorization=shows)
    assert site.ask(path, authorization=shows) == without
    ((_, figures),) = TALLY._seen.figures.items()
    assert figures == (2, 0, 0)
    keys.revoke(key, at=datetime.now(UTC))
    assert site.ask(path, authorization=shows)[0] == 401


@pytest.mark.django_db
def test_a_key_that_opens_less_is_judged_by_django(editor: User) -> None:
    item = next(iter(publish_article(an_article(), by=editor).values())).item
    path, (_, narrow) = f"{API}/articles/{item}/?lang=ru", make_key(kinds=["faq"])
    suspended = make_partner("Suspended of the tests", state="suspended")
    _, closed = make_key(suspended)
    _, ended = make_key(make_partner("Ended of the tests"), expires_at=datetime.now(UTC) + timedelta(hours=1))
    site = Site()
    site.ask(path)

    assert site.ask(path, authorization=f"Bearer {narrow}")[0] == 403
    assert site.ask(path, authorization=f"Bearer {closed}")[0] == 403
    assert site.ask(path, authorization="Bearer cramps_something")[0] == 401
    assert site.ask(path, authorization="Basic eDp5")[0] == 401
    assert site.ask(path, authorization=f"Bearer {ended}")[0] == 200
    site.follower.is_looking = False
    known = site.follower.keys._known
    site.follower.keys._known = {
        digest: (id, datetime.now(UTC) if end else None) for digest, (id, end) in known.items()
    }
    assert not site.is_warm(path, authorization=f"Bearer {ended}")


@pytest.mark.django_db
def test_headers_that_nobody_writes_fill_no_memory_and_keep_nobody_from_being_known(editor: User) -> None:
    """Whoever sends ever other ones, and long ones."""
    publish_article(an_article("one"), by=editor)
    site, path = Site(), f"{API}/articles/"
    with override_settings(ALLOWED_HOSTS=[".example.org"]):
        for number in range(1200):
            site.warm._accepted(f"gzip, x{number}")
            site.warm._language(f"en, x-{number}")
            site.warm._is_ours({"HTTP_HOST": f"h{number}.example.org"})
    for name in ("accept_encoding", "accept_language"):
        site.ask(path, **{name: "en," * 300})
    known = (site.warm._codings, site.warm._languages, site.warm._hosts)

    assert all(len(one) <= 500 and max(map(len, one)) <= 200 for one in known)
    assert "gzip, x1199" in site.warm._codings
    assert "en, x-1199" in site.warm._languages


@pytest.mark.django_db
def test_a_page_of_a_list_further_back_is_made_each_time(editor: User) -> None:
    """There are as many of them as texts."""
    article = an_article("one")
    publish_article(article, by=editor)
    site = Site()
    for path in (f"/ru/articles/?behind={article.pk}", "/ru/articles/?behind=x", f"{API}/articles/?lang=ru&limit=1"):
        site.ask(path)
        assert not site.is_warm(path)
    assert len(site.store) == 0


@pytest.mark.django_db
def test_answers_are_counted_by_kind_and_status(editor: User) -> None:
    publish_article(an_article("leg"), by=editor)
    site, path = Site(), "/ru/articles/leg-ru/"
    tag = etag(site.ask(path))
    site.ask(path)
    site.ask(path, if_none_match=tag)

    assert site.warm.figures() == {("page", 200): 1, ("page", 304): 1}
    assert site.warm.figures() == {}


@pytest.mark.django_db
def test_who_has_waited_gets_what_another_reader_had_made(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_article(an_article("leg"), by=editor)
    site, path = Site(), "/ru/articles/leg-ru/"

    @contextmanager
    def behind_another() -> Iterator[bool]:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(site.warm, "_turns", Turns(1, 0.1))
            site.ask(path)
        yield True

    monkeypatch.setattr(site.warm, "_turns", SimpleNamespace(taken=behind_another))
    found = site.ask(path)

    assert site.made == [path]
    assert found == site.ask_django(path)


@pytest.mark.django_db
def test_only_what_is_made_of_the_shelf_takes_turns(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of the desk may take long, and waits for the shared database."""
    publish_article(an_article("leg"), by=editor)
    site = Site()
    taken: list[str] = []

    @contextmanager
    def counted() -> Iterator[bool]:
        taken.append(site.made[-1] if site.made else "")
        yield False

    monkeypatch.setattr(site.warm, "_turns", SimpleNamespace(taken=counted))
    for path in (
        "/ru/articles/leg-ru/",
        f"{API}/articles/?lang=ru",
        "/admin/login/",
        "/health/ready/",
        "/ru/search/?q=x",
    ):
        site.ask(path)

    assert taken == ["", "/ru/articles/leg-ru/"]


@pytest.mark.django_db
def test_numbers_that_a_line_has_moved_stand_on_the_next_page(editor: User) -> None:
    """Whom to call, and the pages in the foot, are read once for many answers."""
    site = Site()
    for name in ("one", "two"):
        publish_article(an_article(name), by=editor)
    assert b"tel:103" in site.ask("/ru/articles/one-ru/")[2]
    article = an_article("three")
    CareBoxBlock.objects.create(parent=article, ordering=5, care_box=a_care_box(services=[a_care_service("104")]))
    publish_article(article, by=editor)

    for name in ("one", "two"):
        found = site.ask(f"/ru/articles/{name}-ru/")[2]
        assert b"tel:104" in found
        assert b"tel:103" not in found


@pytest.mark.django_db
def test_a_page_about_the_site_stands_in_every_foot_at_once(editor: User) -> None:
    site, page = Site(), a_page("about")
    publish_article(an_article("one"), by=editor)
    assert b"/en/about/about/" not in site.ask("/en/articles/one/")[2]
    publish_item(page, by=editor)

    assert b"/en/about/about/" in site.ask("/en/articles/one/")[2]
