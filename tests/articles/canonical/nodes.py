"""Short ways to write a tree in a test."""


def words(text):
    return {"type": "text", "text": text}


def _content(content):
    return [words(node) if isinstance(node, str) else node for node in content]


def paragraph(*content):
    return {"type": "paragraph", "content": _content(content)}


def heading(level, *content):
    return {"type": "heading", "level": level, "content": _content(content)}


def bullets(*items):
    return {"type": "list", "ordered": False, "items": [_item(item) for item in items]}


def numbers(*items):
    return {"type": "list", "ordered": True, "items": [_item(item) for item in items]}


def _item(item):
    return [paragraph(item)] if isinstance(item, str) else item


def strong(*content):
    return {"type": "strong", "content": _content(content)}


def emphasis(*content):
    return {"type": "emphasis", "content": _content(content)}


def foreign(language, *content):
    return {"type": "foreign", "language": language, "content": _content(content)}


def link(href, *content):
    return {"type": "link", "href": href, "content": _content(content)}


def item_link(item, *content, kind="article"):
    return {"type": "item_link", "kind": kind, "item": item, "content": _content(content)}


def term(term, *content):
    return {"type": "term", "term": term, "content": _content(content)}


def citation(source, locator=""):
    return {"type": "citation", "source": source, "locator": locator}


line_break = {"type": "break"}
