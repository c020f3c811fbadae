"""Who may do what: a table, carried into Django's groups after every migrate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.content.aggregates import AGGREGATES, ROWS

Permissions = frozenset[str]


@dataclass(frozen=True)
class Role:
    """`grants` is asked when every app has named its objects."""

    name: Promise
    grants: Callable[[], Permissions]


def right(act: str, model: type[models.Model]) -> str:
    """Return the permission that an act on objects of a table asks for: `view`, `add`, `change` or `delete`."""
    return f"{model._meta.app_label}.{act}_{model._meta.model_name}"


def _on_working_tables(acts: Iterable[str]) -> Permissions:
    tables = [*AGGREGATES.values(), *(row for rows in ROWS.values() for row in rows.models)]
    return frozenset(right(act, model) for act in acts for model in tables)


# Editors look at partners when something was withdrawn. Who may read our texts with a key, administrators decide. Named
# and not imported: what partners are is on the other side of the wall.
_SEES_PARTNERS = frozenset({"articles.view_partner", "articles.view_application"})
_KEEPS_PARTNERS = frozenset({"articles.add_partner", "articles.change_partner", "articles.change_application"})


def _writing() -> Permissions:
    return _on_working_tables(("add", "change", "delete", "view")) | {"articles.view_revision"}


def _translating() -> Permissions:
    return _on_working_tables(("change", "view")) | {"articles.view_revision"}


def _publishing() -> Permissions:
    press = {"articles.view_revision", "articles.publish_article", "articles.withdraw_article"}
    return _on_working_tables(["view"]) | press | _SEES_PARTNERS


def _editing() -> Permissions:
    return _writing() | _publishing()


def _reviewing() -> Permissions:
    return _on_working_tables(["view"]) | {"articles.view_revision", "articles.review_article"}


def _administering() -> Permissions:
    accounts = {f"auth.{act}_user" for act in ("add", "change", "delete", "view")} | {"auth.view_group"}
    return _editing() | accounts | {"articles.expunge_article", "articles.view_auditentry"} | _KEEPS_PARTNERS


ROLES: dict[str, Role] = {
    "author": Role(pgettext_lazy("role", "author"), _writing),
    "translator": Role(pgettext_lazy("role", "translator"), _translating),
    "publisher": Role(pgettext_lazy("role", "publisher"), _publishing),
    "editor": Role(_("editor"), _editing),
    "medical_reviewer": Role(_("medical reviewer"), _reviewing),
    "administrator": Role(_("administrator"), _administering),
}

# What a verb of the press, or an act on partners, asks for.
ACTS = {
    "publish": "articles.publish_article",
    "withdraw": "articles.withdraw_article",
    "review": "articles.review_article",
    "expunge": "articles.expunge_article",
    "see_partners": "articles.view_partner",
    "keep_partners": "articles.change_partner",
}


class NotAllowedError(PermissionError):
    """Raised when somebody asks for an act that none of their roles has."""


def may(user: User | AnonymousUser, act: str) -> bool:
    """Return whether the person may do what an act asks for."""
    return user.is_active and user.has_perm(ACTS[act])


def require(user: User | AnonymousUser, act: str) -> None:
    """Raise NotAllowedError unless the person may do this."""
    if not may(user, act):
        raise NotAllowedError(act)


def ensure_roles(using: str = "default") -> None:
    """Give every role's group exactly the permissions of the table."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for code, role in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=code)
        # Those of models that a later migration adds are not there yet while an earlier state is tested.
        group.permissions.set(permissions[name] for name in role.grants() if name in permissions)
