"""What a template asks for, compared with the fields of its form, before anything is filled in.

A template may name fields, loop over rows and ask whether something is so; nothing else, so that a file from an office
can neither fail half-way nor reach anything that the form does not offer.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes

Scope = Mapping[str, Any]
PLAIN = (nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Const)
TEXTS = (str, bool, dt.date)
LOOP = {"first": bool, "last": bool, "index": str}


def faults_of(source: str, fields: type) -> list[str]:
    """Each name and instruction that cannot be followed, once, in the order of the template."""
    try:
        parsed = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        return [f"not readable: {error.message}"]
    return list(dict.fromkeys(_faults_in(parsed, _scope_of(fields))))


def _scope_of(fields: type) -> dict[str, Any]:
    hints = get_type_hints(fields)
    return {field.name: hints[field.name] for field in fields_of(fields)}


def _faults_in(node: nodes.Node, scope: Scope) -> Iterator[str]:
    if isinstance(node, nodes.Output):
        for one in node.nodes:
            yield from _faults_in(one, scope)
            if isinstance(one, (nodes.Name, nodes.Getattr)) and _resolved(one, scope) not in (*TEXTS, None):
                yield f"{_words(one)}: rows, to be looped over"
    elif isinstance(node, nodes.For):
        yield from _faults_in_loop(node, scope)
    elif isinstance(node, (nodes.Name, nodes.Getattr)):
        if _resolved(node, scope) is None:
            yield f"{_words(node)}: unknown"
    elif isinstance(node, (nodes.Template, *PLAIN)):
        for child in node.iter_child_nodes():
            yield from _faults_in(child, scope)
    else:
        yield f"{type(node).__name__}: not allowed"


def _faults_in_loop(loop: nodes.For, scope: Scope) -> Iterator[str]:
    yield from _faults_in(loop.iter, scope)
    rows = _resolved(loop.iter, scope)
    if rows is not None and not get_args(rows):
        yield f"{_words(loop.iter)}: no rows"
    inner = {**scope, _words(loop.target): _row_of(rows), "loop": LOOP}
    for one in filter(None, (loop.test, *loop.body, *loop.else_)):
        yield from _faults_in(one, inner)


def _resolved(node: nodes.Node, scope: Scope) -> Any:
    """The type of what is named; None for what is not there."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if not isinstance(node, nodes.Getattr):
        return None
    owner = _resolved(node.node, scope)
    if owner is LOOP:
        return LOOP.get(node.attr)
    return _scope_of(owner).get(node.attr) if is_dataclass(owner) and isinstance(owner, type) else None


def _row_of(rows: Any) -> Any:
    """The type of one of the rows of a field, as in `tuple[Row, ...]`."""
    return next(iter(get_args(rows)), None)


def _words(node: nodes.Node) -> str:
    """A name as the template writes it."""
    if isinstance(node, nodes.Getattr):
        return f"{_words(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else type(node).__name__
