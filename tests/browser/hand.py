"""One person at a desk; every click and every character typed is counted."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

Cost = Counter[str]


@dataclass
class Hand:
    """Clicks (a choice from a list is two, a field to be typed in is one) and characters of one person."""

    page: Page
    cost: Cost = field(default_factory=Counter)

    @property
    def n(self) -> int:
        """Clicks so far."""
        return self.cost["clicks"]

    def click(self, what: Locator, *, n: int = 1) -> None:
        """Click once; `n` counts what one call stands for."""
        self.cost["clicks"] += n
        what.click()

    def link(self, name: str, within: str = "body") -> None:
        """Follow a link by its words."""
        self.click(self.page.locator(within).get_by_role("link", name=name, exact=True).first)

    def menu(self, name: str) -> None:
        """Follow the side bar, whatever number stands behind the words."""
        self.click(self.page.locator("#side").get_by_role("link", name=re.compile(rf"^{name}")).first)

    def button(self, name: str, within: str = "main") -> None:
        """Press a button of the page or of the dialog named by `within`."""
        self.click(self.page.locator(within).get_by_role("button", name=name, exact=True))

    def summary(self, name: str) -> None:
        """Open a menu of the page."""
        self.click(self.page.locator("main summary").filter(has_text=name).first)

    def tick(self, label: str) -> None:
        """Tick a box or a choice."""
        self.cost["clicks"] += 1
        self.page.get_by_label(label, exact=True).check()

    def type(self, box: Locator, text: str) -> None:
        """Type into a field."""
        self.cost["clicks"] += 1
        self.cost["characters"] += len(text)
        box.fill(text)

    def fill(self, values: Mapping[str, str]) -> None:
        """Type into fields by their labels; a list takes two clicks and no characters."""
        for label, value in values.items():
            box = self.page.locator("main, .plain").first.get_by_label(label).first
            if box.evaluate("node => node.tagName") == "SELECT":
                self.cost["clicks"] += 2
                box.select_option(label=value)
            else:
                self.type(box, value)

    def each(self, what: str, n: int) -> list[Locator]:
        """The n places of the page that are such."""
        expect(self.page.locator(what)).to_have_count(n)
        return self.page.locator(what).all()

    def upload(self, file: Path, label: str = "文件") -> None:
        """Choose a file: the field, the file, and the button of the system's own dialog."""
        self.cost["clicks"] += 3
        self.page.locator("main").get_by_label(label).set_input_files(file)

    def download(self, opener: Locator) -> Download:
        """Fetch a file."""
        with self.page.expect_download() as waiting:
            self.click(opener)
        return waiting.value

    def pick(self, names: Iterable[str]) -> None:
        """Tick the rows of a list that begin with these names."""
        for name in names:
            row = self.page.locator("tr").filter(has=self.page.get_by_role("link", name=name, exact=True))
            self.cost["clicks"] += 1
            row.locator("[data-select-row]").check()

    def reads(self, *texts: str) -> None:
        """What the page says now."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)


class Clock:
    """The server's day; the journey turns it on."""

    def __init__(self, start: dt.datetime) -> None:
        self.at = start

    def now(self) -> dt.datetime:
        """Stands in for `django.utils.timezone.now`."""
        return self.at

    def to(self, day: dt.date) -> None:
        """The same hour of another day."""
        self.at = dt.datetime.combine(day, self.at.timetz())
