"""From when a promised review is lacking, and the words for it."""

from datetime import UTC, datetime

import msgspec
import pytest

from articles.editions.overdue import overdue_from, overdue_sentence
from tests.factories.documents import REVIEWED, UNREVIEWED


@pytest.mark.parametrize(
    ("next_on", "moment"),
    [
        ("2028-11-20", datetime(2028, 11, 21, tzinfo=UTC)),
        ("2028-12-31", datetime(2029, 1, 1, tzinfo=UTC)),
        ("2028-02-28", datetime(2028, 2, 29, tzinfo=UTC)),
    ],
)
def test_the_promised_day_counts_whole(next_on: str, moment: datetime) -> None:
    assert overdue_from(msgspec.structs.replace(REVIEWED, next_on=next_on)) == moment


def test_who_promised_nothing_is_never_overdue() -> None:
    assert overdue_from(UNREVIEWED) is None
    assert overdue_from(msgspec.structs.replace(UNREVIEWED, next_on="2028-11-20")) is None
    assert overdue_from(msgspec.structs.replace(REVIEWED, next_on="")) is None


def test_the_sentence_is_in_the_readers_language_whatever_the_interface_speaks() -> None:
    assert overdue_sentence(REVIEWED, "en").startswith("The next review was promised by 20\u00a0November\u00a02028")
    assert "20\u00a0ноября\u00a02028" in overdue_sentence(REVIEWED, "ru")
