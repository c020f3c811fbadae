"""How long each kind of answer may be kept."""

import pytest
from django.http import HttpResponse

from articles.answers import headers

BOUNDS = "max-age=60, stale-while-revalidate=30, stale-if-error=600"


@pytest.mark.parametrize("kind", ["page", "answer", "gone", "moved", "choice"])
def test_what_is_published_or_withdrawn_is_kept_within_the_same_bounds(kind: headers.Kind) -> None:
    assert headers.apply(HttpResponse(), kind)["Cache-Control"] == BOUNDS


@pytest.mark.parametrize("kind", ["asked", "refusal", "fault", "health"])
def test_what_somebody_asked_refusals_faults_and_health_are_never_kept(kind: headers.Kind) -> None:
    assert headers.apply(HttpResponse(), kind)["Cache-Control"] == "no-store"


def test_whether_a_copy_still_stands_is_asked_again_each_time() -> None:
    assert headers.apply(HttpResponse(), "confirmed")["Cache-Control"] == "no-cache"


def test_what_is_missing_may_be_published_any_moment_so_it_is_not_kept_stale() -> None:
    assert headers.apply(HttpResponse(), "missing")["Cache-Control"] == "max-age=60"


def test_no_kind_is_kept_for_long_where_a_withdrawal_could_reach_it() -> None:
    # The address of a picture's file names its content: what is withdrawn is the page that shows it.
    for kind, policy in headers.POLICIES.items():
        assert kind == "picture" or "immutable" not in policy.cache
        assert kind in ("constant", "picture") or "max-age=3" not in policy.cache


def test_the_language_is_named_where_there_is_one() -> None:
    assert headers.apply(HttpResponse(), "page", language="en")["Content-Language"] == "en"
    assert "Content-Language" not in headers.apply(HttpResponse(), "page").headers


def test_what_was_negotiated_stands_in_vary_once() -> None:
    response = headers.apply(HttpResponse(), "choice", vary=("Accept-Language", "Accept"))
    assert response["Vary"] == "Accept-Encoding, Accept-Language, Accept"


def test_the_next_page_is_not_told_what_was_searched_for() -> None:
    assert headers.apply(HttpResponse(), "asked")["Referrer-Policy"] == "no-referrer"


def test_nobody_varies_on_cookies() -> None:
    assert [kind for kind, policy in headers.POLICIES.items() if "Cookie" in policy.vary] == []
