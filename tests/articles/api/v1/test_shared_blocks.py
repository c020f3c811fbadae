"""Blocks that hold what several texts share: care boxes, evidence, accounts side by side."""

import pytest

from articles.editions import wording
from tests.articles.api.v1.asking import answered, only_block, russian
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import (
    a_person,
    a_quote,
    a_source,
    an_id,
)
from tests.factories.documents_of_kinds import (
    a_care_box,
    a_row,
    a_service,
    a_withdrawn_account,
    accounts,
    care_box,
    evidence_table,
)

# care boxes


def test_a_care_box_says_how_soon_and_whom_to_call_with_the_numbers_in_its_words(partner: Partner) -> None:
    box = a_care_box(
        services=[
            a_service("112", country="KZ", note="в Казахстане"),
            a_service("111", country="GB", purpose="advice", name="NHS", note=""),
            a_service("103"),
        ],
        cited=[a_source().id],
    )
    item = answered(partner, care_box(box))
    [block], [in_care] = item["blocks"], item["care"]
    assert block["box"] == in_care
    own = block["box"]
    assert (own["id"], own["block"], own["level"]) == (box.id, block["id"], "emergency")
    assert own["level_label"] == russian(wording.CARE_LEVELS["emergency"])
    assert "{emergency}" not in str(item)
    assert own["title"].startswith("Звоните 103")
    assert [service["number"] for service in own["services"]] == ["103", "112", "111"]
    assert own["sources"] == [a_source().id]
    for words in ("Звоните 103", "человек потерял сознание", "трудно дышать", "не садитесь за руль", "в Казахстане"):
        assert words in block["html"]
        assert words in block["text"]
    assert '<a href="tel:103">103</a> — Скорая помощь' in block["html"]
    assert "103 — Скорая помощь\n112 — Скорая помощь, в Казахстане" in block["text"]
    assert block["text"].endswith("\nИсточники: [1]")
    assert russian(wording.ADVICE_ONLY) in block["text"]


def test_a_number_that_is_the_same_in_several_countries_is_told_once(partner: Partner) -> None:
    services = [
        a_service("112", country=country, note=note, id=an_id(f"112/{country}"))
        for country, note in (("RU", "в России"), ("KZ", "в Казахстане"), ("EU", ""))
    ]
    block = only_block(partner, care_box(a_care_box(services=services)))
    assert "112 — Скорая помощь, в России, в Казахстане" in block["text"]
    assert block["html"].count('href="tel:112"') == 1
    assert len(block["box"]["services"]) == 3


def test_care_boxes_are_listed_gravest_first_and_in_the_order_of_the_text_within_a_level(partner: Partner) -> None:
    levels = ["self_care", "same_day", "emergency", "appointment_weeks", "emergency", "appointment_days"]
    blocks = [care_box(a_care_box(f"{number}", level=level)) for number, level in enumerate(levels)]
    care = answered(partner, *blocks)["care"]
    assert [box["id"] for box in care] == [blocks[number].box.id for number in (2, 4, 1, 5, 3, 0)]


@pytest.mark.parametrize(
    ("level", "required", "seconds"),
    [("emergency", False, 3_600), ("self_care", True, 3_600), ("self_care", False, 86_400)],
)
def test_a_copy_with_an_emergency_must_be_confirmed_within_the_hour(
    partner: Partner, level: str, required: bool, seconds: int
) -> None:
    assert answered(partner, care_box(a_care_box(level=level), required=required))["max_age"] == seconds


# evidence


def test_evidence_gives_each_option_its_findings_verdict_and_sources(partner: Partner) -> None:
    rows = [a_row(sources=[a_source().id]), a_row("Магний", verdict="unlikely", conclusion="")]
    block = only_block(partner, evidence_table(*rows, note="По обзорам."))
    stretching, magnesium = block["table"]["rows"]
    assert (stretching["option"], stretching["verdict"], stretching["sources"]) == (
        "Растяжка",
        "may_help",
        [a_source().id],
    )
    assert stretching["verdict_label"] == russian(wording.EVIDENCE_VERDICTS["may_help"])
    assert magnesium["verdict"] == "unlikely"
    for words in ("Что помогает", "Растяжка", "стало немного легче", "Можно попробовать", "[1]", "По обзорам.",
                  stretching["verdict_label"], magnesium["verdict_label"]):  # fmt: skip
        assert words in block["html"]
        assert words in block["text"]
    assert block["html"].count('<th scope="row">') == 2
    assert f'легче.<sup data-source="{a_source().id}">[1]</sup></p></td>' in block["html"]


# accounts side by side


def test_accounts_hold_each_quote_with_its_whole_context(partner: Partner) -> None:
    other = a_quote("other", text="Дело не в этом.", speaker=a_person("other", name="Борис Другой"))
    item = answered(partner, accounts(a_quote(), other, experts_differ=True, cited=[a_source().id]))
    [block] = item["blocks"]
    own = block["accounts"]
    assert own["experts_differ"] is True
    assert [entry["quote"] for entry in own["entries"]] == [quote["id"] for quote in item["quotes"]]
    assert {quote["block"] for quote in item["quotes"]} == {block["id"]}
    for entry, quote in zip(own["entries"], item["quotes"], strict=True):
        for words in (quote["statement"], quote["person"]["name"], quote["workplace"]["basis_label"],
                      quote["disclosure"]["label"], quote["source"]["reference"], quote["evidence"]["label"],
                      quote["mode_label"], quote["attribution_label"]):  # fmt: skip
            assert words in entry["html"]
            assert words in entry["text"]
        assert entry["html"] in block["html"]
        assert entry["text"] in block["text"]
    assert russian(wording.EXPERTS_DIFFER) in block["html"]
    assert russian(wording.EXPERTS_DIFFER) in block["text"]
    assert "Источники порядка не устанавливают. [2]" in block["text"]


def test_a_withdrawn_account_is_a_notice_and_who_is_left_differs_from_nobody(partner: Partner) -> None:
    item = answered(partner, accounts(a_withdrawn_account(reason="Врач <попросил>."), a_quote(), experts_differ=True))
    own = item["blocks"][0]["accounts"]
    gone, left = own["entries"]
    assert (gone["quote"], gone["withdrawn"]["reason"]) == (None, "Врач <попросил>.")
    assert "Врач &lt;попросил&gt;." in item["blocks"][0]["html"]
    assert [quote["id"] for quote in item["quotes"]] == [left["quote"]]
    assert own["experts_differ"] is False
    assert russian(wording.EXPERTS_DIFFER) not in item["blocks"][0]["html"]


def test_experts_are_not_said_to_differ_where_nobody_found_it(partner: Partner) -> None:
    block = only_block(partner, accounts())
    assert block["accounts"]["experts_differ"] is False
    assert russian(wording.EXPERTS_DIFFER) not in block["text"]
