"""Every URL × every role × own and other's object; a URL without a declared row fails."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from secondment.accounts.choices import Role
from tests.authorisation.matrix import Row
from tests.authorisation.world import World, make_world

HERE = Path(__file__).parent


def url_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from url_names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


def declared_rows() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for path in sorted(HERE.glob("rows_*.py")):
        rows |= importlib.import_module(f"tests.authorisation.{path.stem}").ROWS
    return rows


ROWS = declared_rows()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def ask(client: Client, name: str, row: Row, world: World, side: str) -> int:
    url = reverse(name, kwargs=row.kwargs(world.side(side)) if row.kwargs else None)
    with transaction.atomic():
        status: int = getattr(client, row.method)(url, row.data(world.side(side))).status_code
        transaction.set_rollback(True)
    return status


def test_every_url_is_declared_and_every_row_has_a_url() -> None:
    names = set(url_names(get_resolver()))
    assert names - set(ROWS) == set(), "declare who may open these URLs in tests/authorisation/rows_<app>.py"
    assert set(ROWS) - names == set(), "these rows name no URL"


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if not row.public))
def test_strangers_are_sent_to_sign_in(world: World, name: str) -> None:
    row = ROWS[name]
    client = Client()
    url = reverse(name, kwargs=row.kwargs(world.own) if row.kwargs else None)
    response = getattr(client, row.method)(url)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if not row.public))
def test_roles_reach_their_own_objects_only(world: World, name: str, signed_in) -> None:
    row = ROWS[name]
    found: dict[tuple[Role, str], int] = {}
    for role, user in world.actors.items():
        client = signed_in(user)
        for side in ("own", "other") if row.kwargs else ("own",):
            found[role, side] = ask(client, name, row, world, side)
    wrong = {
        f"{role} {side}": status
        for (role, side), status in found.items()
        if (status >= 400 if role in row.allowed and side == "own" else status not in row.denied)
    }
    assert wrong == {}
