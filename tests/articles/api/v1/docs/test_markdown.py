"""The Markdown of our own documents as HTML."""

import pytest

from articles.api.v1.docs.markdown import anchor, inline, render


def test_the_first_heading_is_the_title_and_sections_are_listed() -> None:
    found = render("# A title\n\n## One `thing`\n\nWords.\n\n### Below\n\n## Other")
    assert found.title == "A title"
    assert found.headings == [("one-thing", "One thing"), ("other", "Other")]
    assert '<h2 id="one-thing">One <code>thing</code></h2>\n<p>Words.</p>\n<h3 id="below">Below</h3>' in found.html


def test_what_looks_like_html_is_text_everywhere() -> None:
    found = render(
        "A <script>x</script> & `<b>`\n\n```sh\ncurl '<x>' & y\n```\n\n| a | b |\n|---|---|\n| <i> | `<u>` |"
    )
    assert "<script>" not in found.html
    assert "<p>A &lt;script&gt;x&lt;/script&gt; &amp; <code>&lt;b&gt;</code></p>" in found.html
    assert "curl '&lt;x&gt;' &amp; y" in found.html
    assert '<th scope="row">&lt;i&gt;</th><td><code>&lt;u&gt;</code></td>' in found.html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- one\n  goes on\n- two", "<ul><li>one goes on</li><li>two</li></ul>"),
        ("1. one\n2. two\n   - below", "<ol><li>one</li><li>two<ul><li>below</li></ul></li></ol>"),
        ("words\ngo on", "<p>words go on</p>"),
        ("    make openapi\n", '<pre tabindex="0"><code>make openapi</code></pre>'),
        ("```json\n{}\n```", '<pre tabindex="0"><code class="language-json">{}</code></pre>'),
        ("```\nnever closed", '<pre tabindex="0"><code>never closed</code></pre>'),
        ("", ""),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert render(text).html == html


def test_a_table_has_a_head_and_a_mark_of_a_cell_may_be_meant() -> None:
    found = render("| a | b |\n|---|---|\n| 404 \\| 410 | |").html
    assert '<th scope="col">a</th><th scope="col">b</th>'.replace("><", ">\n<") in found
    assert '<th scope="row">404 | 410</th><td></td>' in found


def test_links_lead_where_they_are_led_or_are_words_alone() -> None:
    led = {"sync.md": "/docs/sync/", "a.md?x=1&y=2": "/a"}
    text = "[sync](sync.md), [x](../nowhere.md), **[a](a.md?x=1&y=2)**"
    assert inline(text, led.get) == '<a href="/docs/sync/">sync</a>, x, <b><a href="/a">a</a></b>'


def test_code_is_nothing_but_text() -> None:
    assert inline("[`a`](b)") == '<a href="b"><code>a</code></a>'
    assert inline("`[a](b)` and `**c**`") == "<code>[a](b)</code> and <code>**c**</code>"


def test_anchors_are_those_of_the_places_where_the_documents_are_kept() -> None:
    assert anchor("Proving a copy") == "proving-a-copy"
    assert anchor("When `429` comes, wait: how long?") == "when-429-comes-wait-how-long"
