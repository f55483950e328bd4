"""Every action written anywhere in the source has its sentence: also those put together or handed on by name."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import secondment
from secondment.audit.actions import DETAILS, SENTENCES

SOURCE = Path(secondment.__file__).parent


@dataclass(frozen=True)
class Wrapper:
    """A function that hands one of its parameters on to `record`, perhaps behind a prefix."""

    position: int
    prefix: str


def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")}


def called(node: ast.AST) -> str:
    name = node.func if isinstance(node, ast.Call) else None
    return name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""


def texts(node: ast.expr) -> Iterator[str]:
    """The literal texts an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def wrappers_in(tree: ast.Module) -> dict[str, Wrapper]:
    found = {}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = [argument.arg for argument in function.args.args]
        for call in ast.walk(function):
            if called(call) == "record" and isinstance(call, ast.Call) and call.args:
                first, prefix = call.args[0], ""
                if isinstance(first, ast.JoinedStr) and isinstance(first.values[-1], ast.FormattedValue):
                    prefix = "".join(text for part in first.values for text in texts(part))
                    first = first.values[-1].value
                if isinstance(first, ast.Name) and first.id in names:
                    found[function.name] = Wrapper(names.index(first.id), prefix)
    return found


def actions_in_source() -> set[str]:
    files = trees()
    public = {
        name: one
        for tree in files.values()
        for name, one in wrappers_in(tree).items()
        if not name.startswith("_")
    }
    found = set()
    for tree in files.values():
        wrappers = {"record": Wrapper(0, ""), **public, **wrappers_in(tree)}
        for call in ast.walk(tree):
            wrapper = wrappers.get(called(call))
            if wrapper and isinstance(call, ast.Call) and len(call.args) > wrapper.position:
                found |= {wrapper.prefix + text for text in texts(call.args[wrapper.position])}
    return {action.removesuffix(".refused") for action in found if "." in action}


def detail_names() -> set[str]:
    """Keys of every `details={...}` handed on."""
    return {
        key.value
        for tree in trees().values()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "details" and isinstance(keyword.value, ast.Dict)
        for key in keyword.value.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def test_every_action_has_a_sentence() -> None:
    found = actions_in_source()
    assert {
        "campaign.add_posts",
        "placement.record_arrival",
        "nomination.exempt",
        "proposal.swap_pair",
    } <= found
    assert found - set(SENTENCES) == set(), "name these actions in audit/actions.py"


def test_every_detail_is_named_in_words() -> None:
    names = detail_names()
    assert len(names) > 20
    assert names - set(DETAILS) == set(), "name these details in audit/actions.py"
