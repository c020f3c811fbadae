"""`makemessages`: Django's own, without guesses.

gettext would fill a new message with the translation of one that looks alike, marked as fuzzy. On a health site a guess
that somebody forgets is worse than a gap, and a gap is what the tests find.
"""

from django.core.management.commands.makemessages import Command as DjangoCommand


class Command(DjangoCommand):
    msgmerge_options = [*DjangoCommand.msgmerge_options, "--no-fuzzy-matching"]
