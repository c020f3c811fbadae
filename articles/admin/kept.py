"""What was typed, carried along in a page that asks for something else first: as hidden fields of its form."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict

# Never a field of a form of ours: an underscore comes first.
REOPENED = "_reopened"
# Names of files that were sent along: a page can hold what was typed, but no file.
LOST = "_lost_file"
# Fields of the form that asks somebody to sign in again begin so.
SIGN_IN = "_sign_in"

_OWN = {f"{SIGN_IN}-username", f"{SIGN_IN}-code", f"{SIGN_IN}-credential", "csrfmiddlewaretoken", REOPENED}


def fields_of(data: QueryDict, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return every posted name with each of its values, to be sent again as hidden fields; never a password."""
    left_out = {*_OWN, *without}
    kept = [(name, values) for name, values in data.lists() if name not in left_out and "password" not in name]
    return [(name, value) for name, values in kept for value in values]


def lost_files(request: HttpRequest) -> list[tuple[str, str]]:
    """Return a field with the name of each file that was sent along, so that the form can say what is missing."""
    return [(LOST, str(upload.name)) for _, uploads in request.FILES.lists() for upload in uploads]
