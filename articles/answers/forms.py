"""What a form of a public page sent: read by our own code, strictly, and never by Django.

What does not stand in `request.POST` stands in no report of an error either. Public pages carry no cookie, so a browser
that says that the form was on another site is refused: somebody was led here with a form that is not ours.
"""

from urllib.parse import parse_qsl

from django.http import HttpRequest

from articles.answers.received import CutOffError, TooLargeError, whole_body

_TYPE = "application/x-www-form-urlencoded"


class MalformedFormError(ValueError):
    """Raised for what none of our forms can send. It says nothing of what was sent."""


def read_fields(request: HttpRequest, *, largest: int, most: int) -> list[tuple[str, str]]:
    """Return the fields of a form of at most `largest` bytes and `most` fields, in their order.

    Raises MalformedFormError for anything else; of what was sent nothing stands in the error.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise MalformedFormError("sent from another site")
    if request.content_type != _TYPE:
        raise MalformedFormError("not a form")
    try:
        body = whole_body(request, largest=largest)
    except CutOffError as fault:
        raise MalformedFormError("cut off") from fault
    except TooLargeError as fault:
        raise MalformedFormError("too long") from fault
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=most
        )
    except ValueError:
        # Without the cause: its message repeats what was sent.
        raise MalformedFormError("not readable") from None
