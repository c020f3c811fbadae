"""Somebody who answers the questions with a browser: they send what is in the form on their screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from articles.canonical.languages import Language
from tests.articles.reader.markup import Markup, read
from tests.factories.triage import BENIGN, SLUG, bundled

FORM = "application/x-www-form-urlencoded"


def address(language: Language) -> str:
    return f"/{language}/triage/{SLUG}/"


def post(client: Client, path: str, fields: Iterable[tuple[str, str]], **headers: Any) -> HttpResponse:
    """Send fields as a browser sends a form."""
    response: HttpResponse = client.post(path, urlencode(list(fields)), content_type=FORM, headers=headers)
    return response


@dataclass
class Walk:
    """`response` and `page` are what is on the screen."""

    client: Client
    language: Language = "ru"
    seen: list[str] = field(default_factory=list)
    response: HttpResponse = field(default_factory=HttpResponse)

    @property
    def page(self) -> Markup:
        return read(self.response.content.decode())

    @property
    def asked(self) -> str:
        """The id of the question on the screen, empty where there is none."""
        legends = self.page.words("legend")
        texts = {_plain(one.text): one.id for one in bundled(self.language).questions}
        return texts[legends[0]] if legends else ""

    @property
    def state(self) -> str:
        """The signed text in the form."""
        return self.page.all("input", name="state")[0].attributes["value"]

    def start(self, country: str = "RU") -> "Walk":
        return self.send([("do", "start"), *([("country", country)] if country else [])])

    def answer(self, *options: str) -> "Walk":
        return self.send([("state", self.state), *(("answer", one) for one in options), ("do", "next")])

    def back(self) -> "Walk":
        return self.send([("state", self.state), ("do", "back")])

    def change(self, question: str) -> "Walk":
        return self.send([("state", self.state), ("do", f"change:{question}")])

    def through(self, answers: Mapping[str, list[str]] | None = None) -> "Walk":
        """Answer every question that is still asked; what is not named asks for nothing."""
        given = {**BENIGN, **(answers or {})}
        while question := self.asked:
            self.answer(*given[question])
        return self

    def chosen(self) -> list[str]:
        """What is ticked on the screen."""
        return [one.attributes["value"] for one in self.page.all("input", name="answer") if "checked" in one.attributes]

    def outcome(self) -> str:
        """The heading of the outcome, empty on any other page."""
        return self.page.words("h1")[0] if self.page.all("section", class_="verdict") else ""

    def send(self, fields: list[tuple[str, str]]) -> "Walk":
        self.response = post(self.client, address(self.language), fields)
        if self.response.status_code == 200 and self.asked:
            self.seen.append(self.asked)
        return self


def title(level: str, language: Language, numbers: str) -> str:
    """The heading of the outcome of a level, with the numbers of a country."""
    words = next(one.title for one in bundled(language).levels if one.id == level)
    return _plain(words.replace("{emergency}", numbers))


def _plain(words: str) -> str:
    return " ".join(words.split())
