"""A request that nobody has sent: what a server would hand on if somebody asked for an answer that is to be made."""

import io
import sys
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port

from articles.answers.finished import Key

_PORTS = {True: "443", False: "80"}


def nobodys(key: Key, host: str) -> dict[str, Any]:
    """Return the environment of a GET for this answer, from this machine, without key, cookie and wishes but for the
    language that the answer is known by."""
    path, query, is_secure, language = key
    name, port = split_domain_port(host)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": name, "SERVER_PORT": port or _PORTS[is_secure],
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": host,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "https" if is_secure else "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    if settings.SECURE_PROXY_SSL_HEADER and is_secure:
        says, value = settings.SECURE_PROXY_SSL_HEADER
        environ[says] = value
    if language:
        environ["HTTP_ACCEPT_LANGUAGE"] = language
    return environ
