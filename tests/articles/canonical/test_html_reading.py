import pytest
from hypothesis import given

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.tree import normalise
from tests.articles.canonical.nodes import (
    bullets,
    citation,
    emphasis,
    foreign,
    heading,
    item_link,
    line_break,
    link,
    numbers,
    paragraph,
    strong,
    term,
)
from tests.articles.canonical.strategies import ITEM, SOURCE, TERM, bodies

HREF = "https://example.org/"


def codes(problems):
    return [found.code for found in problems]


@given(bodies)
def test_every_normal_tree_survives_the_editor(body):
    normal = normalise(body)

    assert read_html(editor_html(normal)) == (normal, [])


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("", []),
        ("<p></p><p>&nbsp;</p><p><br></p>", []),
        ("words without a tag", [paragraph("words without a tag")]),
        ("<p>a</p>b<div>c<div>d</div>e</div>", [paragraph(each) for each in "abcde"]),
        ("<p>a<p>b", [paragraph("a"), paragraph("b")]),
        ("<p>\n a\n b\u00a0</p>\n", [paragraph("a b")]),
        ("a<br>b", [paragraph("a", line_break, "b")]),
        ("a<br> <br>b<br>", [paragraph("a"), paragraph("b")]),
        ("<pre>a\nb\n\nc</pre>", [paragraph("a", line_break, "b"), paragraph("c")]),
        (
            "<b>a</b> <em>b</em> <b><i>c</i></b>",
            [paragraph(strong("a"), " ", emphasis("b"), " ", strong(emphasis("c")))],
        ),
        ("<u>a</u><font color=red> b</font><small> c</small>", [paragraph("a b c")]),
        ("<p>say <q>yes</q></p>", [paragraph('say "yes"')]),
        ("<h3>a</h3><h4>b</h4>", [heading(3, "a"), heading(4, "b")]),
        ("<h3><b>a</b></h3>", [heading(3, "a")]),
        ("<h3><div>a</div></h3><p>b", [heading(3, "a"), paragraph("b")]),
        ("m<sup>2</sup> CO<sub>2</sub> 10<sup>-6</sup>", [paragraph("m² CO₂ 10⁻⁶")]),
    ],
)
def test_paragraphs_and_marks(html, body):
    assert read_html(html) == (body, [])


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", [bullets("a", [paragraph("b"), paragraph("c")])]),
        ("<ol><li>a<li>b</ol>", [numbers("a", "b")]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", [bullets([paragraph("a"), bullets("b")])]),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", [bullets([paragraph("a"), bullets("b")], "c")]),
        (
            "<ul><li>a</li><li style='list-style:none'><ul><li>b</li></ul></li></ul>",
            [bullets([paragraph("a"), bullets("b")])],
        ),
        ("<ul><li><ul><li>a</li></ul></li></ul>", [bullets("a")]),
        ("<ul>a<li>b</li>c</ul>", [bullets("a", [paragraph("b"), paragraph("c")])]),
        ("<li>a</li><li>b</li><p>c</p>", [bullets("a", "b"), paragraph("c")]),
        ("<ul><li>a</ul>b</li>c", [bullets("a"), paragraph("bc")]),
        ("<ul></ul><ol><li></li></ol>", []),
        ("<ol start=1><li>a</li></ol>", [numbers("a")]),
    ],
)
def test_lists(html, body):
    assert read_html(html) == (body, [])


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<b>a <i>b</b> c</i>", [paragraph(strong("a ", emphasis("b")), emphasis(" c"))]),
        ("<p><b>a</p><p>b</b>c</p>", [paragraph(strong("a")), paragraph(strong("b"), "c")]),
        ("<p><span style='font-weight:700'>a</p><p>b</p>", [paragraph(strong("a")), paragraph("b")]),
        ("<b><b>a</b>b</b>c", [paragraph(strong("ab"), "c")]),
        ("</b></p></ul></li></table>a", [paragraph("a")]),
        ("<i>a<p>b</p></i>c", [paragraph(emphasis("a")), paragraph(emphasis("b")), paragraph("c")]),
    ],
)
def test_tags_that_do_not_match_are_read_as_browsers_do(html, body):
    assert normalise(body) == read_html(html)[0]
    assert read_html(html)[1] == []


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("font-weight:bold", strong("a")),
        ("FONT-WEIGHT: 600 ; color:red", strong("a")),
        ("font-style: oblique 10deg", emphasis("a")),
        ("font-weight:700;font-style:italic", strong(emphasis("a"))),
        ("font-weight:400;font-style:normal", "a"),
        ("nonsense;;:;font-weight", "a"),
    ],
)
def test_styles_make_words_strong_or_emphasised(style, words):
    assert read_html(f'<p><span style="{style}">a</span></p>') == ([paragraph(words)], [])


def test_a_style_can_take_a_mark_away():
    assert read_html("<b style='font-weight:normal'>a <span style='font-weight:bold'>b</span></b>") == (
        [paragraph("a ", strong("b"))],
        [],
    )


@pytest.mark.parametrize(
    ("html", "body"),
    [
        (f"<a href='{HREF}'>a</a>", [paragraph(link(HREF, "a"))]),
        (f"<a href='{HREF}'>a<b>b</b></a>", [paragraph(link(HREF, "a", strong("b")))]),
        (f"<a href='{HREF}'>a<a href='{HREF}2'>b</a>c", [paragraph(link(HREF, "a"), link(f"{HREF}2", "b"), "c")]),
        ("<a name=top>a</a><a>b</a>", [paragraph("ab")]),
        ("<a href='mailto:desk@example.org'>a</a>", [paragraph(link("mailto:desk@example.org", "a"))]),
        (f"<a data-kind=article data-item={ITEM}>a</a>", [paragraph(item_link(ITEM, "a"))]),
        (f"<span data-term={TERM}>a</span>", [paragraph(term(TERM, "a"))]),
        (f"a <cite data-source={SOURCE}>Allen 2012</cite>.", [paragraph("a", citation(SOURCE), ".")]),
        (
            f"<b>a<cite data-source={SOURCE} data-locator=' p.&nbsp;5 '></cite></b>",
            [paragraph(strong("a"), citation(SOURCE, "p. 5"))],
        ),
        ("<cite>a</cite>", [paragraph(emphasis("a"))]),
        ("<span lang=la>a</span> <i lang=en-gb>b</i>", [paragraph(foreign("la", "a"), " ", foreign("en-GB", "b"))]),
        ("<i lang=la>a</i><em lang=la>b</em>", [paragraph(foreign("la", "a", emphasis("b")))]),
        ("<span lang=EN-US>a</span><p lang=ru>b</p>", [paragraph("a"), paragraph("b")]),
    ],
)
def test_the_vocabulary_of_the_editor(html, body):
    assert read_html(html) == (body, [])


def own(href):
    return ("article", ITEM) if href in ("https://ours.example/ru/a/", "/ru/a/") else None


def test_an_address_of_our_own_site_becomes_a_link_to_the_item():
    html = f"<a href='https://OURS.example/ru/a/'>a</a> <a href='/ru/a/'>b</a> <a href='{HREF}'>c</a>"

    assert read_html(html, own=own) == (
        [paragraph(item_link(ITEM, "a"), " ", item_link(ITEM, "b"), " ", link(HREF, "c"))],
        [],
    )


@pytest.mark.parametrize(
    ("html", "code", "values"),
    [
        ("<a href='javascript:alert(1)'>a</a>", "link-scheme", {"href": "javascript:alert(1)"}),
        ("<a href='/a'>a</a>", "link-relative", {"href": "/a"}),
        ("<a href=''>a</a>", "link-empty", {}),
        ("<a href='https://u:p@x.example'>a</a>", "link-credentials", {"href": "https://u:p@x.example"}),
        ("<a href='https://&#x202e;x'>a</a>", "link-scheme", {"href": "https://x"}),
        (f"a<a href='{HREF}'> </a>", "link-without-words", {"href": HREF}),
        ("<a data-kind=article data-item=5>a</a>", "item-link-broken", {}),
        ("<span data-term=x>a</span>", "term-broken", {}),
        ("a<cite data-source=x></cite>", "citation-broken", {}),
        (f"<span data-term={TERM}><a href='{HREF}'>a</a></span>", "link-in-link", {}),
        ("<span lang=Latin>a</span>", "language-not-known", {"language": "Latin"}),
        ("a<img src=Z alt=Z>", "image-lost", {}),
        ("a<svg><text>Z</text></svg>", "image-lost", {}),
        ("a<video src=x></video>", "media-lost", {"element": "video"}),
        ("a<iframe src=x>Z</iframe>", "media-lost", {"element": "iframe"}),
        ("a<script>Z</script>", "script-lost", {}),
        ("a<input value=Z>", "form-lost", {"element": "input"}),
        ("<del>a</del>", "strike-lost", {"words": "a"}),
        ("<span style='text-decoration:line-through'>a</span>", "strike-lost", {"words": "a"}),
        ("<sup>a</sup>", "raised-lost", {"words": "a"}),
        ("<h1>a</h1>", "heading-level-changed", {"old": 1, "new": 3}),
        ("<h6>a</h6>", "heading-level-changed", {"old": 6, "new": 4}),
        ("<ul><li><h3>a</h3></li></ul>", "heading-in-list", {}),
        ("<ol start=3><li>a</li></ol>", "list-number-changed", {"number": "3"}),
        ("<hr>a", "rule-not-kept", {}),
        ("<blockquote>a</blockquote>", "quotation-not-kept", {}),
        ("<table><tr><td>a</td></tr></table>", "table-not-kept", {}),
        ("<marquee>a</marquee>", "element-not-known", {"element": "marquee"}),
        ("a<script>Z", "script-lost", {}),
    ],
)
def test_what_cannot_be_kept_is_told_and_its_words_stay(html, code, values):
    body, problems = read_html(html, place="text_en")

    assert code in codes(problems)
    found = problems[codes(problems).index(code)]
    assert found.place == "text_en"
    assert found.values == {"paragraph": 1, "near": "a", **values}
    assert "a" in editor_html(body)
    assert "Z" not in editor_html(body)


def test_a_problem_names_the_paragraph_and_the_words_around_it():
    html = "<p>One.</p><p> </p><p>A cramp that lasts longer <img src=x> than a quarter of an hour is rare</p>"

    [found] = read_html(html)[1]

    assert found.values == {"paragraph": 2, "near": "that lasts longer than a quarter of an hour is…"}


def test_the_same_problem_in_the_same_paragraph_is_told_once():
    assert codes(read_html("<p>a<img><img></p><p>b<img></p>")[1]) == ["image-lost", "image-lost"]


def test_a_table_becomes_a_paragraph_for_each_row():
    html = "<table><tr><th>a<th><b>b</b><tr><td><p>c</p><p>d</p><td><td>e</table>f"

    assert read_html(html)[0] == [
        paragraph("a | ", strong("b")),
        paragraph("c", line_break, "d | e"),
        paragraph("f"),
    ]


def test_a_table_that_only_arranges_a_mail_is_no_table():
    assert read_html("<table role=presentation><tr><td>a</td></tr></table>") == ([paragraph("a")], [])


def test_a_list_in_a_cell_stays_a_list():
    body, problems = read_html("<table><tr><td>a<td><ul><li>b<li>c</ul><td>d</table>")

    assert body == [paragraph("a"), bullets("b", "c"), paragraph("d")]
    assert codes(problems) == ["table-not-kept"]


def test_lists_deeper_than_four_levels_are_joined():
    body, problems = read_html("<ul><li>1<ul><li>2<ul><li>3<ul><li>4<ul><li>5<ul><li>6")

    deepest = bullets("4", "5", "6")
    assert body == [bullets([paragraph("1"), bullets([paragraph("2"), bullets([paragraph("3"), deepest])])])]
    assert codes(problems) == ["list-too-deep"]


@pytest.mark.parametrize(
    "html",
    [
        "a\x00b",
        "a\ud800b",
        "a\u202eb",
        "a&#x202e;b",
        "a&rlm;b",
        "<img data-emoji='&rlm;'>",
        f"<cite data-source={SOURCE} data-locator='&lrm;'>",
    ],
)
def test_dangerous_characters_refuse_the_whole_text_also_as_references(html):
    body, problems = read_html(f"<p>{html}</p>", place="text_ru")

    assert body == []
    assert [(found.severity, found.place) for found in problems] == [("error", "text_ru")]


def test_a_text_that_breaks_off_keeps_its_words_and_says_so():
    body, problems = read_html("<p>a <b href='x")

    assert body == [paragraph("a <b href='x")]
    assert codes(problems) == ["cut-off"]


def test_a_citation_that_is_never_closed_swallows_no_more_than_its_paragraph():
    body, problems = read_html(f"<p>a<cite data-source={SOURCE}>Allen</p><p>b</p>")

    assert body == [paragraph("a", citation(SOURCE)), paragraph("b")]
    assert codes(problems) == ["cut-off"]


def test_a_refusal_shows_the_words_nearby_without_tags():
    _, [refusal] = read_html("<p>один</p><p>Раз\u202eдва <strong>три</strong></p>")

    assert (refusal.code, refusal.values["near"]) == ("bidi-control", "один Раздва три")


@pytest.mark.parametrize("html", ["<p>Судорога <b>ночью</b>", "<p>" + "слово " * 5_000], ids=["short", "long"])
def test_what_was_read_belongs_to_whoever_asked(html):
    first, problems = read_html(html, place="text")
    second, others = read_html(html, place="text")
    assert (first, problems) == (second, others)

    first[0]["content"].clear()
    problems.append(None)

    assert read_html(html, place="text") == (second, others)
    assert second[0]["content"]


def test_the_same_words_are_read_for_each_place_and_each_site_anew():
    html = f'<p><a href="{HREF}x">Статья</a><script>1</script></p>'
    places = [[found.place for found in read_html(html, place=place)[1]] for place in ("one", "two")]
    assert places[0] != places[1]

    assert read_html(html)[0] == [paragraph(link(HREF + "x", "Статья"))]
    assert read_html(html, own=lambda href: ("article", ITEM))[0] == [paragraph(item_link(ITEM, "Статья"))]
