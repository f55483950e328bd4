"""Every URL × every role × own and other's object; a URL without a declared row fails."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from secondment.common.submissions import KEY
from tests.authorisation.matrix import Row
from tests.authorisation.posting_forms import forms_of
from tests.authorisation.world import Side, make_world

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


def ask(client: Client, url: str, row: Row, side: Side) -> HttpResponse:
    """The answer to a request whose effects are taken back."""
    with transaction.atomic():
        answer: HttpResponse = getattr(client, row.method)(url, row.data(side))
        transaction.set_rollback(True)
    return answer


def keyless_forms(answer: HttpResponse) -> list[list[str]]:
    """The inputs of every posting form of a page that lacks the key by which it acts once."""
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return []
    return [names for names in forms_of(answer.content.decode()) if names.count(KEY) != 1]


def test_every_url_is_declared_and_every_row_has_a_url() -> None:
    names = set(url_names(get_resolver()))
    assert names - set(ROWS) == set(), "declare who may open these URLs in tests/authorisation/rows_<app>.py"
    assert set(ROWS) - names == set(), "these rows name no URL"


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if not row.public))
def test_roles_reach_their_own_objects_only(db: None, name: str, signed_in) -> None:
    """And strangers are sent to sign in, and every form that posts carries the key that makes it act once."""
    row, world = ROWS[name], make_world()
    sides = ("own", "other") if row.kwargs else ("own",)
    urls = {side: reverse(name, kwargs=row.kwargs and row.kwargs(world.side(side))) for side in sides}
    sent_on = getattr(Client(), row.method)(urls["own"])
    assert sent_on.status_code == 302
    assert sent_on.headers["Location"].startswith(reverse("accounts:sign_in"))
    wrong, keyless = {}, {}
    for role, user in world.actors.items():
        client = signed_in(user)
        for side in sides:
            answer = ask(client, urls[side], row, world.side(side))
            is_allowed = role in row.allowed and side == "own"
            if answer.status_code >= 400 if is_allowed else answer.status_code not in row.denied:
                wrong[f"{role} {side}"] = answer.status_code
            if is_allowed and (found := keyless_forms(answer)):
                keyless[role] = found
    assert wrong == {}
    assert keyless == {}


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.public and not row.keyless))
def test_forms_before_sign_in_carry_their_keys(db: None, name: str) -> None:
    row, world = ROWS[name], make_world()
    url = reverse(name, kwargs=row.kwargs and row.kwargs(world.own))
    assert keyless_forms(ask(Client(), url, row, world.own)) == []


def test_the_walk_meets_the_forms_that_matter(db: None, signed_in) -> None:
    """Counted, so that a walk which finds nothing fails."""
    user = next(iter(make_world().actors.values()))
    forms = forms_of(signed_in(user).get(reverse("styleguide")).content.decode())
    assert len(forms) >= 4
    assert forms_of('<form method="post"><input name="a"></form><form><input name="b"></form>') == [["a"]]
