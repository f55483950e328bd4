"""An organisation department's clerk, signed in, and the person of the full form; readers without their own process."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.makers import make_unit, make_user
from tests.people.imported import FORMS, FULL, imported

from secondment.accounts.choices import Role
from secondment.files.sandbox.child import answer
from secondment.files.sandbox.limits import Limits
from secondment.files.sandbox.reading import _items
from secondment.people.models import Person

UNITS = ("示例省农业农村厅", "示例市司法局", "示例集团公司", "示例省教育厅", "示例县财政局")


@pytest.fixture
def unit(db: None):
    return make_unit("示例厅", make_unit("示例省"))


@pytest.fixture
def clerk(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit)


@pytest.fixture
def client(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def person(unit, clerk):
    imported(FULL, FORMS[FULL], unit, clerk)
    return Person.objects.get()


@pytest.fixture
def province(db: None):
    root = make_unit("示例省")
    for name in UNITS:
        make_unit(name, root)
    return root


def read_here(
    reader: Callable[..., Iterator[Any]], content: bytes, *, file: str, limits: Limits, **arguments: Any
) -> Iterator[Any]:
    """As `read_apart`, its lines of JSON included, without a process and its limits."""
    lines = io.BytesIO()
    answer(reader, content, {"file": file, **arguments}, lines)
    lines.seek(0)
    return _items(lines, limits)


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that read hundreds of files and ask what they say: a process for each takes most of their time."""
    monkeypatch.setattr("secondment.people.files.appointment_forms.uploaded.read_apart", read_here)
    monkeypatch.setattr("secondment.files.sandbox.tables.read_apart", read_here)
