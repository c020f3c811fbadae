"""What search engines are asked to leave alone; everything public is theirs."""

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client


@pytest.fixture
def rules(client: Client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/health/ready", "/ru/search/?q=x", "/en/search/"])
def test_the_desk_the_states_and_results_of_searches_are_left_alone(rules: RobotFileParser, path: str) -> None:
    assert not rules.can_fetch("Somebot", f"http://testserver{path}")


@pytest.mark.parametrize(
    "path", ["/", "/ru/", "/en/articles/x/", "/ru/feed.atom", "/api/v1/", "/sitemap.xml", "/static/articles/site.css"]
)
def test_everything_public_may_be_read(rules: RobotFileParser, path: str) -> None:
    assert rules.can_fetch("Somebot", f"http://testserver{path}")


def test_it_names_the_sitemap_by_its_whole_address(rules: RobotFileParser) -> None:
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]
