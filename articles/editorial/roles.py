"""Who may do what: a table, carried into Django's groups after every migrate."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORKING_MODELS = (
    "organisation",
    "expert",
    "source",
    "quote",
    "picture",
    "article",
    "headingblock",
    "textblock",
    "quoteblock",
)


@dataclass(frozen=True)
class Role:
    name: Promise
    permissions: frozenset[str]


def _all_of(models: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"articles.{act}_{model}" for act in ("add", "change", "delete", "view") for model in models)


_EDITING = _all_of(WORKING_MODELS) | {"articles.view_revision", "articles.publish_article", "articles.withdraw_article"}
_ACCOUNTS = frozenset(f"auth.{act}_user" for act in ("add", "change", "delete", "view")) | {"auth.view_group"}

ROLES: dict[str, Role] = {
    "editor": Role(_("editor"), frozenset(_EDITING)),
    "administrator": Role(_("administrator"), frozenset(_EDITING | _ACCOUNTS)),
}

# What a verb of the press asks for.
ACTS = {"publish": "articles.publish_article", "withdraw": "articles.withdraw_article"}


class NotAllowedError(PermissionError):
    """Raised when somebody asks for an act that none of their roles has."""


def may(user: User | AnonymousUser, act: str) -> bool:
    """Return whether the person may publish or withdraw."""
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
        group.permissions.set(permissions[name] for name in role.permissions if name in permissions)
