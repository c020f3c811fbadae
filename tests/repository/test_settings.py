"""Settings that others rest on are pinned: changing one is a decision and breaks this test first."""

import importlib

import pytest
from django.conf import settings
from modeltranslation import settings as modeltranslation
from modeltranslation.translator import translator


def test_russian_comes_first_and_english_second() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["ru", "en"]
    assert settings.LANGUAGE_CODE == "ru"


def test_columns_of_translated_fields_are_russian_and_english_and_never_fall_back() -> None:
    assert modeltranslation.DEFAULT_LANGUAGE == "ru"
    assert list(modeltranslation.AVAILABLE_LANGUAGES) == ["ru", "en"]
    assert modeltranslation.ENABLE_FALLBACKS is False
    assert settings.MODELTRANSLATION_FALLBACK_LANGUAGES == ()


def test_every_translated_field_has_a_column_for_each_language() -> None:
    models = translator.get_registered_models(abstract=False)
    assert models
    for model in models:
        columns = {field.name for field in model._meta.get_fields()}
        for name in translator.get_options_for_model(model).fields:
            assert {f"{name}_ru", f"{name}_en"} <= columns


def test_times_are_kept_in_utc() -> None:
    assert (settings.USE_TZ, settings.TIME_ZONE) == (True, "UTC")


def test_a_form_with_150_blocks_is_not_refused() -> None:
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS >= 20_000
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE >= 32 * 1024 * 1024


@pytest.mark.parametrize("name", ["base", "dev", "test", "production"])
def test_debug_is_off_everywhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    demanded = {
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://example.org",
        "CONTACT_EMAIL": "desk@example.org",
        "OPERATOR_RU": "Редакция",
        "OPERATOR_EN": "Editors",
    }
    for variable, value in demanded.items():
        monkeypatch.setenv(variable, value)
    module = importlib.import_module(f"cramps_site.settings.{name}")
    assert getattr(module, "DEBUG", False) is False


def test_readers_get_no_cookie_from_the_desk() -> None:
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == settings.LANGUAGE_COOKIE_PATH == "/admin/"


def test_no_policy_lets_a_script_of_the_page_itself_run() -> None:
    site = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert site["default-src"] == ["'none'"]
    assert "script-src" not in site
    assert "'unsafe-inline'" not in settings.DESK_CONTENT_SECURITY_POLICY["script-src"]
    assert "'unsafe-eval'" not in settings.DESK_CONTENT_SECURITY_POLICY["script-src"]
