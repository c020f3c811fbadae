"""Lines of the log, without the text of any key."""

import logging

from articles.partners.key_texts import masked


class WithoutKeys(logging.Formatter):
    """Masks whatever looks like a key, in the message and in the trace of a fault, whoever wrote it there."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
