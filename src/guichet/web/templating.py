"""The templates, of Jinja2. Each is read once in each language: what does not vary in its sentences is translated then."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import InternationalizationExtension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from guichet.web.addresses import address
from guichet.web.filters import FILTERS
from guichet.web.languages import current

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
VALUE = re.compile(r"%\((\w+)\)s")


class _Code(CodeGenerator):
    """The code of a template, which writes its values by `_Environment.written`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.written(")


class _Context(Context):
    def call(
        self, called: Callable[..., Any], *values: Any, _loop_vars: object = None, _block_vars: object = None, **named: Any
    ) -> Any:
        """Jinja looks each time at what a function wants to know of the page, which is nothing but for a plural."""
        if hasattr(called, "jinja_pass_arg"):
            return super().call(called, *values, **named)
        return called(*values, **named)


class _Environment(Environment):
    code_generator_class = _Code
    context_class = _Context

    @staticmethod
    def written(value: Any) -> str:
        """What a value writes in a page, escaped. A page has three hundred: `escape` would wrap each in a `Markup` that is
        lost as soon as all are joined, which takes six times as long."""
        if type(value) is str:
            return _escape_inner(value)
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: Any) -> dict[str, Any]:
        """The globals of a template, in a plain dictionary: Jinja's chain of two is searched by name at each import."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Translated().visit(super()._parse(source, name, filename))
        return parsed


class _Translated(NodeTransformer):
    """`_("…")`, where a sentence is a value, is that sentence in the language of the template."""

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 (the name that Jinja calls)
        self.generic_visit(call)
        match call:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(sentence))], kwargs=[]):
                return nodes.MarkSafe(nodes.Const(gettext(sentence).replace("%%", "%")), lineno=call.lineno)
        return call


class Environments:
    """What Django's backend takes for its environment: one for each language, that of the page answers."""

    def __init__(self, **options: Any) -> None:
        self._by_language = {language: environment(language=language, **options) for language, _ in settings.LANGUAGES}

    def get_template(self, name: str) -> Template:
        return self._by_language[current()].get_template(name)


def environment(language: str = settings.LANGUAGE_CODE, **options: Any) -> Environment:
    """What a template may use, whoever shows it."""
    made = _Environment(extensions=[Sentences], trim_blocks=True, cache_size=-1, **options)  # all of them are kept
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= FILTERS
    made.globals |= {
        "language": language,
        "static": functools.cache(static),
        "url": address,
        "legal_text": _kept(made, "_legal_text.html", "text"),
        "line_label": _kept(made, "_line_label.html", "label", "explanation", "text"),
    }
    return made


def _kept(environment: Environment, name: str, *values: str) -> Callable[..., Markup]:
    """What a template makes of `values`, made once: what the law says is the same in the results of many."""

    @functools.lru_cache(maxsize=2048)
    def made(*given: object) -> Markup:
        return Markup(environment.get_template(name).render(dict(zip(values, given, strict=True))))

    return made


class Sentences(InternationalizationExtension):
    """`{% trans %}`: a sentence becomes a part of the template, in its language; a plural is chosen at each rendering.

    The indentation of templates is for those who read them: it is not sent.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENTATION.sub("", source)

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        parsed = super().parse(parser)
        output = parsed[-1] if isinstance(parsed, list) else parsed  # after a value kept under a name
        assert isinstance(output, nodes.Output)
        (call,) = output.nodes
        assert isinstance(call, nodes.Call)
        assert isinstance(call.node, nodes.Name)
        if call.node.name == "gettext":
            output.nodes = _written(call)
        return parsed


def _written(call: nodes.Call) -> list[nodes.Expr]:
    """The translated sentence of a call to gettext, cut where its values stand."""
    values = {named.key: named.value for named in call.kwargs}
    pieces = enumerate(VALUE.split(gettext(call.args[0].as_const())))
    return [values[piece] if rank % 2 else nodes.TemplateData(piece.replace("%%", "%")) for rank, piece in pieces]
