"""Keys are unguessable, recognisable, and masked wherever they might be read."""

import re

import pytest

from articles.partners import key_texts
from articles.partners.key_texts import holds_key, masked


def test_a_key_begins_with_its_name_and_its_public_beginning() -> None:
    prefix, text = key_texts.make()
    assert re.fullmatch(r"cramps_[a-z0-9]{8}", prefix)
    assert text.startswith(f"{prefix}_")
    assert len(text) <= key_texts.LONGEST


def test_behind_its_beginning_a_key_has_256_random_bits() -> None:
    secrets = [text.removeprefix(f"{prefix}_") for prefix, text in (key_texts.make() for _ in range(500))]
    # 43 letters of 64: 258 bits, of which the last two are always the same.
    assert {len(secret) for secret in secrets} == {43}
    assert len(set(secrets)) == 500
    for place in range(42):
        assert len({secret[place] for secret in secrets}) > 32


def test_the_random_bits_come_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(key_texts.secrets, "token_urlsafe", lambda size: asked.append(size) or "x" * 43)
    key_texts.make()
    assert asked == [32]


PREFIX, TEXT = "cramps_ab12cd34", "cramps_ab12cd34_" + "aZ09-_" * 7 + "x"


@pytest.mark.parametrize("around", [
    "{key}", "Bearer {key}", "'{key}'", "?api_key={key}&lang=ru", "/api/v1/{key}/", "x{key}", "{key}\n{key}",
    "{{'HTTP_AUTHORIZATION': 'Bearer {key}'}}", "no such thing: {key}.",
])  # fmt: skip
def test_a_key_is_masked_wherever_it_stands(around: str) -> None:
    shown = masked(around.format(key=TEXT))
    assert TEXT.removeprefix(PREFIX) not in shown
    assert "aZ09" not in shown
    assert holds_key(around.format(key=TEXT))


@pytest.mark.parametrize("changed", [TEXT.upper(), TEXT[:30], TEXT.replace("_", "%5F"), TEXT + "%20", TEXT * 2])
def test_what_is_left_of_a_key_is_masked_too(changed: str) -> None:
    assert "az09" not in masked(changed).lower()


def test_the_beginning_by_which_people_tell_keys_apart_stays_readable() -> None:
    assert masked(f"revoked {PREFIX}") == f"revoked {PREFIX}"
    assert masked(f"used {TEXT}") == f"used {PREFIX}_…"


@pytest.mark.parametrize("line", [
    "Authorization: Bearer abc.def", "authorization=Basic dXNlcjpwYXNz", "{'Authorization': 'Token abc.def'}",
    "&#x27;HTTP_AUTHORIZATION&#x27;: &#x27;Bearer abc.def&#x27;",
])  # fmt: skip
def test_a_key_of_somebody_else_is_masked_behind_the_name_of_its_header(line: str) -> None:
    assert "abc.def" not in masked(line)
    assert "dXNl" not in masked(line)


@pytest.mark.parametrize("line", ["GET /ru/articles/cramps_at_night/", "authorization was refused", "cramps_12", ""])
def test_other_text_stays_as_it_is(line: str) -> None:
    assert masked(line) == line
    assert not holds_key(line)
