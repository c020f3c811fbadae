"""No line of the log and no report of a fault holds the text of a key, whoever put it there."""

import io
import logging
import logging.config
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string

from articles.partners import key_texts

PREFIX, KEY = key_texts.make()
SECRET = KEY.removeprefix(f"{PREFIX}_")


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(lines: io.StringIO) -> logging.Logger:
    """A logger that writes as the console of the site does."""
    handler = logging.StreamHandler(lines)
    formatter = settings.LOGGING["formatters"][settings.LOGGING["handlers"]["console"]["formatter"]]
    handler.setFormatter(import_string(formatter["()"])())
    made = logging.Logger("somebody")
    made.addHandler(handler)
    return made


def test_a_message_its_values_and_the_trace_of_a_fault_are_masked(logger: logging.Logger, lines: io.StringIO) -> None:
    logger.warning(f"asked with {KEY}")
    logger.warning("asked with %s of %r", KEY, {"Authorization": f"Bearer {KEY}"})
    try:
        raise ValueError(f"no such key: {KEY}")
    except ValueError:
        logger.exception("fault")
    assert SECRET not in lines.getvalue()
    assert lines.getvalue().count(PREFIX) == 3
    assert "no such key" in lines.getvalue()


def test_everything_that_the_site_logs_goes_through_that_format() -> None:
    config = settings.LOGGING
    assert config["root"]["handlers"] == ["console"]
    assert [name for name, handler in config["handlers"].items() if "formatter" not in handler] == []


def test_a_report_shows_no_key_wherever_it_lay(settings: Any) -> None:
    settings.DEBUG = False
    request = RequestFactory().get(f"/api/v1/?api_key={KEY}", headers={"Authorization": f"Bearer {KEY}", "X-Key": KEY})
    local_name = {"held": [KEY]}
    try:
        raise RuntimeError(f"broken by {KEY} {len(local_name)}")
    except RuntimeError:
        report = import_string(settings.DEFAULT_EXCEPTION_REPORTER)(request, *sys.exc_info())
    for text in (report.get_traceback_text(), report.get_traceback_html()):
        assert "broken by" in text
        assert SECRET not in text


def test_the_header_is_hidden_by_name_too() -> None:
    request = RequestFactory().get("/", headers={"Authorization": "Bearer of-somebody-else"})
    report = import_string(settings.DEFAULT_EXCEPTION_REPORTER)(request, None, None, None)
    assert report.filter.get_safe_request_meta(request)["HTTP_AUTHORIZATION"] == report.filter.cleansed_substitute
    assert "of-somebody-else" not in report.get_traceback_text()
    assert "of-somebody-else" not in report.get_traceback_html()
