"""Every address of the desk × every role × looking and sending, against a table of who may.

Views are called as the resolver finds them, behind the desk's own guard and without rendering. Whoever may not is tried
with every role; that somebody may, with the first role of the table, and of stock pages with one kind. Nothing that a
view does stays: each call is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from allauth.core.context import request_context
from django.contrib.auth.models import Group, User
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from articles.content.aggregates import AGGREGATES
from articles.editorial.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

Who = tuple[str, ...]

NOBODY: Who = ()
ALL: Who = ("author", "translator", "publisher", "editor", "medical_reviewer", "administrator")
WRITERS: Who = ("author", "editor", "administrator")
CHANGERS: Who = ("author", "translator", "editor", "administrator")
PUBLISHERS: Who = ("publisher", "editor", "administrator")
REVIEWERS: Who = ("medical_reviewer",)
ADMINISTRATORS: Who = ("administrator",)
# Its own account, and the home page that says that there is no role yet.
EVERYBODY: Who = ("", *ALL)

# Who may look, and who may send, at the stock pages of every kind of the desk.
STOCK: Mapping[str, tuple[Who, Who]] = {
    "add": (WRITERS, WRITERS),
    "change": (ALL, CHANGERS),
    "changelist": (ALL, ALL),
    "compare": (ALL, ALL),
    "delete": (WRITERS, WRITERS),
    "history": (ALL, ALL),
    "restore": (NOBODY, CHANGERS),
    "version": (ALL, ALL),
}

# The same for every other page. Where sending does nothing that looking does not, both are the same.
PAGES: Mapping[str, tuple[Who, Who]] = {
    **dict.fromkeys(["index", "app_list", "login", "login_second", "set_language"], (EVERYBODY, EVERYBODY)),
    **dict.fromkeys(["my_sign_in", "my_app", "my_passkey", "password_change"], (EVERYBODY, EVERYBODY)),
    **dict.fromkeys(["logout", "login_challenge", "my_passkey_offer"], (NOBODY, EVERYBODY)),
    **dict.fromkeys(["jsi18n", "password_change_done"], (EVERYBODY, NOBODY)),
    **dict.fromkeys(["auth_user_add", "auth_user_change", "auth_user_changelist"], (ADMINISTRATORS, ADMINISTRATORS)),
    **dict.fromkeys(["auth_user_history", "auth_user_password_change"], (ADMINISTRATORS, ADMINISTRATORS)),
    "account_factors": (ADMINISTRATORS, ADMINISTRATORS),
    "auth_user_delete": (NOBODY, NOBODY),
    **dict.fromkeys(["articles_auditentry_add", "articles_auditentry_delete"], (NOBODY, NOBODY)),
    "articles_auditentry_change": (ADMINISTRATORS, NOBODY),
    **dict.fromkeys(["articles_auditentry_changelist", "articles_auditentry_history"], (ADMINISTRATORS,) * 2),
    **dict.fromkeys(["articles_application_add", "articles_application_delete"], (NOBODY, NOBODY)),
    "articles_application_change": (PUBLISHERS, ADMINISTRATORS),
    **dict.fromkeys(["articles_application_changelist", "articles_application_history"], (PUBLISHERS, PUBLISHERS)),
    "articles_partner_add": (ADMINISTRATORS, ADMINISTRATORS),
    "articles_partner_change": (PUBLISHERS, ADMINISTRATORS),
    **dict.fromkeys(["articles_partner_changelist", "articles_partner_history"], (PUBLISHERS, PUBLISHERS)),
    "articles_partner_delete": (NOBODY, NOBODY),
    **dict.fromkeys(["partner_access", "partner_new_key", "partner_revoke_key"], (ADMINISTRATORS, ADMINISTRATORS)),
    "partner_webhook": (PUBLISHERS, ADMINISTRATORS),
    **dict.fromkeys(["recalls", "recall", "recall_export"], (PUBLISHERS, PUBLISHERS)),
    # What may be chosen for a field is asked with the field: its own tests know which.
    "autocomplete": (NOBODY, NOBODY),
    **dict.fromkeys(["find_items", "find_sources", "search", "shown_part"], (ALL, NOBODY)),
    **dict.fromkeys(["paste", "paste_table"], (NOBODY, CHANGERS)),
    "comments": (ALL, ALL),
    **dict.fromkeys(["resolve_comments", "reopen_comments"], (NOBODY, ALL)),
    "confirm": (NOBODY, CHANGERS),
    **dict.fromkeys(["preview", "preview_page", "used"], (ALL, ALL)),
    **dict.fromkeys(["publish", "drift", "impact", "check", "erase", "withdrawn_page"], (PUBLISHERS, PUBLISHERS)),
    "erasure": (PUBLISHERS, ADMINISTRATORS),
    **dict.fromkeys(["review", "confirm_part", "confirm_parts"], (REVIEWERS, REVIEWERS)),
    "confirmed_parts": (REVIEWERS + ADMINISTRATORS, REVIEWERS + ADMINISTRATORS),
    **dict.fromkeys(["urgent", "ending", "publish_again", "publish_again_page"], (PUBLISHERS, PUBLISHERS)),
    **dict.fromkeys(["releases", "release", "release_entry", "release_entry_page"], (PUBLISHERS, PUBLISHERS)),
    **dict.fromkeys(["checklist", "workflow", "editions", "seen", "seen_page", "waiting"], (ALL, ALL)),
    "review_calendar": (ALL, ALL),
    "review_plan": (ALL, PUBLISHERS),
    "translation": (ALL, CHANGERS),
    "translations": (ALL, CHANGERS),
    # Both only tell scripts: what is typed is kept for whoever may type, and who else is there.
    "scratch": (NOBODY, WRITERS),
    "beside": (NOBODY, CHANGERS),
    **dict.fromkeys(["triage_answers", "triage_compare", "triage_export"], (ALL, NOBODY)),
    "triage_import": (WRITERS, WRITERS),
    "triage_order": (NOBODY, CHANGERS),
    "triage_publish": (PUBLISHERS, PUBLISHERS),
    "triage_sign": (ALL, REVIEWERS),
}

_KINDS = {model._meta.label_lower.replace(".", "_") for model in AGGREGATES.values()}
# The kind that is tried for all where somebody may.
_TRIED = "articles_source"


def allowed(name: str) -> tuple[Who, Who]:
    """Return who may look and who may send; raise KeyError for a page that is not in the tables."""
    kind, _, page = name.rpartition("_")
    if kind in _KINDS:
        return STOCK[page]
    return (PUBLISHERS, PUBLISHERS) if name.startswith("withdraw_") else PAGES[name]


def is_refused(user: User, method: str, address: str) -> bool:
    """Whether a role is turned away. What is not there, or not for this method, is answered after the guard."""
    request = getattr(RequestFactory(), method)(address)
    request.user, request.session = user, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = CookieStorage(request), True
    request.resolver_match = match = resolve(request.path_info)
    with transaction.atomic(), request_context(request):
        try:
            return match.func(request, *match.args, **match.kwargs).status_code in {401, 403, 405}
        except PermissionDenied:
            return True
        except Http404:
            return False
        finally:
            transaction.set_rollback(True)


def walk(addresses: Mapping[str, str]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (page, method, role, whether it is allowed) of every call that is made."""
    for name in addresses:
        for method, who in zip(("get", "post"), allowed(name), strict=True):
            yield from ((name, method, role, False) for role in EVERYBODY if role not in who)
            if who and (name.rpartition("_")[0] not in _KINDS or name.startswith(_TRIED)):
                yield name, method, who[0], True


def test_every_page_refuses_whoever_may_not_and_lets_in_who_may(every_address: dict[str, str]) -> None:
    users = {role: User.objects.create_user(f"walks-{role}", is_staff=True) for role in EVERYBODY}
    for role in ROLES:
        users[role].groups.add(Group.objects.get(name=role))

    wrong = [
        f"{method} {name}: {role or 'nobody'} is {'refused' if may else 'let in'}"
        for name, method, role, may in walk(every_address)
        if is_refused(users[role], method, every_address[name]) is may
    ]

    assert wrong == []


def test_the_tables_name_no_page_that_is_gone_and_every_role(every_address: dict[str, str]) -> None:
    assert set(PAGES) <= set(every_address)
    assert set(ALL) == set(ROLES)
