"""Every page of the product for a reader who has chosen English: Chinese stands in data alone."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from secondment.campaigns.imports import PERSON_COLUMNS, QUOTA_COLUMNS
from secondment.common.sentences import SentenceField
from tests.authorisation.test_form_keys import PAGES
from tests.authorisation.test_matrix import ROWS
from tests.authorisation.world import make_world

# Chinese characters and the signs that only Chinese text uses; typographic quotes belong to both languages.
CHINESE = re.compile("[\u3400-\u9fff、，。；：（）？！]")
READ_ALOUD = {
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "data-label",
    "data-none",
    "data-remove",
    "data-failed",
}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
LEFT_OUT = {"styleguide"}  # its examples are data that no table holds
# What the world of the test typed where the product may also keep sentences; headings that files must have.
TYPED = {"方案", "示例", *PERSON_COLUMNS, *QUOTA_COLUMNS}


class Words(HTMLParser):
    """What a page says outside parts that are marked as Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_left_out = (
            tag in {"script", "style", "textarea"}
            or (tag != "html" and (given.get("lang") or "").startswith("zh"))
            or given.get("class") == "top-user"  # the first character of a name
        )
        if tag not in VOID:
            self.open.append((tag, is_left_out))
        if not is_left_out and not self._is_left_out():
            self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._is_left_out() and CHINESE.search(data):
            self.found.append(" ".join(data.split()))

    def _is_left_out(self) -> bool:
        return any(is_left_out for _tag, is_left_out in self.open)


def test_no_chinese_but_data(db: None, signed_in: Any) -> None:
    read = [one for name in PAGES if name not in LEFT_OUT for one in pages(name, signed_in)]
    assert len(read) > 150
    left = [f"{name} {role}: {one}" for name, role, found in read for one in found]
    assert left == []


def pages(name: str, signed_in: Any) -> Iterator[tuple[str, str, list[str]]]:
    """(address, role, Chinese that is no data) of a page for the first two roles that may open it."""
    row = ROWS[name]
    with transaction.atomic():
        world = make_world()
        for role, user in [one for one in world.actors.items() if one[0] in row.allowed][:2]:
            url = reverse(name, kwargs=row.kwargs(world.own) if row.kwargs else None)
            client = signed_in(user)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            answer = client.get(url, row.data(world.own))
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield name, str(role), chinese_of(answer.content.decode())
        transaction.set_rollback(True)


def chinese_of(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    found = [text for text in words.found if CHINESE.search(text)]
    data = sorted(data_texts(), key=len, reverse=True) if found else []
    return [text for text in found if CHINESE.search(without(text, data))]


def without(text: str, data: list[str]) -> str:
    for one in data:
        text = text.replace(one, "")
    return text


def data_texts() -> set[str]:
    """Every text that people typed, by the columns of the models; sentences of the product are none."""
    found = set(TYPED)
    for model in apps.get_models():
        columns = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField) and not isinstance(one, SentenceField)
        ]
        for values in model._base_manager.values_list(*columns) if columns else ():
            found.update(value for value in values if isinstance(value, str) and CHINESE.search(value))
    return found
