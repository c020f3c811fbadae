"""Numbers to call."""

import pytest
from django.utils.translation import override

from articles.reader.presenters.emergency import emergency_numbers, with_emergency_numbers

pytestmark = pytest.mark.django_db


def test_each_number_can_be_called() -> None:
    with override("en"):
        assert emergency_numbers("en") == (
            '<a href="tel:112">112</a>, <a href="tel:999">999</a> in the UK or <a href="tel:103">103</a> in Russia'
        )


def test_russian_readers_get_103_and_112() -> None:
    with override("ru"):
        numbers = emergency_numbers("ru").replace("\N{NO-BREAK SPACE}", " ")

    assert numbers == '<a href="tel:103">103</a> или <a href="tel:112">112</a>'


def test_the_sentence_around_them_is_escaped() -> None:
    with override("en"):
        sentence = with_emergency_numbers("<b>Call</b> %(emergency)s & wait.", "en")

    assert sentence.startswith("&lt;b&gt;Call&lt;/b&gt; <a href=")
    assert sentence.endswith("in Russia &amp; wait.")
