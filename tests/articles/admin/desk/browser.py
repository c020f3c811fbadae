"""Forms as a browser without scripts would send them: what the page holds, with what somebody typed over it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

Fields = dict[str, list[str]]


def address(obj: models.Model | type[models.Model], page: str, *args: Any) -> str:
    """Return the address of a page of the desk about an object, or of `add` and `changelist` of a model."""
    key = [obj.pk] if isinstance(obj, models.Model) else []
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}", args=[*key, *args])


class Desk:
    """One editor's browser."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, obj: models.Model | type[models.Model]) -> Fields:
        """Return the fields of an object's form, or of the form for a new one."""
        page = "change" if isinstance(obj, models.Model) else "add"
        return fields_of(self.client.get(address(obj, page)))

    def save(self, obj: models.Model | type[models.Model], fields: Fields, **typed: Any) -> HttpResponse:
        """Send the form with what was typed; two underscores stand for the hyphen of a block's field."""
        page = "change" if isinstance(obj, models.Model) else "add"
        return self.client.post(address(obj, page), {**fields, **typed})


def fields_of(response: HttpResponse) -> Fields:
    """Return what the form in the page's content would send."""
    reader = _Form()
    reader.feed(response.content.decode())
    reader.close()
    return reader.fields


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.in_content = False
        self.templates = 0
        self.textarea = ""
        self.select = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if at.get("id") == "content-main":
            self.in_content = True
        self.templates += tag == "template"
        if self.templates or not self.in_content:
            return
        if tag == "textarea":
            self.textarea, self.text = at["name"], []
        elif tag == "select":
            self.select = at["name"]
        elif tag == "option" and "selected" in at and self.select:
            self.fields.setdefault(self.select, []).append(at.get("value", ""))
        elif tag == "input" and "name" in at and at.get("type") not in ("submit", "button"):
            has_box = at.get("type") in ("checkbox", "radio")
            if not has_box or "checked" in at:
                self.fields.setdefault(at["name"], []).append(at.get("value", "on" if has_box else ""))

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"
        if tag == "textarea" and self.textarea:
            # The first line break after the opening tag belongs to the markup.
            self.fields.setdefault(self.textarea, []).append("".join(self.text).removeprefix("\n"))
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)
