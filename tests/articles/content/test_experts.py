"""A declaration of interests says who made it and when, in whichever language."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.desk import DISCLOSED, an_expert

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", [{"disclosed_on": None}, {"disclosed_by_ru": "", "disclosed_by_en": ""}])
def test_the_database_refuses_a_declaration_without_who_or_when(missing):
    with pytest.raises(IntegrityError, match="a_declaration_says_who_and_when"), transaction.atomic():
        an_expert(**DISCLOSED | missing)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_declaration_in_one_language_is_enough(language):
    assert an_expert(**DISCLOSED | {f"disclosed_by_{language}": ""}).pk


def test_nobody_was_asked_by_default():
    assert an_expert().disclosure == "not_asked"
