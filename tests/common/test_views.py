"""Views and home pages read through queries: what a page may show is decided in one place of its room."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "secondment"
PAGES = ("*/views.py", "*/views/**/*.py", "portal/homes/*.py", "portal/search.py")
VIEWS = sorted(path for pattern in PAGES for path in SOURCE.glob(pattern))
MANAGERS = {"objects", "_default_manager", "_base_manager"}
FINDERS = {"get_object_or_404", "get_list_or_404"}


def direct_reads(text: str) -> list[int]:
    """Lines that ask a model itself for rows: by its manager, or by naming it to a finder."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Attribute) and node.attr in MANAGERS)
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in FINDERS
            and isinstance(node.args[0], ast.Name)
            and node.args[0].id[0].isupper()
        )
    ]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_views_read_through_queries(path: Path) -> None:
    assert direct_reads(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("rows = Person.objects.filter(pk=1)", [1]),
        ("x = 1\nrow = get_object_or_404(Person, pk=1)", [2]),
        ("rows = model._default_manager.all()", [1]),
        ("row = get_object_or_404(visible_to(user), pk=1)", []),
        ("rows = visible_to(user).filter(pk=1)", []),
        ("row = get_object_or_404(rows, pk=1)", []),
    ],
)
def test_direct_reads_are_found(text: str, lines: list[int]) -> None:
    assert direct_reads(text) == lines
