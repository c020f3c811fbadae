"""From the root everything can be reached."""

import re
from typing import Any, get_type_hints

import pytest
from django.test import Client

from articles.api.v1.offers import OFFERS
from articles.api.v1.shapes.root import Links
from tests.articles.api.v1.conftest import Partner, description

# What an address needs before it answers, and what it answers without.
NEEDS = {"search": "&q=судорога", "lookup": "&code=R25.2", "verify": f"&digest={'0' * 64}"}
A_PARTNERS_OWN = {"webhooks", "acknowledgements", "usage"}


def links(partner: Partner, language: str) -> dict[str, str]:
    found: dict[str, str] = partner.json(f"?lang={language}")["links"]
    return {name: address.removeprefix("http://testserver") for name, address in found.items()}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", sorted(get_type_hints(Links)))
def test_every_link_of_the_root_resolves(partner: Partner, client: Client, name: str, language: str) -> None:
    address = links(partner, language)[name]

    response = client.get(address + NEEDS.get(name, ""))

    assert response.status_code in ({401, 405} if name in A_PARTNERS_OWN else {200})
    assert f"lang={language}" in address or address.startswith(f"/{language}/")


def test_the_root_leads_to_every_list_and_address_of_the_description(partner: Partner) -> None:
    listed = {offer.name for offer in OFFERS.values()}
    assert listed <= set(links(partner, "en"))

    homes = {address.partition("?")[0] for address in links(partner, "en").values()}
    whole = {path for path in description()["paths"] if "{" not in path and path != "/api/v1/"}
    assert whole <= homes


def test_links_have_the_names_of_their_addresses(partner: Partner) -> None:
    for name, address in links(partner, "ru").items():
        last: Any = re.search(r"/([\w.]+)/?(?:\?|$)", address)
        assert last.group(1).replace(".", "_") in {name, f"feed_{name}"}
