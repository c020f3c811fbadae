"""What a link may lead to, and the one way to write it.

An address is read the way a browser reads it (WHATWG URL: tabs, line breaks and surrounding spaces do not count, a
backslash is a slash), because a check that reads it otherwise can be talked past.
"""

import re
from urllib.parse import parse_qs, quote

from articles.canonical.text import INVISIBLE, dangers

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MAIL = re.compile(r"[^\s@?,;:<>\"'()]+@[^\s@?,;:<>\"'()]+\.[^\s@?,;:<>\"'().]+(\?[^\s\"<>]*)?")
_PHONE = re.compile(r"\+?[0-9*#][0-9*#().\-]*(;[^\s\"<>]+)?")
_HOST = re.compile(r"[^\s!\"#$%&'()*+,./:;<=>?@\[\\\]^`{|}~][^\s!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]*")
_PORT = re.compile(r"[0-9]{0,5}")

# As browsers write them: these characters end an attribute, a tag, a Markdown link or an address in plain text.
_UNSAFE = re.compile(r"[\s\"<>`{}|^\\]")

# Redirections that a mail program or an editor put around the address that the author meant.
_WRAPPERS = (
    (re.compile(r"https?://(?:www\.)?google\.(?:com|(?:com?\.)?[a-z]{2})/url\?([^#]*)"), ("q", "url")),
    (re.compile(r"https?://[a-z0-9-]+\.safelinks\.protection\.outlook\.com/\?([^#]*)"), ("url",)),
)


def address(raw: str) -> tuple[str, str]:
    """The normal form of an address and an empty string, or an empty string and the code of the problem.

    A normal address is its own normal form. Wrapped addresses of Google Docs and Outlook are unwrapped.
    """
    href, code = _normal(raw)
    if not code and (meant := _unwrapped(href)):
        return _normal(meant)
    return href, code


def is_address(value: object) -> bool:
    """Whether this is an address in its normal form."""
    return isinstance(value, str) and _normal(value) == (value, "")


def _normal(raw: str) -> tuple[str, str]:
    href = re.sub(r"[\t\n\r]", "", raw).translate(INVISIBLE).strip()
    if not href or href == "#":
        return "", "link-empty"
    if dangers(href):
        return "", "link-scheme"
    found = _SCHEME.match(href)
    if not found:
        return "", "link-relative"
    scheme, rest = found[1].lower(), href[found.end() :]
    if scheme in ("http", "https"):
        return _web(scheme, rest)
    if scheme == "mailto":
        return (f"mailto:{rest}", "") if _MAIL.fullmatch(rest) else ("", "link-malformed")
    if scheme == "tel":
        number = re.sub(r"\s|%20", "", rest)
        return (f"tel:{number}", "") if _PHONE.fullmatch(number) else ("", "link-malformed")
    return "", "link-scheme"


def _web(scheme: str, rest: str) -> tuple[str, str]:
    end = re.search(r"[?#]", rest)
    path, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    path = path.replace("\\", "/")
    if not path.startswith("//"):
        return "", "link-host"
    authority, slash, path = path[2:].partition("/")
    if "@" in authority:
        return "", "link-credentials"
    host, _, port = authority.partition(":")
    if not _HOST.fullmatch(host) or not _PORT.fullmatch(port) or int(port or 0) > 65535:
        return "", "link-host"
    where = f"{host.lower()}:{port}" if port else host.lower()
    return f"{scheme}://{where}" + _UNSAFE.sub(lambda found: quote(found[0]), slash + path + tail), ""


def _unwrapped(href: str) -> str | None:
    for wrapper, names in _WRAPPERS:
        if found := wrapper.fullmatch(href.partition("#")[0]):
            values = parse_qs(found[1])
            targets = (values[name][0] for name in names if name in values)
            return next((target for target in targets if target.startswith(("http://", "https://"))), None)
    return None
