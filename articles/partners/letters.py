"""Letters to partners, to those who ask to become one, and to the desk: plain text, each in its reader's language.

A letter never decides whether something happens: what was done is done before it, and a server of mail that is away is
told by the answer and one line of the log, in which nobody is named.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import get_template
from django.utils.translation import override

from articles.canonical.languages import Language

logger = logging.getLogger(__name__)


def send(
    name: str, to: str, language: Language, context: dict[str, Any], *, reply_to: str = "", room: str = "partners"
) -> bool:
    """Send the letter of this name and return whether the server of mail took it; False without an address.

    `room` is the folder in which its template lies.

    The first line of its template is the subject. What somebody typed cannot become a header: a subject is one line
    whatever stands in it, and Django refuses a line break in any other.
    """
    if not to:
        return False
    answers_to = reply_to or settings.CONTACT_EMAIL
    try:
        with override(language):
            text = get_template(f"articles/{room}/{name}.txt").render(
                {"site": settings.SITE_URL, "language": language, **context}
            )
        subject, _, body = text.strip().partition("\n")
        message = EmailMessage(
            " ".join(subject.split()), body.strip() + "\n", to=[to], reply_to=[answers_to] if answers_to else []
        )
        return message.send() == 1
    except Exception as fault:
        # Each server of mail has errors of its own, and their words may name the address.
        logger.warning("letter %s was not sent: %s", name, type(fault).__name__)
        return False
