"""Django's reports of faults, which show the request and the values in every frame, without the text of any key."""

from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from articles.partners.key_texts import masked


class WithoutKeys(ExceptionReporter):
    """Masks the whole report: a key may stand in a header, an address, a local name or the message of the fault."""

    def get_traceback_html(self) -> SafeString:
        return SafeString(masked(super().get_traceback_html()))

    def get_traceback_text(self) -> SafeString:
        return SafeString(masked(super().get_traceback_text()))
