"""One change at the desk is looked at in every live text and goes out to all of them at once, or to none."""

import pytest

from articles.content.blocks import AccountsBlock, CareBoxBlock, TextBlock
from articles.content.care import CareService
from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.texts import Article
from articles.editions import queries
from articles.editions.shelf import Change, Edition, Standing
from articles.editions.store import Part
from articles.editions.verifying import verify_editions
from articles.editorial.confirmations import confirmed
from articles.editorial.roles import NotAllowedError
from articles.publishing.impact import impact, propagate
from articles.publishing.parts import SHARED
from articles.publishing.problems import RefusedError
from articles.publishing.uses import part_of
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import a_quote, an_article, an_editor, an_expert, place
from tests.factories.desk_kinds import (
    a_care_box,
    a_care_service,
    a_page,
    a_question,
    an_article_with_everything,
    some_accounts,
)
from tests.factories.press import publish_item
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db

NOTES = {"ru": "Изменён номер скорой помощи.", "en": "The ambulance has another number."}


@pytest.fixture
def vera():
    return an_editor()


@pytest.fixture
def scene(vera):
    """103 in a box of an article, a question and a page; the page has a second box with the same service."""
    service = a_care_service("103")
    box, other = a_care_box(services=[service]), a_care_box(services=[service, a_care_service("112", country="EU")])
    texts = [an_article(), a_question(), a_page()]
    for text in texts:
        CareBoxBlock.objects.create(parent=text, care_box=box, ordering=30)
    CareBoxBlock.objects.create(parent=texts[2], care_box=other, ordering=40)
    TextBlock.objects.create(parent=texts[1], ordering=10, text_ru="<p>Обычно нет.</p>", text_en="<p>Usually not.</p>")
    for text in texts:
        publish_item(text, by=vera)
    return service, texts


def renumber(service, number="113"):
    CareService.objects.filter(pk=service.pk).update(number=number)
    return part_of(service)


def send(part, by, **changed):
    terms = {"change_class": "safety", "notes": NOTES, "seen": [text.seen for text in impact(part).texts]}
    return propagate(part, **terms | changed, by=by, at=later(5))


def numbers(item):
    found = queries.by_item(item.pk)
    return {
        (language, service.number)
        for language in ("ru", "en")
        for part in found.shelved(language).document.shared_parts()
        if part.part_kind == "care_service"
        for service in [part]
    }


def test_a_part_that_no_live_text_differs_in_has_no_impact(scene):
    service, _ = scene

    found = impact(part_of(service))

    assert (len(found.texts), found.differing, found.languages, found.problems) == (6, [], [], [])


def test_every_live_text_of_every_kind_is_named_in_both_languages_with_what_differs(scene):
    service, texts = scene

    found = impact(renumber(service))

    assert {(text.standing.item, text.language) for text in found.differing} == {
        (text.pk, language) for text in texts for language in ("ru", "en")
    }
    assert [drift.fields() for drift in found.drifts] == [{"number": ("103", "113")}] * 6
    assert found.languages == ["ru", "en"]


def test_looking_costs_the_same_queries_for_three_texts_as_for_one(scene, vera, django_assert_num_queries):
    service, texts = scene
    part = renumber(service)
    with django_assert_num_queries(3):
        impact(part)
    withdraw("page", texts[2].pk, ["ru", "en"], reason_code="error", reasons=NOTES, by=vera, at=later(1))
    with django_assert_num_queries(3):
        impact(part)


def test_sending_out_amends_every_live_text_with_a_journal_line_each(scene, vera):
    service, texts = scene
    part = renumber(service)
    before = Change.objects.count()

    amended = send(part, vera)

    assert len(amended) == 6
    for text in texts:
        assert {number for _, number in numbers(text)} == {"113"} | ({"112"} if text is texts[2] else set())
    lines = list(Change.objects.filter(sequence__gt=before).order_by("sequence"))
    assert {(line.event, line.change_class, line.language, line.note) for line in lines} == {
        ("amended", "safety", language, NOTES[language]) for language in ("ru", "en")
    }
    assert {(str(line.item), line.language) for line in lines} == {
        (str(text.pk), language) for text in texts for language in ("ru", "en")
    }
    assert {edition.envelope.caused_by.id for edition in amended} == {str(service.pk)}
    assert impact(part).differing == []
    assert list(verify_editions()) == []


def test_what_was_in_step_stays_so_and_confirmations_move_with_the_part(scene, vera):
    service, texts = scene

    send(renumber(service), vera)

    for text in texts:
        assert {queries.by_item(text.pk).shelved(language).translation.state for language in ("ru", "en")} == {
            "in_step"
        }
        live = queries.by_item(text.pk).shelved("ru").document
        assert confirmed(text.pk, "en").items() >= {
            (block.id, live.parts()[block.id]) for block in live.blocks if block.kind == "care_box"
        }


def test_a_half_typed_draft_stays_at_the_desk(scene, vera):
    service, texts = scene
    Article.objects.update(title_en="Half a sen", slug_en="half")
    TextBlock.objects.update(text_ru="<p>НЕДОПИСАНО</p>")
    before = {text.pk: queries.by_item(text.pk).shelved("en").document for text in texts}

    send(renumber(service), vera)

    for text in texts:
        now = queries.by_item(text.pk).shelved("en").document
        assert (now.title, now.slug) == (before[text.pk].title, before[text.pk].slug)
        assert [block for block in now.blocks if block.kind != "care_box"] == [
            block for block in before[text.pk].blocks if block.kind != "care_box"
        ]
    assert not Edition.objects.filter(document_json__contains="НЕДОПИСАНО").exists()


def test_parts_inside_the_part_that_differ_too_do_not_go_with_it(vera):
    quote, article = a_quote(), an_article()
    place(article, quote)
    publish_item(article, by=vera)
    Expert.objects.update(post_ru="заведующая", post_en="head physician")
    Quote.objects.update(text_ru="Иначе.", text_en="Otherwise.")
    part = part_of(quote)

    found = impact(part)
    send(part, vera)

    assert found.inside == [Part("expert", str(quote.expert_id))]
    shown = queries.by_item(article.pk).shelved("en").document.quotes()[0]
    assert (shown.text, shown.speaker.post) == ("Otherwise.", "physician")


def test_texts_in_one_language_only_are_sent_out_in_it(vera):
    expert = an_expert(biography_ru="", slug_ru="anna", slug_en="anna-testova")
    article = an_article()
    place(article, a_quote(expert=expert))
    publish_item(article, by=vera)
    Expert.objects.update(post_en="head physician")

    amended = send(part_of(expert), vera, notes={"en": "The post was corrected."})

    assert [edition.language for edition in amended] == ["en"]


def test_the_title_of_a_persons_page_follows_the_name(vera):
    expert = an_expert(slug_ru="anna", slug_en="anna-testova")
    publish_item(expert, by=vera)
    Expert.objects.update(name_ru="Анна Испытательная", name_en="Anna Trialova")

    send(part_of(expert), vera)

    found = queries.by_item(expert.pk)
    assert {found.shelved(language).document.title for language in ("ru", "en")} == {
        "Анна Испытательная",
        "Anna Trialova",
    }
    assert [(row.title, row.slug) for row in Standing.objects.order_by("language")] == [
        ("Anna Trialova", "anna-testova"),
        ("Анна Испытательная", "anna"),
    ]
    assert {found.shelved(language).translation.state for language in ("ru", "en")} == {"in_step"}


def test_a_name_put_right_in_the_original_alone_leaves_the_translation_behind(vera):
    expert = an_expert(slug_ru="anna", slug_en="anna-testova")
    publish_item(expert, by=vera)
    Expert.objects.update(name_ru="Анна Испытательная")

    send(part_of(expert), vera)

    assert queries.by_item(expert.pk).shelved("en").translation.state == "behind"


def test_every_kind_of_shared_part_can_be_sent_out(vera):
    """Each kind with a word that readers see: in the same article, one after the other."""
    article = an_article_with_everything()
    publish_item(article, by=vera)
    columns = {
        "organisation": "name_en",
        "expert": "post_en",
        "source": "container",
        "quote": "text_en",
        "care_service": "note_en",
        "care_box": "advice_en",
        "evidence_table": "note_en",
        "accounts": "note_en",
        "picture": "caption_en",
    }
    assert columns.keys() == SHARED.keys()
    for kind, column in columns.items():
        working = SHARED[kind].model._default_manager.first()
        SHARED[kind].model._default_manager.filter(pk=working.pk).update(**{column: f"Moved {kind}"})

        send(Part(kind, str(working.pk)), vera)

        shown = queries.by_item(article.pk).shelved("en").standing.edition.document_json
        assert f"Moved {kind}".replace(" ", "\N{NO-BREAK SPACE}") in shown or f"Moved {kind}" in shown
    assert list(verify_editions()) == []


def refusal(part, by, **changed):
    before = list(Standing.objects.order_by("pk").values_list("edition", flat=True))
    with pytest.raises(RefusedError) as refused:
        send(part, by, **changed)
    assert list(Standing.objects.order_by("pk").values_list("edition", flat=True)) == before
    return {(problem.code, problem.language) for problem in refused.value.problems}


def test_everything_that_is_in_the_way_is_said_at_once(scene, vera):
    service, _ = scene
    part = renumber(service)
    CareService.objects.filter(pk=service.pk).update(name_en="")

    found = refusal(part, vera, change_class="review", notes={"ru": "Номер."}, seen=[])

    assert found == {
        ("class-missing", ""),
        ("note-missing", "en"),
        ("part-changed-meanwhile", ""),
        ("service-nameless", "en"),
    }


def test_what_was_changed_after_somebody_looked_does_not_go_out(scene, vera):
    service, _ = scene
    part = renumber(service)
    seen = [text.seen for text in impact(part).texts]
    renumber(service, "911")

    assert refusal(part, vera, seen=seen) == {("part-changed-meanwhile", "")}


def test_a_text_that_came_after_somebody_looked_is_looked_at_first(scene, vera):
    service, texts = scene
    part = renumber(service)
    seen = [text.seen for text in impact(part).texts if text.standing.item != texts[0].pk]

    assert refusal(part, vera, seen=seen) == {("part-changed-meanwhile", "")}


def test_a_text_that_left_meanwhile_stops_nobody(scene, vera):
    service, texts = scene
    part = renumber(service)
    seen = [text.seen for text in impact(part).texts]
    withdraw("faq", texts[1].pk, ["ru", "en"], reason_code="error", reasons=NOTES, by=vera, at=later(1))

    assert len(send(part, vera, seen=seen)) == 4


def test_where_nothing_differs_nothing_goes_out(scene, vera):
    service, _ = scene

    assert refusal(part_of(service), vera) == {("nothing-drifted", "")}


def test_what_was_withdrawn_never_goes_out_again(vera):
    quote, article = a_quote(), an_article()
    place(article, quote)
    publish_item(article, by=vera)
    source = part_of(quote.source)
    type(quote.source).objects.filter(pk=quote.source_id).update(publisher="Other News")
    withdraw_part("source", quote.source_id, reason_code="error", reasons=NOTES, by=vera, at=later(1))

    assert refusal(source, vera) == {("nothing-drifted", "")}


def test_who_may_not_publish_may_not_send_out(scene, django_user_model):
    service, _ = scene
    stranger = django_user_model.objects.create_user("stranger", password="x", is_staff=True)

    with pytest.raises(NotAllowedError):
        send(renumber(service), stranger)


def test_a_statement_no_longer_under_its_speakers_name_does_not_leave_experts_who_differ(vera):
    quote, article = a_quote(), an_article()
    accounts = some_accounts(quote, a_quote(), experts_differ=True)
    AccountsBlock.objects.create(parent=article, accounts=accounts, ordering=30)
    publish_item(article, by=vera)
    Quote.objects.filter(pk=quote.pk).update(attribution="caption")

    with pytest.raises(RefusedError) as refusal:
        send(part_of(quote), vera)

    assert {(problem.code, problem.where.id) for problem in refusal.value.problems} == {
        ("differ-not-by-name", str(accounts.pk))
    }
    assert Edition.objects.count() == 2


def test_a_service_that_is_for_advice_from_now_on_does_not_leave_a_box_without_a_number(scene, vera):
    service, _ = scene
    CareService.objects.filter(pk=service.pk).update(purpose="advice")

    with pytest.raises(RefusedError) as refusal:
        send(part_of(service), vera)

    # The second box has 112 as well.
    assert [(problem.code, problem.language) for problem in refusal.value.problems] == [
        ("box-without-number", "ru"), ("box-without-number", "en"),
    ]  # fmt: skip
