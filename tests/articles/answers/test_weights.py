"""What a header of preferences names, and how much each name weighs."""

import pytest

from articles.answers.weights import weighted


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("", []),
        ("br", [("br", 1.0)]),
        ("GZIP ; Q=0.5,br", [("gzip", 0.5), ("br", 1.0)]),
        ("a;q=1.000, b;q=0", [("a", 1.0), ("b", 0.0)]),
        ("a;q=1.1, b;q=-1, c;q=x, d;q=, e;level=1, f;q=0.1234, g;q=٠", []),
        (" , ;q=1,a", [("a", 1.0)]),
    ],
)
def test_names_come_in_order_and_what_is_malformed_is_passed_over(header: str, names: list[tuple[str, float]]) -> None:
    assert list(weighted(header)) == names


def test_of_an_endless_header_only_the_beginning_is_read() -> None:
    assert len(list(weighted("a," * 100_000))) == 1_000
