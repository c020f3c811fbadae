"""What the templates of readers' pages are written in: Jinja, and the few words of Django's that they need."""

import html
import re
from collections.abc import Callable, Hashable, Mapping, MutableMapping
from contextvars import ContextVar
from functools import cache, lru_cache
from keyword import iskeyword
from typing import Any

from django.template import engines
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override, pgettext
from jinja2 import Environment, StrictUndefined, UndefinedError, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

# The name of the engine in the settings.
ENGINE = "readers"
# Between the context of a message and the message, as in a catalogue.
_SEPARATOR = "\x04"

_means_something = re.compile("[&<>\"']").search


class _Words(dict[str, Markup]):
    """The messages of templates in one language. Each is asked for once: the way through Django's catalogues takes a
    hundred times as long, and a page has a hundred messages."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, key: str) -> Markup:
        context, _separator, message = key.rpartition(_SEPARATOR)
        with override(self._language):
            words = self[key] = Markup(pgettext(context, message) if context else gettext(message))
        return words


_KNOWN: dict[str, _Words] = {}
# Those of the language that a page is being made in: of each thread its own.
_SPOKEN: ContextVar[_Words] = ContextVar("spoken")


def html_of(template: str, values: Mapping[str, Any]) -> str:
    """Return what a template makes of the values, its words in the language that is active.

    Raise `jinja2.UndefinedError` for a name that is neither among them nor an attribute of what has the dot before it.
    """
    before = _SPOKEN.set(_words(get_language() or ""))
    try:
        return _environment().get_template(template).render(values)
    except AttributeError as fault:
        raise UndefinedError(str(fault)) from fault
    finally:
        _SPOKEN.reset(before)


def macros_of(template: str) -> Any:
    """Return the macros of a template, as attributes."""
    return _environment().get_template(template).module


def warm() -> None:
    """Read every template: the first reader of a process does not wait for it."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


def speaking(language: str, caller: Callable[[], Markup]) -> Markup:
    """Return what stands between `{% call speaking(…) %}` and its end in another language than the page's."""
    before = _SPOKEN.set(_words(language))
    try:
        with override(language):
            return caller()
    finally:
        _SPOKEN.reset(before)


def translated(message: str) -> Markup:
    """Return a message of ours, and so HTML; what `|format` puts into it is escaped."""
    return _SPOKEN.get()[message]


@pass_context
def _in_context(_context: Context, key: str) -> Markup:
    """The same as a filter, which Jinja calls at less cost. What has a context is no constant to Jinja."""
    return _SPOKEN.get()[key]


@cache
def _file(name: str) -> str:
    """The address of a file of ours, in whose name stands what is in it; a process knows no other than at its start."""
    return static(name)


@cache
def _only_address(name: str) -> str:
    return reverse(name)


def _address(name: str, **place: Any) -> str:
    """The address of a page; of one that has no others it is looked for once."""
    return reverse(name, **place) if place else _only_address(name)


def shown(value: Any) -> str:
    """Return a value as HTML: what is HTML already as it stands, everything else escaped as Django does it."""
    kind = type(value)
    if kind is str:
        # Most words have nothing to escape, and looking for it once is quicker than replacing each of five.
        return html.escape(value) if _means_something(value) else value
    if kind is SafeString or kind is Markup:
        return value
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


@lru_cache(maxsize=256)
def once(macro: Macro, value: Hashable) -> Markup:
    """Return what a macro makes of a value, which it made already where the same stood on another page: for macros
    without messages, whose HTML follows from the value alone."""
    return Markup(macro(value))


def capfirst(words: Any) -> str:
    """Return the words with a capital letter first; what is HTML stays HTML."""
    text = Markup(words) if hasattr(words, "__html__") else str(words)
    return text[:1].upper() + text[1:]


class Translate(Extension):
    """`{% translate "…" %}` and `{% translate "…" context "…" %}`, written as `makemessages` looks for them."""

    tags = {"translate"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        key = parser.stream.expect("string").value
        if parser.stream.skip_if("name:context"):
            key = parser.stream.expect("string").value + _SEPARATOR + key
        said = nodes.Filter(nodes.Const(key), "in_context", [], [], None, None, lineno=line)
        return nodes.Output([said], lineno=line)


class _Code(CodeGenerator):
    """Shows values by `shown`, and asks for attributes and calls as Python does. Jinja's own ways make an object of
    each value that they throw away, and look at each name and function for what no template has: a page has 500."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.shown(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(keyword.key) for keyword in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class _Macro(Macro):
    """Most calls give arguments in their places and nothing else, and then there is nothing to sort."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self._takes_more = self.caller or self.catch_kwargs or self.catch_varargs or not self._default_autoescape
        self._absent = (missing,) * self._argument_count

    def __call__(self, *given: Any, **named: Any) -> Any:
        if named or self._takes_more or len(given) > self._argument_count:
            return super().__call__(*given, **named)
        return Markup(self._func(*given, *self._absent[len(given) :]))


class _Environment(Environment):
    code_generator_class = _Code
    shown = staticmethod(shown)
    Macro = _Macro

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what is between brackets. A page asks for the macro of each of its blocks, and Jinja tries every way
        in which a template might have it before the one that it has."""
        if type(obj) is TemplateModule:
            return getattr(obj, argument)
        return super().getitem(obj, argument)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows as one dictionary. Jinja's own is a chain of two, which each import in
        a template walks along in Python."""
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Return the environment; the settings name it (`TEMPLATES`). A name that nothing has is an error, not nothing."""
    # All templates are kept, as they are few: of a store that holds no more than some, each look into it is noted.
    ours = {"undefined": StrictUndefined, "keep_trailing_newline": True, "cache_size": -1}
    made = _Environment(**options | ours, extensions=[Translate])
    made.filters |= {"in_context": _in_context, "capfirst": capfirst, "linebreaksbr": linebreaksbr}
    made.globals |= {"_": translated, "once": once, "speaking": speaking, "static": _file, "url": _address}
    return made


def _environment() -> Environment:
    made: Environment = engines[ENGINE].env  # type: ignore[attr-defined]
    return made


def _words(language: str) -> _Words:
    return _KNOWN.get(language) or _KNOWN.setdefault(language, _Words(language))
