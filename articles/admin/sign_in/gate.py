"""Who may publish, withdraw, sign, erase or keep accounts sets up a second factor before anything else."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from articles.admin.kept import fields_of, lost_files
from articles.admin.sign_in import factors, sessions
from articles.admin.sign_in.step_up import step_up
from articles.admin.site import desk_site
from articles.editorial.roles import may

# What somebody without a second factor still gets: the pages that set one up, and the way out.
OPEN = frozenset(
    {"my_sign_in", "my_app", "my_passkey", "my_passkey_offer", "logout", "password_change", "password_change_done"}
    | {"jsi18n"}
)

_ACTS = ("publish", "withdraw", "review", "expunge", "keep_partners")


def must_have_factor(user: User | AnonymousUser) -> bool:
    """Return whether this account may do nothing without a second factor."""
    if settings.SECOND_FACTOR != "required":
        return False
    return user.has_perm("auth.change_user") or any(may(user, act) for act in _ACTS)


@desk_site.holds_back
def held_back(request: HttpRequest) -> HttpResponse | None:
    """Return where somebody has to go first; None for who has shown a second factor or needs none."""
    if sessions.has_shown_factor(request) or not must_have_factor(request.user):
        return None
    if resolve(request.path_info).url_name in OPEN:
        return None
    user = request.user
    if isinstance(user, User) and factors.types(user):
        # Signed in before there was one, or by another way in.
        return step_up(request, insist=True)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:my_sign_in"))
    context = desk_site.each_context(request) | {
        "title": _("A second factor comes first"),
        "typed": [*fields_of(request.POST), *lost_files(request)],
    }
    return TemplateResponse(request, "admin/sign_in/first.html", context, status=403)
