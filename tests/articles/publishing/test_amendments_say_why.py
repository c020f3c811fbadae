"""Whatever amends live texts, each partner reads of which class the amendment is, and why, in the text's language."""

import os
import random
import re
from collections.abc import Callable

import pytest

from articles.canonical.languages import Language
from articles.content.blocks import CareBoxBlock, QuoteBlock
from articles.content.care import CareService
from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Text
from articles.editions.envelope import ChangeClass
from articles.editions.journal import public_line
from articles.editions.shelf import Change, Edition
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.publishing.drift import CLASSES, drifted, republish_changed
from articles.publishing.impact import impact, propagate
from articles.publishing.problems import RefusedError
from articles.publishing.uses import part_of
from articles.publishing.withdraw import withdraw_part
from tests.factories.desk import a_quote, an_article, an_editor, an_expert
from tests.factories.desk_kinds import a_care_box, a_care_service, a_page, a_question
from tests.factories.press import publish_item
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db

# `make soak` asks for many more.
ROUNDS = int(os.environ.get("ROUNDS", "2"))

Notes = dict[Language, str]


class Desk:
    """Texts in both languages that carry a number to call and quotes, and somebody who amends them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.by, self.minute = chance, an_editor(), 0
        self.service = a_care_service("103")
        box = a_care_box(services=[self.service])
        self.expert = an_expert()
        self.quotes = [a_quote(expert=self.expert) for _ in range(3)]
        self.texts: list[Text] = [an_article(), a_question(), a_page()]
        for text in self.texts:
            CareBoxBlock.objects.create(parent=text, care_box=box, ordering=30)
            for number, quote in enumerate(self.quotes):
                QuoteBlock.objects.create(parent=text, quote=quote, ordering=40 + number)
            publish_item(text, by=self.by)

    def now(self):
        self.minute += 1
        return later(self.minute)

    def propagates_a_number(self, one: ChangeClass, notes: Notes) -> ChangeClass:
        CareService.objects.filter(pk=self.service.pk).update(number=str(200 + self.minute))
        part = part_of(self.service)
        seen = [text.seen for text in impact(part).texts]
        propagate(part, change_class=one, notes=notes, seen=seen, by=self.by, at=self.now())
        return one

    def republishes_what_drifted(self, one: ChangeClass, notes: Notes) -> ChangeClass:
        Expert.objects.filter(pk=self.expert.pk).update(
            post_ru=f"должность {self.minute}", post_en=f"post {self.minute}"
        )
        text = self.chance.choice(self.texts)
        parts = {drift.part for drift in drifted(text.pk)}
        republish_changed(text.pk, parts, change_class=one, notes=notes, by=self.by, at=self.now())
        return one

    def withdraws_a_quote(self, one: ChangeClass, notes: Notes) -> ChangeClass:
        return self._withdraw("quote", self.quotes[-1], notes)

    def withdraws_a_source(self, one: ChangeClass, notes: Notes) -> ChangeClass:
        return self._withdraw("source", self.quotes[-1].source, notes)

    def _withdraw(self, kind: str, part: Quote | Source, notes: Notes) -> ChangeClass:
        code = self.chance.choice([code for code in WithdrawalReason.values if code not in ("follows", "expired")])
        withdraw_part(kind, part.pk, reason_code=code, reasons=notes, by=self.by, at=self.now())
        self.quotes.pop()
        return change_class(code)


ACTS: list[Callable[[Desk, ChangeClass, Notes], ChangeClass]] = [
    Desk.propagates_a_number, Desk.republishes_what_drifted, Desk.withdraws_a_quote, Desk.withdraws_a_source,
]  # fmt: skip


def edition_of(line: Change) -> Edition:
    return Edition.objects.get(item=line.item, language=line.language, number=line.edition)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_every_amendment_says_its_class_and_why_in_the_language_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    desk = Desk(chance)
    acts = [*ACTS, *(chance.choice(ACTS[:2]) for _ in range(3))]
    chance.shuffle(acts)
    for number, act in enumerate(acts):
        notes: Notes = {"ru": f"Причина номер {number}.", "en": f"Reason number {number}."}
        before = Change.objects.count()

        expected = act(desk, chance.choice(sorted(CLASSES)), notes)

        amended = Change.objects.filter(sequence__gt=before, event="amended")
        lines = list(amended.order_by("sequence"))
        assert {line.language for line in lines} == {"ru", "en"}
        for line in lines:
            envelope = edition_of(line).envelope
            told = public_line(line)["change"]
            note = re.sub(r"\s", " ", told["note"])
            assert (told["class"], note) == (expected, notes[line.language])  # type: ignore[index]
            assert (envelope.change.class_, envelope.change.note) == (told["class"], told["note"])
            assert envelope.caused_by is not None


@pytest.mark.parametrize("act", ACTS)
def test_none_goes_out_without_a_note_in_each_language(act: Callable[..., object]) -> None:
    desk = Desk(random.Random(0))
    lacking: list[Notes] = [{}, {"ru": "Причина."}, {"ru": " ", "en": "Reason."}, {"ru": "Причина.", "en": "\n"}]
    for notes in lacking:
        with pytest.raises(RefusedError):
            act(desk, "correction", notes)
    assert not Change.objects.filter(event="amended").exists()


@pytest.mark.parametrize("act", ACTS[:2])
def test_none_goes_out_in_a_class_that_an_amendment_cannot_have(act: Callable[..., object]) -> None:
    desk = Desk(random.Random(0))
    for one in ("", "first", "review", "nonsense"):
        with pytest.raises(RefusedError):
            act(desk, one, {"ru": "Причина.", "en": "Reason."})
    assert not Change.objects.filter(event="amended").exists()
