"""What a link may lead to."""

import pytest

from articles.reader.presenters.links import web_address


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://site.invalid/a?b=1", "https://site.invalid/a?b=1"),
        ("http://site.invalid/", "http://site.invalid/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("#", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web(address: str, leads_to: str) -> None:
    assert web_address(address) == leads_to
