"""Every form of the product that posts carries the key that makes it act once."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from secondment.common.submissions import KEY
from tests.authorisation.test_matrix import ROWS
from tests.authorisation.world import World, make_world

PAGES = sorted(name for name, row in ROWS.items() if row.method == "get")


class Forms(HTMLParser):
    """The names of the inputs of each posting form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.is_posting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.is_posting = (given.get("method") or "").lower() == "post"
            if self.is_posting:
                self.found.append([])
        elif tag == "input" and self.is_posting and self.found:
            self.found[-1].append(given.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_posting = False


def forms_of(page: str) -> list[list[str]]:
    parser = Forms()
    parser.feed(page)
    return parser.found


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("name", PAGES)
def test_posting_forms_carry_their_own_keys(world: World, signed_in: Any, name: str) -> None:
    row = ROWS[name]
    for user in [user for role, user in world.actors.items() if role in row.allowed]:
        url = reverse(name, kwargs=row.kwargs(world.own) if row.kwargs else None)
        with transaction.atomic():
            answer = signed_in(user).get(url, row.data(world.own))
            transaction.set_rollback(True)
        if not answer.headers["Content-Type"].startswith("text/html") or answer.status_code != 200:
            continue
        forms = forms_of(answer.content.decode())
        assert [names for names in forms if names.count(KEY) != 1] == []


def test_the_walk_meets_the_forms_that_matter(world: World, signed_in: Any) -> None:
    """Counted, so that a walk which finds nothing fails."""
    user = next(iter(world.actors.values()))
    forms = forms_of(signed_in(user).get(reverse("styleguide")).content.decode())
    assert len(forms) >= 4
    assert forms_of('<form method="post"><input name="a"></form><form><input name="b"></form>') == [["a"]]
