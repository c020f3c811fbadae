"""The button that makes a copy of a text: it saves first, so that the copy holds what is on the screen."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles.admin.moments import now, person
from articles.admin.press import addresses
from articles.content.aggregates import LoadError
from articles.content.labels import label
from articles.content.texts import Text
from articles.publishing.duplicating import duplicate


class Duplicating(admin.ModelAdmin):
    """Mixed into the admin of texts, before what answers a save."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_duplicate" in request.POST and self.has_add_permission(request):
            return self._duplicated(request, obj)
        return super().response_change(request, obj)

    def _duplicated(self, request: HttpRequest, obj: Text) -> HttpResponse:
        try:
            copy = duplicate(obj, by=person(request), at=now())
        except LoadError as fault:
            for problem in fault.problems:
                messages.error(request, problem)
            return HttpResponseRedirect(addresses.form_of(obj))
        messages.success(request, _("This is the copy: %(name)s. Its addresses are empty.") % {"name": label(copy)})
        return HttpResponseRedirect(addresses.form_of(copy))
