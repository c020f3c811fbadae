"""What templates of readers' pages are written in: whose language they speak, and what they refuse."""

import threading
from typing import Any

import pytest
from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, override
from jinja2 import DictLoader, Environment, UndefinedError

from articles.reader import templating
from articles.reader.templating import html_of


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Templates that a test writes itself: `a` is what is asked for."""
    environment: Environment = engines[templating.ENGINE].env.overlay(loader=DictLoader({}))
    monkeypatch.setattr(templating, "_environment", lambda: environment)
    return environment


def made(environment: Environment, source: str, language: str = "ru", **values: Any) -> str:
    environment.loader = DictLoader({"a": source})
    environment.cache.clear()
    with override(language):
        return html_of("a", values)


@pytest.mark.parametrize(
    "source", ['{% translate "Search" %}', "{% translate 'Search' %}", '{{ _("Search") }}', "{{ word }}"]
)
def test_words_are_in_the_language_of_the_page(written: Environment, source: str) -> None:
    word = gettext_lazy("Search")

    assert made(written, source, "ru", word=word) == "Поиск"
    assert made(written, source, "en", word=word) == "Search"


def test_one_message_has_a_translation_for_each_context(written: Environment) -> None:
    found = made(written, '{% translate "Check" context "a copy" %}')

    assert found not in ("Check", gettext("Check"))
    assert made(written, '{% translate "Check" context "a copy" %}', "en") == "Check"


def test_a_message_is_html_and_what_is_put_into_it_is_not(written: Environment) -> None:
    source = '{{ _("Showing results for <b>%(meant)s</b>.")|format(meant=word) }}'

    assert made(written, source, "en", word="<i>") == "Showing results for <b>&lt;i&gt;</b>."
    assert made(written, source, "en", word=SafeString("<i>")) == "Showing results for <b><i></b>."


def test_plain_values_are_escaped_whatever_they_go_through(written: Environment) -> None:
    source = '{{ a }}{{ a|capfirst }}{{ lines|join(" ") }}{{ a|linebreaksbr }}'
    bold = SafeString("<b>")

    found = made(written, source, a="<i>\n", lines=["<i>", bold])

    assert found == "&lt;i&gt;\n&lt;i&gt;\n&lt;i&gt; <b>&lt;i&gt;<br>"
    assert made(written, "{{ a|capfirst }}", a=SafeString("я &amp; ты")) == "Я &amp; ты"


@pytest.mark.parametrize(
    "source", ["{{ word }}", "{% if word %}{% endif %}", "{{ page.word }}", "{% for a in word %}x{% endfor %}"]
)
def test_a_name_that_nothing_has_is_a_fault(written: Environment, source: str) -> None:
    with pytest.raises(UndefinedError):
        made(written, source, page=object())


def test_a_part_of_a_page_may_be_in_the_other_language(written: Environment) -> None:
    source = (
        '{{ _("Search") }} {% call speaking("en") %}{% translate "Search" %} {{ word }}{% endcall %} {{ _("Search") }}'
    )

    assert made(written, source, word=gettext_lazy("Search")) == "Поиск Search Search Поиск"


def test_a_page_that_breaks_off_leaves_its_language_to_nobody(written: Environment) -> None:
    with pytest.raises(UndefinedError):
        made(written, '{% call speaking("en") %}{{ nothing }}{% endcall %}')

    assert made(written, "{{ word }}{% translate 'Search' %}", word=gettext_lazy("Search")) == "ПоискПоиск"
    assert gettext("Search") == "Поиск"


def test_two_pages_at_once_have_each_its_own_language(written: Environment) -> None:
    """The Russian page stops in its middle until the English one is finished."""
    stopped, goes_on = threading.Event(), threading.Event()

    def stop() -> str:
        stopped.set()
        return "" if goes_on.wait(60) else "nobody came"

    found: list[str] = []
    source = "{{ _('Search') }}{{ stop() }}{% translate 'Search' %}"
    written.loader = DictLoader({"a": source})

    def russian() -> None:
        with override("ru"):
            found.append(html_of("a", {"stop": stop}))

    thread = threading.Thread(target=russian)
    thread.start()
    assert stopped.wait(60)
    with override("en"):
        english = html_of("a", {"stop": str})
    goes_on.set()
    thread.join(60)

    assert (english, found) == ("SearchSearch", ["ПоискПоиск"])


def test_what_stands_on_many_pages_is_made_once_of_each_value(written: Environment) -> None:
    counted: list[str] = []
    line = "{% macro line(one) %}<i>{{ counted(one) }}</i>{% endmacro %}"
    source = line + "{% for one in all %}{{ once(line, one) }}{% endfor %}"

    def count(one: str) -> str:
        counted.append(one)
        return one

    written.globals["counted"] = count

    assert made(written, source, all=["<a>", "b", "<a>"]) == "<i>&lt;a&gt;</i><i>b</i><i>&lt;a&gt;</i>"
    assert counted == ["<a>", "b"]


def test_every_template_is_read_before_anybody_waits_for_it() -> None:
    environment: Environment = engines[templating.ENGINE].env
    environment.cache.clear()

    templating.warm()

    read = {name for _loader, name in environment.cache}
    assert {"reader/text.html", "reader/parts/blocks.html", "triage/outcome.html"} <= read
    assert read == {name for name in environment.list_templates() if name.startswith(("desk/", "reader/", "triage/"))}


MACRO = "{% macro words(one, two='b', three='c') %}{{ one }}{{ two }}{{ three }}{% endmacro %}"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("words('<', '&', '>')", "&lt;&amp;&gt;"),
        ("words('<')", "&lt;bc"),
        ("words('a', three='<')", "ab&lt;"),
        ("words(*['a', '<'])", "a&lt;c"),
        ("words(**{'one': '<'})", "&lt;bc"),
        ("words(words('<'))", "&lt;bcbc"),
    ],
)
def test_macros_take_arguments_in_every_way_and_say_html(written: Environment, call: str, said: str) -> None:
    assert made(written, MACRO + "{{ " + call + " }}") == said


@pytest.mark.parametrize(("call", "fault"), [("words()", UndefinedError), ("words('a', 'b', 'c', 'd')", TypeError)])
def test_a_macro_that_is_called_wrongly_is_a_fault(written: Environment, call: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        made(written, MACRO + "{{ " + call + " }}")


def test_a_macro_may_place_what_stands_between_its_call_and_its_end(written: Environment) -> None:
    box = "{% macro box(name) %}<b>{{ name }}</b>{{ caller() }}{% endmacro %}"

    assert (
        made(written, box + "{% call box('<') %}<i>{{ word }}</i>{% endcall %}", word="&") == "<b>&lt;</b><i>&amp;</i>"
    )


def test_an_attribute_may_have_a_name_that_python_keeps_for_itself(written: Environment) -> None:
    assert (
        made(written, "{{ page.class }}{{ page.name.title() }}", page=type("Page", (), {"class": "a", "name": "b"}))
        == "aB"
    )
