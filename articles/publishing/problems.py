"""What the press itself asks for, beside what the desk knows about completeness."""

from django.utils.translation import gettext_lazy as _

from articles.content.problems import DeskProblem, Where

WORDS = {
    "class-missing": _("Say what kind of change this is."),
    "note-missing": _("Tell readers in a sentence what changed."),
    "reason-missing": _("Say why it is published without a medical review."),
    "return-note-missing": _("Say what has to be changed."),
    "not-now": _("This cannot be done with the text as it stands now. Look at it again."),
    "own-words": _("You wrote these words yourself, or a part of them. Another reviewer has to check them."),
    "not-approved": _(
        "Nobody has approved these very words. Send them for review: a medical reviewer who did not write them signs."
    ),
    "self-approved": _(
        "Only people who wrote these words have signed them. Another medical reviewer has to sign as well."
    ),
    "review-gone": _(
        "This edition says that it is reviewed, and no signature stands by it any more. Publish the text instead."
    ),
    "signatures-missing": _("This goes out only with the signatures of two clinicians."),
    "returned": _("A reviewer returned these very words and asked for changes. Change them, or send them again."),
    "urgent-returned": _(
        "A reviewer returned these very words, and nobody has signed them since. Read why, and say that you publish"
        " them nevertheless."
    ),
    "urgent-not-safety": _("Without review only a safety correction goes out. Choose that kind of change."),
    "urgent-why-missing": _("Say why readers cannot wait for a review."),
    "slug-taken": _("The address “%(slug)s” leads, or once led, to another text. Choose another one."),
    "words-unreadable": _("The words for readers hold something that cannot be published: %(what)s"),
    "changed-meanwhile": _("The text was changed after you looked at it. Look at it again before publishing."),
    "original-switched": _("The article's original language was changed. Publish both languages together."),
    "signed-elsewhere": _("This is signed on a page of its own, both languages together."),
    "no-language": _("Choose at least one language."),
    "withdrawn-reason-missing": _("Tell readers why the text is withdrawn."),
    "reason-code-missing": _("Choose the reason of the withdrawal."),
    "check-note-missing": _("Tell readers in a sentence what is being checked."),
    "check-result-missing": _("Tell readers in a sentence what the check found."),
    "is-checked": _("Readers are told already that this text is being checked."),
    "not-checked": _("Nobody is checking this text."),
    "not-live": _("There is no live text in this language."),
    "is-live": _("The text is live in this language already."),
    "again-elsewhere": _("Bring the old version back at the desk, and publish it on its own page."),
    "part-withdrawn": _("The text shows what was withdrawn meanwhile: %(name)s. Publish it anew instead."),
    "part-changed-meanwhile": _("Something was changed after you looked at it. Look at it again."),
    "is-erased": _("The text was erased for good and cannot come back."),
    "erasure-live": _("Readers still see it: %(names)s. Withdraw it, or publish these texts without it, first."),
    "erasure-used": _("It is still used at the desk: %(names)s. Take it out there first."),
    "erasure-asked": _("Somebody has asked for this already. A second person has to confirm it."),
    "erasure-own": _("You have asked for it yourself. Another person has to confirm it."),
    "erasure-settled": _("This request is settled already."),
    "grounds-missing": _("Say on which grounds it has to be erased."),
    "part-reason-missing": _("Say why the confirmation is taken back."),
    "part-unconfirmed": _(
        "A medical reviewer has to confirm first what changed in “%(name)s”: live texts that carry it are reviewed."
    ),
    "release-name-missing": _("Give the release a name."),
    "release-name-long": _("The name of the release is longer than %(most)s characters."),
    "release-past": _("Choose a moment that is still to come."),
    "release-far": _("Choose a moment within a year: what is approved today should not wait for longer."),
    "release-closed": _("This release has gone out or was cancelled."),
    "release-empty": _("There is no text in this release."),
    "release-nothing-new": _("Readers see this text already: nothing would change."),
    "release-elsewhere": _("The text waits in another release already: %(name)s. Take it out there first."),
    "release-review-lapses": _("The next review was promised by %(day)s, before readers would see the text."),
    "release-moved": _("The text was published, amended or withdrawn after it was put into the release."),
    "release-text-gone": _("The text is no longer at the desk."),
    "release-part-gone": _("The text shows something that was withdrawn or erased since."),
    "release-part-sent": _("Something in the text was corrected in live texts since: %(names)s."),
    "release-numbers": _("Whom to call stands otherwise at the desk by now: %(names)s."),
    "release-approval": _("The text is no longer approved as it was put into the release."),
    "release-altered": _("What was kept of the text is not what this version of the program would publish."),
    "release-late": _(
        "Its moment passed more than %(hours)s hours before anything could go out. Check it and set another moment."
    ),
    "release-arranger": _("Whoever arranged the release may not publish any more. Set its moment anew."),
    "ending-past": _("Choose a moment that is still to come, within three years."),
    "nothing-drifted": _("Nothing differs between the desk and the live texts."),
}


def press_problem(code: str, language: str, where: Where, **params: str) -> DeskProblem:
    """Return the problem with its sentence; raise KeyError for a code without one."""
    return DeskProblem(code, language, where, tuple(sorted(params.items())), WORDS[code])


class RefusedError(ValueError):
    """Raised when the press refuses; `problems` is the whole list."""

    def __init__(self, problems: list[DeskProblem]) -> None:
        super().__init__("; ".join(f"{problem.code} ({problem.language})" for problem in problems))
        self.problems = problems
