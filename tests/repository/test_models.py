"""Every model says whether its rows may change, and every field whether a reader may ever see it."""

import pytest
from django.apps import apps
from django.db import models

from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.editions.immutability import ImmutableModel
from articles.editorial.audit import AuditEntry
from articles.editorial.checklists import Answer, Waiver
from articles.editorial.part_confirmations import PartConfirmation, PartRevocation
from articles.editorial.review_plans import ReviewPlan
from articles.editorial.revisions import Revision
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition

OWN = [model for app in ("articles", "triage") for model in apps.get_app_config(app).get_models()]
AT_THE_DESK = [model for model in OWN if issubclass(model, DeskObject | OrderedRow)]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_a_model_says_whether_its_rows_may_change(model: type[models.Model]) -> None:
    assert getattr(model, "mutability", None) in {"mutable", "immutable"}


def test_what_the_shelf_holds_for_good_is_immutable() -> None:
    immutable = {model.__name__ for model in OWN if model.mutability == "immutable"}
    assert immutable == {
        "Edition", "Mention", "Change", "WithdrawnPart", "Expunged", "Revision", "SignOff", "Revocation",
        "Signature", "SignatureRevocation", "SignedText", "PartConfirmation", "PartRevocation", "Transition",
        "AuditEntry", "ReleaseStep", "ReviewPlan", "Waiver", "Answer",
    }  # fmt: skip


def test_an_immutable_model_refuses_in_python_too() -> None:
    at_the_desk = (
        Revision, SignOff, Revocation, SignedText, PartConfirmation, PartRevocation, Transition, AuditEntry, ReviewPlan,
        Waiver, Answer,
    )  # fmt: skip
    refusing = [model for model in OWN if model.mutability == "immutable" and model not in at_the_desk]
    assert all(issubclass(model, ImmutableModel) for model in refusing)


@pytest.mark.parametrize("model", AT_THE_DESK, ids=lambda model: model.__name__)
def test_what_a_model_of_the_desk_calls_internal_are_its_fields(model: type[DeskObject]) -> None:
    fields = {field.name for field in model._meta.get_fields()}
    assert model.internal
    assert model.internal <= fields


def test_the_desk_is_known_whole() -> None:
    rows = {row.__name__ for rows in ROWS.values() for row in rows.models}
    assert {model.__name__ for model in AT_THE_DESK} == {model.__name__ for model in AGGREGATES.values()} | {
        "Text"
    } | rows
    assert all("internal_note" in model.internal for model in AT_THE_DESK if issubclass(model, DeskObject))


def test_no_key_leads_from_the_shelf_to_a_working_table() -> None:
    shelf = [model for model in OWN if model.__module__.startswith("articles.editions.")]
    led_to = {field.related_model for model in shelf for field in model._meta.get_fields() if field.is_relation}
    assert shelf
    assert led_to <= set(shelf)
