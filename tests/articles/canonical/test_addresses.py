import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.addresses import address, is_address


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("https://example.org", "https://example.org"),
        ("  HTTPS://Example.ORG/Path?Q=1#Part ", "https://example.org/Path?Q=1#Part"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org:/", "https://example.org/"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("https://пример.рф/судороги?ё=1", "https://пример.рф/судороги?ё=1"),
        ('https://example.org/a b"<>`{}|^', "https://example.org/a%20b%22%3C%3E%60%7B%7D%7C%5E"),
        ("https://exam\u00adple.org/\u200ba", "https://example.org/a"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("MAILTO:desk@example.org?subject=a", "mailto:desk@example.org?subject=a"),
        ("tel:112", "tel:112"),
        ("tel:+7 (800) 100-20-30", "tel:+7(800)100-20-30"),
        ("tel:8%20800%20100", "tel:8800100"),
    ],
)
def test_an_address_has_one_form(typed, normal):
    assert address(typed) == (normal, "")
    assert is_address(normal)


@pytest.mark.parametrize(
    ("wrapped", "meant"),
    [
        ("https://www.google.com/url?q=https://example.org/a%3Fb%3D1&sa=D&ust=1", "https://example.org/a?b=1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&data=05&reserved=0",
            "https://example.org/",
        ),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        (
            "https://google.example.org/url?q=https://other.example/",
            "https://google.example.org/url?q=https://other.example/",
        ),
    ],
)
def test_the_address_that_the_author_meant_is_taken_out_of_a_redirection(wrapped, meant):
    assert address(wrapped) == (meant, "")


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        ("", "link-empty"),
        (" \n", "link-empty"),
        ("#", "link-empty"),
        ("javascript:alert(1)", "link-scheme"),
        ("JaVa\tScRiPt:alert(1)", "link-scheme"),
        ("java\u200bscript:alert(1)", "link-scheme"),
        ("data:text/html,x", "link-scheme"),
        ("file:///etc/passwd", "link-scheme"),
        ("vbscript:x", "link-scheme"),
        ("https://example.org/\u202egro", "link-scheme"),
        ("example.org", "link-relative"),
        ("/ru/articles/", "link-relative"),
        ("//example.org/", "link-relative"),
        ("#part", "link-relative"),
        ("https:example.org", "link-host"),
        ("https:///example.org", "link-host"),
        ("https://", "link-host"),
        ("https://?q=1", "link-host"),
        ("https://exa mple.org", "link-host"),
        ("https://[::1]/", "link-host"),
        ("https://example.org:99999/", "link-host"),
        ("https://example.org:٨٠/", "link-host"),
        ("https://desk:secret@example.org/", "link-credentials"),
        ("https://example.org\\@other.example/", ""),
        ("https://bank.example@other.example/", "link-credentials"),
        ("mailto:", "link-malformed"),
        ("mailto:desk", "link-malformed"),
        ("mailto:a@example.org,b@example.org", "link-malformed"),
        ("tel:", "link-malformed"),
        ("tel:call me", "link-malformed"),
    ],
)
def test_an_address_that_is_not_plainly_one_is_refused(refused, code):
    assert address(refused)[1] == code
    assert not is_address(refused)


@given(st.one_of(st.text(), st.text().map(lambda rest: f"https://{rest}"), st.text("htps:/\\@.?#[]% \t", max_size=20)))
def test_any_text_has_a_normal_form_that_is_its_own_or_a_problem(text):
    href, code = address(text)

    assert bool(href) != bool(code)
    assert not href or is_address(href)


@pytest.mark.parametrize("value", [None, 5, ["https://example.org"], b"https://example.org"])
def test_what_is_not_a_text_is_no_address(value):
    assert not is_address(value)
