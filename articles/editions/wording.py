"""What the codes of a document mean in words for a reader: the same words on the page and in partners' answers.

Tables are keyed by code and translated lazily: resolve them inside `translation.override(language)`.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.editions.parts import Source

Words = Mapping[str, str | Promise]

# Everything that is published by itself, as a whole: what a key, a webhook or a request may be limited to.
KINDS: Words = {
    "article": _("Articles"),
    "faq": _("Questions and answers"),
    "topic": _("Topics"),
    "term": _("Terms"),
    "expert": _("People"),
    "page": _("Pages about the site"),
    "protocol": _("Triage protocols"),
}

# About the statement, never about the speaker.
VERDICTS: Words = {
    "supported": _("supported"),
    "supported_in_part": _("supported in part"),
    "no_good_evidence": _("no good evidence found"),
    "not_assessed": _("not assessed"),
    "disputed": _("disputed"),
}

VERDICT_LABEL = _("What the evidence says")

DISCLOSURES: Words = {
    "not_asked": _("Not asked about conflicts of interest"),
    "asked_no_answer": _("Asked about conflicts of interest, has not answered"),
    "none_declared": _("Declared no conflict of interest"),
    "declared": _("Declared conflicts of interest"),
}

WORKPLACE_BASES: Words = {
    "as_published": _("as published, not verified by us"),
    "confirmed": _("confirmed by the person or the organisation"),
}

ATTRIBUTIONS: Words = {
    "quoted": _("The source gives these words in quotation marks"),
    "reported": _("The source reports it as “according to…”"),
    "continues": _("In the source it continues a sentence that names the speaker"),
    "caption": _("The source says it in the caption of a picture"),
    "unnamed": _("The source does not say whose words these are"),
}

# What somebody who is named on the site has to do with it.
PARTS_IN_SITE: Words = {
    "participates": _("Takes part in the site and knows where these words appear."),
    "quoted": _(
        "We only report this person’s words from other publications. The person has no part in the site and does not"
        " answer for its texts, so there is neither a photograph nor a biography here."
    ),
}

MODES: Words = {
    "verbatim": _("word for word"),
    "translation": _("our translation"),
    "paraphrase": _("our summary, not the speaker’s own words"),
}

SOURCE_KINDS: Words = {
    "systematic_review": _("systematic review"),
    "guideline": _("clinical guideline"),
    "trial": _("randomised trial"),
    "study": _("study"),
    "review": _("review article"),
    "reference": _("reference page for patients or doctors"),
    "regulator": _("statement of a regulator"),
    "book": _("book"),
    "news": _("news"),
    "own_policy": _("own policy of the site"),
}

SOURCE_ACCESS: Words = {
    "publisher": _("read at the publisher’s page"),
    "archived": _("read in an archived copy"),
    "copy": _("read in a copy elsewhere"),
    "licensed_copy": _("read in a licensed copy"),
    "abstract": _("only the abstract was read"),
}

# How soon to get help: the five levels of the triage, gravest first: care boxes are listed in this order.
CARE_LEVELS: Words = {
    "emergency": pgettext_lazy("how soon", "danger to life"),
    "same_day": pgettext_lazy("how soon", "today"),
    "appointment_days": pgettext_lazy("how soon", "within days"),
    "appointment_weeks": pgettext_lazy("how soon", "within weeks"),
    "self_care": pgettext_lazy("how soon", "you can manage at home"),
}

# What studies say of a treatment or a habit.
EVIDENCE_VERDICTS: Words = {
    "helps": _("helps"),
    "may_help": _("may help"),
    "unlikely": _("unlikely to help"),
    "unclear": _("not clear"),
    "harmful": _("does more harm than good"),
}

EVIDENCE_COLUMNS: Words = {
    "option": pgettext_lazy("evidence", "Option"),
    "finding": _("What studies show"),
    "conclusion": _("Conclusion"),
}

# On what terms a picture is shown.
LICENCES: Words = {
    "own": _("our own picture"),
    "cc0": "CC0 1.0",
    "cc_by_4": "CC BY 4.0",
    "cc_by_sa_4": "CC BY-SA 4.0",
    "public_domain": _("public domain"),
    "permission": _("by permission of the rights holder"),
}

CHANGE_CLASSES: Words = {
    "first": _("first publication"),
    "safety": _("a change that matters for safety"),
    "advice": _("changed advice"),
    "correction": _("correction of an error"),
    "update": _("new information"),
    "wording": _("wording"),
    "review": _("review"),
}

TRANSLATION_STATES: Words = {
    "in_step": _("says the same as the other language"),
    "behind": _("has not yet followed the other language"),
    "ahead": _("has something that the other language has not yet followed"),
    "missing": _("not in this language yet"),
}

# Under every verdict until a clinician has signed it.
CHECKED_BY_EDITORS = _("Checked by the editors against public sources. No clinician has reviewed this check.")

NOT_REVIEWED = _(
    "No clinician has checked this page yet. The editors wrote it from public sources, listed below. Ask a doctor about"
    " treatment; with any emergency sign do not wait, call %(emergency)s."
)
NOT_REVIEWED_DECISION = _("Decision to publish without a review: %(name)s, %(date)s. Reason: %(reason)s")

REVIEW_OVERDUE = _("The next review was promised by %(date)s and has not been done.")
# Of what holds until a day, such as a triage protocol.
LAPSED = _("This was valid until %(date)s and has not been renewed since.")

# Over a text that lacks a change for safety of its other language; keyed by that one, and read in this one.
SAFETY_GAP: Words = {
    "ru": _(
        "The Russian page has a change that matters for safety, and this page does not have it yet. Do not rely on this"
        " page alone: read the Russian one or ask a doctor. If life may be in danger, call %(emergency)s."
    ),
    "en": _(
        "The English page has a change that matters for safety, and this page does not have it yet. Do not rely on this"
        " page alone: read the English one or ask a doctor. If life may be in danger, call %(emergency)s."
    ),
}

# Titles of blocks that have none of their own.
KEY_POINTS = pgettext_lazy("reader", "Key points")
ACCOUNTS = _("Accounts side by side")
RELATED = _("Related questions")

EXPERTS_DIFFER = _("The experts differ")
# The classification whose codes terms carry.
ICD10 = _("ICD-10")
ADVICE_ONLY = _("advice, not for emergencies")

UNDER_CHECK = _("We are checking this text")

WITHDRAWN_QUOTE = _("The statement that stood here was withdrawn.")
ERASED = _("It was erased for good, as the law requires.")
WITHDRAWN_SOURCE = _("This source was withdrawn.")


def how_read(source: Source) -> str:
    """Return how we read a source; empty for our own policy, which was not read but written."""
    return "" if source.kind == "own_policy" else str(SOURCE_ACCESS[source.access])
