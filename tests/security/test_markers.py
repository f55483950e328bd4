"""Text that people type never becomes markup: a marker in every text field, every page read by every role."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.urls import reverse

from secondment.accounts.choices import Role
from tests.authorisation.test_matrix import ROWS
from tests.authorisation.world import World, make_world

MARKER = "<img src=x onerror=alert(1)>"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;"
# Written by the system alone, or read as a key.
KEPT = {"path", "username", "password", "name_key", "name_initials", "content", "content_type", "facts"}
PAGES = sorted(name for name, row in ROWS.items() if row.method == "get" and not row.public and row.allowed)


def room_of(name: str) -> str:
    return name.partition(":")[0]


ROOMS = sorted({room_of(name) for name in PAGES if ":" in name})


def text_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every field of the rooms that holds free text of the marker's length."""
    for model in apps.get_models():
        if not model.__module__.startswith("secondment.") or model.__module__.startswith("secondment.audit"):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            fits = field.max_length is None or field.max_length >= len(MARKER)
            if is_text and fits and not field.unique and field.name not in KEPT:
                yield model, field.name


def mark_everything() -> list[str]:
    """Where names must differ, the key stands behind the marker."""
    marked = []
    for model, name in text_fields():
        try:
            with transaction.atomic():
                n_marked = model._default_manager.update(**{name: MARKER})
        except IntegrityError:
            try:
                with transaction.atomic():
                    keys = model._default_manager.values_list("pk", flat=True)
                    n_marked = sum(
                        model._default_manager.filter(pk=key).update(**{name: f"{MARKER}{key}"})
                        for key in keys
                    )
            except (IntegrityError, DataError):  # the key makes it too long for a short column
                continue
        if n_marked:
            marked.append(f"{model._meta.label_lower}.{name}")
    return marked


@pytest.mark.parametrize("room", ROOMS)
def test_no_page_writes_typed_text_as_markup(db: None, signed_in, room: str) -> None:
    world: World = make_world()
    urls = {
        name: reverse(name, kwargs=ROWS[name].kwargs(world.own) if ROWS[name].kwargs else None)
        for name in PAGES
        if room_of(name) == room
    }
    marked = mark_everything()
    assert {"people.person.name", "units.unit.name", "posts.post.title", "campaigns.campaign.name"} <= set(
        marked
    )
    n_read, bad = 0, set()
    for role in Role:
        client = signed_in(world.actors[role])
        for name in (name for name in urls if role in ROWS[name].allowed):
            with transaction.atomic():
                answer = client.get(urls[name], ROWS[name].data(world.own))
                transaction.set_rollback(True)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                text = answer.content.decode()
                n_read += ESCAPED in text
                if MARKER in text:
                    bad.add((name, role.value))
    assert bad == set()
    assert n_read > 0
