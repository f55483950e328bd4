"""Wherever a page says where to go next, it leads inside the product only."""

import pytest
from django.test import Client
from django.urls import reverse

from secondment.accounts.choices import Role
from tests.makers import make_unit, make_user

OUTSIDE = [
    "//evil.example/",
    "///evil.example/",
    "\\\\evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "\thttps://evil.example/",
    "/%0d%0aLocation:https://evil.example/\r\nX: y",
]
PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize("target", OUTSIDE)
def test_no_page_leads_outside(db: None, target: str) -> None:
    make_user(Role.HOME_UNIT, make_unit(), username="clerk", password=PASSWORD)
    client = Client()
    signing = {"username": "clerk", "password": PASSWORD, "next": target}
    answers = [
        client.post(reverse("accounts:sign_in"), signing),
        client.post(reverse("table_columns"), {"table": "people", "columns": ["name"], "next": target}),
        client.post(reverse("set_language"), {"language": "en", "next": target}),
    ]
    for answer in answers:
        place = answer.headers.get("Location", "/")
        assert place.startswith("/"), place
        assert not place.startswith(("//", "/\\")), place
        assert "\n" not in place
